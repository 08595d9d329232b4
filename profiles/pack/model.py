"""The pack as data: ProfilePack › Section › Table | Figure | Note, frozen and serialisable.

Here: shapes and the canonical JSON that names a pack.
Not here: what a page says (profiles/pack/<page>.py) or how it
is drawn (profiles/publish/, report_templates/). Every printed figure is a Run with a `ref`:
table.column[key].
"""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class PackError(RuntimeError):
    """A pack that must not be published: one sentence saying which page and why."""


class Frozen(BaseModel):
    """Base of every part of a pack: immutable, no unknown fields, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Run(Frozen):
    """A stretch of text in one style; `ref` says where a figure comes from (None: plain words)."""

    text: str
    ref: str | None = None
    strong: bool = False
    signal: bool = False


class Text(Frozen):
    """Words with their figures tagged."""

    runs: tuple[Run, ...] = ()

    @property
    def plain(self) -> str:
        """The text as a reader sees it."""
        return "".join(run.text for run in self.runs)


class Point(Frozen):
    """One month of a series. `value` None: nothing delivered. `mark` says how it is drawn."""

    value: float | None
    mark: Literal["plain", "hollow", "above", "below"] = "plain"


class SeriesFigure(Frozen):
    """A monthly series with its normal range, if a rule allowed one; `peak` is its highest judged month if
    none did."""

    kind: Literal["series"] = "series"
    ref: str
    points: tuple[Point, ...]
    alt: str
    name: Text = Text()
    verdict: Text = Text()
    is_signal: bool = False
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    peak: float | None = None
    start: str = ""
    end: str = ""
    last_label: str = ""
    lower_label: str = ""
    upper_label: str = ""
    peak_label: str = ""


class Tile(Frozen):
    """One place on the tile map: grid position, class of its rate (None: too few records), what may be
    printed."""

    row: int
    column: int
    code: str
    label: str
    key: str
    level: int | None
    is_above: bool


class TileMap(Frozen):
    """Hexagon map of places."""

    kind: Literal["tiles"] = "tiles"
    ref: str
    tiles: tuple[Tile, ...]
    legend: tuple[str, ...]
    alt: str


class IntervalFigure(Frozen):
    """A value, its interval and a reference tick on a shared axis that starts at 0."""

    kind: Literal["interval"] = "interval"
    ref: str
    value: float
    lower: float
    upper: float
    reference: float | None
    axis_to: float
    alt: str


class AxisFigure(Frozen):
    """The shared axis of a column of intervals."""

    kind: Literal["axis"] = "axis"
    ref: str
    axis_to: float
    ticks: tuple[tuple[float, str], ...]
    alt: str


class StackPart(Frozen):
    """One part of a whole: `share` in percent, `label` in the bar, `name` in its key, `tone` 0 (darkest) to
    5."""

    share: float
    label: str
    name: str
    tone: int


class StackFigure(Frozen):
    """One bar split into its parts."""

    kind: Literal["stack"] = "stack"
    ref: str
    parts: tuple[StackPart, ...]
    alt: str


Figure = Annotated[
    SeriesFigure | TileMap | IntervalFigure | AxisFigure | StackFigure, Field(discriminator="kind")
]


class Cell(Frozen):
    """One table cell: words, a small figure, or both; `state` draws a status square before the words."""

    text: Text = Text()
    figure: Figure | None = None
    state: Literal["", "full", "half", "late", "none"] = ""


class Column(Frozen):
    """A table column: heading, width class in millimetres (0: what is left), numeric or not, an axis under
    it."""

    heading: str
    width_mm: int = 0
    is_number: bool = False
    axis: Figure | None = None


class Table(Frozen):
    """A table; the first cell of a row is its heading. `remainder` counts what a cap left out; `empty`
    replaces it."""

    title: str
    note: Text = Text()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    remainder: Text = Text()
    empty: Text = Text()


class Sentence(Frozen):
    """A finding: the part in bold and the rest."""

    lead: Text
    rest: Text = Text()


class Kpi(Frozen):
    """One of the four numbers on the cover."""

    label: Text
    value: Text
    series: SeriesFigure | None
    verdict: Text


class Decision(Frozen):
    """A decision proposed by rule, with the page that shows why."""

    what: Text
    why: Text
    owner: str
    page: int
    anchor: str


class Panel(Frozen):
    """A titled box of lines; `tone` warn marks what limits the pack."""

    title: str
    lines: tuple[Text, ...]
    tone: Literal["plain", "warn", "tint"] = "plain"


class Card(Frozen):
    """A page that cannot be filled: why, and what would appear."""

    title: str
    group: str
    reason: Text
    would_appear: tuple[str, ...]
    needs: str
    outline: Literal["ranked", "timeline", "flags"]


class Section(Frozen):
    """One page."""

    section_id: str
    label: str
    title: Text
    question: str
    figures: dict[str, tuple[Figure, ...]] = {}
    tables: dict[str, Table] = {}
    notes: dict[str, Text] = {}
    panels: dict[str, Panel] = {}
    sentences: tuple[Sentence, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    decisions: tuple[Decision, ...] = ()
    cards: tuple[Card, ...] = ()


class PackHead(Frozen):
    """What stands on every page and at the top of the cover."""

    profile: str
    profile_code: str
    force_code: str
    force_name: str
    is_fictional: bool
    heading: str
    subheading: str
    short_title: str
    audience: str
    marking: str
    state: Literal["DRAFT", "RELEASED"]
    handling_short: str
    handling: str
    as_of: str
    as_of_long: str
    data_as_at: str
    previous: str
    released_by: str
    feeds_line: Text
    contract_versions: tuple[str, ...]


class ProfilePack(Frozen):
    """A whole pack. Two packs with the same content have the same id; nothing about the run is in the
    content."""

    head: PackHead
    sections: tuple[Section, ...]

    def content(self) -> dict[str, Any]:
        """Plain content without the id."""
        return self.model_dump(mode="json")

    @property
    def pack_id(self) -> str:
        """`<PROFILE>-<first 12 hex of the sha256 of the canonical content>`."""
        digest = hashlib.sha256(canonical_json(self.content()).encode("utf-8")).hexdigest()
        return f"{self.head.profile_code}-{digest[:12]}"

    def content_json(self) -> str:
        """Canonical JSON of the content (sorted keys, no NaN, one trailing newline)."""
        return canonical_json(self.content())


def canonical_json(content: Any) -> str:
    """One JSON text for one content: sorted keys, no spaces, UTF-8, no NaN."""
    return (
        json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
    )

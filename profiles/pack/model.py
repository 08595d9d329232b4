"""The pack as data: ProfilePack › Section › Table | Figure | Note, frozen and serialisable.

Here: sections, tables and the canonical JSON that names a pack; words and figures are in figures.py.
Not here: what a page says (profiles/pack/<page>.py), how it is drawn (profiles/publish/, report_templates/).
Every printed figure is a Run with a `ref`: table.column[key].
"""

import hashlib
import json
from typing import Any, Literal

from pydantic import Field

from profiles.pack.figures import Figure, Frozen, SeriesFigure, Text


class PackError(RuntimeError):
    """A pack that must not be published: one sentence saying which page and why."""


class PageOverflow(PackError):  # noqa: N818 - the name says what is the case
    """A page holds more than its sheet; the same pack with fewer lines may fit."""


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
    figures: dict[str, tuple[Figure, ...]] = Field(default_factory=dict)
    tables: dict[str, Table] = Field(default_factory=dict)
    notes: dict[str, Text] = Field(default_factory=dict)
    panels: dict[str, Panel] = Field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    decisions: tuple[Decision, ...] = ()
    cards: tuple[Card, ...] = ()


class PackHead(Frozen):
    """What stands on every page and at the top of the cover."""

    profile: str
    file_name: str
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

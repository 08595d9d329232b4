"""The smallest parts of a pack: words with their figures tagged, and charts as data.

Here: Run, Text and every kind of Figure.
Not here: tables and sections (model.py), drawing (publish/geometry.py).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


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

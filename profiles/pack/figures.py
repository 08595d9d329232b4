"""Charts as data: series, maps, intervals and stacks, each with its sources and a text alternative.

Here: what the strategic pages draw. Not here: charts about people (charts.py), drawing (publish/geometry.py).
"""

from typing import Any, Literal

from pydantic import SerializerFunctionWrapHandler, model_serializer

from profiles.pack.cite import Cite, Frozen, Run, Text, Words, tag_of


class Drawn(Frozen):
    """Any chart: where its values stand, and what it shows in prose. Its labels are tagged runs of their own."""

    cites: tuple[Cite, ...]
    alt: Words

    @property
    def tag(self) -> str:
        """The tag of the whole chart; empty for a scale, which holds no figure."""
        return tag_of("chart", self.cites) if self.cites else ""

    @model_serializer(mode="wrap")
    def _with_its_kind(self, plain: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """The kind is always written, so that a reader can tell charts apart."""
        return {**plain(self), "kind": getattr(self, "kind", "")}


class Point(Frozen):
    """One month of a series. `value` None: nothing delivered. `mark` says how it is drawn."""

    value: float | None
    mark: Literal["plain", "hollow", "above", "below"] = "plain"


class SeriesFigure(Drawn):
    """A monthly series with its normal range, if a rule allowed one; `peak` is its highest judged month if
    none did."""

    kind: Literal["series"] = "series"
    points: tuple[Point, ...]
    name: Text = Text()
    verdict: Text = Text()
    is_signal: bool = False
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    peak: float | None = None
    start: Run | None = None
    end: Run | None = None
    last_label: Run | None = None
    lower_label: Run | None = None
    upper_label: Run | None = None
    peak_label: Run | None = None


class Tile(Frozen):
    """One place on the tile map: grid position, class of its rate (None: too few records), what may be
    printed."""

    row: int
    column: int
    code: Run
    label: Run | None
    key: str
    level: int | None
    is_above: bool


class TileMap(Drawn):
    """Hexagon map of places; the legend names the classes of the scale."""

    kind: Literal["tiles"] = "tiles"
    tiles: tuple[Tile, ...]
    legend: tuple[Run, ...]


class IntervalFigure(Drawn):
    """A value, its interval and a reference tick on a shared axis that starts at 0."""

    kind: Literal["interval"] = "interval"
    value: float
    lower: float
    upper: float
    reference: float | None
    axis_to: float


class AxisFigure(Drawn):
    """The shared axis of a column of intervals: marks of a scale, not figures."""

    kind: Literal["axis"] = "axis"
    axis_to: float
    ticks: tuple[tuple[float, str], ...]


class StackPart(Frozen):
    """One part of a whole: `share` in percent, `label` in the bar, `name` in its key, `tone` 0 (darkest) to
    5."""

    share: float
    label: Run
    name: Text
    tone: int


class StackFigure(Drawn):
    """One bar split into its parts."""

    kind: Literal["stack"] = "stack"
    parts: tuple[StackPart, ...]

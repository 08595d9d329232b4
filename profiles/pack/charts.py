"""Charts about people, as data: who moved, when, what happened, who is around them, how likely, how fair.

Here: what each chart holds, with its labels as tagged runs. Not here: monthly series and maps (figures.py), positions
on paper (publish/geometry_people.py), drawing (report_templates/charts).
"""

from typing import Literal

from pydantic import Field

from profiles.pack.cite import Frozen, Run, Text
from profiles.pack.figures import Drawn

Shape = Literal["serious", "dot", "square", "ring"]
NodeKind = Literal["person", "victim", "child", "place", "managed"]


class SlopeItem(Frozen):
    """One person between two packs; `before` or `now` is None for who came or left. Labels hold rank and name."""

    before: int | None
    now: int | None
    kind: Literal["risen", "moved", "new", "left"]
    before_label: Text = Text()
    now_label: Text = Text()


class SlopeFigure(Drawn):
    """Ranks in the last pack and in this one."""

    kind: Literal["slope"] = "slope"
    items: tuple[SlopeItem, ...]
    start: Run
    end: Run
    n_ranks: int = Field(ge=1)


class HeatCell(Frozen):
    """One slot of a week: shade 0 (lightest) to 4, and its count where it is printed."""

    level: int = Field(ge=0, le=4)
    label: Run | None = None


class HeatFigure(Drawn):
    """Days by two-hour slots."""

    kind: Literal["heat"] = "heat"
    rows: tuple[tuple[HeatCell, ...], ...]


class TimelineEvent(Frozen):
    """One event: how far along the time axis (0 to 1), its shape, a letter above it."""

    at: float = Field(ge=0, le=1)
    shape: Shape
    label: str = ""


class TimelineSpan(Frozen):
    """Something in force for a time: an order, bail, licence, management, a placement."""

    start: float = Field(ge=0, le=1)
    end: float = Field(ge=0, le=1)
    label: Text = Text()


class Lane(Frozen):
    """One source of events."""

    name: Text
    events: tuple[TimelineEvent, ...] = ()
    spans: tuple[TimelineSpan, ...] = ()


class TimelineFigure(Drawn):
    """Lanes of events on one time axis; ticks are (0 to 1, month label)."""

    kind: Literal["timeline"] = "timeline"
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, Run], ...]


class EgoNode(Frozen):
    """A person or place around the subject; `is_intelligence_only` draws the line dashed, `weight` 1 to 3 its width."""

    kind: NodeKind
    label: Text
    sub: Text = Text()
    is_intelligence_only: bool = False
    weight: int = Field(default=1, ge=1, le=3)


class EgoFigure(Drawn):
    """The subject in the middle, at most eight nodes on a fixed ring."""

    kind: Literal["ego"] = "ego"
    centre: Text
    nodes: tuple[EgoNode, ...] = Field(max_length=8)


class IconsFigure(Drawn):
    """A hundred icons: filled up to `value`, outlined up to `upper`, empty after that."""

    kind: Literal["icons"] = "icons"
    value: int = Field(ge=0, le=100)
    upper: int = Field(ge=0, le=100)


class CalibrationPoint(Frozen):
    """One band of scores: predicted and observed per hundred, with the interval of the observed."""

    predicted: float
    observed: float
    lower: float
    upper: float


class CalibrationFigure(Drawn):
    """Predicted against observed, with the line of perfect agreement."""

    kind: Literal["calibration"] = "calibration"
    points: tuple[CalibrationPoint, ...]
    axis_to: float


class DotRow(Frozen):
    """One group: value, interval, and both in words."""

    name: Text
    value: float
    lower: float
    upper: float
    label: Run


class DotsFigure(Drawn):
    """Groups side by side with their intervals, and the value of all as a line."""

    kind: Literal["dots"] = "dots"
    rows: tuple[DotRow, ...]
    reference: float | None
    reference_label: Text = Text()
    axis_to: float


class Bar(Frozen):
    """A figure over a bar of 0 to 100 percent."""

    label: Run
    width: int = Field(ge=0, le=100)


class BarsFigure(Drawn):
    """Small bars in one table cell."""

    kind: Literal["bars"] = "bars"
    bars: tuple[Bar, ...]


PersonFigure = (
    SlopeFigure
    | HeatFigure
    | TimelineFigure
    | EgoFigure
    | IconsFigure
    | CalibrationFigure
    | DotsFigure
    | BarsFigure
)

"""Geometry of the charts about people: pure functions from a chart and a size in points to positions.

Here: slope, heat, timeline, ego, icons, calibration, dots. Not here: colours and shapes (report_templates/charts).
"""

import math
from dataclasses import dataclass

from profiles.pack.charts import (
    CalibrationFigure,
    DotRow,
    DotsFigure,
    EgoFigure,
    EgoNode,
    HeatCell,
    HeatFigure,
    IconsFigure,
    Lane,
    SlopeFigure,
    SlopeItem,
    TimelineFigure,
)
from profiles.pack.cite import Run

_EDGE = 3.0


@dataclass(frozen=True)
class SlopeLine:
    """One person's line: heights at both ends, None where the person was not listed."""

    item: SlopeItem
    y0: float | None
    y1: float | None


def slope(figure: SlopeFigure, height: float, top: float = 20.0) -> tuple[SlopeLine, ...]:
    """Heights by rank; ranks beyond the list share the row under it."""
    step = (height - top) / max(1, figure.n_ranks)

    def at(rank: int | None) -> float | None:
        return None if rank is None else top + step * (min(rank, figure.n_ranks) - 0.5)

    return tuple(SlopeLine(item, at(item.before), at(item.now)) for item in figure.items)


@dataclass(frozen=True)
class HeatBox:
    """One cell as drawn."""

    x: float
    y: float
    cell: HeatCell


def heat(
    figure: HeatFigure, width: float, row_height: float, left: float, top: float
) -> tuple[tuple[HeatBox, ...], ...]:
    """Rows of cells; the first column starts at `left`, the first row at `top`."""
    n_columns = max((len(row) for row in figure.rows), default=1)
    step = (width - left) / n_columns
    return tuple(
        tuple(HeatBox(left + step * x, top + row_height * y, cell) for x, cell in enumerate(row))
        for y, row in enumerate(figure.rows)
    )


@dataclass(frozen=True)
class Placed:
    """Something on a lane: left and right end, its shape or empty for a span, its label."""

    x0: float
    x1: float
    shape: str
    letter: str
    words: object


@dataclass(frozen=True)
class LaneLine:
    """One lane as drawn."""

    y: float
    lane: Lane
    spans: tuple[Placed, ...]
    events: tuple[Placed, ...]


def timeline(
    figure: TimelineFigure, width: float, row_height: float, left: float, top: float
) -> tuple[LaneLine, ...]:
    """Lanes from the top; the time axis runs from `left` to the right edge."""
    room = width - left - 2 * _EDGE

    def at(share: float) -> float:
        return left + _EDGE + share * room

    return tuple(
        LaneLine(
            y=top + row_height * (n + 0.5),
            lane=lane,
            spans=tuple(Placed(at(s.start), at(s.end), "", "", s.label) for s in lane.spans),
            events=tuple(Placed(at(e.at), at(e.at), e.shape, e.label, None) for e in lane.events),
        )
        for n, lane in enumerate(figure.lanes)
    )


def ticks(figure: TimelineFigure, width: float, left: float) -> tuple[tuple[float, Run], ...]:
    """(x, label) of each tick of the time axis."""
    room = width - left - 2 * _EDGE
    return tuple((left + _EDGE + share * room, label) for share, label in figure.ticks)


@dataclass(frozen=True)
class Around:
    """One node around the middle, where its line ends, and where its label stands."""

    node: EgoNode
    x: float
    y: float
    line_x: float
    line_y: float
    label_x: float
    label_y: float
    anchor: str


# Places around the middle in the order they are filled: side (-1 left, 0 middle, 1 right) and height (0 top, 1 bottom).
_PLACES = ((-1, 0.0), (1, 0.0), (0, 0.0), (1, 1.0), (-1, 1.0), (0, 1.0), (-1, 0.5), (1, 0.5))
_EDGE_OF_LABELS, _OUT = 7.0, 0.37


def ego(figure: EgoFigure, width: float, height: float) -> tuple[Around, ...]:
    """Nodes at fixed places: those at the sides have their label under them, along the edge of the drawing."""
    cx, cy = width / 2, height / 2
    found = []
    for node, (side, down) in zip(figure.nodes, _PLACES, strict=False):
        x, y = cx + side * _OUT * width, _EDGE_OF_LABELS + down * (height - 4.6 * _EDGE_OF_LABELS)
        y = y if side else (_EDGE_OF_LABELS if down == 0 else height - 2 * _EDGE_OF_LABELS)
        away = max(1.0, math.hypot(x - cx, y - cy))
        start, end = 8.5 / away, 1 - 6.5 / away
        anchor, label_x = ("start", 0.0) if side < 0 else ("end", width) if side > 0 else ("start", x + 9.0)
        found.append(
            Around(
                node, x, y, cx + (x - cx) * max(start, end), cy + (y - cy) * max(start, end),
                label_x, y + _below(side, down), anchor,
            )
        )  # fmt: skip
    return tuple(found)


def _below(side: int, down: float) -> float:
    """How far under its node a label stands; at the top corners further, clear of the line to the middle."""
    if not side:
        return 0.5
    return 16.5 if down == 0 else 13.5


def icons(figure: IconsFigure, width: float) -> tuple[tuple[float, float, float, str], ...]:
    """(x, y, radius, kind) of a hundred icons, row by row: full, likely or empty."""
    side = width / 10
    found = []
    for number in range(100):
        kind = "full" if number < figure.value else "likely" if number < figure.upper else "empty"
        radius = side * {"full": 0.36, "likely": 0.32, "empty": 0.3}[kind]
        found.append(((number % 10 + 0.5) * side, (number // 10 + 0.5) * side, radius, kind))
    return tuple(found)


@dataclass(frozen=True)
class Plot:
    """A square plot: its box, and the points in it as (x, y, y of lower, y of upper)."""

    left: float
    top: float
    right: float
    bottom: float
    points: tuple[tuple[float, float, float, float], ...]
    marks: tuple[tuple[float, float, str], ...]


def calibration(figure: CalibrationFigure, width: float, height: float) -> Plot:
    """Predicted to the right, observed upwards, both from 0 to the end of the axis."""
    left, top, right, bottom = 22.0, 8.0, width - 8.0, height - 20.0

    def across(value: float) -> float:
        return left + min(value, figure.axis_to) / figure.axis_to * (right - left)

    def up(value: float) -> float:
        return bottom - min(value, figure.axis_to) / figure.axis_to * (bottom - top)

    points = tuple((across(p.predicted), up(p.observed), up(p.lower), up(p.upper)) for p in figure.points)
    step = next(s for s in (1, 2, 5, 10, 20, 25) if figure.axis_to / s <= 5)
    values = range(0, int(figure.axis_to) + 1, step)
    return Plot(left, top, right, bottom, points, tuple((across(v), up(v), str(v)) for v in values))


@dataclass(frozen=True)
class Dot:
    """One group as drawn."""

    row: DotRow
    y: float
    x: float
    x0: float
    x1: float


def dots(
    figure: DotsFigure, width: float, left: float, right: float, row_height: float
) -> tuple[tuple[Dot, ...], float | None]:
    """Rows of dots with their intervals between `left` and `width - right`, and x of the reference line."""
    room = width - left - right

    def across(value: float) -> float:
        return left + min(1.0, max(0.0, value / figure.axis_to)) * room

    rows = tuple(
        Dot(row, 16 + row_height * (n + 0.5), across(row.value), across(row.lower), across(row.upper))
        for n, row in enumerate(figure.rows)
    )
    return rows, None if figure.reference is None else across(figure.reference)

"""Geometry of the charts: pure functions from a figure and a size in points to coordinates.

Here: scales and paths.
Not here: what is drawn and in which colour (report_templates/charts), what is known (profiles/pack).
Gaps are kept: a missing month ends a line, and a single month between two gaps is drawn as a dot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from profiles.pack.cite import Run
from profiles.pack.figures import AxisFigure, IntervalFigure, Point, SeriesFigure, StackFigure

_PAD = 2.4
_POINTS_PER_MM = 72 / 25.4
_LABELS = 29.0


def r(value: float) -> str:
    """Rounded to 0.1 pt: keeps SVG small and bytes stable."""
    text = f"{float(value):.1f}"
    if text == "-0.0":
        return "0"
    return text[:-2] if text.endswith(".0") else text


def chart_width(width_mm: int) -> float:
    """Points for a chart in a column: what the column leaves, or the usual width where it takes what is left."""
    return min(126.0, round(width_mm * _POINTS_PER_MM - 8.0)) if width_mm else 126.0


def spark_width(width_mm: int) -> float:
    """The same for a small curve."""
    return min(86.0, round(width_mm * _POINTS_PER_MM - 8.0)) if width_mm else 86.0


@dataclass(frozen=True)
class Mark:
    """One month as drawn."""

    x: float
    y: float
    mark: str


@dataclass(frozen=True)
class Line:
    """A series as drawn: one path a run of months, hollow and outside marks, band and end."""

    x0: float
    x1: float
    base: float
    paths: tuple[str, ...]
    dots: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    gaps: tuple[tuple[float, float], ...]
    end: Mark | None
    band: tuple[float, float] | None
    mean: float | None
    label_y: float
    upper_y: float | None
    lower_y: float | None
    peak_y: float | None


def spark(figure: SeriesFigure, width: float, height: float) -> Line:
    """A small line with its normal range, no labels."""
    return _line(figure, 0 + _PAD, width - _PAD, _PAD, height - _PAD)


def spc(figure: SeriesFigure, width: float, height: float) -> Line:
    """A control chart with room for labels on the right and month names below."""
    return _line(figure, 2.6, width - _LABELS, 5.0, height - 10.0)


def _line(figure: SeriesFigure, x0: float, x1: float, top: float, base: float) -> Line:
    low, high = _range(figure)
    step = (x1 - x0) / (len(figure.points) - 1) if len(figure.points) > 1 else 0.0

    def place(value: float) -> float:
        return base - (value - low) / (high - low) * (base - top)

    def put(index: int, point: Point) -> Mark:
        x = x0 + index * step if step else (x0 + x1) / 2
        return Mark(x, place(point.value or 0.0), point.mark)

    placed = [None if point.value is None else put(i, point) for i, point in enumerate(figure.points)]
    runs = _runs(placed)
    kept = [mark for mark in placed if mark is not None]
    end = kept[-1] if kept else None
    upper = None if figure.upper is None else place(figure.upper)
    lower = None if figure.lower is None else place(figure.lower)
    peak = None if figure.peak is None else place(figure.peak)
    label = end.y if end else base
    return Line(
        x0=x0,
        x1=x1,
        base=base,
        paths=tuple(_path(run) for run in runs if len(run) > 1),
        dots=tuple(run[0] for run in runs if len(run) == 1 and run[0].mark == "plain"),
        marks=tuple(mark for mark in kept if mark.mark != "plain"),
        gaps=_gaps(placed, x0, step),
        end=end,
        band=None if upper is None or lower is None else (upper, max(0.6, lower - upper)),
        mean=None if figure.mean is None else place(figure.mean),
        label_y=label,
        upper_y=None if upper is None or abs(upper - label) <= 8 else upper,
        lower_y=None if lower is None or abs(lower - label) <= 8 else lower,
        peak_y=None if peak is None or abs(peak - label) <= 8 else peak,
    )


def _range(figure: SeriesFigure) -> tuple[float, float]:
    """Ends of the y scale: from 0 unless a normal range says what is ordinary; never of zero height."""
    values = [point.value for point in figure.points if point.value is not None]
    values += [limit for limit in (figure.lower, figure.upper) if limit is not None]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    pad = (high - low) * 0.1 or max(abs(high) * 0.5, 1.0)
    from_zero = figure.mean is None or low - pad < 0.25 * high
    return (0.0 if from_zero else low - pad), high + pad


def _runs(placed: Sequence[Mark | None]) -> list[list[Mark]]:
    """Months without a gap between them; hollow months stand apart from the line of judged ones."""
    runs: list[list[Mark]] = []
    joined = False
    for mark in placed:
        if mark is None:
            joined = False
        elif joined and (mark.mark == "hollow") == (runs[-1][-1].mark == "hollow"):
            runs[-1].append(mark)
        else:
            runs.append([mark])
            joined = True
    return runs


def _path(run: Sequence[Mark]) -> str:
    return "M" + "L".join(f"{r(mark.x)} {r(mark.y)}" for mark in run)


def _gaps(placed: Sequence[Mark | None], x0: float, step: float) -> tuple[tuple[float, float], ...]:
    """Missing stretches as (x, width), for a light hatch behind the line."""
    found: list[tuple[float, float]] = []
    start: int | None = None
    for index, mark in enumerate([*placed, Mark(0, 0, "plain")]):
        if mark is None and start is None and index < len(placed):
            start = index
        elif mark is not None and start is not None:
            found.append((x0 + (start - 0.5) * step, (index - start) * step))
            start = None
    return tuple(found)


@dataclass(frozen=True)
class Interval:
    """A dot, a bar and a tick."""

    value: float
    lower: float
    upper: float
    reference: float | None


def interval(figure: IntervalFigure, width: float) -> Interval:
    """Positions on an axis from 0 to `axis_to`, kept inside by the radius of the dot."""
    return Interval(
        value=_along(figure.value, figure.axis_to, width),
        lower=_along(figure.lower, figure.axis_to, width),
        upper=_along(figure.upper, figure.axis_to, width),
        reference=None if figure.reference is None else _along(figure.reference, figure.axis_to, width),
    )


def _along(value: float, axis_to: float, width: float) -> float:
    share = min(1.0, max(0.0, value / axis_to)) if axis_to > 0 else 0.0
    return 3.0 + share * (width - 6.0)


def axis(figure: AxisFigure, width: float) -> tuple[tuple[float, str, str], ...]:
    """(x, label, anchor) of each tick."""
    last = len(figure.ticks) - 1
    anchors = ["start" if i == 0 else "end" if i == last else "middle" for i in range(last + 1)]
    edge = {"start": -3.0, "end": 3.0, "middle": 0.0}
    return tuple(
        (_along(value, figure.axis_to, width) + edge[anchor], label, anchor)
        for (value, label), anchor in zip(figure.ticks, anchors, strict=True)
    )


def stack(figure: StackFigure, width: float) -> tuple[tuple[float, float, Run | None, int], ...]:
    """(x, width, label or None, tone) of each part; a label is dropped where it would not fit."""
    total = sum(part.share for part in figure.parts) or 1.0
    x, parts = 0.0, []
    for part in figure.parts:
        wide = width * part.share / total
        parts.append(
            (
                x,
                max(0.0, wide - 0.8),
                part.label if wide > 4.6 * len(part.label.text) + 5 else None,
                part.tone,
            )
        )
        x += wide
    return tuple(parts)

"""Turn a monthly series into a figure: points, their marks, its normal range and its text alternative.

Here: which month is a gap, hollow or outside. Not here: limits (scoring), drawing (publish/geometry.py).
"""

from collections.abc import Sequence
from typing import Literal

from profiles.pack.figures import Point, SeriesFigure
from profiles.pack.frame import month, short_month
from profiles.pack.strategic.book import Book
from profiles.pack.strategic.tables import Row
from profiles.pack.text import plural, say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, caption

Mark = Literal["plain", "hollow", "above", "below"]


def series_figure(book: Book, code: str, name: str = "") -> SeriesFigure:
    """The figure of one series; a series without rows has no points."""
    rows = book.series.get(code, ())
    verdict = book.verdict(code)
    has_range = verdict.mean is not None and verdict.lower is not None and verdict.upper is not None
    points = tuple(Point(value=_value(row), mark=_mark(row, verdict)) for row in rows)
    held = [row for row in rows if _value(row) is not None]
    peaks = [_value(row) or 0.0 for row in held if row["month_status"] == "delivered"]
    return SeriesFigure(
        ref=f"prof_strategic__trends.value[{code}]",
        name=say("{name}", name=name or verdict.series_name),
        verdict=caption(verdict),
        is_signal=verdict.is_signal,
        points=points,
        mean=verdict.mean if has_range else None,
        lower=verdict.lower if has_range else None,
        upper=verdict.upper if has_range else None,
        start=short_month(rows[0]["month"]) if rows else "",
        end=short_month(rows[-1]["month"]) if rows else "",
        peak=None if has_range or not peaks else max(peaks),
        peak_label="" if has_range or not peaks else amount(verdict, max(peaks)),
        last_label=amount(verdict, held[-1]["value"]) if held else "",
        lower_label=amount(verdict, verdict.lower) if has_range else "",
        upper_label=amount(verdict, verdict.upper) if has_range else "",
        alt=_alt(verdict, rows, held),
    )


def _value(row: Row) -> float | None:
    return None if row["month_status"] == "missing" or row["value"] is None else float(row["value"])


def _mark(row: Row, verdict: Verdict) -> Mark:
    value = _value(row)
    if row["month_status"] == "volume_suspect":
        return "hollow"
    if value is None or verdict.upper is None or verdict.lower is None:
        return "plain"
    if value > verdict.upper:
        return "above"
    return "below" if value < verdict.lower else "plain"


def _alt(verdict: Verdict, rows: Sequence[Row], held: Sequence[Row]) -> str:
    """What the chart shows, in prose, for a reader who cannot see it."""
    what = "share a month" if verdict.unit == "percent" else "records a month"
    if not held:
        return f"{verdict.series_name}, {what}: no month is held."
    values = [row["value"] for row in held]
    parts = [
        f"{verdict.series_name}, {what}, {month(rows[0]['month'])} to {month(rows[-1]['month'])}:",
        f"lowest {amount(verdict, min(values))}, highest {amount(verdict, max(values))},",
        f"latest {amount(verdict, values[-1])}.",
    ]
    gaps = len(rows) - len(held)
    if gaps:
        parts.append(f"{gaps} {plural(gaps, 'month')} missing, shown as a gap.")
    return " ".join([*parts, f"{plain_caption(verdict)}."])


def plain_caption(verdict: Verdict) -> str:
    """The caption without its triangle, for text alternatives."""
    return caption(verdict).plain.replace("▲ ", "").replace("▼ ", "")

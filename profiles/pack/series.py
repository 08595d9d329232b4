"""Turn a monthly series into a figure: points, their marks, its normal range and its text alternative.

Here: which month is a gap, hollow or outside. Not here: limits (scoring), drawing (publish/geometry.py).
"""

from collections.abc import Sequence
from typing import Literal

from profiles.pack import formats as f
from profiles.pack.cite import Run, Text
from profiles.pack.facts import Fact, shown
from profiles.pack.figures import Point, SeriesFigure
from profiles.pack.rows import Rows
from profiles.pack.tables.series import SeriesMonth
from profiles.pack.text import join, plural, say
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, caption, name_of, written

Mark = Literal["plain", "hollow", "above", "below"]


def series_figure(months: Rows[SeriesMonth], verdict: Verdict, name: str = "") -> SeriesFigure:
    """The figure of one series; a series without rows has no points."""
    has_range = verdict.mean is not None and verdict.lower is not None and verdict.upper is not None
    held = [row for row in months if _value(row) is not None]
    judged = months.where(month_status="delivered")
    peak = (
        None if has_range or not any(_value(row) is not None for row in judged) else judged.largest("value")
    )
    return SeriesFigure(
        cites=(months.values("value").cite,),
        name=say("{name}", name=name or name_of(verdict)),
        verdict=caption(verdict),
        is_signal=verdict.is_signal,
        points=tuple(Point(value=_value(row), mark=_mark(row, verdict)) for row in months),
        mean=verdict.mean if has_range else None,
        lower=verdict.lower if has_range else None,
        upper=verdict.upper if has_range else None,
        start=shown(f.in_short_month, months.items[0].fact("month")) if len(months) else None,
        end=shown(f.in_short_month, months.items[-1].fact("month")) if len(months) else None,
        peak=peak.value if peak else None,
        peak_label=shown(written(verdict), peak) if peak else None,
        last_label=_in_unit(verdict, held[-1].fact("value")) if held else None,
        lower_label=amount(verdict, "lower") if has_range else None,
        upper_label=amount(verdict, "upper") if has_range else None,
        alt=_alt(verdict, months, held),
    )


def _in_unit(verdict: Verdict, fact: Fact) -> Run:
    return shown(written(verdict), fact)


def _value(row: SeriesMonth) -> float | None:
    return None if row.month_status == "missing" or row.value is None else float(row.value)


def _mark(row: SeriesMonth, verdict: Verdict) -> Mark:
    value = _value(row)
    if row.month_status == "volume_suspect":
        return "hollow"
    if value is None or verdict.upper is None or verdict.lower is None:
        return "plain"
    if value > verdict.upper:
        return "above"
    return "below" if value < verdict.lower else "plain"


def _alt(verdict: Verdict, months: Rows[SeriesMonth], held: Sequence[SeriesMonth]) -> Text:
    """What the chart shows, in prose, for a reader who cannot see it."""
    what = say(
        "{name}, {what}",
        name=name_of(verdict),
        what="share a month" if verdict.unit == "percent" else "records a month",
    )
    if not held:
        return join(what, say("no month is held."), gap=": ")
    text = say(
        "{what}, {start} to {end}: lowest {low}, highest {high}, latest {last}.",
        what=what,
        start=shown(f.in_month, months.items[0].fact("month")),
        end=shown(f.in_month, months.items[-1].fact("month")),
        low=_in_unit(verdict, months.smallest("value")),
        high=_in_unit(verdict, months.largest("value")),
        last=_in_unit(verdict, held[-1].fact("value")),
    )
    gaps = months.where(month_status="missing").count()
    if gaps.value:
        word = plural(gaps.value, "month")
        text = join(text, say("{n} {word} missing, shown as a gap.", n=shown(f.whole, gaps), word=word))
    return join(text, say("{caption}.", caption=_plain_caption(verdict)))


def _plain_caption(verdict: Verdict) -> Text:
    """The caption without its triangle, for text alternatives."""
    runs = [
        run.model_copy(update={"text": run.text.replace("▲ ", "").replace("▼ ", "")})
        for run in caption(verdict).runs
    ]
    return Text(runs=tuple(runs))

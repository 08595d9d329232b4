"""Page 2: small multiples of every crime type with their normal ranges.

Here: what the page shows and its table.
Not here: limits and verdicts (scoring), words for verdicts (wording.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import Section
from profiles.pack.notfinding import not_a_finding
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import TOTAL, StrategicBook
from profiles.pack.text import plural, say
from profiles.pack.titles import trend_title
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, name_of, short_caption

_TABLE_ROWS, _TABLE_ROWS_WITH_GAPS = 6, 5


def trend_section(book: StrategicBook) -> Section:
    """The whole page."""
    page = book.page("p-trend")
    codes = (*((TOTAL,) if TOTAL in book.series else ()), *book.crime_types())
    types = [book.verdict(code) for code in book.crime_types()]
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=trend_title(types),
        question=page.question,
        may_leave=True,
        figures={
            "series": tuple(
                series_figure(
                    book.series[code], book.verdict(code), "All recorded crime" if code == TOTAL else ""
                )
                for code in codes
            )
        },
        notes={
            "window": _window(book),
            "recording": book.standing("recording"),
            "gaps": _gaps(book),
        },
        tables={"months": _months(book, types)},
        panels={"not_a_finding": not_a_finding(book.series, types)},
    )


def _window(book: StrategicBook) -> Text:
    if not len(book.months):
        return say("No month is held.")
    return say(
        "Records a month, {start} to {end}. Scales differ; small grey figures are the ends of the "
        "normal range, or the "
        "highest month held where there is none. All recorded crime leaves anti-social behaviour out.",
        start=shown(f.in_month, book.months.smallest("month")),
        end=shown(f.in_month, book.months.largest("month")),
    )


def _gaps(book: StrategicBook) -> Text:
    """Which months are missing or not judged, as one line; empty when none are."""
    missing, suspect = book.months_in("missing"), book.months_in("volume_suspect")
    gap = say(
        "**Not delivered:** {months} ({n} {word}). No line is drawn across a gap. ",
        months=shown(f.in_months, missing.values("month")),
        n=shown(f.whole, missing.count()),
        word=plural(len(missing), "month"),
    )
    low = say(
        "**Hollow, not judged:** {months}: far fewer records than usual came.",
        months=shown(f.in_months, suspect.values("month")),
    )
    return Text(runs=(gap.runs if len(missing) else ()) + (low.runs if len(suspect) else ()))


def _months(book: StrategicBook, types: list[Verdict]) -> Table:
    """The latest month beside every month held: signals first, then the largest."""
    ranked = sorted(
        types, key=lambda verdict: (not verdict.is_signal, -(verdict.latest_value or 0), verdict.series_code)
    )
    limit = _TABLE_ROWS_WITH_GAPS if _gaps(book).runs else _TABLE_ROWS
    more = [verdict.fact("verdict") for verdict in ranked[limit:]]
    return Table(
        title="Latest month beside the months held",
        columns=(
            Column(heading="Crime type", width_mm=44),
            Column(heading="Latest", width_mm=12, is_number=True),
            Column(heading="Lowest, highest", width_mm=22, is_number=True),
            Column(heading="What may be said"),
        ),
        rows=tuple(_month_row(book, verdict) for verdict in ranked[:limit]),
        remainder=say("and {n} more, drawn above", n=shown(f.how_many, *more)) if more else Text(),
        empty="No crime type is held.",
    )


def _month_row(book: StrategicBook, verdict: Verdict) -> tuple[Cell, ...]:
    months = book.series[verdict.series_code].where(month_status="delivered")
    low, high = months.smallest("value"), months.largest("value")
    span = say("{s}", s=shown(f.span, low, high)) if low.value is not None else say("none")
    return (
        Cell(text=say("{name}", name=name_of(verdict))),
        Cell(text=say("{n}", n=amount(verdict, "latest_value"))),
        Cell(text=span),
        Cell(text=short_caption(verdict)),
    )

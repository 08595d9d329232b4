"""Page 2: small multiples of every crime type with their normal ranges.

Here: what the page shows and its two rule-made boxes.
Not here: limits and verdicts (scoring), words for verdicts (wording.py).
"""

from profiles.pack.figures import Text
from profiles.pack.frame import month, month_list
from profiles.pack.model import Cell, Column, Panel, Section, Table
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import TOTAL, Book
from profiles.pack.strategic.tables import Row
from profiles.pack.text import fig, plural, say, whole
from profiles.pack.titles import trend_title
from profiles.pack.verdicts import Verdict
from profiles.pack.wording import amount, lower_first, short_caption

_TABLE_ROWS, _TABLE_ROWS_WITH_GAPS = 6, 5


def trend_section(book: Book) -> Section:
    """The whole page."""
    page = book.definition.page("p-trend")
    codes = (*((TOTAL,) if TOTAL in book.series else ()), *book.crime_types())
    types = [book.verdict(code) for code in book.crime_types()]
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say("{title}", title=fig(trend_title(types), "prof_strategic__verdicts.verdict")),
        question=page.question,
        figures={
            "series": tuple(
                series_figure(book, code, "All recorded crime" if code == TOTAL else "") for code in codes
            )
        },
        notes={
            "window": _window(book),
            "recording": say(book.definition.standing["recording"]),
            "gaps": _gaps(book),
        },
        tables={"months": _months(book, types)},
        panels={"not_a_finding": _not_a_finding(book, types)},
    )


def _window(book: Book) -> Text:
    if not book.months:
        return say("No month is held.")
    return say(
        "Records a month, {start} to {end}. Scales differ; small grey figures are the ends of the "
        "normal range, or the "
        "highest month held where there is none. All recorded crime leaves anti-social behaviour out.",
        start=fig(month(book.months[0]["month"]), "prof_strategic__trends.month.min"),
        end=fig(month(book.months[-1]["month"]), "prof_strategic__trends.month.max"),
    )


def _gaps(book: Book) -> Text:
    """Which months are missing or not judged, as one line; empty when none are."""
    missing, suspect = book.months_in("missing"), book.months_in("volume_suspect")
    gap = say(
        "**Not delivered:** {months} ({n} {word}). No line is drawn across a gap. ",
        months=fig(month_list(list(missing)), "prof_strategic__trends.month_status[missing]"),
        n=fig(str(len(missing)), "prof_strategic__trends.month_status[missing].count"),
        word=plural(len(missing), "month"),
    )
    low = say(
        "**Hollow, not judged:** {months}: far fewer records than usual came.",
        months=fig(month_list(list(suspect)), "prof_strategic__trends.month_status[volume_suspect]"),
    )
    return Text(runs=(gap.runs if missing else ()) + (low.runs if suspect else ()))


def _months(book: Book, types: list[Verdict]) -> Table:
    """The latest month beside every month held: signals first, then the largest."""
    ranked = sorted(
        types, key=lambda verdict: (not verdict.is_signal, -(verdict.latest_value or 0), verdict.series_code)
    )
    limit = _TABLE_ROWS_WITH_GAPS if _gaps(book).runs else _TABLE_ROWS
    rows = tuple(_month_row(book, verdict) for verdict in ranked[:limit])
    more = len(ranked) - len(rows)
    return Table(
        title="Latest month beside the months held",
        columns=(
            Column(heading="Crime type", width_mm=44),
            Column(heading="Latest", width_mm=12, is_number=True),
            Column(heading="Lowest, highest", width_mm=22, is_number=True),
            Column(heading="What may be said"),
        ),
        rows=rows,
        remainder=say("and {n} more, drawn above", n=fig(str(more), "prof_strategic__verdicts.count"))
        if more
        else Text(),
        empty=say("No crime type is held."),
    )


def _month_row(book: Book, verdict: Verdict) -> tuple[Cell, ...]:
    ref = f"prof_strategic__trends.value[{verdict.series_code}]"
    values = [row["value"] for row in book.series[verdict.series_code] if _counts(row)]
    span = f"{whole(min(values))}–{whole(max(values))}" if values else "none"
    return (
        Cell(text=say("{name}", name=verdict.series_name)),
        Cell(text=say("{n}", n=fig(amount(verdict, verdict.latest_value), f"{verdict.ref}.latest_value"))),
        Cell(text=say("{n}", n=fig(span, ref))),
        Cell(text=short_caption(verdict)),
    )


def _counts(row: Row) -> bool:
    return row["value"] is not None and row["month_status"] == "delivered"


def _not_a_finding(book: Book, types: list[Verdict]) -> Panel:
    """The two largest movements since the month before that no rule supports."""
    quiet = [verdict for verdict in types if not verdict.is_signal]
    moves = [move for verdict in quiet if (move := _move(book, verdict)) is not None]
    moves.sort(key=lambda move: (-abs(move[2] - move[1]) / max(move[1], 30.0), move[0].series_code))
    if len(moves) < 2:
        line = say(
            "Two months side by side say nothing about change here: read a shape only with its normal range."
        )
        return Panel(title="Not a finding", lines=(line,), tone="tint")
    line = say(
        "{a} and {b}. {why} Please do not report them as change.",
        a=_moved(moves[0], first=True),
        b=_moved(moves[1], first=False),
        why=_why(moves[0][0], moves[1][0]),
    )
    return Panel(title="Not a finding", lines=(line,), tone="tint")


def _move(book: Book, verdict: Verdict) -> tuple[Verdict, float, float, str] | None:
    rows = book.series[verdict.series_code][-2:]
    if len(rows) < 2 or any(row["value"] is None or row["month_status"] == "missing" for row in rows):
        return None
    before, after = float(rows[0]["value"]), float(rows[1]["value"])
    return None if before == after else (verdict, before, after, month(rows[0]["month"]))


def _moved(move: tuple[Verdict, float, float, str], first: bool) -> Text:
    verdict, before, after, since = move
    ref = f"prof_strategic__trends.value[{verdict.series_code}]"
    return say(
        "{name} went from {before} to {after} since {since}" if first else "{name} from {before} to {after}",
        name=verdict.series_name if first else lower_first(verdict.series_name),
        before=fig(whole(before), ref),
        after=fig(whole(after), ref),
        since=fig(since, "prof_strategic__trends.month"),
    )


def _why(one: Verdict, other: Verdict) -> str:
    kinds = {one.kind, other.kind}
    if kinds == {"within"}:
        return "Both are ordinary month-to-month movement."
    if "too_few_months" in kinds:
        return "Without twelve months in a row nobody can say what is ordinary."
    return "No normal range says what is ordinary."

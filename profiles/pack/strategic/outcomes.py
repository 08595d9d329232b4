"""Page 4: what has become of the offences, from months old enough to have an outcome.

Here: the mix, the table by crime type, the share series. Not here: which months are old enough (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Panel, Table
from profiles.pack.cite import Text
from profiles.pack.disclosure import is_small
from profiles.pack.facts import Fact, named, shown
from profiles.pack.figures import AxisFigure, IntervalFigure, StackFigure, StackPart
from profiles.pack.model import Section
from profiles.pack.rows import Rows
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import StrategicBook
from profiles.pack.strategic.tables import Outcome
from profiles.pack.strategic.titles import outcomes_title
from profiles.pack.text import join, say

VIOLENCE_NAME = "Violence and sexual offences"
GROUPS = {
    "charged_or_court": "Charged or at court",
    "out_of_court": "Out-of-court disposal",
    "unable_to_prosecute": "Unable to prosecute",
    "no_suspect": "No suspect identified",
    "not_public_interest": "Not in the public interest",
    "other_body": "Dealt with by another body",
    "still_open": "Still open",
    "unknown": "Outcome not stated",
}
_PARTS = (
    ("Charged or at court", ("charged_or_court",)),
    ("Out-of-court disposal", ("out_of_court",)),
    ("Unable to prosecute", ("unable_to_prosecute",)),
    ("No suspect identified", ("no_suspect",)),
    ("Other outcome", ("not_public_interest", "other_body")),
    ("Still open or not stated", ("still_open", "unknown")),
)
_AXIS_TO = 60.0
_DASH = Cell(text=say("–"))


def outcomes_section(book: StrategicBook) -> Section:
    """The whole page."""
    page = book.page("p-outcomes")
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=outcomes_title(
            share_of_violence(book, "no_suspect"), share_of_violence(book, "charged_or_court")
        ),
        question=page.question,
        may_leave=True,
        figures={
            "mix": (_stack(book),),
            "series": tuple(
                series_figure(book.series[code], book.verdict(code)) for code in book.codes("outcome_share")
            ),
        },
        tables={"mix": _mix_table(book), "types": _types_table(book)},
        notes={"window": _window(book)},
        panels={"care": _care(book)},
    )


def _violence(book: StrategicBook) -> Rows[Outcome]:
    return book.rows(Outcome).where(crime_type=VIOLENCE_NAME)


def violence_rows(book: StrategicBook) -> tuple[Outcome, ...]:
    """Outcome groups of violence and sexual offences in printing order, empty ones left out."""
    rows = {row.outcome_group: row for row in _violence(book)}
    return tuple(rows[group] for group in GROUPS if group in rows and rows[group].n)


def share_of_violence(book: StrategicBook, group: str) -> tuple[Fact, ...]:
    """The share of one outcome, 0 when nothing had it; no fact when nothing is old enough."""
    rows = _violence(book)
    return (rows.where(outcome_group=group).sum("share"),) if any(row.n for row in rows) else ()


def _stack(book: StrategicBook) -> StackFigure:
    """The whole as one bar; a part of under 5 records is not drawn."""
    rows = {row.outcome_group: row for row in violence_rows(book) if not is_small(row.n)}
    parts = []
    for tone, (name, groups) in enumerate(_PARTS):
        facts = [rows[group].fact("share") for group in groups if group in rows]
        value = 100 * sum(fact.value for fact in facts)
        if value:
            label = shown(f.sum_of_shares, *facts)
            parts.append(
                StackPart(share=value, label=label, name=say("{name} {n}", name=name, n=label), tone=tone)
            )
    listed = [say("{name} {n}", name=_PARTS[part.tone][0].lower(), n=part.label) for part in parts]
    alt = say("Outcomes of {what}: {listed}.", what=VIOLENCE_NAME.lower(), listed=join(*listed, gap=", "))
    return StackFigure(cites=(_violence(book).values("share").cite,), parts=tuple(parts), alt=alt)


def _mix_table(book: StrategicBook) -> Table:
    return Table(
        title=VIOLENCE_NAME,
        note=_window(book),
        columns=(
            Column(heading="Outcome so far", width_mm=38),
            Column(heading="Records", width_mm=15, is_number=True),
            Column(heading="Share", width_mm=13, is_number=True),
            Column(heading="Share and its likely range", axis=_axis()),
        ),
        rows=tuple(_mix_cells(row) for row in violence_rows(book)),
        empty="No month of these offences is old enough to have an outcome.",
    )


def _axis() -> AxisFigure:
    ticks = tuple((float(value), str(value)) for value in (0, 20, 40, 60))
    return AxisFigure(cites=(), axis_to=_AXIS_TO, ticks=ticks, alt=say("Scale in percent"))


def _mix_cells(row: Outcome) -> tuple[Cell, ...]:
    name = Cell(text=say("{name}", name=GROUPS[row.outcome_group]))
    count = Cell(text=say("{n}", n=shown(f.count, row.fact("n"))))
    if is_small(row.n):
        return (name, count, _DASH, Cell())
    return (
        name,
        count,
        Cell(text=say("{n}", n=shown(f.share_of_one, row.fact("share")))),
        Cell(figure=_interval(row)),
    )


def _interval(row: Outcome) -> IntervalFigure:
    facts = [row.fact(name) for name in ("share", "share_lower", "share_upper")]
    value, low, high = (min(100.0 * fact.value, _AXIS_TO) for fact in facts)
    share, lower, upper = (shown(f.share_of_one, fact) for fact in facts)
    alt = say(
        "{name}: {a}, likely range {b} to {c}", name=GROUPS[row.outcome_group], a=share, b=lower, c=upper
    )
    return IntervalFigure(
        cites=tuple(fact.cite for fact in facts),
        value=value,
        lower=low,
        upper=high,
        reference=None,
        axis_to=_AXIS_TO,
        alt=alt,
    )


def _types_table(book: StrategicBook) -> Table:
    """Every crime type with an outcome: four shares side by side."""
    by_type: dict[str, dict[str, Outcome]] = {}
    for row in book.rows(Outcome):
        by_type.setdefault(row.crime_type, {})[row.outcome_group] = row
    totals = {name: next(iter(rows.values())) for name, rows in by_type.items()}
    order = sorted(by_type, key=lambda name: (name != VIOLENCE_NAME, -totals[name].n_total, name))
    headings = (
        "Charged or at court",
        "Out-of-court disposal",
        "Unable to prosecute",
        "No suspect identified",
        "Still open",
    )
    return Table(
        title="By crime type",
        note="share of records of the same months",
        columns=(
            Column(heading="Crime type", width_mm=50),
            Column(heading="Records", width_mm=20, is_number=True),
            *(Column(heading=heading, width_mm=22, is_number=True) for heading in headings),
        ),
        rows=tuple(_type_cells(totals[name], by_type[name]) for name in order),
        empty="No crime type has a month old enough to have an outcome.",
    )


def _type_cells(total: Outcome, rows: dict[str, Outcome]) -> tuple[Cell, ...]:
    groups = ("charged_or_court", "out_of_court", "unable_to_prosecute", "no_suspect", "still_open")
    first = (
        Cell(text=say("{name}", name=named(total.fact("crime_type")))),
        Cell(text=say("{n}", n=shown(f.count, total.fact("n_total")))),
    )
    return (*first, *(_share_cell(rows.get(group), total) for group in groups))


def _share_cell(row: Outcome | None, total: Outcome) -> Cell:
    """A share; a dash where it would give away a count of 1 to 4."""
    if is_small(total.n_total) or (row is not None and is_small(row.n)):
        return _DASH
    if row is None or not row.n:
        return Cell(text=say("{n}", n=shown(f.pattern("0%"), total.fact("n_total"))))
    return Cell(text=say("{n}", n=shown(f.share_of_one, row.fact("share"))))


def _window(book: StrategicBook) -> Text:
    rows = violence_rows(book) or book.rows(Outcome).items
    if not rows or rows[0].window_from is None:
        return Text()
    return say(
        "{n} records, {start} to {end}",
        n=shown(f.whole, rows[0].fact("n_total")),
        start=shown(f.in_month, rows[0].fact("window_from")),
        end=shown(f.in_month, rows[0].fact("window_to")),
    )


def _care(book: StrategicBook) -> Panel:
    still_open = [fact for fact in share_of_violence(book, "still_open") if fact.value]
    so_far = "**This is the outcome so far.** An offence still open may yet be charged"
    lines = (
        say(
            "**Recent months are still open.** They are left out here: only months at least three "
            "months old are counted."
        ),
        say(so_far + "; {n} of these are open.", n=shown(f.share_of_one, *still_open))
        if still_open
        else say(so_far + "."),
        say(
            "**Unable to prosecute** covers cases where a victim does not support action: a reason to "
            "ask why, not a score."
        ),
        say("A dash stands where a share would give away a count {words}.", words=_few(book)),
    )
    return Panel(title="Read with care", lines=lines, tone="warn")


def _few(book: StrategicBook) -> Text:
    least = book.limit("least_count_shown")
    return say("of {n}", n=shown(f.one_to_below, least))

"""Page 4: what has become of the offences, from months old enough to have an outcome.

Here: the mix, the table by crime type, the share series. Not here: which months are old enough (the marts).
"""

from profiles.pack.disclosure import count_text, is_small
from profiles.pack.figures import AxisFigure, IntervalFigure, StackFigure, StackPart, Text
from profiles.pack.frame import month
from profiles.pack.model import Cell, Column, Panel, Section, Table
from profiles.pack.series import series_figure
from profiles.pack.strategic.book import VIOLENCE_NAME, Book
from profiles.pack.strategic.tables import Row
from profiles.pack.text import fig, say, share, whole
from profiles.pack.titles import outcomes_title

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


def outcomes_section(book: Book) -> Section:
    """The whole page."""
    page = book.definition.page("p-outcomes")
    shares = {group: violence_share(book, group) for group in GROUPS}
    title = outcomes_title(shares["no_suspect"], shares["charged_or_court"])
    return Section(
        section_id=page.page_id,
        label=page.label,
        title=say("{title}", title=fig(title, "prof_strategic__outcomes.share")),
        question=page.question,
        figures={
            "mix": (_stack(book),),
            "series": tuple(series_figure(book, code) for code in book.codes("outcome_share")),
        },
        tables={"mix": _mix_table(book), "types": _types_table(book)},
        notes={"window": _window(book)},
        panels={"care": _care(book)},
    )


def violence_rows(book: Book) -> tuple[Row, ...]:
    """Outcome groups of violence and sexual offences in printing order, empty ones left out."""
    rows = {row["outcome_group"]: row for row in book.tables.outcomes if row["crime_type"] == VIOLENCE_NAME}
    return tuple(rows[group] for group in GROUPS if group in rows and rows[group]["n"])


def violence_share(book: Book, group: str) -> float | None:
    """Share of one outcome in percent; 0 when the group is absent, None when nothing is old enough."""
    rows = violence_rows(book)
    if not rows:
        return None
    return next((_percent(row["share"]) for row in rows if row["outcome_group"] == group), 0.0)


def _percent(value: float) -> float:
    return 100.0 * value


def _ref(row: Row) -> str:
    return f"prof_strategic__outcomes[{row['crime_type']},{row['outcome_group']}]"


def _stack(book: Book) -> StackFigure:
    """The whole as one bar; a part of under 5 records is not drawn."""
    rows = {row["outcome_group"]: row for row in violence_rows(book) if not is_small(row["n"])}
    sums = [
        (name, sum(_percent(rows[group]["share"]) for group in groups if group in rows))
        for name, groups in _PARTS
    ]
    parts = tuple(
        StackPart(share=value, label=share(value), name=name, tone=tone)
        for tone, (name, value) in enumerate(sums)
        if value
    )
    words = ", ".join(f"{part.name.lower()} {part.label}" for part in parts)
    return StackFigure(
        ref="prof_strategic__outcomes.share",
        parts=parts,
        alt=f"Outcomes of {VIOLENCE_NAME.lower()}: {words}.",
    )


def _mix_table(book: Book) -> Table:
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
        empty=say("No month of these offences is old enough to have an outcome."),
    )


def _axis() -> AxisFigure:
    ticks = tuple((float(value), str(value)) for value in (0, 20, 40, 60))
    return AxisFigure(ref="frame.axis", axis_to=60.0, ticks=ticks, alt="Scale from 0 to 60 percent")


def _mix_cells(row: Row) -> tuple[Cell, ...]:
    name = Cell(text=say("{name}", name=GROUPS[row["outcome_group"]]))
    count = Cell(text=say("{n}", n=fig(count_text(row["n"]), f"{_ref(row)}.n")))
    if is_small(row["n"]):
        return (name, count, Cell(text=say("–")), Cell())
    value = _percent(row["share"])
    return (
        name,
        count,
        Cell(text=say("{n}", n=fig(share(value), f"{_ref(row)}.share"))),
        Cell(figure=_interval(row)),
    )


def _interval(row: Row) -> IntervalFigure:
    value, low, high = (_percent(row[name]) for name in ("share", "share_lower", "share_upper"))
    return IntervalFigure(
        ref=f"{_ref(row)}.share_lower,share_upper",
        value=min(value, 60.0),
        lower=min(low, 60.0),
        upper=min(high, 60.0),
        reference=None,
        axis_to=60.0,
        alt=f"{GROUPS[row['outcome_group']]}: {share(value)}, likely range {share(low)} to {share(high)}",
    )


def _types_table(book: Book) -> Table:
    """Every crime type with an outcome: four shares side by side."""
    by_type: dict[str, dict[str, Row]] = {}
    for row in book.tables.outcomes:
        by_type.setdefault(row["crime_type"], {})[row["outcome_group"]] = row
    totals = {name: next(iter(rows.values()))["n_total"] for name, rows in by_type.items()}
    order = sorted(by_type, key=lambda name: (name != VIOLENCE_NAME, -totals[name], name))
    headings = (
        "Charged or at court",
        "Out-of-court disposal",
        "Unable to prosecute",
        "No suspect identified",
        "Still open",
    )
    return Table(
        title="By crime type",
        note=say("share of records of the same months"),
        columns=(
            Column(heading="Crime type", width_mm=50),
            Column(heading="Records", width_mm=20, is_number=True),
            *(Column(heading=heading, width_mm=22, is_number=True) for heading in headings),
        ),
        rows=tuple(_type_cells(name, totals[name], by_type[name]) for name in order),
        empty=say("No crime type has a month old enough to have an outcome."),
    )


def _type_cells(name: str, total: int, rows: dict[str, Row]) -> tuple[Cell, ...]:
    groups = ("charged_or_court", "out_of_court", "unable_to_prosecute", "no_suspect", "still_open")
    ref = f"prof_strategic__outcomes[{name}].n_total"
    first = (Cell(text=say("{name}", name=name)), Cell(text=say("{n}", n=fig(count_text(total), ref))))
    return (*first, *(_share_cell(rows.get(group), total) for group in groups))


def _share_cell(row: Row | None, total: int) -> Cell:
    """A share; a dash where it would give away a count of 1 to 4."""
    if is_small(total) or (row is not None and is_small(row["n"])):
        return Cell(text=say("–"))
    if row is None or not row["n"]:
        return Cell(text=say("{n}", n=fig("0%", "prof_strategic__outcomes.share")))
    return Cell(text=say("{n}", n=fig(share(_percent(row["share"])), f"{_ref(row)}.share")))


def _window(book: Book) -> Text:
    rows = violence_rows(book) or book.tables.outcomes
    if not rows or rows[0]["window_from"] is None:
        return Text()
    return say(
        "{n} records, {start} to {end}",
        n=fig(whole(rows[0]["n_total"]), "prof_strategic__outcomes.n_total"),
        start=fig(month(rows[0]["window_from"]), "prof_strategic__outcomes.window_from"),
        end=fig(month(rows[0]["window_to"]), "prof_strategic__outcomes.window_to"),
    )


def _care(book: Book) -> Panel:
    open_share = violence_share(book, "still_open")
    lines = [
        say(
            "**Recent months are still open.** They are left out here: only months at least three "
            "months old are counted."
        ),
        say(
            "**This is the outcome so far.** An offence still open may yet be charged"
            + ("; {n} of these are open." if open_share else "."),
            n=fig(share(open_share or 0.0), "prof_strategic__outcomes.share[still_open]"),
        ),
        say(
            "**Unable to prosecute** covers cases where a victim does not support action: a reason to "
            "ask why, not a score."
        ),
        say("A dash stands where a share would give away a count of 1 to 4."),
    ]
    return Panel(title="Read with care", lines=tuple(lines), tone="warn")

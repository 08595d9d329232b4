"""The page of what is late, and for whom late matters: a matrix of level by lateness, and the list behind it.

Here: the whole page. Late comes from the nominal's plan. Not here: the plan (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import as_written, cut, left_over, n, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.managed import LateVisit
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def late_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-late")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"matrix": _matrix(book), "list": _list(book)},
        panels={"care": book.care("late_care")},
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(LateVisit)
    count = rows.count()
    if not count.value:
        return ruled("title.late.none", say("No visit or review is late"), count)
    grave = rows.where(level_order=1).count()
    late = say(
        "{n} {are} late",
        n=shown(f.cardinal, count),
        are=plural(count.value, "visit or review is", "visits or reviews are"),
    )
    high = say("{n} at very high risk", n=n(grave))
    return first_fitting("title.late.some", [count, grave], join(late, high, gap="; "), late)


def _matrix(book: PeopleBook) -> Table:
    """Levels down, bands of lateness across."""
    rows = book.rows(LateVisit)
    ordered = sorted(rows, key=lambda row: (row.level_order, row.level))
    levels = list(dict.fromkeys((row.level_order, row.level) for row in ordered))
    bands = list(
        dict.fromkeys(
            (row.late_band_order, row.late_band) for row in sorted(rows, key=lambda r: r.late_band_order)
        )
    )
    return Table(
        title="How late, by level",
        note="days late by the plan",
        columns=(
            Column(heading="ARMS level", width_mm=44),
            *(Column(heading=_band(book, band), width_mm=26, is_number=True) for _, band in bands),
            Column(heading="All", is_number=True),
        ),
        rows=tuple(
            (
                Cell(text=say("{level}", level=named(rows.where(level=level).first("level")))),
                *(as_written(f.whole, rows.where(level=level, late_band=band).count()) for _, band in bands),
                Cell(text=only(shown(f.whole, rows.where(level=level).count(), strong=True))),
            )
            for _, level in levels
        ),
        empty="No visit or review is late.",
    )


def _band(book: PeopleBook, band: str) -> Text:
    return only(named(book.rows(LateVisit).where(late_band=band).first("late_band")))


def _list(book: PeopleBook) -> Table:
    rows = book.rows(LateVisit)
    limit = book.definition.limits.rows_listed
    return Table(
        title="For whom late matters most",
        note="by level, then by days late",
        columns=(
            Column(heading="Nominal", width_mm=42),
            Column(heading="What is late", width_mm=30),
            Column(heading="Level", width_mm=22),
            Column(heading="Late", width_mm=20),
            Column(heading="Last done, due", width_mm=32),
            Column(heading="Manager and reason"),
        ),
        rows=tuple(_row(row) for row in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "days_late"),
        empty="No visit or review is late.",
    )


def _row(row: LateVisit) -> tuple[Cell, ...]:
    reactive = (Mark(kind="chip", text="reactive management"),) if row.is_reactive else ()
    done = (
        say("{a}", a=shown(f.on_short_day, row.fact("last_done_on")))
        if row.last_done_on
        else say("never recorded")
    )
    reason = sub(cut(row.fact("reason"), 60)) if row.reason else Mark(kind="gap", text="No reason recorded")
    return (
        strong(row.fact("name"), sub(named(row.fact("person_ref"))), *reactive),
        words(row.fact("kind"), 30),
        words(row.fact("level"), 20),
        as_written(f.days, row.fact("days_late")),
        Cell(text=done, marks=(sub(say("due {day}", day=shown(f.on_short_day, row.fact("due_on")))),)),
        words(row.fact("manager"), 30, reason),
    )

"""The page of handovers: releases, transfers and ends of licence in the days ahead.

Here: the whole page. Not here: which dates count (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import as_written, cut, left_over, n, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.managed import Handover
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting

_LISTED = 16


def handover_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-handover")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"list": _list(book)},
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(Handover)
    count = rows.count()
    days = book.limit("recent_days")
    if not count.value:
        words_ = say("No release, transfer or licence end is due in {n} days", n=n(days))
        return ruled("title.handover.none", words_, count)
    open_ = [row.fact("accepted_on") for row in rows if row.accepted_on is None]
    due = say(
        "{n} {handovers} due in {d} days",
        n=shown(f.cardinal, count),
        handovers=plural(count.value, "handover is", "handovers are"),
        d=n(days),
    )
    if not open_:
        return first_fitting("title.handover.agreed", [count], join(due, say("each accepted"), gap="; "), due)
    more = say("{k} not accepted", k=shown(f.how_many, *open_))
    return first_fitting("title.handover.open", [count, *open_], join(due, more, gap="; "), due)


def _list(book: PeopleBook) -> Table:
    rows = book.rows(Handover)
    return Table(
        title="By date",
        columns=(
            Column(heading="Date", width_mm=20),
            Column(heading="Nominal", width_mm=42),
            Column(heading="What happens", width_mm=28),
            Column(heading="From, to"),
            Column(heading="Plan", width_mm=26),
            Column(heading="Accepted", width_mm=30),
        ),
        rows=tuple(_row(row) for row in rows.items[:_LISTED]),
        remainder=left_over(rows.items, _LISTED, "due_on"),
        empty=say("No release, transfer or licence end is due in {n} days.", n=n(book.limit("recent_days"))),
    )


def _row(row: Handover) -> tuple[Cell, ...]:
    to = say("to {team}", team=cut(row.fact("to_team"), 36)) if row.to_team else say("**nobody named**")
    plan = (
        as_written(f.on_short_day, row.fact("plan_on"))
        if row.plan_on
        else Cell(marks=(Mark(kind="gap", text="None"),))
    )
    accepted = (
        Cell(
            marks=(Mark(kind="done", text=say("{day}", day=shown(f.on_short_day, row.fact("accepted_on")))),)
        )
        if row.accepted_on
        else Cell(marks=(Mark(kind="gap", text="Not yet"), Mark(kind="box", text="By: ____________")))
    )
    level = sub(
        join(
            say("{ref}", ref=named(row.fact("person_ref"))),
            say("{l}", l=cut(row.fact("level"), 16)),
            gap=" · ",
        )
    )
    return (
        Cell(text=say("**{day}**", day=shown(f.on_day_of_year, row.fact("due_on")))),
        strong(row.fact("name"), level),
        words(row.fact("kind"), 30),
        words(row.fact("from_team"), 36, sub(to)),
        plan,
        accepted,
    )

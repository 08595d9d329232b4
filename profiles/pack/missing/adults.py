"""The page of adults and addresses that recur around missing children.

Here: the whole page. An adult stands here for a second look, not as a finding. Not here: who counts (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import cut, items, left_over, n, number, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.missing import AddressOfConcern, AdultOfConcern
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def adults_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-adults")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"adults": _adults(book), "addresses": _addresses(book)},
        panels={"care": book.care("adult_care")},
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(AdultOfConcern)
    count = rows.count()
    if not count.value:
        return ruled("title.adults.none", say("No adult is linked to two or more missing children"), count)
    first = rows.items[0]
    words_ = say(
        "{n} {adults} recur around missing children; one with {k}",
        n=shown(f.cardinal, count),
        adults=plural(count.value, "adult", "adults"),
        k=shown(f.lower_cardinal, first.fact("n_children")),
    )
    shorter = say("{n} adults recur around missing children", n=shown(f.cardinal, count))
    return first_fitting("title.adults.some", [count, first.fact("n_children")], words_, shorter)


def _adults(book: PeopleBook) -> Table:
    rows = book.rows(AdultOfConcern)
    limit = book.definition.limits.rows_listed
    return Table(
        title="Adults",
        note="linked to two or more missing children by more than one source",
        columns=(
            Column(heading="Adult", width_mm=36),
            Column(heading="Children", width_mm=26),
            Column(heading="Basis"),
            Column(heading="First, last", width_mm=20),
            Column(heading="Notice in force", width_mm=25),
            Column(heading="Option", width_mm=28),
        ),
        rows=tuple(_adult(row) for row in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "adult_ref"),
        empty="No adult is linked to two or more missing children by more than one source.",
    )


def _adult(row: AdultOfConcern) -> tuple[Cell, ...]:
    who = [say("{ref}", ref=named(row.fact("adult_ref")))]
    if row.age is not None:
        who.insert(0, say("{age}", age=n(row.fact("age"))))
    chips = tuple(Mark(kind="chip", text=only(run)) for run in items(row, "overlaps", 2))
    children = join(*(say("{ref}", ref=run) for run in items(row, "child_refs", 4)), gap=", ")
    sources = sub(say("{n} sources", n=n(row.fact("n_sources"))))
    return (
        strong(row.fact("name"), sub(join(*who, gap=" · ")), *chips),
        number(row.fact("n_children"), sub(children)),
        words(row.fact("basis_text"), 90, sources),
        Cell(
            text=say(
                "{a} to {b}",
                a=shown(f.on_short_day, row.fact("first_on")),
                b=shown(f.on_short_day, row.fact("last_on")),
            )
        ),
        _notice(row),
        words(row.fact("option_text"), 60),
    )


def _notice(row: AdultOfConcern) -> Cell:
    if row.notice_kind is None:
        return Cell(marks=(Mark(kind="gap", text="None recorded"),))
    ends = (
        (sub(say("to {day}", day=shown(f.on_short_day, row.fact("notice_ends_on")))),)
        if row.notice_ends_on
        else ()
    )
    return words(row.fact("notice_kind"), 36, *ends)


def _addresses(book: PeopleBook) -> Table:
    rows = book.rows(AddressOfConcern)
    limit = 5
    return Table(
        title="Addresses",
        columns=(
            Column(heading="Address", width_mm=58),
            Column(heading="Children", width_mm=20, is_number=True),
            Column(heading="Episodes", width_mm=20, is_number=True),
            Column(heading="Last", width_mm=24),
            Column(heading="Listed adults there"),
        ),
        rows=tuple(_address(row) for row in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "address_ref"),
        empty="No address recurs in the episodes of different children.",
    )


def _address(row: AddressOfConcern) -> tuple[Cell, ...]:
    adults = join(*(say("{ref}", ref=run) for run in items(row, "adults", 4)), gap=", ")
    return (
        strong(row.fact("address_text"), sub(cut(row.fact("kind"), 30))),
        number(row.fact("n_children")),
        Cell(text=only(n(row.fact("n_episodes")))),
        Cell(text=only(shown(f.on_short_day, row.fact("last_on")))),
        Cell(text=adults or say("none listed")),
    )

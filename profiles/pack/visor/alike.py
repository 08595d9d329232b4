"""The page of people outside management who behave like the managed, for referral to a panel of people.

Here: the whole page. Nobody on it is managed. Not here: the referral test (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import items, left_over, n, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.managed import LookAlike
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting


def alike_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-alike")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"list": _list(book)},
        panels={"care": book.care("alike_care")},
    )


def _title(book: PeopleBook) -> Text:
    count = book.rows(LookAlike).count()
    if not count.value:
        return ruled("title.alike.none", say("No one outside management meets the referral test"), count)
    words_ = say(
        "{n} {people} outside management {meet} the referral test",
        n=shown(f.cardinal, count),
        people=plural(count.value, "person", "people"),
        meet=plural(count.value, "meets", "meet"),
    )
    return first_fitting("title.alike.some", [count], words_)


def _list(book: PeopleBook) -> Table:
    rows = book.rows(LookAlike)
    limit = book.definition.limits.rows_listed
    return Table(
        title="For referral",
        columns=(
            Column(heading="Person", width_mm=34),
            Column(heading="Basis"),
            Column(heading="Conviction", width_mm=19),
            Column(heading="Chance, per hundred", width_mm=21),
            Column(heading="Linked to", width_mm=22),
            Column(heading="Proposed", width_mm=32),
        ),
        rows=tuple(_row(row) for row in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "person_ref"),
        empty="No one outside management meets the referral test.",
    )


def _row(row: LookAlike) -> tuple[Cell, ...]:
    who = [say("{ref}", ref=named(row.fact("person_ref")))]
    if row.age is not None:
        who.insert(0, say("{age}", age=n(row.fact("age"))))
    convicted = say("Convicted") if row.is_convicted else say("Alleged only")
    linked = join(*(say("{ref}", ref=run) for run in items(row, "links", 3)), gap=", ")
    chance = (
        say(
            "**{p}** ({r})",
            p=shown(f.per_hundred, row.fact("p")),
            r=shown(f.per_hundred_range, row.fact("p_lower"), row.fact("p_upper")),
        )
        if row.p is not None
        else say("not scored")
    )
    return (
        strong(row.fact("name"), sub(join(*who, gap=" · "))),
        words(row.fact("basis_text"), 120),
        Cell(text=convicted),
        Cell(text=chance),
        Cell(text=linked or say("nobody")),
        words(row.fact("referral_text"), 50, Mark(kind="box", text="□\u00a0refer □\u00a0not, because")),
    )

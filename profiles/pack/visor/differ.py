"""The page where score and ARMS part: two lists side by side, never one number.

Here: the whole page. Not here: bands and their comparison (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cells import cut, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.managed import Disagreement
from profiles.pack.text import plural, say
from profiles.pack.titles import first_fitting

_LISTED = 7


def differ_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-differ")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={
            "higher": _list(book, "score_higher", "Score higher than ARMS"),
            "lower": _list(book, "score_lower", "Score lower than ARMS"),
        },
        panels={"care": book.care("differ_care")},
    )


def _title(book: PeopleBook) -> Text:
    count = book.rows(Disagreement).count()
    if not count.value:
        return ruled("title.differ.none", say("Score and ARMS agree within one band for everyone"), count)
    words_ = say(
        "Score and ARMS part for {n} {nominals}",
        n=shown(f.lower_cardinal, count),
        nominals=plural(count.value, "nominal"),
    )
    return first_fitting("title.differ.some", [count], words_)


def _list(book: PeopleBook, direction: str, title: str) -> Table:
    rows = book.rows(Disagreement).where(direction=direction)
    more = [row.fact("person_ref") for row in rows.items[_LISTED:]]
    return Table(
        title=title,
        columns=(
            Column(heading="Nominal", width_mm=42),
            Column(heading="ARMS, assessed", width_mm=30),
            Column(heading="Chance, per hundred", width_mm=32),
            Column(heading="What the score looks at"),
            Column(heading="Manager", width_mm=32),
        ),
        rows=tuple(_row(row) for row in rows.items[:_LISTED]),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty="Nobody.",
    )


def _row(row: Disagreement) -> tuple[Cell, ...]:
    chance = say(
        "**{p}** ({r})",
        p=shown(f.per_hundred, row.fact("p")),
        r=shown(f.per_hundred_range, row.fact("p_lower"), row.fact("p_upper")),
    )
    return (
        strong(row.fact("name"), sub(named(row.fact("person_ref")))),
        words(row.fact("level"), 20, sub(shown(f.on_short_day, row.fact("assessed_on")))),
        Cell(text=chance),
        words(row.fact("reasons_text"), 110),
        Cell(text=say("{m}", m=cut(row.fact("manager"), 30))),
    )

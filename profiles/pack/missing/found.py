"""The page of from where and to where: hours of reporting, pairs of places, children placed here from outside.

Here: the page and its two tables. Not here: the heat maps (profiles/pack/people/where.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import as_written, left_over, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.disclosure.counts import counts
from profiles.pack.facts import ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.where import heat_figures, slot_lines, untimed_line
from profiles.pack.tables.missing import OutOfArea, PlacePair
from profiles.pack.text import only, say
from profiles.pack.titles import first_fitting


def found_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-found")
    return Section(
        section_id=page.page_id,
        kind="where",
        label=page.label,
        title=_title(book),
        question=page.question,
        may_leave=page.may_leave,
        figures={"heat": heat_figures(book)},
        tables={"pairs": _pairs(book), "placed": _placed(book)},
        notes={**slot_lines(book), "untimed": untimed_line(book)},
        panels={"care": book.care("place_care")},
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(PlacePair)
    first = rows.one()
    if first is None:
        return ruled("title.found.none", say("No place has several people found there"), rows.count())
    words_ = say(
        "{from_} to {to}: {n} episodes",
        from_=shown(f.clipped(22), first.fact("from_place")),
        to=shown(f.clipped(18), first.fact("found_place")),
        n=shown(f.count, first.fact("n_episodes")),
    )
    shorter = say("{n} pairs of places recur", n=shown(f.whole, rows.count()))
    return first_fitting("title.found.pair", [first.fact("n_episodes")], words_, shorter)


def _pairs(book: PeopleBook) -> Table:
    rows = book.rows(PlacePair)
    limit = book.definition.limits.rows_listed
    numbers = counts(book, [row.fact("n_episodes") for row in rows])
    people = counts(book, [row.fact("n_people") for row in rows])
    return Table(
        title="From where to where",
        columns=(
            Column(heading="Missing from", width_mm=48),
            Column(heading="Found at", width_mm=46),
            Column(heading="Episodes", width_mm=18, is_number=True),
            Column(heading="People", width_mm=16, is_number=True),
            Column(heading="Same person", width_mm=20, is_number=True),
            Column(heading="Distance"),
        ),
        rows=tuple(
            (
                strong(row.fact("from_place"), sub(say("{kind}", kind=shown(f.text, row.fact("from_kind"))))),
                words(row.fact("found_place"), 40, *(_OUT if row.is_out_of_force else ())),
                Cell(text=only(episodes)),
                Cell(text=only(n_people)),
                as_written(f.count, row.fact("n_same_person")),
                as_written(f.kilometres, row.fact("distance_km")),
            )
            for row, episodes, n_people in zip(rows.items[:limit], numbers, people, strict=False)
        ),
        remainder=left_over(rows.items, limit, "n_episodes"),
        empty="No place has three or more people found there in the window.",
    )


_OUT = (Mark(kind="chip", text="other force"),)


def _placed(book: PeopleBook) -> Table:
    rows = book.rows(OutOfArea)
    limit = 6
    return Table(
        title="Children placed here by other authorities who went missing",
        columns=(
            Column(heading="Placing authority", width_mm=60),
            Column(heading="Children", width_mm=22, is_number=True),
            Column(heading="Episodes", width_mm=22, is_number=True),
            Column(heading="Found in another force", width_mm=36, is_number=True),
            Column(heading="Host force told", is_number=True),
        ),
        rows=tuple(
            (
                strong(row.fact("placing_authority")),
                as_written(f.count, row.fact("n_children")),
                as_written(f.count, row.fact("n_episodes")),
                as_written(f.count, row.fact("n_out_of_force")),
                as_written(f.a_of_b, row.fact("n_told"), row.fact("n_children")),
            )
            for row in rows.items[:limit]
        ),
        remainder=left_over(rows.items, limit, "placing_authority"),
        empty="No child placed here by another authority went missing in the window.",
    )

"""The page of what other systems have learned since the last visit.

Here: the whole page. Not here: which events count (the marts), whose events may be shown (publish/visibility.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import as_written, cut, left_over, n, strong, sub, words
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.managed import NewInformation
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting

_LISTED = 14


def news_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-news")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"list": _list(book)},
        panels={"care": book.care("news_care")},
    )


def _title(book: PeopleBook) -> Text:
    unseen = book.rows(NewInformation).where(seen_on=None)
    count = unseen.count()
    if not count.value:
        return ruled("title.news.none", say("No managed person has an unseen event"), count)
    people = len({row.person_ref for row in unseen})
    who = shown(f.how_many_different, unseen.values("person_ref"))
    words_ = say(
        "{n} unseen {events} about {k} {people}",
        n=shown(f.cardinal, count),
        events=plural(count.value, "event"),
        k=who,
        people=plural(people, "managed person", "managed people"),
    )
    return first_fitting("title.news.some", [count], words_)


def _list(book: PeopleBook) -> Table:
    rows = book.rows(NewInformation)
    return Table(
        title="New since the last visit",
        note=say("{n} in all", n=n(rows.count())) if len(rows) else Text(),
        columns=(
            Column(heading="Nominal", width_mm=37),
            Column(heading="Event", width_mm=20),
            Column(heading="Where it stands", width_mm=32),
            Column(heading="What it says"),
            Column(heading="Last visit", width_mm=20),
            Column(heading="Seen by manager", width_mm=27),
        ),
        rows=tuple(_row(row) for row in rows.items[:_LISTED]),
        remainder=left_over(rows.items, _LISTED, "event_no"),
        empty="No managed person has an unseen event.",
    )


def _row(row: NewInformation) -> tuple[Cell, ...]:
    where = say(
        "{force} {feed}",
        force=named(row.fact("source_force_name")),
        feed=shown(f.lower_first, row.fact("feed_title")),
    )
    grade = (sub(say("graded {g}", g=named(row.fact("grade")))),) if row.grade else ()
    seen = (
        Cell(
            marks=(
                Mark(kind="done", text=say("{day}", day=shown(f.on_short_day, row.fact("seen_on")))),
                sub(cut(row.fact("manager"), 28)),
            )
        )
        if row.seen_on
        else Cell(marks=(Mark(kind="gap", text="Not seen"), sub(cut(row.fact("manager"), 28))))
    )
    return (
        strong(
            row.fact("name"),
            sub(
                join(
                    say("{ref}", ref=named(row.fact("person_ref"))),
                    say("{level}", level=cut(row.fact("level"), 16)),
                    gap=" · ",
                )
            ),
        ),
        as_written(f.on_short_day, row.fact("event_on")),
        Cell(text=where, marks=(sub(cut(row.fact("record_ref"), 28)),)),
        words(row.fact("gist"), 90, *grade),
        as_written(f.on_short_day, row.fact("last_visit_on")),
        seen,
    )

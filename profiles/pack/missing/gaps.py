"""The page of protection gaps: what is overdue today, and by which authority.

Here: the whole page. Not here: what is due when (each force's own rule, in the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Kpi, Table
from profiles.pack.cells import as_written, left_over, n, reference, strong, words
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.missing import AsAt, Overdue, OverdueByAuthority
from profiles.pack.text import only, plural, say
from profiles.pack.titles import first_fitting


def gaps_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-gaps")
    return Section(
        section_id=page.page_id,
        kind="lists",
        label=page.label,
        title=_title(book),
        question=page.question,
        kpis=_kpis(book),
        tables={"authorities": _authorities(book), "overdue": _overdue(book)},
    )


def _title(book: PeopleBook) -> Text:
    rows = book.rows(Overdue)
    count = rows.count()
    if not count.value:
        return ruled("title.steps.none", say("Nothing that protects a missing person is overdue"), count)
    words_ = say(
        "{n} protective {steps} overdue, the oldest by {days}",
        n=shown(f.cardinal, count),
        steps=plural(count.value, "step is", "steps are"),
        days=shown(f.days, rows.largest("days_late")),
    )
    return first_fitting("title.steps.late", [count, rows.largest("days_late")], words_)


def _kpis(book: PeopleBook) -> tuple[Kpi, ...]:
    as_at, rows = book.rows(AsAt).one(), book.rows(Overdue)
    kinds = dict.fromkeys(row.kind for row in rows)
    found = [
        Kpi(
            label=say("{kind}: overdue", kind=shown(f.clipped(30), rows.where(kind=kind).first("kind"))),
            value=only(n(rows.where(kind=kind).count())),
            verdict=say("oldest {days}", days=shown(f.days, rows.where(kind=kind).largest("days_late"))),
        )
        for kind in list(kinds)[:3]
    ]
    if as_at is not None:
        value = say("{a}", a=shown(f.a_of_b, as_at.fact("n_interviews_without"), as_at.fact("n_episodes")))
        found.append(
            Kpi(
                label="Return interviews not recorded",
                value=value,
                verdict=say("of those due in {n} days", n=n(book.limit("recent_days"))),
            )
        )
    return tuple(found)


def _authorities(book: PeopleBook) -> Table:
    rows = book.rows(OverdueByAuthority)
    limit = book.definition.limits.rows_listed
    return Table(
        title="By who has to act",
        columns=(
            Column(heading="Authority", width_mm=64),
            Column(heading="Due", width_mm=18, is_number=True),
            Column(heading="Done in time", width_mm=22, is_number=True),
            Column(heading="Late or not recorded", width_mm=32, is_number=True),
            Column(heading="Share done in time"),
        ),
        rows=tuple(
            (
                strong(row.fact("authority"), most=50),
                as_written(f.whole, row.fact("n_due")),
                as_written(f.whole, row.fact("n_done")),
                as_written(f.whole, row.fact("n_late")),
                Cell(
                    text=only(shown(f.part_of, row.fact("n_done"), row.fact("n_due"))),
                    bar=round(100 * row.n_done / row.n_due) if row.n_due else 0,
                ),
            )
            for row in rows.items[:limit]
        ),
        remainder=left_over(rows.items, limit, "authority"),
        empty="No protective step was due in the window.",
    )


def _overdue(book: PeopleBook) -> Table:
    rows = book.rows(Overdue)
    limit = 16
    return Table(
        title="Overdue today",
        note=say("{n} in all", n=n(rows.count())) if len(rows) else Text(),
        columns=(
            Column(heading="Person", width_mm=30),
            Column(heading="What is overdue", width_mm=40),
            Column(heading="Who has to act"),
            Column(heading="Due", width_mm=22),
            Column(heading="Late", width_mm=22),
            Column(heading="Last episode", width_mm=24),
        ),
        rows=tuple(
            (
                reference(row.fact("person_ref")),
                words(row.fact("kind"), 40),
                words(row.fact("authority"), 40),
                as_written(f.on_short_day, row.fact("due_on")),
                as_written(f.days, row.fact("days_late")),
                as_written(f.on_short_day, row.fact("last_episode_on")),
            )
            for row in rows.items[:limit]
        ),
        remainder=left_over(rows.items, limit, "overdue_no"),
        empty="Every return interview, plan and review that was due is recorded as done or offered.",
    )

"""The cover of the missing pack: its third sentence, its numbers, the decisions it proposes.

Here: what is this profile's own. Not here: the cover itself (profiles/pack/people/cover.py).
"""

from collections.abc import Iterator

from profiles.pack import formats as f
from profiles.pack.blocks import Decision
from profiles.pack.cells import cut, n
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.model import Section
from profiles.pack.people import cover
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.missing import AdultOfConcern, AsAt, OpenEpisode, Overdue, RepeatFacts
from profiles.pack.text import plural, say
from profiles.pack.wording import name_of


def cover_section(book: PeopleBook) -> Section:
    """The whole page."""
    kpis = [*(cover.series_kpi(book, code) for code in book.definition.cover_series), cover.decided_kpi(book)]
    return cover.cover_section(book, _third(book), kpis, tuple(_decisions(book)), "measures")


def _third(book: PeopleBook) -> tuple[Text, Text]:
    """Who is missing now, and what is overdue."""
    as_at, late = book.rows(AsAt).one(), book.rows(Overdue).count()
    overdue = (
        say("{n} protective {steps} overdue; {late}.", n=n(late), steps=plural(late.value, "step is", "steps are"),
            late=cover.late_actions(book))
        if late.value
        else say("No protective step is overdue; {late}.", late=cover.late_actions(book))
    )  # fmt: skip
    if as_at is None:
        return ruled("sentence.now.unknown", say("Who is missing now is not known."), late), overdue
    now = as_at.fact("n_missing")
    if not now.value:
        words = say("Nobody was missing at {time}.", time=shown(f.text, as_at.fact("as_at_text")))
        return ruled("sentence.now.none", words, now), overdue
    words = say(
        "{n} {people} missing at {time}; {children} under eighteen.",
        n=shown(f.cardinal, now),
        people=plural(now.value, "person was", "people were"),
        time=shown(f.text, as_at.fact("as_at_text")),
        children=n(as_at.fact("n_children")),
    )
    return ruled("sentence.now", words, now, as_at.fact("n_children")), overdue


def _decisions(book: PeopleBook) -> Iterator[Decision]:
    """Who is missing now first, then plans, then adults, then what is late."""
    yield from _grade(book)
    yield from _plan(book)
    yield from _adult(book)
    yield from _overdue(book)
    yield from _signal(book)
    yield from cover.overdue_decision(book)
    yield from cover.feed_decision(book)


def _grade(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(OpenEpisode).where(is_higher=True)
    first = rows.one()
    if first is None:
        return
    what = say(
        "Review the recorded level of {n} {who}",
        n=n(rows.count()),
        who=plural(len(rows), "missing person", "missing people"),
    )
    why = say(
        "Other systems hold signals above it; {ref} is recorded as {level}",
        ref=cut(first.fact("person_ref"), 24),
        level=cut(first.fact("recorded_level"), 24),
    )
    yield Decision(
        what=ruled("decision.level", what, rows.count()), why=why, owner="Duty inspector", anchor="p-now"
    )


def _plan(book: PeopleBook) -> Iterator[Decision]:
    bare = [row for row in book.rows(RepeatFacts) if row.trigger_plan_on is None]
    if not bare:
        return
    count = shown(f.how_many, *(row.fact("n_90_days") for row in bare))
    what = say(
        "Agree a trigger plan for {n} repeat {who}", n=count, who=plural(len(bare), "person", "people")
    )
    most = max(bare, key=lambda row: row.n_90_days)
    why = say(
        "{ref} has {n} episodes in the window and no plan",
        ref=cut(most.fact("person_ref"), 24),
        n=n(most.fact("n_90_days")),
    )
    what = ruled("decision.plan", what, *(row.fact("trigger_plan_on") for row in bare))
    yield Decision(what=what, why=why, owner="Missing persons lead", anchor="p-list")


def _adult(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(AdultOfConcern)
    first = next((row for row in rows if row.notice_kind is None), None)
    if first is None:
        return
    what = say("Consider a notice for {name}", name=cut(first.fact("name"), 40))
    why = say(
        "Linked to {n} missing children by {s} sources",
        n=n(first.fact("n_children")),
        s=n(first.fact("n_sources")),
    )
    what = ruled("decision.notice", what, rows.count())
    yield Decision(what=what, why=why, owner="Exploitation team", anchor="p-adults")


def _overdue(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(Overdue)
    if not len(rows):
        return
    what = say("Chase {n} overdue protective {steps}", n=n(rows.count()), steps=plural(len(rows), "step"))
    why = say("The oldest is {n} late", n=shown(f.days, rows.largest("days_late")))
    what = ruled("decision.steps", what, rows.count())
    yield Decision(what=what, why=why, owner="Children’s services link", anchor="p-gaps")


def _signal(book: PeopleBook) -> Iterator[Decision]:
    signals = [
        v
        for code, v in book.verdicts.items()
        if v.is_signal and book.series[code].items[0].series_group == "main"
    ]
    if not signals:
        return
    what = say("Name a lead to explain the signal in {name}", name=name_of(signals[0], inside=True))
    facts = [verdict.fact("verdict") for verdict in signals]
    why = say("It has left its usual course; the picture page shows since when")
    yield Decision(
        what=ruled("decision.signal", what, *facts), why=why, owner="Threat lead", anchor="p-picture"
    )

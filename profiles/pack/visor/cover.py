"""The cover of the pack of managed offenders: its third sentence, its numbers, the decisions it proposes.

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
from profiles.pack.tables.managed import Handover, LateVisit, LookAlike, NewInformation, TeamLoad
from profiles.pack.text import plural, say


def cover_section(book: PeopleBook) -> Section:
    """The whole page."""
    kpis = [*(cover.series_kpi(book, code) for code in book.definition.cover_series), cover.decided_kpi(book)]
    return cover.cover_section(book, _third(book), kpis, tuple(_decisions(book)), "measures")


def _third(book: PeopleBook) -> tuple[Text, Text]:
    """What is late for whom, and what nobody has looked at."""
    late = book.rows(LateVisit)
    grave = late.where(level_order=1).count()
    unseen = book.rows(NewInformation).where(seen_on=None).count()
    rest = say(
        "{n} new events of other systems are not seen; {late}.", n=n(unseen), late=cover.late_actions(book)
    )
    if not len(late):
        return ruled("sentence.late.none", say("No visit or review is late."), late.count()), rest
    words = say(
        "{n} {visits} late, {g} for people at very high risk.",
        n=shown(f.cardinal, late.count()),
        visits=plural(len(late), "visit or review is", "visits or reviews are"),
        g=n(grave),
    )
    return ruled("sentence.late", words, late.count(), grave), rest


def _decisions(book: PeopleBook) -> Iterator[Decision]:
    """What is late for the gravest first, then what is new, then who takes over, then who is not managed."""
    yield from _late(book)
    yield from _unseen(book)
    yield from _handover(book)
    yield from _alike(book)
    yield from _load(book)
    yield from cover.overdue_decision(book)
    yield from cover.feed_decision(book)


def _late(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(LateVisit)
    first = rows.one()
    if first is None:
        return
    what = say(
        "Plan the late {kind} for {name}",
        kind=shown(f.lower_first, first.fact("kind")),
        name=cut(first.fact("name"), 34),
    )
    why = say(
        "{level}; {days} late by the plan",
        level=cut(first.fact("level"), 20),
        days=shown(f.days, first.fact("days_late")),
    )
    yield Decision(
        what=ruled("decision.late", what, rows.count()), why=why, owner="Offender manager", anchor="p-late"
    )


def _unseen(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(NewInformation).where(seen_on=None)
    first = rows.one()
    if first is None:
        return
    what = say("Have {n} unseen {events} looked at", n=n(rows.count()), events=plural(len(rows), "event"))
    why = say(
        "The gravest: {name}, {gist}", name=cut(first.fact("name"), 30), gist=cut(first.fact("gist"), 50)
    )
    yield Decision(
        what=ruled("decision.unseen", what, rows.count()), why=why, owner="Team leaders", anchor="p-news"
    )


def _handover(book: PeopleBook) -> Iterator[Decision]:
    bare = [row for row in book.rows(Handover) if row.accepted_on is None]
    if not bare:
        return
    count = shown(f.how_many, *(row.fact("due_on") for row in bare))
    what = say("Agree who takes over in {n} {cases}", n=count, cases=plural(len(bare), "handover"))
    why = say("The first is due on {day}", day=shown(f.on_day_of_year, bare[0].fact("due_on")))
    what = ruled("decision.handover", what, *(row.fact("accepted_on") for row in bare))
    yield Decision(what=what, why=why, owner="MAPPA coordinator", anchor="p-handover")


def _alike(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(LookAlike)
    if not len(rows):
        return
    what = say(
        "Refer {n} {people} to the panel, or say why not",
        n=n(rows.count()),
        people=plural(len(rows), "person", "people"),
    )
    why = say("Each meets the referral test on the basis named")
    yield Decision(
        what=ruled("decision.alike", what, rows.count()), why=why, owner="PDP panel", anchor="p-alike"
    )


def _load(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(TeamLoad).where(is_above=True)
    first = rows.one()
    if first is None:
        return
    what = say("Bring {team} inside its agreed load", team=cut(first.fact("team"), 40))
    why = say(
        "{a} for each manager; {b} agreed",
        a=shown(f.one_decimal, first.fact("load")),
        b=shown(f.one_decimal, first.fact("agreed_load")),
    )
    yield Decision(
        what=ruled("decision.load", what, rows.count()), why=why, owner="Head of unit", anchor="p-picture"
    )

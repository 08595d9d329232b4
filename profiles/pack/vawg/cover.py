"""The cover of the VAWG pack: its third sentence, its numbers, the decisions it proposes.

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
from profiles.pack.tables.places import Area, HotPlace
from profiles.pack.tables.ranked import NobodyOwns
from profiles.pack.tables.victims import VictimCounts
from profiles.pack.text import plural, say
from profiles.pack.wording import name_of


def cover_section(book: PeopleBook) -> Section:
    """The whole page."""
    kpis = [*(cover.series_kpi(book, code) for code in book.definition.cover_series), cover.decided_kpi(book)]
    return cover.cover_section(book, _third(book), kpis, tuple(_decisions(book)), "types")


def _third(book: PeopleBook) -> tuple[Text, Text]:
    """Who is unsafe, and what was not done."""
    counts = book.rows(VictimCounts).one()
    actions = say("Of what was agreed, {late}.", late=cover.late_actions(book))
    if counts is None:
        return ruled("sentence.gaps.unknown", say("Gaps in protection are not known.")), actions
    gap = counts.fact("n_gap")
    if not gap.value:
        words = say("Every high-risk person with a suspect at liberty has each protection recorded.")
        return ruled("sentence.gaps.none", words, gap), actions
    words = say(
        "{n} {people} at high risk {have} a gap in protection today.",
        n=shown(f.cardinal, gap),
        people=plural(gap.value, "person", "people"),
        have=plural(gap.value, "has", "have"),
    )
    return ruled("sentence.gaps", words, gap), actions


def _decisions(book: PeopleBook) -> Iterator[Decision]:
    """People first, then protection, then the picture and places, then what is late."""
    yield from _first_person(book)
    yield from _gaps(book)
    yield from _owner(book)
    yield from _signal(book)
    yield from _place(book)
    yield from cover.overdue_decision(book)
    yield from cover.feed_decision(book)


def _first_person(book: PeopleBook) -> Iterator[Decision]:
    if not book.listed:
        return
    row = book.listed[0]
    what = say("Decide on {name}: task, known, reject or defer", name=cut(row.fact("short_name"), 30))
    why = say("{words}", words=cut(row.fact("reasons_text"), 100))
    anchor = book.anchor(row)
    yield Decision(
        what=ruled("decision.first", what, row.fact("rank")), why=why, owner="Tasking chair", anchor=anchor
    )


def _gaps(book: PeopleBook) -> Iterator[Decision]:
    counts = book.rows(VictimCounts).one()
    if counts is None or not counts.n_gap:
        return
    gap = counts.fact("n_gap")
    what = say("Assign owners for {n} {gaps} in protection", n=n(gap), gaps=plural(counts.n_gap, "gap"))
    why = say(
        "Every suspect is at liberty; {n} have access to the person’s phone or home",
        n=n(counts.fact("n_access")) if counts.n_access else "none is known to",
    )
    yield Decision(
        what=ruled("decision.gaps", what, gap), why=why, owner="Safeguarding lead", anchor="p-victims"
    )


def _owner(book: PeopleBook) -> Iterator[Decision]:
    rows = book.rows(NobodyOwns)
    first = rows.one()
    if first is None:
        return
    what = say("Name one owner for {name}", name=cut(first.fact("name"), 40))
    why = say(
        "{n} offences lie with {teams} teams of {forces} {word}",
        n=n(first.fact("n_offences")),
        teams=n(first.fact("n_teams")),
        forces=n(first.fact("n_forces")),
        word=plural(first.n_forces, "force"),
    )
    yield Decision(
        what=ruled("decision.owner", what, rows.count()), why=why, owner="Crime lead", anchor="p-owner"
    )


def _signal(book: PeopleBook) -> Iterator[Decision]:
    signals = [v for code, v in book.verdicts.items() if v.is_signal and _is_main(book, code)]
    if not signals:
        return
    above = [row.fact("area_name") for row in book.rows(Area) if row.position == "above"]
    what = say("Name a lead to explain the signal in {name}", name=name_of(signals[0], inside=True))
    why = (
        say("{n} neighbourhoods are clearly above the force rate", n=shown(f.how_many, *above))
        if above
        else say("No neighbourhood stands out: look at the whole force")
    )
    facts = [verdict.fact("verdict") for verdict in signals]
    yield Decision(
        what=ruled("decision.signal", what, *facts), why=why, owner="Threat lead", anchor="p-picture"
    )


def _is_main(book: PeopleBook, code: str) -> bool:
    return book.series[code].items[0].series_group == "main"


def _place(book: PeopleBook) -> Iterator[Decision]:
    bare = next((row for row in book.rows(HotPlace) if row.plan_text is None), None)
    if bare is None:
        return
    what = say("Give {place} a plan and an owner", place=cut(bare.fact("place_name"), 40))
    why = say("{n} offences in the window and no plan recorded", n=n(bare.fact("n_recent")))
    what = ruled("decision.place", what, bare.fact("n_recent"))
    yield Decision(what=what, why=why, owner="Neighbourhood lead", anchor="p-where")

"""The page of repeat missing people: in order of harm when missing, with what has been tried, and a page a person.

Here: the list, and what a person's page adds (plan, interviews, what draws them). Not here: the person page itself
(profiles/pack/people/subject.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Panel, Table
from profiles.pack.cells import cut, items, n, sub
from profiles.pack.cite import Text
from profiles.pack.disclosure.counts import curve
from profiles.pack.facts import named, ruled, shown
from profiles.pack.figures import AxisFigure, SeriesFigure
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.listed import axis_to
from profiles.pack.people.listed_cells import chance_figure, last_decision
from profiles.pack.people.subject import subject_section
from profiles.pack.tables.missing import RepeatFacts
from profiles.pack.tables.ranked import Ranked
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def repeat_section(book: PeopleBook) -> Section:
    """The list. No rank is printed: people stand in order of harm when missing."""
    page = book.page("p-list")
    lines = (
        say(
            "**How to read a row.** No model is used: people stand by {rule}. The curve is episodes a week.",
            rule=named(book.head.fact("rule_text")),
        )
        if not book.head.is_model_used
        else say(
            "**How to read a row.** Dot: calibrated chance of harm in the next {n}. Bar: likely range (nine in ten). "
            "Tick: everybody who goes missing often. The order is by harm, and it is weak where bars overlap.",
            n=shown(f.days, book.head.fact("horizon_days")),
        ),
        say(
            "**Not a list of trouble.** Each person here is to be protected. A child who is also a suspect stands here "
            "as a person at risk; that is said on no list of suspects of this pack."
        ),
    )
    return Section(
        section_id=page.page_id,
        kind="listed",
        label=page.label,
        title=_title(book),
        question=page.question,
        tables={"list": _table(book)},
        panels={"read": Panel(title="", lines=lines[:1]), "care": Panel(title="", lines=lines[1:])},
    )


def facts_of(book: PeopleBook, row: Ranked) -> RepeatFacts | None:
    """What stands beside one person."""
    return book.rows(RepeatFacts).where(person_ref=row.person_ref).one()


def _title(book: PeopleBook) -> Text:
    rows = book.listed
    if not rows:
        return ruled(
            "title.repeat.none",
            say("Nobody has three or more episodes in ninety days"),
            book.head.fact("n_ranked"),
        )
    bare = [row for row in rows if (fact := facts_of(book, row)) is not None and fact.trigger_plan_on is None]
    who = say(
        "{n} {people} {need} a plan",
        n=shown(f.how_many_in_words, *(row.fact("rank") for row in rows)),
        people=plural(len(rows), "person", "people"),
        need=plural(len(rows), "needs", "need"),
    )
    if not bare:
        return first_fitting(
            "title.repeat.planned", [book.head.fact("n_ranked")], say("{who}; each has one", who=who), who
        )
    without = say("{who}; {k} {have} none", who=who, k=shown(f.how_many, *(row.fact("person_ref") for row in bare)),
                  have=plural(len(bare), "has", "have"))  # fmt: skip
    return first_fitting("title.repeat.unplanned", [row.fact("person_ref") for row in bare], without, who)


def _table(book: PeopleBook) -> Table:
    rows = book.listed
    to = axis_to(rows)
    step = to / 5
    ticks = tuple((step * i, f"{step * i:g}") for i in range(6))
    has_chance = any(row.p is not None for row in rows)
    axis = AxisFigure(cites=(), axis_to=to, ticks=ticks, alt=say("Scale per hundred"))
    more = [row.fact("person_ref") for row in book.further]
    return Table(
        title="Repeat people",
        columns=(
            Column(heading="Person", width_mm=27),
            Column(heading=say("Episodes in {a} days; year", a=n(book.limit("recent_days"))), width_mm=20),
            *((Column(heading="Chance of harm, per hundred", width_mm=30, axis=axis),) if has_chance else ()),
            Column(heading="Why"),
            Column(heading="Plan and interviews", width_mm=31),
            Column(heading="Last decision", width_mm=25),
        ),
        rows=tuple(_cells(book, row, to, has_chance) for row in rows),
        remainder=say(
            "and {n} more, each on a page of their own beside this pack", n=shown(f.how_many, *more)
        )
        if more
        else Text(),
        empty="Nobody has three or more episodes in ninety days.",
    )


def _cells(book: PeopleBook, row: Ranked, to: float, has_chance: bool) -> tuple[Cell, ...]:
    facts = facts_of(book, row)
    age = (sub(say("aged {age}", age=n(row.fact("age")))),) if row.age is not None else ()
    flags = tuple(Mark(kind="chip-safe", text=only(run)) for run in items(row, "flags", 2))
    chance = (
        say(
            "**{p}** ({r})",
            p=shown(f.per_hundred, row.fact("p")),
            r=shown(f.per_hundred_range, row.fact("p_lower"), row.fact("p_upper")),
        )
        if row.p is not None
        else say("not scored")
    )
    harm = (
        sub(say("Harm: {words}", words=cut(facts.fact("harm_text"), 60)))
        if facts and facts.harm_text
        else None
    )
    return (
        Cell(
            text=say("**{ref}**", ref=named(row.fact("person_ref"))), is_reference=True, marks=(*age, *flags)
        ),
        _episodes(book, facts),
        *((Cell(text=chance, figure=chance_figure(book, row, to)),) if has_chance else ()),
        Cell(text=say("{words}", words=cut(row.fact("reasons_text"), 90)), marks=(harm,) if harm else ()),
        Cell(marks=_tried(facts)),
        Cell(text=last_decision(row), marks=(Mark(kind="box", text="□\u00a0plan □\u00a0known"),)),
    )


def _episodes(book: PeopleBook, facts: RepeatFacts | None) -> Cell:
    if facts is None:
        return Cell(text=say("–"))
    fact = facts.fact("weekly")
    alt = say("Episodes a week, {n} weeks held.", n=shown(f.how_many_held, fact))
    figure = SeriesFigure(cites=(fact.cite,), points=curve(book, facts.weekly), alt=alt)
    text = say("**{a}**; {b}", a=n(facts.fact("n_90_days")), b=n(facts.fact("n_365_days")))
    return Cell(text=text, figure=figure)


def _tried(facts: RepeatFacts | None) -> tuple[Mark, ...]:
    """Plan, interviews, meeting: done with its date, or a gap."""
    if facts is None:
        return (Mark(kind="gap", text="Nothing recorded"),)
    day = f.on_day_of_year
    found = [
        Mark(kind="done", text=say("Plan {d}", d=shown(day, facts.fact("trigger_plan_on"))))
        if facts.trigger_plan_on
        else Mark(kind="gap", text="No plan"),
    ]
    held = say(
        "Interviews {a}", a=shown(f.a_of_b, facts.fact("n_interviews_held"), facts.fact("n_interviews_due"))
    )
    found.append(Mark(kind="done" if facts.n_interviews_held >= facts.n_interviews_due else "gap", text=held))
    if facts.strategy_meeting_on:
        found.append(
            Mark(kind="done", text=say("Meeting {d}", d=shown(day, facts.fact("strategy_meeting_on"))))
        )
    return tuple(found)


def person_section(book: PeopleBook, row: Ranked) -> Section:
    """One person's page: no rank, but what has been tried and what the person said."""
    section = subject_section(book, row)
    facts = facts_of(book, row)
    if facts is None:
        return section.model_copy(update={"notes": {**section.notes, "rank": Text(), "rank_line": Text()}})
    rank = only(shown(f.whole, facts.fact("n_90_days")))
    line = say(
        "episodes in {a} days; {b} in a year", a=n(book.limit("recent_days")), b=n(facts.fact("n_365_days"))
    )
    notes = {**section.notes, "rank": rank, "rank_line": line, "why_title": say("Why this person is listed")}
    panels = {**section.panels, "voice": _voice(facts)}
    return section.model_copy(
        update={"notes": notes, "panels": panels, "tables": {**section.tables, "facts": _facts(facts)}}
    )


def _voice(facts: RepeatFacts) -> Panel:
    """What the person said on return, sanitised; or how many interviews are not recorded."""
    if facts.interview_summary:
        return Panel(
            title="What they said",
            lines=(say("“{words}”", words=cut(facts.fact("interview_summary"), 190)),),
            tone="safe",
        )
    none = say(
        "No return interview is recorded for {a} of {b} episodes that needed one.",
        a=shown(f.the_rest, facts.fact("n_interviews_due"), facts.fact("n_interviews_held")),
        b=n(facts.fact("n_interviews_due")),
    )
    return Panel(title="What they said", lines=(none,), tone="safe")


def _facts(facts: RepeatFacts) -> Table:
    def pair(label: str, text: Text) -> tuple[Cell, ...]:
        return (Cell(text=say(label)), Cell(text=text))

    def on(name: str) -> Text:
        return only(shown(f.on_short_day, facts.fact(name))) if getattr(facts, name) else say("none recorded")

    draws = join(*(say("{w}", w=run) for run in items(facts, "push_pull", 4)), gap=", ")
    return Table(
        title="What has been tried",
        columns=(Column(heading="What"), Column(heading="State")),
        rows=(
            pair("Trigger plan", on("trigger_plan_on")),
            pair("Strategy meeting", on("strategy_meeting_on")),
            pair(
                "Interviews held",
                only(shown(f.a_of_b, facts.fact("n_interviews_held"), facts.fact("n_interviews_due"))),
            ),
            pair(
                "Harm recorded",
                say("{w}", w=cut(facts.fact("harm_text"), 40)) if facts.harm_text else say("none recorded"),
            ),
            pair("What drives or draws", draws or say("nothing recorded")),
        ),
    )

"""The page of people to look at first: rank, chance, recency and gravity, reasons, last decision.

Here: the page for named suspects and managed nominals. Not here: repeat missing people (profiles/pack/missing), one
person's page (subject.py).
"""

from collections.abc import Sequence

from profiles.pack import formats as f
from profiles.pack.blocks import Column, Panel, Table
from profiles.pack.cite import Text
from profiles.pack.facts import named, ruled, shown
from profiles.pack.figures import AxisFigure
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.listed_cells import list_cells
from profiles.pack.tables.ranked import Ranked
from profiles.pack.text import join, only, plural, say
from profiles.pack.titles import first_fitting


def listed_section(book: PeopleBook, anchor: str = "p-list") -> Section:
    """The whole page."""
    page = book.page(anchor)
    return Section(
        section_id=page.page_id,
        kind="listed",
        label=page.label,
        title=list_title(book),
        question=page.question,
        tables={"list": _table(book)},
        panels={"read": _how_to_read(book), "left_out": left_out(book)},
    )


def list_title(book: PeopleBook) -> Text:
    """How many people, and where the order means nothing."""
    rows = book.listed
    n_ranked = book.head.fact("n_ranked")
    if not rows:
        return ruled("title.list.none", say("No one at liberty meets the threshold"), n_ranked)
    number = shown(f.how_many_in_words, *(row.fact("rank") for row in rows))
    who = say("{n} {people} to review first", n=number, people=plural(len(rows), "person", "people"))
    close = _too_close(rows)
    if not close:
        return first_fitting("title.list.clear", [n_ranked], who)
    last = say("ranks {a} to {b} too close to call", a=only(shown(f.whole, close[0].fact("rank"))),
               b=only(shown(f.whole, close[-1].fact("rank"))))  # fmt: skip
    return first_fitting(
        "title.list.close", [n_ranked, close[0].fact("rank_group")], join(who, last, gap="; "), who
    )


def _too_close(rows: Sequence[Ranked]) -> list[Ranked]:
    """The longest group of listed people whose ranges overlap; at least two."""
    groups = [
        [row for row in rows if row.rank_group == name] for name in dict.fromkeys(r.rank_group for r in rows)
    ]
    longest = max(groups, key=len, default=[])
    return longest if len(longest) > 1 else []


def axis_to(rows: Sequence[Ranked]) -> float:
    """End of the shared axis of chances, per hundred."""
    top = max((100 * (row.p_upper or 0.0) for row in rows), default=10.0)
    return next(float(end) for end in (10, 20, 25, 50, 75, 100) if top <= end)


def _table(book: PeopleBook) -> Table:
    rows = book.listed
    to = axis_to(rows)
    has_chance = any(row.p is not None for row in rows)
    more = [row.fact("person_ref") for row in book.further]
    return Table(
        title="People to review",
        columns=(
            Column(heading="Rank", width_mm=10),
            Column(heading="Person", width_mm=37),
            *(((Column(heading=_chance_heading(book), width_mm=29, axis=_axis(to))),) if has_chance else ()),
            Column(heading="Recency, frequency, gravity", width_mm=25),
            Column(heading="Main reasons"),
            Column(heading="Last decision, and today", width_mm=35),
        ),
        rows=tuple(list_cells(book, row, to, has_chance) for row in rows),
        remainder=say(
            "and {n} more, each on a page of their own beside this pack", n=shown(f.how_many, *more)
        )
        if more
        else Text(),
        empty=say(
            "No one at liberty meets the threshold. {n} {are} in custody and listed in the tables beside this pack.",
            n=shown(f.whole, book.head.fact("n_in_custody")),
            are=plural(book.head.n_in_custody, "person is", "people are"),
        ),
    )


def _chance_heading(book: PeopleBook) -> Text:
    head = book.head
    return say(
        "Chance of {what} in {n} days, per hundred",
        what=named(head.fact("outcome_text")),
        n=shown(f.whole, head.fact("horizon_days")),
    )


def _axis(to: float) -> AxisFigure:
    step = to / 5
    return AxisFigure(
        cites=(),
        axis_to=to,
        ticks=tuple((step * i, f"{step * i:g}") for i in range(6)),
        alt=say("Scale per hundred"),
    )


def _how_to_read(book: PeopleBook) -> Panel:
    head = book.head
    chance = (
        say(
            "**How to read a row.** Dot: calibrated chance. Blue bar: likely range (nine in ten). Tick: everybody in "
            "the cohort, {base} in a hundred. ",
            base=shown(f.per_hundred, head.fact("base_rate")),
        )
        if head.base_rate is not None
        else say(
            "**How to read a row.** No model is used: the rank is by {rule}. ",
            rule=named(head.fact("rule_text")),
        )
    )
    rest = say(
        "Recency is days since the last event; frequency is events in twelve months; gravity is the harm weight of "
        "alleged offences as a percentile. Bars are longer when more recent, more frequent or graver."
    )
    return Panel(title="", lines=(join(chance, rest, gap=""),))


def left_out(book: PeopleBook) -> Panel:
    """Who would be listed and is not, by number."""
    head = book.head
    parts = [
        say("{n} {who}", n=shown(f.whole, head.fact(name)), who=plural(getattr(head, name), one, many))
        for name, one, many in (
            ("n_in_custody", "person in prison or on remand", "people in prison or on remand"),
            ("n_children", "person under eighteen, who has a route of their own",
             "people under eighteen, who have a route of their own"),
            ("n_quiet", "person rejected earlier with no new event", "people rejected earlier with no new event"),
            ("n_stale", "person known only from a feed that is late", "people known only from a feed that is late"),
        )
        if getattr(head, name)
    ]  # fmt: skip
    left = (
        say("Not listed: {who}.", who=join(*parts, gap="; "))
        if parts
        else say("Nobody is left out by a rule.")
    )
    words = say(
        "**Rank moves** ▲ up, ▼ down, = no change, since the last pack. Where blue bars overlap, rank order is weak: "
        "treat those people as one group. {left}",
        left=left,
    )
    return Panel(
        title="", lines=(ruled("list.left_out", words, head.fact("n_in_custody"), head.fact("n_quiet")),)
    )

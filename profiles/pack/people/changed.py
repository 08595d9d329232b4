"""Page "what changed": who moved and why, what was to be done, what reviewers decided, what else is new.

Here: the whole page and its title. Not here: the words of a cause (causes.py), scoring's attribution (the marts).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Panel, Table
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.figures import StackFigure, StackPart
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.causes import cause, news_line, quiet_line
from profiles.pack.people.moves import moved, slope_figure
from profiles.pack.tables.movement import Action, Mover, News, Quiet, Review
from profiles.pack.text import join, plural, say
from profiles.pack.titles import first_fitting

_UNKNOWN = say("No night has compared this list with an earlier one: who moved, and why, is not known.")
_STATES = {"done": ("full", "Done"), "on_track": ("half", "On track"), "stopped": ("none", "Stopped")}
_DECISIONS = {
    "task": ("Tasked", "Outcome tracked in the table of actions.", 0),
    "known": ("Already known", "Still listed if the risk has risen; marked as managed.", 2),
    "reject": ("Rejected", "Not listed again without a new event.", 5),
    "defer": ("Deferred", "Listed again until decided.", 3),
    "not_reviewed": ("Not reviewed", "Carried over.", 4),
}


def changed_section(book: PeopleBook) -> Section:
    """The whole page."""
    page = book.page("p-changed")
    return Section(
        section_id=page.page_id,
        kind="changed",
        label=page.label,
        title=_title(book),
        question=page.question,
        figures={}
        if not book.knows_movement
        else {"slope": (slope_figure(book),), "reviews": (_stack(book),)},
        tables={"moves": _moves(book), "actions": _actions(book), "reviews": _reviews(book)},
        panels={"also": _also(book), "quiet": _quiet(book)},
        notes={"previous": _previous(book)},
    )


def _previous(book: PeopleBook) -> Text:
    if book.frame.previous is None:
        return ruled(
            "changed.first", say("This is the first pack for this force; movement starts next time.")
        )
    if not book.knows_movement:
        return ruled("changed.unknown", _UNKNOWN)
    kind = "" if book.frame.previous.is_released else ", a draft"
    return say("since {day}{kind}", day=shown(f.on_short_day, book.frame.fact("previous_as_of")), kind=kind)


def _title(book: PeopleBook) -> Text:
    movers = book.rows(Mover)
    new, late = movers.where(move="new").count(), book.rows(Action).where(state="late").count()
    facts = (new, late)
    if book.frame.previous is None:
        return ruled("title.changed.first", say("This is the first pack for this force"), *facts)
    if not book.knows_movement:
        return ruled(
            "title.changed.unknown", say("What moved since the last pack is not worked out yet"), *facts
        )
    parts: list[Text] = []
    top = movers.where(rank_now=1).one()
    if top is not None and top.rank_prev != 1:
        parts.append(say("{name} is now first", name=shown(f.clipped(18), top.fact("short_name"))))
    if new.value:
        word, verb = plural(new.value, "person", "people"), plural(new.value, "is", "are")
        count = shown(f.lower_cardinal if parts else f.cardinal, new)
        parts.append(say("{n} {word} {verb} new", n=count, word=word, verb=verb))
    if late.value:
        word, verb = plural(late.value, "action"), plural(late.value, "is", "are")
        parts.append(say("{n} {word} {verb} late", n=shown(f.whole, late), word=word, verb=verb))
    if not parts:
        moves = [row for row in movers if row.move in ("up", "down", "left")]
        words = (
            "Ranks moved, nobody is new and no action is late"
            if moves
            else "Nobody moved and no action is late"
        )
        return ruled("title.changed.quiet", say(words), *facts)
    return first_fitting("title.changed", facts, join(*parts, gap=", "), join(*parts[:2], gap=", "), parts[0])


def _moves(book: PeopleBook) -> Table:
    """Everybody whose place changed for a reason of their own, those whose risk rose first."""
    told = [row for row in book.rows(Mover) if row.move != "same"]
    told.sort(key=lambda row: (not row.is_risk_up, row.cause_code == "others_moved", row.rank_now or 1000))
    limit = book.definition.limits.moves_listed
    more = [row.fact("move") for row in told[limit:]]
    return Table(
        title="Why they moved",
        columns=(
            Column(heading="Person", width_mm=22),
            Column(heading="Move", width_mm=18),
            Column(heading="What happened"),
        ),
        rows=tuple(
            (
                Cell(text=say("{n}", n=shown(f.clipped(24), row.fact("short_name")))),
                moved(row),
                Cell(text=cause(row)),
            )
            for row in told[:limit]
        ),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty="This is the first pack for this force; movement starts next time."
        if book.frame.previous is None
        else "Nobody moved: no listed person has a new event."
        if book.knows_movement
        else _UNKNOWN,
    )


def _actions(book: PeopleBook) -> Table:
    rows = book.rows(Action)
    limit = book.definition.limits.actions_listed
    counts = [
        say("{n} {words}", n=shown(f.whole, number), words=words)
        for state, words in (
            ("done", "done"),
            ("on_track", "on track"),
            ("late", "late"),
            ("stopped", "stopped"),
        )
        if (number := rows.where(state=state).count()).value
    ]
    more = [row.fact("action_id") for row in rows.items[limit:]]
    return Table(
        title="What we said we would do",
        note=join(*counts, gap=", "),
        columns=(
            Column(heading="Action"),
            Column(heading="Owner", width_mm=18),
            Column(heading="Now", width_mm=36),
        ),
        rows=tuple(_action_cells(row) for row in rows.items[:limit]),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty="No action was set at an earlier meeting, or none came back as a decision file.",
    )


def _action_cells(row: Action) -> tuple[Cell, ...]:
    text = say("{words}", words=shown(f.clipped(70), row.fact("text")))
    owner = say("{name}", name=shown(f.clipped(20), row.fact("owner")))
    under = (
        (Mark(kind="sub", text=say("{o}", o=shown(f.clipped(64), row.fact("outcome")))),)
        if row.outcome
        else ()
    )
    if row.state == "late":
        late = say("{n} late", n=shown(f.days, row.fact("days_late")))
        return (Cell(text=text), Cell(text=owner), Cell(text=late, state="late", marks=under))
    square, words = _STATES.get(row.state, ("half", row.state.replace("_", " ").capitalize()))
    if row.state == "on_track" and row.due_on and not under:
        under = (Mark(kind="sub", text=say("Due {day}", day=shown(f.on_day_of_year, row.fact("due_on")))),)
    return (Cell(text=text), Cell(text=owner), Cell(text=say(words), state=square, marks=under))


def _reviews(book: PeopleBook) -> Table:
    rows = book.rows(Review)
    total = rows.one()
    note = say("{n} flags", n=shown(f.whole, total.fact("n_in_all"))) if total else Text()
    return Table(
        title="What reviewers decided on the last list",
        note=note,
        columns=(
            Column(heading="No.", width_mm=9, is_number=True),
            Column(heading="Decision", width_mm=26),
            Column(heading="What it means for this pack"),
        ),
        rows=tuple(_review_cells(row) for row in rows),
        empty="No decision on the last list has come back.",
    )


def _review_cells(row: Review) -> tuple[Cell, ...]:
    name, effect, _ = _DECISIONS.get(row.decision, (row.decision.capitalize(), "", 5))
    people = say(" {names}.", names=shown(f.listed, row.fact("names"))) if row.names else Text()
    return (
        Cell(text=say("{n}", n=shown(f.whole, row.fact("n_flags")))),
        Cell(text=say(name)),
        Cell(text=join(say(effect), people, gap="")),
    )


def _stack(book: PeopleBook) -> StackFigure:
    rows = [row for row in book.rows(Review) if row.n_flags]
    whole = sum(row.n_flags for row in rows) or 1
    parts = tuple(
        StackPart(
            share=100 * row.n_flags / whole,
            label=shown(f.whole, row.fact("n_flags")),
            name=say(_DECISIONS.get(row.decision, (row.decision, "", 5))[0]),
            tone=_DECISIONS.get(row.decision, ("", "", 5))[2],
        )
        for row in rows
    )
    listed = [say("{name} {n}", name=part.name, n=part.label) for part in parts]
    alt = say("Decisions on the last list: {listed}.", listed=join(*listed, gap=", ") if listed else "none")
    return StackFigure(cites=(book.rows(Review).values("n_flags").cite,), parts=parts, alt=alt)


def _also(book: PeopleBook) -> Panel:
    lines = tuple(news_line(row) for row in book.rows(News).items[:6])
    return Panel(title="Also new", lines=lines or (say("No feed, model or definition changed."),))


def _quiet(book: PeopleBook) -> Panel:
    """People rejected at review: not listed again, because nothing new is known."""
    rows = book.rows(Quiet)
    title = "Rejected earlier, nothing new, not listed"
    if not len(rows):
        return Panel(title=title, lines=(say("Nobody is held back by an earlier rejection."),))
    lines = tuple(quiet_line(row) for row in rows.items[:4])
    more = [row.fact("person_ref") for row in rows.items[4:]]
    tail = (say("and {n} more.", n=shown(f.how_many, *more)),) if more else ()
    return Panel(title=title, lines=(*lines, *tail))

"""The record of one person: which records are joined and on what, and what happened when.

Here: the identity table, the note on its weakest match, the timeline. Not here: linkage (conflation/).
"""

from datetime import date, timedelta

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cells import as_written, cut, left_over, reference, strong, words
from profiles.pack.charts import Lane, Shape, TimelineEvent, TimelineFigure, TimelineSpan
from profiles.pack.cite import Text
from profiles.pack.facts import ruled, shown
from profiles.pack.people.book import PeopleBook
from profiles.pack.rows import Rows
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.subject import Event, Identity
from profiles.pack.text import join, plural, say

_SHAPES: dict[str, Shape] = {"serious": "serious", "dot": "dot", "square": "square", "ring": "ring"}


def identities_table(book: PeopleBook, row: Ranked) -> Table:
    """Every record that was joined into this person, the base first, the weakest match last."""
    rows = book.rows(Identity).where(person_ref=row.person_ref)
    limit = book.definition.limits.identities_listed
    n_forces = len({each.source_force for each in rows})
    title = say(
        "One person, {n} {records}, {forces} {word}",
        n=shown(f.whole, rows.count()),
        records=plural(len(rows), "record"),
        forces=shown(f.how_many_different, rows.values("source_force")),
        word=plural(n_forces, "force"),
    )
    return Table(
        title=title if len(rows) else "Who this is",
        note=_checked(rows),
        columns=(
            Column(heading="Force, system", width_mm=31),
            Column(heading="Local ref", width_mm=20),
            Column(heading="Name recorded", width_mm=24),
            Column(heading="Born", width_mm=14),
            Column(heading="Matched on"),
        ),
        rows=tuple(_cells(each) for each in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "identity_no"),
        empty="No record behind this person may be shown to this force.",
    )


def _checked(rows: Rows[Identity]) -> Text:
    """How many of the joins a person has checked."""
    joined = [each for each in rows if each.match_probability is not None]
    if not joined:
        return say("one record; nothing was joined") if len(rows) else Text()
    seen = [each.fact("checked_on") for each in joined if each.checked_on is not None]
    return say(
        "{a} of {b} {joins} checked by a person",
        a=shown(f.how_many, *seen) if seen else "none",
        b=shown(f.how_many, *(each.fact("match_probability") for each in joined)),
        joins=plural(len(joined), "match", "matches"),
    )


def _cells(row: Identity) -> tuple[Cell, ...]:
    basis = say("{words}", words=cut(row.fact("match_basis"), 40))
    if row.match_probability is not None:
        basis = join(basis, say("({p})", p=shown(f.share_of_one, row.fact("match_probability"))))
    born = as_written(f.text, row.fact("born_recorded")) if row.born_recorded else Cell(text=say("not held"))
    return (
        strong(row.fact("system_name"), most=30),
        reference(row.fact("local_ref")),
        words(row.fact("name_recorded"), 24),
        born,
        Cell(text=basis),
    )


def weakest_note(book: PeopleBook, row: Ranked) -> Text:
    """What would change if the least certain join were wrong, and what is confirmed."""
    parts = []
    if row.weakest_record is not None:
        parts.append(_sensitivity(row))
    if row.is_merged_on is not None:
        day = shown(f.on_day_of_year, row.fact("is_merged_on"))
        parts.append(say("Two people were joined into this one on {day}.", day=day))
    if row.is_also_victim:
        parts.append(say("This person also appears as someone harmed; that is on neither list of this pack."))
    if not parts:
        parts.append(say("Every record carries a checked identifier: no single join decides the rank."))
    return join(*parts)


def _sensitivity(row: Ranked) -> Text:
    record = cut(row.fact("weakest_record"), 50)
    if row.p_without_weakest is None or row.rank_without_weakest is None:
        return say("Weakest match: {record}.", record=record)
    stays = row.rank_without_weakest == row.rank
    words = say(
        "If {record} (weakest match) were someone else, the chance would be {p} in a hundred and the rank {verb} "
        "{rank}.",
        record=record,
        p=shown(f.per_hundred, row.fact("p_without_weakest")),
        verb="would stay" if stays else "would be",
        rank=shown(f.ordinal, row.fact("rank_without_weakest")),
    )
    return ruled("subject.weakest", words, row.fact("rank_without_weakest"), row.fact("rank"))


def timeline_figure(book: PeopleBook, row: Ranked) -> TimelineFigure:
    """Lanes a force or system, over the months shown; what began before them starts at the left edge."""
    rows = book.rows(Event).where(person_ref=row.person_ref)
    end = book.frame.as_of
    start = _months_before(end, book.definition.limits.months_shown)
    lanes = tuple(_lane(rows, name, start, end) for name in dict.fromkeys(each.lane for each in rows))
    return TimelineFigure(
        cites=(rows.values("from_on").cite,),
        lanes=lanes,
        ticks=_ticks(book, start, end),
        alt=_alt(book, rows),
    )


def _lane(rows: Rows[Event], name: str, start: date, end: date) -> Lane:
    own = rows.where(lane=name)
    days = (end - start).days

    def at(day: date) -> float:
        return min(1.0, max(0.0, (day - start).days / days))

    events = tuple(
        TimelineEvent(at=at(each.from_on), shape=_SHAPES[each.shape], label=(each.label or "")[:1])
        for each in own
        if each.shape in _SHAPES and start <= each.from_on < end
    )
    spans = tuple(
        TimelineSpan(
            start=at(each.from_on),
            end=at(each.to_on or end),
            label=say("{w}", w=cut(each.fact("label"), 34)) if each.label else Text(),
        )
        for each in own
        if each.shape == "span" and (each.to_on or end) > start
    )
    return Lane(name=say("{name}", name=shown(f.clipped(22), own.first("lane"))), events=events, spans=spans)


def _ticks(book: PeopleBook, start: date, end: date) -> tuple[tuple[float, object], ...]:
    """A mark every three months; every second one is named, from the as-of date of the frame."""
    fact = book.frame.fact("as_of")
    months = book.definition.limits.months_shown
    found = []
    for back in range(months, 0, -3):
        day = _months_before(end, back)
        run = shown(f.months_before(back if (months - back) % 6 == 0 else -1), fact)
        found.append(((day - start).days / (end - start).days, run))
    return tuple(found)


def _alt(book: PeopleBook, rows: Rows[Event]) -> Text:
    number = shown(f.whole, book.limit("months_shown"))
    if not len(rows):
        return say("Timeline of the last {n} months: no event is recorded.", n=number)
    serious = [each for each in rows if each.shape == "serious"][-6:]
    listed = [
        say(
            "{day} {words}", day=shown(f.on_short_day, each.fact("from_on")), words=cut(each.fact("text"), 60)
        )
        for each in serious
    ]
    return say(
        "Timeline of the last {n} months, {lanes} lanes, {events} events. Serious: {listed}.",
        n=number,
        lanes=shown(f.how_many_different, rows.values("lane")),
        events=shown(f.whole, rows.count()),
        listed=join(*listed, gap="; ") if listed else "none",
    )


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1) + timedelta(days=min(day.day, 28) - 1)

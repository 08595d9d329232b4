"""The page of where and when: two weeks as heat maps, places that keep appearing, windows to cover.

Here: the parts of the page that every profile may use. Not here: expected counts (the marts), pairs of places of the
missing profile (profiles/pack/missing).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Mark, Table
from profiles.pack.cells import left_over, n, number, strong, sub, words
from profiles.pack.charts import HeatCell, HeatFigure
from profiles.pack.cite import Text
from profiles.pack.disclosure.counts import curve
from profiles.pack.facts import ruled, shown
from profiles.pack.figures import SeriesFigure
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.places import HotPlace, Slot, SlotNote, Window
from profiles.pack.text import join, say
from profiles.pack.titles import first_fitting

_SHARES = (0.3, 0.6, 0.82, 0.94)


def heat_figures(book: PeopleBook) -> tuple[HeatFigure, ...]:
    """One week a setting, in the order of their notes."""
    return tuple(_heat(book, note) for note in book.rows(SlotNote).items[:2])


def _heat(book: PeopleBook, note: SlotNote) -> HeatFigure:
    rows = book.rows(Slot).where(setting=note.setting)
    held = {(row.day_of_week, row.hour_from): row for row in rows}
    values = sorted(row.n for row in rows)
    breaks = [values[min(len(values) - 1, int(len(values) * share))] for share in _SHARES] if values else []
    prints = book.frame.audience == "force"

    def cell(day: int, hour: int) -> HeatCell:
        row = held.get((day, hour))
        if row is None:
            return HeatCell(level=0)
        level = sum(row.n >= limit and row.n > 0 for limit in breaks)
        is_printed = level == len(_SHARES) and row.n >= book.definition.limits.least_count_shown and prints
        return HeatCell(level=level, label=shown(f.count, row.fact("n")) if is_printed else None)

    grid = tuple(tuple(cell(day, hour) for hour in range(0, 24, 2)) for day in range(1, 8))
    peak = (
        say("Busiest: {peak}.", peak=shown(f.text, note.fact("peak_text")))
        if note.peak_text
        else say("No peak.")
    )
    alt = join(say("{title} by day and two-hour slot.", title=shown(f.text, note.fact("title"))), peak)
    return HeatFigure(cites=(rows.values("n").cite,), rows=grid, alt=alt)


def slot_lines(book: PeopleBook) -> dict[str, Text]:
    """For each setting: its heading, its numbers, what may be said of its peak."""
    found: dict[str, Text] = {}
    for at, note in enumerate(book.rows(SlotNote).items[:2]):
        found[f"slot_title_{'ab'[at]}"] = say("{title}", title=shown(f.text, note.fact("title")))
        found[f"slot_note_{'ab'[at]}"] = say(
            "{n} with a time, last {days} days", n=n(note.fact("n_timed")), days=n(note.fact("window_days"))
        )
        found[f"slot_peak_{'ab'[at]}"] = _peak(note)
    return found


def _peak(note: SlotNote) -> Text:
    if note.peak_text is None or note.peak_share is None or note.peak_hours is None:
        return ruled("slots.no_peak", say("No part of the week stands out."), note.fact("n_timed"))
    text = say(
        "**{share}** fall in {hours} of the week’s {week} hours: {peak}.",
        share=shown(f.share_of_one, note.fact("peak_share")),
        hours=n(note.fact("peak_hours")),
        week=shown(f.hours_of_week, note.fact("peak_hours")),
        peak=shown(f.text, note.fact("peak_text")),
    )
    return ruled("slots.peak", text, note.fact("peak_share"), note.fact("peak_hours"))


def slots_title(book: PeopleBook) -> Text:
    """The finding of the page: the peaks, or that there is none."""
    notes = [note for note in book.rows(SlotNote).items[:2] if note.peak_short]
    facts = [note.fact("peak_short") for note in book.rows(SlotNote).items[:2]]
    if not notes:
        return ruled("title.slots.none", say("No part of the week and no setting stands out"), *facts)
    parts = [say("{peak}", peak=shown(f.clipped(60), notes[0].fact("peak_short")))]
    parts += [say("{peak}", peak=shown(f.clipped(60), note.fact("peak_short"))) for note in notes[1:]]
    return first_fitting("title.slots.peaks", facts, join(*parts, gap="; "), parts[0])


def untimed_line(book: PeopleBook) -> Text:
    """How many have no reliable time."""
    notes = book.rows(SlotNote)
    return say(
        "Darker means more in that two-hour slot; the darkest cells print the number. {n} with no reliable time are "
        "left out.",
        n=n(notes.sum("n_untimed")),
    )


def places_table(book: PeopleBook) -> Table:
    """Places that keep appearing, by number, with their plan or that none is recorded."""
    rows = book.rows(HotPlace)
    limit = book.definition.limits.hot_places_listed
    days = say("{n} days", n=n(book.limit("recent_days")))
    return Table(
        title="Places that keep appearing",
        columns=(
            Column(heading="Place", width_mm=40),
            Column(heading=days, width_mm=18),
            Column(heading="Weeks", width_mm=25),
            Column(heading="Peak time", width_mm=24),
            Column(heading="What is happening"),
            Column(heading="Plan and owner", width_mm=34),
        ),
        rows=tuple(_place(book, row) for row in rows.items[:limit]),
        remainder=left_over(rows.items, limit, "place_id"),
        empty="No place has enough offences in the window and more than its own past leads one to expect.",
    )


def _place(book: PeopleBook, row: HotPlace) -> tuple[Cell, ...]:
    change = shown(f.more_or_fewer, row.fact("change"))
    arrow = ("▲ " if row.change > 0 else "▼ ") if row.is_signal else ""
    mark = Mark(
        kind="move-up" if row.is_signal else "sub", text=say("{arrow}{change}", arrow=arrow, change=change)
    )
    plan = words(row.fact("plan_text"), 60) if row.plan_text else Cell(marks=_NO_PLAN)
    return (
        strong(row.fact("place_name"), sub(say("{kind}", kind=shown(f.text, row.fact("kind"))))),
        number(row.fact("n_recent"), mark),
        Cell(figure=_weeks(book, row)),
        words(row.fact("peak_text"), 40) if row.peak_text else Cell(text=say("none")),
        words(row.fact("what_text"), 90),
        plan,
    )


_NO_PLAN = (Mark(kind="gap", text="No plan recorded"), Mark(kind="box", text="Owner: ____________"))


def _weeks(book: PeopleBook, row: HotPlace) -> SeriesFigure:
    fact = row.fact("weekly")
    alt = say(
        "{name}: {n} weeks held, from {low} to {high} a week.",
        name=shown(f.clipped(40), row.fact("place_name")),
        n=shown(f.how_many_held, fact),
        low=shown(f.least_of, fact),
        high=shown(f.most_of, fact),
    )
    return SeriesFigure(cites=(fact.cite,), points=curve(book, row.weekly), alt=alt)


def windows_table(book: PeopleBook) -> Table:
    """Windows to cover before the next meeting, with a line for who agrees to."""
    return Table(
        title="Windows to cover before the next meeting",
        columns=(
            Column(heading="When", width_mm=42),
            Column(heading="Where", width_mm=42),
            Column(heading="Aim"),
            Column(heading="Agreed resource and owner", width_mm=40),
        ),
        rows=tuple(
            (
                strong(row.fact("when_text"), most=60),
                words(row.fact("where_text"), 60),
                words(row.fact("aim_text"), 90),
                Cell(marks=(Mark(kind="box", text="______________________"),)),
            )
            for row in book.rows(Window).items[:4]
        ),
        empty="No window stands out enough to be covered before the rest.",
    )

"""The two tables of feeds: a board of all, feeds by force, and those that are late or have gaps with whom that touches.

Here: the tables. Not here: the rest of the data page (data.py).
"""

from typing import Literal

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cells import n
from profiles.pack.cite import Text
from profiles.pack.facts import named, shown
from profiles.pack.figures import Point, SeriesFigure
from profiles.pack.people.book import PeopleBook
from profiles.pack.tables.quality import FeedState
from profiles.pack.text import join, only, plural, say

State = Literal["", "full", "half", "late", "none"]
_STATES: dict[str, tuple[State, str]] = {
    "current": ("full", "Current"),
    "weekly": ("half", "Weekly"),
    "degraded": ("half", "Held, with gaps"),
    "stale": ("late", "Late"),
    "stopped": ("late", "Stopped"),
    "refused": ("late", "Refused"),
    "not_held": ("none", "Not held"),
}
_SHOWN = 9


def board_table(book: PeopleBook) -> Table:
    """Feeds down, forces across: one square each, so that nine forces fit."""
    rows = [row for row in book.rows(FeedState) if row.is_used]
    forces = list(dict.fromkeys((row.source_force, row.source_force_name) for row in rows))
    feeds = list(
        dict.fromkeys((row.feed, row.feed_title) for row in sorted(rows, key=lambda r: r.feed_order))
    )
    by_key = {(row.feed, row.source_force): row for row in rows}
    wide = max(12, min(28, 132 // max(1, len(forces))))
    return Table(
        title="Feeds by force",
        note="square: current; half: weekly or with gaps; orange: late or stopped; dashed: not held",
        columns=(
            Column(heading="Feed"),
            *(
                Column(
                    heading=say(
                        "{f}",
                        f=shown(f.clipped(max(6, wide // 2)), _first(rows, c).fact("source_force_name")),
                    ),
                    width_mm=wide,
                )
                for c, _ in forces
            ),
        ),
        rows=tuple(
            (
                Cell(text=say("{feed}", feed=named(_of(rows, feed).fact("feed_title")))),
                *(_square(by_key.get((feed, code))) for code, _ in forces),
            )
            for feed, _ in feeds
        ),
        empty="No feed that this pack uses is held by any force.",
    )


def _force_heading(rows: list[FeedState], code: str, wide: int) -> Text:
    name = _first(rows, code).fact("source_force_name")
    return say("{name}", name=shown(f.clipped(max(6, wide // 2)), name))


def _first(rows: list[FeedState], force: str) -> FeedState:
    return next(row for row in rows if row.source_force == force)


def _of(rows: list[FeedState], feed: str) -> FeedState:
    return next(row for row in rows if row.feed == feed)


def _square(row: FeedState | None) -> Cell:
    if row is None:
        return Cell(text=say("none"), state="none")
    if row.last_record_on is None:
        return Cell(text=say("not held"), state="none")
    square, _ = _STATES.get(row.state, ("half", ""))
    return Cell(text=only(shown(f.on_day_of_year, row.fact("last_record_on"))), state=square)


def feeds_table(book: PeopleBook) -> Table:
    """Feeds that a reader must know about: late, stopped, with failed checks or a note; the worst first."""
    order = {"stopped": 0, "refused": 1, "stale": 2, "degraded": 3}
    used = book.rows(FeedState).where(is_used=True)
    rows = [row for row in used if row.state in order or row.note or row.n_checks_failed]
    rows.sort(key=lambda row: (order.get(row.state, 4), -row.n_checks_failed))
    more = [row.fact("feed") for row in rows[_SHOWN:]]
    return Table(
        title="What is late or has gaps",
        columns=(
            Column(heading="Feed", width_mm=42),
            Column(heading="Last record", width_mm=18),
            Column(heading="Records a week", width_mm=28),
            Column(heading="Failed checks", width_mm=14, is_number=True),
            Column(heading="State", width_mm=28),
            Column(heading="What it means here"),
        ),
        rows=tuple(_feed_cells(row) for row in rows[:_SHOWN]),
        remainder=say("and {n} more, in the tables beside this pack", n=shown(f.how_many, *more))
        if more
        else Text(),
        empty=say(
            "All {n} feeds are current and passed every check.",
            n=n(used.count()),
        ),
    )


def _feed_cells(row: FeedState) -> tuple[Cell, ...]:
    square, name = _STATES.get(row.state, ("half", row.state.capitalize()))
    state = say(name)
    if row.state in ("stopped", "stale") and row.age_days is not None:
        state = say("{name} {n}", name=name, n=shown(f.days, row.fact("age_days")))
    return (
        Cell(
            text=say(
                "{force} {feed}",
                force=named(row.fact("source_force_name")),
                feed=shown(f.lower_first, row.fact("feed_title")),
            )
        ),
        Cell(text=only(shown(f.on_day_of_year, row.fact("last_record_on")))),
        Cell(figure=_weeks(row)) if row.weekly else Cell(text=say("–")),
        Cell(text=only(n(row.fact("n_checks_failed")))),
        Cell(text=state, state=square),
        Cell(text=_meaning(row)),
    )


def _feed_name(row: FeedState) -> Text:
    title = shown(f.lower_first, row.fact("feed_title"))
    return say("{force} {feed}", force=named(row.fact("source_force_name")), feed=title)


def _meaning(row: FeedState) -> Text:
    note = say("{words}", words=shown(f.clipped(80), row.fact("note"))) if row.note else Text()
    if not row.ranks_touched:
        return note or say("Nothing to note.")
    ranks = say(
        "{Rank} {ranks}.",
        Rank=plural(len(row.ranks_touched), "Rank", "Ranks"),
        ranks=shown(f.ranks, row.fact("ranks_touched")),
    )
    return join(note, ranks)


def _weeks(row: FeedState) -> SeriesFigure:
    fact = row.fact("weekly")
    alt = say(
        "{feed}: records a week, {n} weeks held, latest {last}.",
        feed=_feed_name(row),
        n=shown(f.how_many_held, fact),
        last=shown(f.last_of, fact),
    )
    points = tuple(Point(value=None if v is None else float(v)) for v in row.weekly)
    has_range = row.weekly_lower is not None and row.weekly_upper is not None
    middle = ((row.weekly_lower or 0) + (row.weekly_upper or 0)) / 2 if has_range else None
    return SeriesFigure(
        cites=(fact.cite,),
        points=points,
        mean=middle,
        lower=row.weekly_lower,
        upper=row.weekly_upper,
        alt=alt,
    )

"""Makes everything of one force: what happened in the blocks that touch it, its journal, its files, its answer book.

Nothing here depends on which other forces are made, or on what was made before. Not here: a whole world (make), what
goes out when (deliveries).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world import truth
from synthetic_world.gates.evaluation import evaluation
from synthetic_world.memory import give_back, kept_memory
from synthetic_world.model import EPOCH, Force, Longs, World
from synthetic_world.rates import turned
from synthetic_world.records.code_lists import code_list_rows
from synthetic_world.records.contracts import Contracts
from synthetic_world.records.deliveries import HISTORY_ENDS, Delivery, histories, nights
from synthetic_world.records.journal import NESTED, Telling, make_telling, rows_until, tell
from synthetic_world.records.journal_rows import KEY
from synthetic_world.records.kept import Kept
from synthetic_world.records.mentions import longs
from synthetic_world.records.past import owner, past_of, records_of, roll_of
from synthetic_world.records.personality import Personality, personality
from synthetic_world.records.sender import Sender, Sent
from synthetic_world.writers.clock import second_of

KEPT_DAYS: Final = 50  # of the journal before the last day of history: for rows sent again


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one force."""

    force_code: str
    sent: tuple[Sent, ...]
    counts: dict[str, float]  # for the card


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one force's files are written, and by what."""

    world: World
    force: Force
    habits: Personality
    contracts: Contracts
    folder: Path

    @property
    def last_of_history(self) -> date:
        """The last day of the history files."""
        return day_of(self.world.end) - timedelta(days=HISTORY_ENDS)

    @property
    def kept(self) -> Kept:
        """What is kept of the force's journal."""
        return Kept(self.folder / truth.FOLDER / "journal" / self.force.force_code)

    @property
    def nests(self) -> bool:
        """Whether the force's files hold rows within rows of another feed."""
        latest = (versions[-1] for versions in self.contracts.by_feed.values())
        return any(file.reader == "jsonl" and file.records for one in latest for file in one.files)

    def sender(self, tables: dict[str, pa.Table]) -> Sender:
        """Writes files from these stretches of the journal."""
        by_feed = {feed: self.contracts.by_feed[feed] for feed in tables}
        return Sender(self.force.force_code, self.habits, by_feed, tables, self.folder / "landing")


def make_force(world: World, force_code: str, folder: Path, is_book_only: bool = False) -> Made:
    """Write landing/<force>, and the force's part of the answer book, below `folder`."""
    with kept_memory(), turned(world.knobs):
        desk = _desk(world, force_code, folder)
        telling = _telling(desk)
        counts = truth.counts(telling)
        give_back()
        return Made(force_code, () if is_book_only else tuple(_histories(desk, telling)), counts)


def _telling(desk: _Desk) -> Telling:
    """The force's journal, ready to be told; its part of the answer book is written on the way."""
    world, code, book = desk.world, desk.force.force_code, desk.folder / truth.FOLDER
    past = past_of(world, desk.force)
    roll = roll_of(world, past)
    own = [one for one in past if owner(world, one.ground) == code]
    truth.write_blocks(book, code, own)
    for name, table in evaluation(world, ((one.ground, one.happenings[0]) for one in own)).items():
        truth.write_table(book, name, code, table)
    records = records_of(past, desk.force.number)
    scenarios = [one.ground.block.number for one in past if one.ground.block.scenario]
    del past
    give_back()
    until = second_of(world.horizon + 1, desk.contracts.zone)
    telling = make_telling(desk.force, desk.habits, roll, records, until, desk.nests)
    truth.write_mentions(book, code, telling, scenarios)
    return telling


def _desk(world: World, force_code: str, folder: Path) -> _Desk:
    force = next(one for one in world.atlas if one.force_code == force_code)
    habits = personality(force_code, force.number)
    return _Desk(world, force, habits, Contracts.of(habits.template), folder)


def _histories(desk: _Desk, telling: Telling) -> list[Sent]:
    """The history of every feed, one feed at a time; then the nights from what was kept back."""
    needed, sent, tails = _needed(desk, telling), [], {}
    lists = [("code_list", code_list_rows(desk.contracts, _code_list_days(desk)))]
    for feed, table in (*lists, *tell(telling, desk.contracts.canonicals)):
        if feed not in desk.contracts.by_feed:
            continue
        sender = desk.sender({feed: table})
        versions = {feed: desk.contracts.by_feed[feed]}
        for delivery in histories(versions, desk.last_of_history, desk.contracts.zone):
            sent += sender.send(delivery)
        tails[feed] = _tail(desk, feed, sender.tables[feed], needed.get(feed))
        desk.kept.keep(feed, tails[feed])
    tails = dict(sorted(tails.items()))  # as they are read for later nights
    return sent + _nights(desk, tails, desk.last_of_history + timedelta(days=1), day_of(desk.world.end))


def later_nights(world: World, force_code: str, folder: Path, first: date, last: date) -> list[Sent]:
    """Write the files of some days after the world was made, from what was kept of the force's journal."""
    desk = _desk(world, force_code, folder)
    return _nights(desk, desk.kept.tables(), first, last)


def _nights(desk: _Desk, tables: dict[str, pa.Table], first: date, last: date) -> list[Sent]:
    """What the force sends on some days, from what was kept of its journal."""
    sender = desk.sender(tables)
    planned = list(_planned(desk, tuple(tables), first, last))
    stretches = [one for one in planned if one.feeds != desk.habits.full]
    if stretches:
        sender.prepare(min(one.since for one in stretches), max(one.until for one in stretches))
    return [one for delivery in planned for one in sender.send(delivery)]


def _planned(desk: _Desk, feeds: tuple[str, ...], first: date, last: date) -> list[Delivery]:
    world, zone = desk.world, desk.contracts.zone
    return list(
        nights(desk.habits, feeds, desk.force.number, world.seed, first, last, day_of(world.end), zone)
    )


def _tail(desk: _Desk, feed: str, table: pa.Table, needed: Longs | None) -> pa.Table:
    """What later nights may need of a feed: its last stretch, rows that others stand in, all that is sent whole."""
    if feed in desk.habits.full:
        return table
    start = second_of((desk.last_of_history - EPOCH).days - KEPT_DAYS, desk.contracts.zone)
    first = rows_until(table, start)
    tail = table.slice(first)
    if needed is None or not len(needed):
        return tail
    before = table.slice(0, first)
    context = before.filter(pc.is_in(before[KEY], pa.array(needed)))
    return pa.concat_tables([context, tail]).combine_chunks()


def _needed(desk: _Desk, telling: Telling) -> dict[str, Longs]:
    """Keys of rows in which later rows of another feed stand, for a force that nests them in its files."""
    if not desk.nests:
        return {}
    start = second_of((desk.last_of_history - EPOCH).days, desk.contracts.zone)
    found = {}
    for feed, (parent, key) in NESTED.items():
        rows = telling.records.get(feed)
        if rows is not None:
            found[parent] = np.unique(longs(rows[key])[rows_until(rows, start) :])
    return found


def _code_list_days(desk: _Desk) -> list[int]:
    """The seconds at which the code lists are recorded: never, with the history, or each month too."""
    first = (desk.last_of_history - EPOCH).days
    days = [] if desk.habits.code_list == "never" else [first]
    if desk.habits.code_list == "monthly":
        days += [day for day in range(first + 1, desk.world.horizon) if day_of(day).day == 1]
    return [second_of(day, desk.contracts.zone) for day in days]


def day_of(day: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=day)

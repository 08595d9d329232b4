"""What happened in the blocks that touch one force, and who lived there.

Not here: how any of it is drawn (crimes, risks, scenarios), what forces made of it (journal).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cells import make_cells
from synthetic_world.crimes.crimes import crimes
from synthetic_world.model import NOBODY, Block, Force, Ground, Happening, Longs, RecordTables, World
from synthetic_world.population.atlas import all_blocks, blocks_of
from synthetic_world.population.ground import ground_of
from synthetic_world.population.spellings import n_forenames
from synthetic_world.records.mentions import longs
from synthetic_world.records.roll import Roll, make_roll
from synthetic_world.risks.risks import risks
from synthetic_world.scenarios.scenarios import Seeded, seeded

SMALL: Final = 3_000  # people of a block up to which it is kept


@dataclass(frozen=True, slots=True)
class Past:
    """One block: its ground, its cells, and what happened."""

    ground: Ground
    cells: pa.Table
    happenings: tuple[Happening, ...]

    def tables(self, force: int) -> list[RecordTables]:
        """What one force recorded."""
        return [one.records[force] for one in self.happenings if force in one.records]


def past_of(world: World, force: Force) -> list[Past]:
    """The blocks that touch a force, in order of block; then the seeded scenarios that do."""
    own = [block for block in blocks_of(world) if force in (block.home, block.other)]
    drawn = [_again(world, block) if block.n_people <= SMALL else _drawn(world, block) for block in own]
    by_hand = [
        Past(one.ground, make_cells(one.ground), (one.happening,))
        for one in _by_hand(world)
        if force.number in one.ground.places
    ]
    return sorted([*drawn, *by_hand], key=lambda past: past.ground.block.number)


def _drawn(world: World, block: Block) -> Past:
    ground = ground_of(world, block)
    cells = make_cells(ground)
    happened = crimes(ground, cells, tasking_of(world))
    return Past(ground, cells, (happened, risks(ground, happened, cells)))


def tasking_of(world: World) -> pa.Table | None:
    """Who was tasked when, as the crimes of a block ask for it."""
    if not world.tasking:
        return None
    person, first, last = (np.array(column) for column in zip(*world.tasking, strict=True))
    return pa.table(
        {"person_uid": person, "from_day": first.astype(np.int32), "to_day": last.astype(np.int32)}
    )


@lru_cache(maxsize=32)
def _again(world: World, block: Block) -> Past:
    """The same, kept for the other force that a small pool touches."""
    return _drawn(world, block)


@lru_cache(maxsize=1)
def _by_hand(world: World) -> tuple[Seeded, ...]:
    return seeded(world)


def records_of(past: Sequence[Past], force: int) -> dict[str, list[pa.Table]]:
    """What one force recorded, by feed: a table for each block."""
    found: dict[str, list[pa.Table]] = {}
    for one in past:
        for tables in one.tables(force):
            for feed, table in tables.items():
                if len(table):
                    found.setdefault(feed, []).append(table)
    return found


def roll_of(world: World, past: Sequence[Past]) -> Roll:
    """Everybody in these blocks."""
    ranks, n = {}, 0
    for block in all_blocks(world):
        ranks[block.number], n = n, n + block.n_people
    for one in past:  # scenarios stand behind everybody else, a thousand places each
        block = one.ground.block
        ranks.setdefault(block.number, n + 1000 * (block.number % 1000))
    custody = {one.ground.block.number: _first_custody(one.happenings) for one in past}
    return make_roll([one.ground for one in past], n_forenames(), ranks, custody)


def _first_custody(happenings: Sequence[Happening]) -> Longs:
    """Who was ever in custody, in any force, and when first: two rows, by uid."""
    uids, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for one in happenings:
        for tables in one.records.values():
            if "custody" in tables:
                uids.append(longs(tables["custody"]["person_uid"]))
                seconds.append(longs(tables["custody"]["recorded_at"]))
    uid, second = np.concatenate(uids), np.concatenate(seconds)
    known = uid != NOBODY
    order = np.lexsort((second[known], uid[known]))
    uid, second = uid[known][order], second[known][order]
    first = np.concatenate([[True], uid[1:] != uid[:-1]]) if len(uid) else np.zeros(0, bool)
    return np.stack([uid[first], second[first]])


def owner(world: World, ground: Ground) -> str:
    """The force with whose files the truth about a block is kept: its home, or the first that was asked for."""
    block = ground.block
    touched = [
        block.home.number,
        *(number for number in sorted(ground.places) if number != block.home.number),
    ]
    codes = [world.atlas[number].force_code for number in touched]
    return next((code for code in codes if code in world.asked), codes[0])

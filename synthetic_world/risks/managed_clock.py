"""The duty to notify: the annual clock, which any notified change of address sets back, and what was not notified.

Not here: the states of an offender (managed_states), the rows of feed managed_offender (managed), the draw of the
cohort (managed_cohort).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import NOBODY, Codes, Flags, Ints
from synthetic_world.population.places import n_homes
from synthetic_world.rates import Rates
from synthetic_world.risks.managed_cohort import Cohort
from synthetic_world.risks.managed_states import (
    CUSTODY,
    FOREVER,
    UNKNOWN,
    WANTED,
    Changes,
    ends_of,
    free_from,
    state_at,
)
from synthetic_world.risks.risk_ground import YEAR, Standing
from synthetic_world.risks.risk_rows import NO_DAY

KINDS: Final = (
    "initial", "annual", "address_change", "other_premises", "foreign_travel", "weekly_no_fixed_abode",
)  # fmt: skip
INITIAL, ANNUAL, MOVE, PREMISES, TRAVEL, WEEKLY = range(6)
_NAMES: Final = ("offender", "kind", "due", "made", "force", "address")


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves of the cohort while they are managed, in order of offender and day."""

    offender: Ints  # row of the cohort
    day: Ints
    force: Ints
    address: Ints
    is_notified: Flags

    def __len__(self) -> int:
        """How many."""
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Notices:
    """Notifications, one entry each."""

    offender: Ints
    kind: Codes
    due: Ints  # NO_DAY where none was due
    made: Ints
    force: Ints  # where the address lies, NOBODY for none
    address: Ints

    def kept(self, rows: Flags) -> "Notices":
        """Some of them."""
        return Notices(*(getattr(self, name)[rows] for name in _NAMES))


def moves_of(standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort) -> Moves:
    """The moves of managed people; those across a border are often not notified, others hardly ever."""
    people = standing.ground.people
    row = np.full(len(people), NOBODY, dtype=np.int32)
    row[cohort.person] = np.arange(len(cohort))
    rows = np.flatnonzero(row[people.move_person] >= 0)
    offender, day = row[people.move_person[rows]], people.move_day[rows]
    kept = (day > free_from(cohort)[offender]) & (day < ends_of(cohort)[offender])
    rows, offender, day = rows[kept], offender[kept], day[kept]
    across = people.move_force[rows] != people.block.home.number
    hidden = np.where(across, r.number("managed_unnotified_across"), r.number("managed_unnotified_within"))
    is_notified = random.random(len(rows)) >= hidden
    return Moves(offender, day, people.move_force[rows], people.move_address[rows], is_notified)


def notices_of(
    standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort, moves: Moves, changes: Changes
) -> Notices:
    """All notifications up to the horizon; nobody notifies from prison, or while police look for them."""
    parts = (*_clocked(standing, r, random, cohort, moves), *_others(standing, r, random, cohort))
    made = Notices(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))
    return made.kept(
        ~np.isin(state_at(cohort, changes, made.offender, made.made), (CUSTODY, WANTED, UNKNOWN))
    )


def _clocked(
    standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort, moves: Moves
) -> list[Notices]:
    """First, yearly and address notifications: the clocks of the whole cohort run side by side, one turn a round.

    Of clocks that began long before the history only the last turn before it is kept.
    """
    world, n = standing.ground.world, len(cohort)
    first = free_from(cohort).astype(np.int64) + 2
    turns = np.maximum((world.start - first) // 365, 0)
    made, ends = first + turns * 365, np.minimum(ends_of(cohort), world.horizon)
    kind, due = np.where(turns > 0, ANNUAL, INITIAL), np.where(turns > 0, made, NO_DAY)
    told = np.flatnonzero(moves.is_notified)
    begins = np.searchsorted(moves.offender[told], np.arange(n + 1))
    at, where = begins[:-1].copy(), np.full(n, NOBODY, dtype=np.int64)
    live, found = np.flatnonzero(made <= ends), list[Notices]()
    move_day = np.append(moves.day[told], FOREVER).astype(np.int64)
    while len(live):
        found.append(_turn(moves, live, kind[live], due[live], made[live], where[live]))
        due[live] = made[live] + 365
        late = np.where(
            random.random(len(live)) < r.number("annual_late"), 3 + random.exponential(25, len(live)), 0
        )
        comes = due[live] + np.where(late > 0, late, -15 * random.random(len(live))).astype(np.int64)
        next_move = np.where(at[live] < begins[live + 1], at[live], len(told))
        is_move = move_day[next_move] <= comes
        where[live] = np.append(told, NOBODY)[np.where(is_move, next_move, len(told))]
        kind[live] = np.where(is_move, MOVE, ANNUAL)
        told_on = np.where(is_move, move_day[next_move] + random.integers(0, 4, size=len(live)), comes)
        made[live] = np.maximum(told_on, made[live])
        at[live] += is_move
        live = live[made[live] <= ends[live]]
    return found


def _turn(
    moves: Moves,
    who: npt.NDArray[Any],
    kind: npt.NDArray[Any],
    due: npt.NDArray[Any],
    made: npt.NDArray[Any],
    move: npt.NDArray[Any],
) -> Notices:
    """One notification of each clock that still runs."""
    is_move = kind == MOVE
    force, address = np.append(moves.force, NOBODY), np.append(moves.address, NOBODY)
    return Notices(
        who.astype(np.int32),
        kind.astype(np.uint8),
        np.where(is_move, NO_DAY, due).astype(np.int32),
        made.astype(np.int32),
        force[move].astype(np.int32),
        address[move].astype(np.int32),
    )


def _others(standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort) -> list[Notices]:
    """Travel and other premises, which set no clock back."""
    world, n, parts = standing.ground.world, len(cohort), list[Notices]()
    begins = np.maximum(free_from(cohort), world.start)
    span = np.maximum(np.minimum(ends_of(cohort), world.horizon) - begins, 0)
    home = standing.ground.places[standing.ground.block.home.number]
    for kind, key in ((TRAVEL, "travel_rate"), (PREMISES, "premises_rate")):
        who = np.repeat(np.arange(n), random.poisson(r.number(key) * span / YEAR)).astype(np.int32)
        made = begins[who] + (span[who] * random.random(len(who))).astype(np.int32)
        address = random.integers(n_homes(home), size=len(who))
        is_place = np.full(len(who), kind == PREMISES)
        parts.append(
            Notices(
                who,
                np.full(len(who), kind, np.uint8),
                np.full(len(who), NO_DAY, np.int32),
                made.astype(np.int32),
                np.where(is_place, home.force.number, NOBODY).astype(np.int32),
                np.where(is_place, address, NOBODY).astype(np.int32),
            )
        )
    return [*parts, _weekly(r, random, cohort, begins, span)]


def _weekly(
    r: Rates, random: np.random.Generator, cohort: Cohort, begins: npt.NDArray[Any], span: npt.NDArray[Any]
) -> Notices:
    """Weekly notifications of those who have no address for a time."""
    without = np.flatnonzero(random.random(len(cohort)) < r.number("roofless"))
    weeks = (
        np.minimum(random.exponential(r.number("roofless_days"), len(without)), span[without]).astype(
            np.int64
        )
        // 7
    )
    first = begins[without] + (random.random(len(without)) * (span[without] - 7 * weeks)).astype(np.int64)
    who = np.repeat(without, weeks).astype(np.int32)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(weeks) - weeks, weeks)
    made = (np.repeat(first, weeks) + 7 * turn).astype(np.int32)
    nowhere = np.full(len(who), NOBODY, np.int32)
    return Notices(who, np.full(len(who), WEEKLY, np.uint8), made, made, nowhere, nowhere)

"""States of a managed offender: at large, in prison, wanted, not to be found, no longer managed.

Not here: notifications (managed_clock), rows (managed).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Codes, Flags, Ints
from synthetic_world.rates import Rates
from synthetic_world.risks.managed_cohort import Cohort
from synthetic_world.risks.risk_ground import YEAR, Standing
from synthetic_world.risks.risk_rows import NO_DAY

STATES: Final = (
    "community", "custody", "hospital", "deported", "abroad", "wanted", "whereabouts_unknown", "archived",
)  # fmt: skip
COMMUNITY, CUSTODY, WANTED, UNKNOWN, GONE = 0, 1, 5, 6, 7
FOREVER: Final = 1 << 30  # a day that does not come


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes of state, one entry each."""

    offender: Ints
    day: Ints
    state: Codes  # index into STATES
    is_breach: Flags


def ends_of(cohort: Cohort) -> Ints:
    """Day on which each is no longer managed."""
    return np.where(cohort.end == NO_DAY, FOREVER, cohort.end).astype(np.int32)


def free_from(cohort: Cohort) -> Ints:
    """Day from which each is managed at large."""
    released = np.where(cohort.released == NO_DAY, cohort.start, cohort.released)
    return np.maximum(released, cohort.start).astype(np.int32)


def changes_of(standing: Standing, r: Rates, random: np.random.Generator, cohort: Cohort) -> Changes:
    """Release, breach, loss of contact and end of management, in no order."""
    world, n = standing.ground.world, len(cohort)
    everyone = np.arange(n)
    ends = np.minimum(ends_of(cohort), world.horizon + 1)
    begins = np.maximum(free_from(cohort), world.start)
    span = np.maximum(ends - begins, 0)
    freed = everyone[(cohort.released != NO_DAY) & (cohort.released > cohort.start)]
    parts = [(freed, cohort.released[freed], COMMUNITY, False)]
    over = everyone[cohort.end != NO_DAY]
    parts.append((over, cohort.end[over], GONE, False))
    lost_rate = r.number("managed_unknown_stock") / r.number("managed_unknown_days") * YEAR
    lost, lost_day = _at_random(random, lost_rate, span, begins)
    back = lost_day + 5 + random.exponential(r.number("managed_unknown_days"), len(lost))
    parts += [(lost, lost_day, UNKNOWN, False), _back(lost, back, ends)]
    broke, broke_day = _at_random(random, r.number("managed_breach"), span, begins)
    is_jailed = random.random(len(broke)) < r.number("managed_breach_jailed")
    parts += [(broke, broke_day, WANTED, True), (broke[is_jailed], broke_day[is_jailed] + 15, CUSTODY, False)]
    parts.append(_back(broke, broke_day + np.where(is_jailed, 100, 12), ends))
    rows = [
        (who, np.asarray(day).astype(np.int64), np.full(len(who), state), np.full(len(who), breach))
        for who, day, state, breach in parts
    ]
    offender, day, state, breach = (np.concatenate(part) for part in zip(*rows, strict=True))
    kept = (day <= world.horizon) & ((state == GONE) | (day < ends[offender]))
    return Changes(
        offender[kept].astype(np.int32),
        day[kept].astype(np.int32),
        state[kept].astype(np.uint8),
        breach[kept],
    )


def _at_random(
    random: np.random.Generator, rate: float, span: npt.NDArray[Any], begins: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Events at that yearly rate: who, and the day."""
    who = np.repeat(np.arange(len(span)), random.poisson(rate * span / YEAR))
    return who, begins[who] + (span[who] * random.random(len(who))).astype(np.int64)


def _back(
    who: npt.NDArray[Any], day: npt.NDArray[Any], ends: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], int, bool]:
    """Back in the community, unless management ended before."""
    kept = day < ends[who]
    return who[kept], day[kept], COMMUNITY, False


def state_at(cohort: Cohort, changes: Changes, offender: npt.NDArray[Any], day: npt.NDArray[Any]) -> Codes:
    """The state of offenders on a day, as their changes have it."""
    inside = cohort.released[offender] > day
    state = np.where(inside & (cohort.released[offender] != NO_DAY), CUSTODY, COMMUNITY)
    if not len(changes.day):
        return state.astype(np.uint8)
    order = np.lexsort((changes.day, changes.offender))
    key = (changes.offender[order].astype(np.int64) << 32) + changes.day[order]
    row = np.searchsorted(key, (offender.astype(np.int64) << 32) + day, side="right") - 1
    last = order[np.maximum(row, 0)]
    is_own = (row >= 0) & (changes.offender[last] == offender)
    return np.where(is_own, changes.state[last], state).astype(np.uint8)

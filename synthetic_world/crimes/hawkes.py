"""Events that set off further events: a self-exciting process drawn generation by generation, without any loop over
pairs. Not here: which pairs (dyads), how bad an event is (severity). Nothing here makes later events worse.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.event_times import DAY, spread_over
from synthetic_world.model import Flags, Floats, Longs, People
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

MOST_GENERATIONS: Final = 40
FIRST: Final = -1  # parent of an event that nothing set off


@dataclass(frozen=True, slots=True)
class Cascade:
    """Events of all generations: which pair, when, and which event set it off."""

    dyad: Whole
    second: Longs
    parent: Whole


def offspring(harm: Floats) -> Floats:
    """How many events one event of a pair sets off on average."""
    r = rates("harm")
    mean = r.number("offspring_least") + r.number("offspring_harm") * harm / (1 + harm)
    return np.asarray(np.minimum(mean, r.number("offspring_most")), np.float32)


def arrivals(harm: Floats) -> Floats:
    """How many events start of themselves in a pair, a year."""
    r = rates("harm")
    still = r.number("arrival_still")
    return (r.number("arrival_rate") * (still + (1 - still) * harm / (1 + harm))).astype(np.float32)


def cascade(random: np.random.Generator, dyads: Dyads, horizon: int) -> Cascade:
    """All events of all pairs up to the horizon."""
    years = (dyads.risk_to - dyads.risk_from) / 365.25
    dyad = np.repeat(np.arange(len(dyads), dtype=np.int32), random.poisson(arrivals(dyads.harm) * years))
    second = spread_over(random, dyads.risk_from[dyad], dyads.risk_to[dyad])
    mean, last = offspring(dyads.harm), np.int64(horizon + 1) * DAY
    parts = [(dyad, second, np.full(len(dyad), FIRST, np.int32))]
    before = 0
    for _ in range(MOST_GENERATIONS):
        parent = np.repeat(np.arange(len(dyad), dtype=np.int32), random.poisson(mean[dyad]))
        when = second[parent] + (_lag(random, len(parent)) * DAY).astype(np.int64)
        kept = np.flatnonzero(when < last)
        if not len(kept):
            break
        own = parent[kept]
        start, before = before, before + len(dyad)
        dyad, second = dyad[own], when[kept]
        parts.append((dyad, second, own + np.int32(start)))
    return Cascade(*(np.concatenate(one) for one in zip(*parts, strict=True)))


def prevented(
    random: np.random.Generator, made: Cascade, dyads: Dyads, people: People, tasking: pa.Table | None
) -> Flags:
    """Events that do not happen because the suspect is tasked (C3.15): some of those set off, and all that follow."""
    gone = np.zeros(len(made.dyad), bool)
    if tasking is None or not len(tasking):
        return gone
    suspect = dyads.suspect[made.dyad]
    is_child = made.parent != FIRST
    spared = random.random(len(gone)) < 1 - rates("harm").number("tasking_offspring_factor")
    gone = is_child & spared & tasked(people, suspect, made.second, tasking)
    for _ in range(MOST_GENERATIONS):
        follows = is_child & ~gone & gone[np.maximum(made.parent, 0)]
        if not follows.any():
            break
        gone |= follows
    return np.asarray(gone)


def tasked(people: People, person: Whole, second: Longs, tasking: pa.Table | None) -> Flags:
    """Whether each of these people is under a tasking at that moment."""
    found = np.zeros(len(person), bool)
    if tasking is None:
        return found
    low = np.int64(people.block.number) << 32
    uids = tasking["person_uid"].to_numpy()
    days = second // DAY
    rows = np.flatnonzero((uids >= low) & (uids < low + len(people)))
    first, last = tasking["from_day"].to_numpy()[rows], tasking["to_day"].to_numpy()[rows]
    order = np.lexsort((first, uids[rows]))
    index, first, last = (uids[rows] - low)[order], first[order], last[order]
    begin = np.searchsorted(index, np.arange(len(people) + 1))
    turn, able = 0, np.flatnonzero((person >= 0) & (begin[person + 1] > begin[person]))
    while len(able):
        at = begin[person[able]] + turn
        found[able] |= (days[able] >= first[at]) & (days[able] <= last[at])
        turn += 1
        able = able[begin[person[able]] + turn < begin[person[able] + 1]]
    return found


def _lag(random: np.random.Generator, n: int) -> Floats:
    """Days from an event to one it sets off: most soon, some late."""
    r = rates("harm")
    is_fast = random.random(n, dtype=np.float32) < r.number("lag_fast_share")
    mean = np.where(is_fast, r.number("lag_fast_days"), r.number("lag_slow_days"))
    return (random.standard_exponential(n, dtype=np.float32) * mean).astype(np.float32)

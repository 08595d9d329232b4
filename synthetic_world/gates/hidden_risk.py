"""The ceiling for any score: expected serious harm from what is hidden, which only the answer book knows.

For evaluation alone; nothing that writes a file of a force may ask. Not here: the processes themselves (hawkes,
severity, stranger), whose rates are used as they are.
"""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.hawkes import arrivals, offspring
from synthetic_world.crimes.severity import hidden_state, serious_chance, severity
from synthetic_world.model import NOBODY, Floats, Indices, Truth, World
from synthetic_world.rates import rates

_LOOKS: Final = 8  # moments of the window at which the hidden state is read


def expected_harm(world: World, truth: Truth, people: Indices, day: int, window: int) -> Floats:
    """Of these people of the block: expected serious events as a suspect in the window that begins after that day."""
    sexual = truth.tables["latent"]["sexual"].to_numpy()
    place = np.full(len(sexual), NOBODY, np.int64)
    place[people] = np.arange(len(people))
    dyads = truth.tables["dyad"]
    suspect = place[dyads["suspect"].to_numpy()]
    own = np.flatnonzero(suspect != NOBODY)
    total = np.zeros(len(people))
    np.add.at(total, suspect[own], _from_pairs(world, truth, dyads.take(pa.array(own)), day, window))
    return np.asarray(total + sexual[people] * _serious_sexual(truth) * window / 365.25, np.float32)


def _from_pairs(world: World, truth: Truth, dyads: pa.Table, day: int, window: int) -> Floats:
    """Expected serious events of each pair: those that start of themselves, and those set off by what was before."""
    events = truth.tables["event"]
    harm, number = dyads["harm"].to_numpy(), dyads["dyad"].to_numpy()
    first, last = dyads["risk_from_day"].to_numpy(), dyads["risk_to_day"].to_numpy()
    inside = np.clip(np.minimum(last, day + window) - np.maximum(first, day), 0, None)
    count = arrivals(harm).astype(np.float64) * inside / 365.25
    of, second = events["dyad"].to_numpy(), events["second"].to_numpy()
    place = np.full(int(max(of.max(initial=0), number.max(initial=0))) + 1, NOBODY, np.int64)
    place[number] = np.arange(len(harm))
    past = np.flatnonzero((of >= 0) & (second < day * DAY))
    past = past[place[of[past]] != NOBODY]
    since, pair = day - second[past] / DAY, place[of[past]]
    np.add.at(count, pair, offspring(harm)[pair] * _lag_share(since, window))
    count = count / (1 - offspring(harm))
    mean, uids = np.zeros(len(harm)), dyads["dyad_uid"].to_numpy()
    for look in range(_LOOKS):
        at = int((day + (look + 0.5) * window / _LOOKS) * DAY)
        state = hidden_state(world, uids, np.full(len(harm), at, np.int64))
        mean += serious_chance(severity(harm, state)) / _LOOKS
    return np.asarray(count * mean, np.float32)


def _lag_share(since: Floats, window: int) -> Floats:
    """Share of the events set off so long ago that fall into the window from now."""
    r = rates("harm")
    fast = r.number("lag_fast_share")
    parts = ((fast, r.number("lag_fast_days")), (1 - fast, r.number("lag_slow_days")))
    found = sum(share * (np.exp(-since / mean) - np.exp(-(since + window) / mean)) for share, mean in parts)
    return np.asarray(found, np.float32)


def _serious_sexual(truth: Truth) -> float:
    """Serious sexual events of one person of mean tendency a year, outside couples."""
    events, label = truth.tables["event"], truth.tables["label"]
    seconds = events["second"].to_numpy()
    if not len(seconds):
        return 0.0
    outside = pc.equal(events["process"].cast(pa.string()), "sexual").to_numpy()
    years = max((seconds.max() - np.quantile(seconds, 0.02)) / DAY / 365.25, 1.0)
    serious = np.isin(events["event_id"].to_numpy()[outside], label["event_id"].to_numpy()).sum()
    return float(serious / max(len(truth.tables["latent"]), 1) / years)

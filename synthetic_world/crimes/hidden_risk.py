"""The ceiling for any score: expected serious harm from what is hidden, which only the answer book knows.

For evaluation alone; nothing that writes a file of a force may ask. Not here: the processes themselves (hawkes,
severity, stranger), whose rates are used as they are.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.hawkes import arrivals, offspring
from synthetic_world.crimes.severity import hidden_state, serious_chance, severity
from synthetic_world.model import Floats, Truth, World
from synthetic_world.rates import rates

_LOOKS: Final = 8  # moments of the window at which the hidden state is read


def expected_harm(world: World, truth: Truth, day: int, window: int) -> Floats:
    """By person of the block: expected serious events as a suspect in the window that begins after that day."""
    sexual = truth.tables["latent"]["sexual"].to_numpy()
    total = np.zeros(len(sexual))
    dyads = truth.tables["dyad"]
    np.add.at(total, dyads["suspect"].to_numpy(), _from_pairs(world, truth, day, window))
    share = _serious_sexual(truth)
    return np.asarray(total + sexual * share * window / 365.25, np.float32)


def _from_pairs(world: World, truth: Truth, day: int, window: int) -> Floats:
    """Expected serious events of each pair: those that start of themselves, and those set off by what was before."""
    dyads, events = truth.tables["dyad"], truth.tables["event"]
    harm = dyads["harm"].to_numpy()
    first, last = dyads["risk_from_day"].to_numpy(), dyads["risk_to_day"].to_numpy()
    inside = np.clip(np.minimum(last, day + window) - np.maximum(first, day), 0, None)
    count = arrivals(harm).astype(np.float64) * inside / 365.25
    place = np.full(int(dyads["dyad"].to_numpy().max(initial=-1)) + 2, -1, np.int64)
    place[dyads["dyad"].to_numpy()] = np.arange(len(harm))
    of, second = events["dyad"].to_numpy(), events["second"].to_numpy()
    past = np.flatnonzero((of >= 0) & (second < day * DAY))
    since = day - second[past] / DAY
    np.add.at(count, place[of[past]], (offspring(harm)[place[of[past]]] * _lag_share(since, window)))
    count = count / (1 - offspring(harm))
    mean = np.zeros(len(harm))
    uids = dyads["dyad_uid"].to_numpy()
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
    process = (
        events["process"].combine_chunks()
        if isinstance(events["process"], pa.ChunkedArray)
        else events["process"]
    )
    outside = np.asarray(process.cast(pa.string()).to_pylist()) == "sexual"
    years = (
        max((seconds.max(initial=1) - np.quantile(seconds, 0.02)) / DAY / 365.25, 1.0)
        if len(seconds)
        else 1.0
    )
    serious = np.isin(events["event_id"].to_numpy()[outside], label["event_id"].to_numpy()).sum()
    return float(serious / max(len(truth.tables["latent"]), 1) / years)

"""How bad an event between two people is: hidden harm and a hidden state that drifts, never the number of events
before it. Not here: pairs (dyads), their events (hawkes).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.dyads import DYAD_BITS, Dyads
from synthetic_world.crimes.event_times import DAY
from synthetic_world.draws import Draws
from synthetic_world.model import Codes, Floats, Longs, World
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

WAVES: Final = 8


def hidden_state(world: World, dyad_uid: Longs, second: Longs) -> Floats:
    """State of a pair at a moment: smooth over 60 to 400 days, mean 0, spread 1. Evaluated only where asked for.

    The sum of eight waves with phases of the pair's own, one byte each of the pair's luck (random Fourier features).
    """
    low, high = rates("harm").numbers("state_days")
    lengths = np.geomspace(low, high, WAVES)
    phases = Draws.of(world.seed, "state", dyad_uid).words("phases")
    days = (second / DAY).astype(np.float32)
    state = np.zeros(len(second), np.float32)
    for wave, length in enumerate(lengths):
        own = ((phases >> np.uint64(8 * wave)) & np.uint64(255)).astype(np.float32) * np.float32(
            2 * np.pi / 256
        )
        state += np.cos(days * np.float32(1 / length) + own)
    return state * np.float32(np.sqrt(2 / WAVES))


def dyad_uid(block: int, dyad: Whole) -> Longs:
    """The pair's number in the whole world."""
    return (np.int64(block) << DYAD_BITS) + dyad


def severity(harm: Floats, state: Floats, noise: Floats | float = 0.0) -> Floats:
    """How bad an event tends to be, on the log odds; the tiers are steps on it."""
    r = rates("harm")
    odds = (
        r.number("serious_harm") * np.log1p(harm)
        + r.number("serious_noise") * noise
        + r.number("serious_state") * state
    )
    return np.asarray(odds, np.float32)


def serious_chance(severe: Floats) -> Floats:
    """Chance that an event is one of serious harm."""
    return np.asarray(1 / (1 + np.exp(-(rates("harm").number("serious_base") + severe))), np.float32)


def tiers(
    random: np.random.Generator, world: World, block: int, dyads: Dyads, dyad: Whole, second: Longs
) -> Codes:
    """Tier of each event, 0 to 3."""
    r, n = rates("harm"), len(dyad)
    state = hidden_state(world, dyad_uid(block, dyad), second)
    severe = severity(dyads.harm[dyad], state, random.standard_normal(n, dtype=np.float32))
    draw, which = random.random(n, dtype=np.float32), random.random(n, dtype=np.float32)
    serious = serious_chance(severe)
    tier_one = 1 / (1 + np.exp(-(np.float32(r.number("tier_one_base")) + severe)))
    tier = (draw < np.maximum(tier_one, serious)).astype(np.uint8)
    return np.where(draw < serious, np.where(which < r.number("serious_top"), 3, 2), tier).astype(np.uint8)

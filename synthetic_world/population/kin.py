"""Grown children who live near their parents, each with a household of their own, and mostly bear their name.

Not here: families under one roof (households).
"""

import numpy as np

from synthetic_world.model import NOBODY, Block, Codes, Ints, World, stream
from synthetic_world.population.households import (
    ALONE,
    COUPLE,
    COUPLE_CHILDREN,
    FEMALE,
    LONE_PARENT,
    Households,
)
from synthetic_world.rates import rates

_GROWN_UP = 40.0  # years; nobody of that age looks for parents, so that no chain of names arises


def make_kin(world: World, block: Block, households: Households, culture: Codes) -> tuple[Ints, Ints]:
    """By household: the household of the head's parents, or NOBODY; and the same where its name is borne."""
    r, random = rates("households"), stream(world.seed, "kin", block.key)
    head = households.start[:-1]
    age, culture_of = households.age[head], culture[head]
    fits = np.isin(households.kind, (ALONE, COUPLE, COUPLE_CHILDREN, LONE_PARENT))
    younger = np.flatnonzero(fits & (age >= 18) & (age < _GROWN_UP))
    younger = younger[random.random(len(younger)) < r.number("kin_nearby")]
    older = np.flatnonzero(fits & (age >= _GROWN_UP))
    parents, names = np.full((2, len(households)), NOBODY, dtype=np.int32)
    if not len(older):
        return parents, names
    window = int(r.number("kin_window"))
    near = np.searchsorted(older, younger) + random.integers(-window, window, size=len(younger))
    found = older[np.clip(near, 0, len(older) - 1)]
    least, most = r.numbers("kin_gap")
    gap = age[found] - age[younger]
    good = (gap >= least) & (gap <= most) & (culture_of[found] == culture_of[younger])
    younger, found = younger[good], found[good]
    parents[younger] = found
    is_married = (households.sex[head[younger]] == FEMALE) & (households.kind[younger] != ALONE)
    bears = ~is_married & (random.random(len(younger)) < r.number("kin_name"))
    names[younger[bears]] = found[bears]
    return parents, names

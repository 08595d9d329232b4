"""Uniform numbers that cover their range evenly, so that asked shares are met closely even in a small world.

Not here: weighted draws of names (name_weights).
"""

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Ints


def evenly_within(random: np.random.Generator, group: Ints) -> npt.NDArray[np.float64]:
    """Numbers that cover 0 to 1 evenly within each group, and not only over all of them."""
    found = np.empty(len(group))
    for one in np.unique(group):
        own = np.flatnonzero(group == one)
        found[own] = evenly(random, len(own))
    return found


def evenly(random: np.random.Generator, n: int) -> npt.NDArray[np.float64]:
    """One number in each of n equal parts of 0 to 1, in any order."""
    return np.asarray((random.permutation(n) + random.random(n)) / max(n, 1))

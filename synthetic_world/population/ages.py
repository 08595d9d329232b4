"""Ages that fit together: children after one another, twins on one day, and all people as one Gamma distribution.

Not here: who lives with whom (households).
"""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Ints
from synthetic_world.population.even_draws import evenly
from synthetic_world.rates import rates

MOST_CHILDREN: Final = 4
_SPACING: Final = 1.6  # years kept free for each younger child
_OLDEST: Final = 130.0
_STEPS: Final = 5200

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def gamma_from(random: np.random.Generator, key: str, n: int) -> Numbers:
    """A number and a Gamma above it, as rates/households.yml writes it: first, shape, scale."""
    first, shape, scale = rates("households").numbers(key)
    return np.asarray(first + random.gamma(shape, scale, n))


def child_ages(random: np.random.Generator, n_children: Ints, youngest: float) -> tuple[Numbers, Flags]:
    """By household with children and place, oldest first, and whether a child is the twin of the one before."""
    r, n = rates("households"), len(n_children)
    age = np.zeros((n, MOST_CHILDREN))
    oldest = random.gamma(r.number("oldest_child_shape"), r.number("oldest_child_scale"), n)
    room = _SPACING * np.maximum(n_children - 1, 0) + random.random(n)
    age[:, 0] = np.maximum(oldest, youngest + room)
    is_twin = np.zeros(age.shape, dtype=bool)
    later = int((n_children - 1).sum())
    chance = r.number("twins") * int(n_children.sum()) / (1 + r.number("twins")) / max(later, 1)
    for place in range(1, MOST_CHILDREN):
        own = np.flatnonzero(n_children > place)
        before = age[own, place - 1]
        twin = (evenly(random, len(own)) < chance) & ~is_twin[own, place - 1]
        after = before - gamma_from(random, "child_gap", len(own))
        room = before - youngest
        squeezed = youngest + np.maximum(room - _SPACING / 2, room / 2) * random.random(len(own))
        age[own, place] = np.where(twin, before, np.where(after < youngest, squeezed, after))
        is_twin[own, place] = twin
    return age, is_twin


def as_gamma(age: Numbers) -> Numbers:
    """The ages with their order kept and their distribution made the asked one; equal ages stay equal."""
    edges, share = _gamma_table()
    at = np.clip(age, 0, _OLDEST) * (_STEPS / _OLDEST)
    low = np.minimum(at.astype(np.int64), _STEPS - 1)
    rising = np.concatenate([[0], np.cumsum(np.bincount(low, minlength=_STEPS))]) / max(len(age), 1)
    rank = rising[low] + (at - low) * (rising[low + 1] - rising[low])
    return np.asarray(np.interp(rank, share, edges))


@lru_cache(maxsize=1)
def _gamma_table() -> tuple[Numbers, Numbers]:
    """Ages and the share of people under each."""
    r = rates("households")
    edges = np.linspace(0, _OLDEST, _STEPS + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    density = middle ** (r.number("age_shape") - 1) * np.exp(-middle / r.number("age_scale"))
    return edges, np.concatenate([[0], np.cumsum(density)]) / density.sum()

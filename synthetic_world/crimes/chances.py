"""Weighted draws that stay fast for millions: tables of slots instead of a search for every draw.

Not here: the numbers drawn with (rates), the streams (model.stream), luck by key (draws).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Flags, Floats
from synthetic_world.ordering import Whole, in_order, starts

SLOTS: Final = 1 << 16
NONE: Final = -1
_ANYBODY: Final = 4096  # slots over all groups


@dataclass(frozen=True, slots=True)
class Lottery:
    """Places 0…n-1, each in as many of 65,536 slots as its weight asks; lighter ones may hold none."""

    slots: Whole

    @classmethod
    def of(cls, weight: npt.ArrayLike) -> "Lottery":
        """A lottery with these weights; those of the last weights asked for are kept."""
        return _lottery(np.asarray(weight, np.float64).tobytes())

    def draw(self, random: np.random.Generator, n: int) -> Whole:
        """n places."""
        return self.slots[random.integers(0, SLOTS, size=n, dtype=np.uint16)]


@lru_cache(maxsize=256)
def _lottery(weight: bytes) -> Lottery:
    total = np.cumsum(np.frombuffer(weight, np.float64))
    at = (np.arange(SLOTS) + 0.5) / SLOTS * total[-1]
    return Lottery(np.searchsorted(total, at, side="right").astype(np.int32))


@dataclass(frozen=True, slots=True)
class Groups:
    """For each group a row of slots with its members, by weight; a group without members has NONE in its slots."""

    slots: Whole  # group by slot
    anybody: Whole  # slots over all groups

    @classmethod
    def of(cls, group: Whole, weight: Floats, n_groups: int, n_slots: int = 256) -> "Groups":
        """Members are places 0…len(group)-1; those of weight 0 are never drawn."""
        able = np.flatnonzero(weight > 0)
        order = able[in_order(group[able])]
        total = np.concatenate([[0.0], np.cumsum(weight[order], dtype=np.float64)])
        first = starts(group[able], n_groups)
        low, high = total[first[:-1]], total[first[1:]]
        at = low[:, None] + (np.arange(n_slots) + 0.5) / n_slots * (high - low)[:, None]
        place = np.clip(np.searchsorted(total, at, side="right") - 1, 0, max(len(order) - 1, 0))
        if not len(order):
            return cls(np.full((n_groups, n_slots), NONE, np.int32), np.full(1, NONE, np.int32))
        slots = np.where((first[1:] > first[:-1])[:, None], order[place], NONE).astype(np.int32)
        at = (np.arange(_ANYBODY) + 0.5) / _ANYBODY * total[-1]
        everywhere = np.searchsorted(total, at, side="right") - 1
        return cls(slots, order[np.minimum(everywhere, len(order) - 1)].astype(np.int32))

    def draw(self, random: np.random.Generator, group: Whole) -> Whole:
        """A member of each of these groups; of any group where it has none; NONE if nobody is there at all."""
        n = len(group)
        drawn = self.slots[group, random.integers(0, self.slots.shape[1], size=n, dtype=np.uint16)]
        missing = np.flatnonzero(drawn == NONE)
        if len(missing):
            drawn[missing] = self.anybody[random.integers(0, len(self.anybody), size=len(missing))]
        return drawn


def happens(random: np.random.Generator, chance: npt.ArrayLike, n: int) -> Flags:
    """Yes with this chance (one, or one each), n times."""
    return random.random(n, dtype=np.float32) < np.asarray(chance, np.float32)


def repeats(random: np.random.Generator, rate: npt.NDArray[Any]) -> Whole:
    """Each place as often as a Poisson draw with its rate says, in order."""
    return np.repeat(np.arange(len(rate), dtype=np.int32), random.poisson(rate))


def exponential(random: np.random.Generator, mean: npt.ArrayLike, n: int) -> npt.NDArray[np.float64]:
    """n exponential times with this mean, or these means."""
    return np.asarray(random.standard_exponential(n) * np.asarray(mean))


def logit_moved(chance: npt.ArrayLike, shift: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """A chance after a shift on its log odds."""
    before = np.asarray(chance, np.float64)
    odds = np.log(before / (1 - before)) + np.asarray(shift, np.float64)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float64)

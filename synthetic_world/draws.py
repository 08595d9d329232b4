"""Chance that hangs on the thing drawn for, not on the order of drawing: one number for each key, stage and seed.

A mention, a nominal or a record has the same luck in whatever company and order it is met, so threads, forces and
later nights cannot change it. Not here: the random streams of what happens (model.stream).
"""

import zlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Floats, Ints, Longs

Words = npt.NDArray[np.uint64]
_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_FIRST: Final = np.uint64(0xBF58476D1CE4E5B9)
_SECOND: Final = np.uint64(0x94D049BB133111EB)


def mixed(words: Words) -> Words:
    """The finishing step of splitmix64: every bit of the result hangs on every bit of the word."""
    with np.errstate(over="ignore"):
        z = (words ^ (words >> np.uint64(30))) * _FIRST
        z = (z ^ (z >> np.uint64(27))) * _SECOND
        return z ^ (z >> np.uint64(31))


def key_of(*parts: npt.NDArray[Any] | int) -> Longs:
    """One key from several: the same parts in the same order give the same key."""
    total: Words = np.zeros(1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            total = mixed(total + _STEP + np.asarray(part).astype(np.uint64))
    return (total >> np.uint64(1)).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Draws:
    """The luck of each of `keys`."""

    keys: Words

    @classmethod
    def of(cls, seed: int, stage: str, keys: npt.NDArray[Any]) -> "Draws":
        """The luck of keys at one stage of the making of one world."""
        start = np.uint64((seed * 0x100000001B3 + zlib.crc32(stage.encode())) & 0xFFFFFFFFFFFFFFFF)
        with np.errstate(over="ignore"):
            return cls(mixed(keys.astype(np.uint64) * _STEP + start))

    def words(self, name: str) -> Words:
        """64 random bits each, another set for each name."""
        with np.errstate(over="ignore"):
            return mixed(self.keys + np.uint64(zlib.crc32(name.encode())) * _STEP)

    def chance(self, name: str) -> Floats:
        """A number of 0 or more and below 1 each."""
        return (self.words(name) >> np.uint64(40)).astype(np.float32) * np.float32(2.0**-24)

    def whole(self, name: str, n: int) -> Ints:
        """A whole number below n each."""
        high = self.words(name) >> np.uint64(32)
        return ((high * np.uint64(max(n, 1))) >> np.uint64(32)).astype(np.int32)

    def take(self, places: npt.NDArray[Any]) -> "Draws":
        """The luck of some of the keys."""
        return Draws(self.keys[places])

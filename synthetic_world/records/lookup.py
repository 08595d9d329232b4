"""Finds keys and uids in a list of them without a search: number of the block above, place in the block below.

Keys count up from 0 in each half of a block (see risks/risk_rows), so that a table a half is nearly full. Not here:
who gives keys out.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.model import NOBODY, Ints, Longs

_LOW_BITS: Final = 31
_LOW: Final = np.int64((1 << _LOW_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where each key of a list stands in it."""

    high: Longs  # ascending: what lies above the low bits
    base: Longs  # where the table of each begins
    size: Longs
    table: Ints

    @classmethod
    def of(cls, keys: Longs) -> "Lookup":
        """Of keys that are all different."""
        low = keys & _LOW
        runs = np.flatnonzero(np.diff(keys >> _LOW_BITS, prepend=-2))  # keys of a block mostly lie together
        high = np.unique((keys >> _LOW_BITS)[runs])
        group = np.searchsorted(high, keys >> _LOW_BITS)
        size = np.zeros(len(high), np.int64)
        np.maximum.at(size, group, low + 1)
        base = np.cumsum(size) - size
        table = np.full(int(size.sum()), NOBODY, np.int32)
        table[base[group] + low] = np.arange(len(keys), dtype=np.int32)
        return cls(high, base, size, table)

    def keys(self) -> Longs:
        """The keys, in the order in which they were listed."""
        at = np.flatnonzero(self.table != NOBODY)
        group = np.searchsorted(self.base, at, side="right") - 1
        keys = np.empty(len(at), np.int64)
        keys[self.table[at]] = (self.high[group] << _LOW_BITS) | (at - self.base[group])
        return keys

    def places(self, keys: Longs) -> Ints:
        """The place of each key; NOBODY for one that is not in the list."""
        if not len(self.table):
            return np.full(len(keys), NOBODY, np.int32)
        high, low = keys >> _LOW_BITS, keys & _LOW
        group = np.minimum(np.searchsorted(self.high, high), len(self.high) - 1)
        is_there = (self.high[group] == high) & (low < self.size[group])
        found = self.table[np.where(is_there, self.base[group] + low, 0)]
        return np.where(is_there, found, NOBODY).astype(np.int32, copy=False)

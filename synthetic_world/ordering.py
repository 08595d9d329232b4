"""Putting millions of things in order, or telling them apart, quickly and the same way on every machine.

A sort that leaves ties to chance gives other files on another processor; here no two words are ever equal. Not here:
what is sorted by what.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Order = npt.NDArray[np.int64]
Whole = npt.NDArray[np.integer[Any]]  # whole numbers of any width: places, codes, days
_WORD: int = 63  # bits of a whole number that is not negative


def in_order(values: npt.NDArray[Any]) -> Order:
    """Places in order of these whole numbers, 0 or more; ties by place. Sorts words of value and place."""
    bits = max(len(values) - 1, 1).bit_length()
    words = (values.astype(np.int64) << bits) | np.arange(len(values), dtype=np.int64)
    words.sort()
    return words & ((np.int64(1) << bits) - 1)


def in_order_of(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> Order:
    """Places in order of `first`, and of `second` where that is the same."""
    by_second = in_order(second)
    return by_second[in_order(first[by_second])]


def in_time(seconds: npt.NDArray[Any]) -> Order:
    """Places in order of moments, early or late; ties by place."""
    low = int(seconds.min(initial=0))
    bits = max(len(seconds) - 1, 1).bit_length()
    if (int(seconds.max(initial=0)) - low).bit_length() + bits > _WORD:  # some moment lies beyond all years
        return np.argsort(seconds, kind="stable")
    return in_order(seconds - low)


def starts(groups: npt.NDArray[Any], n_groups: int) -> Order:
    """Where each group begins in things put in order of group; one more for the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(groups, minlength=n_groups))]).astype(np.int64)


def told_apart(values: npt.NDArray[Any]) -> tuple[Whole, Order]:
    """A number for each value, counting up as values first appear; and where each was first met."""
    codes = pa.array(values).dictionary_encode().indices.to_numpy()
    first = np.empty(int(codes.max(initial=-1)) + 1, np.int64)
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)  # the earliest is written last, and stays
    return codes, first

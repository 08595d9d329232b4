"""Putting millions of things in order quickly, and the same way on every machine.

A sort that leaves ties to chance gives other files on another processor; here no two words are ever equal. Not here:
what is sorted by what.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Order = npt.NDArray[np.int64]
Whole = npt.NDArray[np.integer[Any]]  # whole numbers of any width: places, codes, days


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


def starts(groups: npt.NDArray[Any], n_groups: int) -> Order:
    """Where each group begins in things put in order of group; one more for the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(groups, minlength=n_groups))]).astype(np.int64)

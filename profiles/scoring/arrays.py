"""The array types that scoring speaks in, and the order-free draws that keep a run repeatable.

Here: names for numpy types; digests that place a person in a fold or break a tie whatever the row order. Not here:
folds (learn/folds), resampling (judge/resampling).
"""

from collections.abc import Iterable
from hashlib import md5
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Longs = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.object_]


def digests(keys: Iterable[Any], use: str = "") -> npt.NDArray[np.uint64]:
    """The first 64 bits of md5 of each key's text: the same on every machine and in any order.

    Another `use` gives draws that know nothing of each other: being in the test says nothing of being in a sample.
    """
    start = md5(use.encode(), usedforsecurity=False)

    def digest(key: Any) -> bytes:
        one = start.copy()
        one.update(str(key).encode())
        return one.digest()[:8]

    found = b"".join(digest(key) for key in keys)
    return np.frombuffer(found, ">u8").astype(np.uint64)


def sigmoid(logit: Floats) -> Floats:
    """Probability of a logit, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * logit)), np.float64)


def logit_of(probability: Floats) -> Floats:
    """Logit of a probability, kept finite."""
    kept = np.clip(probability, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(kept) - np.log1p(-kept), np.float64)

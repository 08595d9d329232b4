"""Splits inside the training rows: by person, or by time where there is one; the test rows are never in them.

Here: who is fitted on and who is judged on. Not here: rolling origins of a profile with horizons and gaps
(judge/protocol).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from profiles.scoring.arrays import Bools, Floats, Words, digests

FOLDS: Final = 5
TIME_FOLDS: Final = 4


@dataclass(frozen=True)
class Fold:
    """Rows to fit on and rows to judge on."""

    fitted: Bools
    judged: Bools


def by_person(ids: Words, label: Floats) -> Sequence[Fold]:
    """Up to five folds that never part a person; each gets its share of the people with a positive row."""
    people, place = np.unique(ids.astype(str), return_inverse=True)
    is_positive = np.zeros(len(people))
    np.maximum.at(is_positive, place, label)
    order = np.lexsort([digests(people, "fold"), -is_positive])
    n = int(max(2, min(FOLDS, is_positive.sum(), (1 - is_positive).sum())))
    fold = np.empty(len(people), np.int64)
    fold[order] = np.arange(len(people)) % n
    row_fold = fold[place]
    return [Fold(row_fold != one, row_fold == one) for one in range(n)]


def by_time(day: Floats, label: Floats) -> Sequence[Fold]:
    """Up to four folds, each judged on a later stretch of time than it was fitted on; falls short with few days."""
    edges = np.unique(np.quantile(day, np.linspace(0, 1, TIME_FOLDS + 2)[1:]))
    folds = [Fold(day <= start, (day > start) & (day <= end)) for start, end in pairwise(edges)]
    return [one for one in folds if _has_both(label[one.fitted]) and _has_both(label[one.judged])]


def _has_both(label: Floats) -> bool:
    return bool(0 < label.sum() < len(label))

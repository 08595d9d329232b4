"""A plain logistic regression on what was recorded, and how well a score ranks: for the gates of the world alone.

Each person is scored by a model that was fitted without them. Not here: what was recorded (cohorts), the ranges
(gates); the product's scorer, which shares no code with this one.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

FOLDS: Final = 5
MOST: Final = 300_000  # rows that a model is fitted on
_RIDGE: Final = 50.0
_STEPS: Final = 12

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def scored(features: Numbers, is_positive: Flags, person: npt.NDArray[Any]) -> Numbers:
    """A score for every row, from models fitted on other people's rows."""
    fold = (person.astype(np.uint64) * np.uint64(2654435761) >> np.uint64(16)) % np.uint64(FOLDS)
    known = np.column_stack(
        [np.ones(len(features)), (features - features.mean(0)) / (features.std(0) + 1e-9)]
    )
    score = np.zeros(len(features))
    for one in range(FOLDS):
        rows = np.flatnonzero(fold != one)
        step = max(1, -(-len(rows) // MOST))
        weights = _fitted(known[rows[::step]], is_positive[rows[::step]])
        score[fold == one] = known[fold == one] @ weights
    return score


def _fitted(x: Numbers, y: Flags) -> Numbers:
    """Weights by Newton's method, held back towards nought."""
    weights, ridge = np.zeros(x.shape[1]), np.diag([0.0] + [_RIDGE] * (x.shape[1] - 1))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (y - chance) - ridge @ weights
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return np.asarray(weights)


def area_under_curve(score: npt.NDArray[Any], is_positive: Flags) -> float:
    """Chance that a positive scores above a negative; ties count half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    n = int(is_positive.sum())
    rest = len(score) - n
    return float((rank[is_positive].sum() - n * (n + 1) / 2) / max(n * rest, 1))

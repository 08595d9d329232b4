"""The leak sentinel: signs that the answer stands among the features, or that a measure is too good to be true.

Here: the label-shuffle canary, the too-good alarm, the strongest single feature. They find leaks that names do not
show; the list of denied names is elsewhere (table/denied, contracts). Not here: drift of features over time
(watch/drift).
"""

from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from typing import Final

import numpy as np

from profiles.scoring.arrays import Bools, Floats, Words
from profiles.scoring.judge.metrics import auc

TOO_GOOD: Final = 0.90
TOO_GOOD_ALONE: Final = 0.85
CANARY: Final = 0.03
_FEW_LEVELS: Final = 50
FEW: Final = 50  # positives; under that chance alone reaches the marks, so the whole interval must lie above
TOO_FEW: Final = 5  # of either kind: nothing can be said
SEED: Final = 20_260_702

Fit = Callable[[Floats, Floats], Callable[[Floats], Floats]]


def alone(values: Floats, label: Floats, is_train: Bools) -> float:
    """Area under the curve that one feature reaches by itself on the test rows, in whichever direction it works.

    Few levels are ordered by their rate among training rows; numbers by size; missing values are a level of their own.
    """
    levels = np.unique(values[~np.isnan(values)])
    score = values
    if len(levels) <= _FEW_LEVELS or np.isnan(values).any():
        cuts = (
            levels
            if len(levels) <= _FEW_LEVELS
            else np.unique(np.quantile(levels, np.linspace(0, 1, _FEW_LEVELS)))
        )
        place = np.where(np.isnan(values), 0, 1 + np.searchsorted(cuts, values))
        n = np.bincount(place[is_train], minlength=len(cuts) + 2)
        hits = np.bincount(place[is_train], label[is_train], minlength=len(cuts) + 2)
        score = ((hits + label[is_train].mean()) / (n + 1))[place]
    found = auc(score[~is_train], label[~is_train])
    return found if np.isnan(found) else max(found, 1 - found)


def canary(fit: Fit, matrix: Floats, label: Floats, ids: Words, is_train: Bools, seed: int = SEED) -> float:
    """Area under the curve on labels that were shuffled between persons before fitting: .5 unless something leaks."""
    people, place = np.unique(ids.astype(str), return_inverse=True)
    order = np.random.default_rng(seed).permutation(len(people))
    of_person = np.zeros(len(people))
    np.maximum.at(of_person, place, label)
    shuffled = of_person[order][place]
    score = fit(matrix[is_train], shuffled[is_train])(matrix[~is_train])
    return auc(score, shuffled[~is_train])


def canary_range(label: Floats) -> float:
    """How far from .5 chance alone may bring the canary: .03, or more where rows are few (three standard errors)."""
    n_positive, n = float(label.sum()), float(len(label))
    if not 0 < n_positive < n:
        return 0.5
    error = sqrt(
        (n + 1) / (12 * n_positive * (n - n_positive))
    )  # of Mann and Whitney's U under no difference
    return max(CANARY, 3 * error)


def alarms(
    model_auc: float,
    alone_auc: Sequence[tuple[str, float]],
    canary_auc: float,
    canary_within: float,
    label: Floats,
) -> Iterator[str]:
    """Every sign found, as a phrase with its figure; `label` are the outcomes of the rows that were judged."""
    if _is_over(model_auc, TOO_GOOD, label):
        yield f"too good to be true: area under the curve {model_auc:.3f} (over {TOO_GOOD})"
    for name, value in sorted(alone_auc, key=lambda one: (-one[1], one[0])):
        if _is_over(value, TOO_GOOD_ALONE, label):
            yield f"{name} alone reaches {value:.3f} (over {TOO_GOOD_ALONE})"
    if abs(canary_auc - 0.5) > canary_within:
        yield f"with shuffled labels the model still reaches {canary_auc:.3f} (0.5 within {canary_within:.3f})"


def _is_over(value: float, mark: float, label: Floats) -> bool:
    """Over the mark; with few positives by more than chance (J. Hanley and B. McNeil, 1982)."""
    n_positive = float(label.sum())
    n_negative = len(label) - n_positive
    if min(n_positive, n_negative) < TOO_FEW:
        return False
    if not value > mark or n_positive >= FEW:
        return value > mark
    q1, q2 = value / (2 - value), 2 * value**2 / (1 + value)
    spread = value * (1 - value) + (n_positive - 1) * (q1 - value**2) + (n_negative - 1) * (q2 - value**2)
    return value - 1.645 * sqrt(max(0.0, spread) / (n_positive * n_negative)) > mark

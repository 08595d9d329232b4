"""Measures of a score against labels: area under the ROC curve, average precision, Brier, calibration error, lists.

Here: each with row weights, so that resampling persons is a matter of weights. Ties are shared: rows with the same
score count as standing in every order at once. Not here: intervals (resampling), how a list breaks ties for print
(watch).
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Longs

ECE_BINS: Final = 10
LISTS: Final = (10, 50, 100, 500)
TOP: Final = 500
TOP_SHARE: Final = 0.1


@dataclass(frozen=True)
class Ranking:
    """Labels in order of falling score, with the ends of each stretch of equal scores; made once, weighted often."""

    score: Floats
    label: Floats

    @cached_property
    def order(self) -> Longs:
        """Places from the highest score down."""
        return np.argsort(-self.score, kind="stable")

    @cached_property
    def ends(self) -> Longs:
        """Last place of each stretch of equal scores."""
        ordered = self.score[self.order]
        return np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)

    @cached_property
    def _label(self) -> Floats:
        return self.label[self.order]

    def _summed(self, weight: Floats | None) -> tuple[Floats, Floats]:
        """Weight of positives and of all rows, up to the end of each stretch."""
        share = np.ones(len(self.label)) if weight is None else weight[self.order]
        return np.cumsum(share * self._label)[self.ends], np.cumsum(share)[self.ends]

    def auc(self, weight: Floats | None = None) -> float:
        """Chance that a positive stands above a negative; NaN where there are none of either."""
        positive, total = self._summed(weight)
        negative = total - positive
        if positive[-1] <= 0 or negative[-1] <= 0:
            return float("nan")
        above = np.concatenate([[0.0], positive[:-1]])
        step = np.diff(negative, prepend=0.0)
        return float(np.sum(step * (above + positive) / 2) / (positive[-1] * negative[-1]))

    def average_precision(self, weight: Floats | None = None) -> float:
        """Mean of the precision at each positive (sum of precision × gain in recall); NaN without positives."""
        positive, total = self._summed(weight)
        if positive[-1] <= 0:
            return float("nan")
        gain = np.diff(positive, prepend=0.0) / positive[-1]
        return float(np.sum(gain * positive / np.maximum(total, 1e-300)))

    def hits(self, k: int) -> float:
        """Positives among the first k; a stretch of equal scores that crosses k gives its share."""
        positive, total = self._summed(None)
        place = int(np.searchsorted(total, k))
        before = (float(positive[place - 1]), float(total[place - 1])) if place else (0.0, 0.0)
        width = total[place] - before[1]
        found = before[0] + (float(positive[place]) - before[0]) * (k - before[1]) / float(width)
        return min(float(k), found)


def auc(score: Floats, label: Floats, weight: Floats | None = None) -> float:
    """Area under the ROC curve."""
    return Ranking(score, label).auc(weight)


def average_precision(score: Floats, label: Floats, weight: Floats | None = None) -> float:
    """Average precision."""
    return Ranking(score, label).average_precision(weight)


def brier(probability: Floats, label: Floats, weight: Floats | None = None) -> float:
    """Mean squared error of a probability."""
    return float(np.average((probability - label) ** 2, weights=weight))


@dataclass(frozen=True)
class Bins:
    """Rows cut into ten bins of equally many rows by predicted probability; equal probabilities stay together."""

    place: Longs
    n: int


def bins_of(probability: Floats, n_bins: int = ECE_BINS) -> Bins:
    """The bin of each row, cut once so that resampling does not move the cuts."""
    cuts = np.unique(np.quantile(probability, np.linspace(0, 1, n_bins + 1)[1:-1]))
    place = np.searchsorted(cuts, probability, side="right")
    return Bins(np.asarray(np.unique(place, return_inverse=True)[1], np.int64), len(np.unique(place)))


def calibration_error(
    probability: Floats, label: Floats, weight: Floats | None = None, bins: Bins | None = None
) -> float:
    """Expected calibration error: mean over ten equally full bins of |mean predicted − share seen|."""
    bins = bins_of(probability) if bins is None else bins
    share = np.ones(len(label)) if weight is None else weight
    gap = np.bincount(bins.place, share * (probability - label), bins.n)
    return float(np.abs(gap).sum() / share.sum())


def top_of(n: int) -> int:
    """Length of the list whose probabilities are held against what came: 500, or a tenth of fewer rows."""
    return max(1, min(TOP, round(TOP_SHARE * n)))


def top_ratio(score: Floats, probability: Floats, label: Floats) -> float | None:
    """Mean predicted ÷ share seen among the first of a list; None where none of them had the outcome."""
    first = np.argsort(-score, kind="stable")[: top_of(len(label))]
    seen = float(label[first].mean())
    return float(probability[first].mean()) / seen if seen else None

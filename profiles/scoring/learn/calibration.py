"""From log-odds to a probability that may be printed: Platt's line, or a shift where positives are few.

Here: fitting the line on rows that the model was not fitted on (J. Platt, 1999, with his smoothed targets). People
are ranked on the raw log-odds, never on the calibrated value. Not here: intervals around a probability (venn_abers).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, sigmoid

LEAST_POSITIVES: Final = 200  # for a slope; with fewer only the level is moved
_SLOPES: Final = (0.05, 100.0)  # beyond, the line says that the score ranks backwards or not at all


@dataclass(frozen=True)
class Calibration:
    """probability = sigmoid(intercept + slope × log-odds)."""

    intercept: float = 0.0
    slope: float = 1.0
    n_positive: int = 0

    def probability(self, logit: Floats) -> Floats:
        """Calibrated probability of each row."""
        return sigmoid(self.intercept + self.slope * logit)


def fit_calibration(logit: Floats, label: Floats, weight: Floats | None = None) -> Calibration:
    """Platt's line from at least 200 positives, otherwise a shift to the rate seen; no line from one kind of label."""
    weight = np.ones(len(label)) if weight is None else weight
    n_positive, n_negative = int(label.sum()), int((1 - label).sum())
    if not n_positive or not n_negative:
        return Calibration(n_positive=n_positive)
    if n_positive < LEAST_POSITIVES or n_negative < LEAST_POSITIVES or np.ptp(logit) < 1e-9:
        return Calibration(_shift(logit, label, weight), 1.0, n_positive)
    target = np.where(label == 1, (n_positive + 1) / (n_positive + 2), 1 / (n_negative + 2))
    intercept, slope = _line(logit, target, weight)
    if not _SLOPES[0] <= slope <= _SLOPES[1]:
        return Calibration(_shift(logit, label, weight), 1.0, n_positive)
    return Calibration(intercept, slope, n_positive)


def slope_of(logit: Floats, label: Floats, weight: Floats | None = None) -> float:
    """Calibration slope: 1 is right, under 1 too bold, over 1 too shy. NaN where it cannot be fitted."""
    if not 0 < label.sum() < len(label) or np.ptp(logit) < 1e-9:
        return float("nan")
    return _line(logit, label, np.ones(len(label)) if weight is None else weight)[1]


def _line(logit: Floats, target: Floats, weight: Floats) -> tuple[float, float]:
    """Intercept and slope by Newton's method with halved steps."""
    point, design = np.array([0.0, 1.0]), np.column_stack([np.ones(len(logit)), logit])
    share = weight / weight.sum()

    def loss(at: Floats) -> float:
        line = design @ at
        return float(share @ (np.logaddexp(0, line) - target * line))

    for _ in range(100):
        p = sigmoid(design @ point)
        slope = design.T @ (share * (p - target))
        curve = design.T @ (design * (share * p * (1 - p))[:, None]) + 1e-12 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        size = 1.0
        while loss(point - size * step) > loss(point) and size > 1e-6:
            size /= 2
        point = point - size * step
        if np.abs(size * step).max() < 1e-10:
            break
    return float(point[0]), float(point[1])


def _shift(logit: Floats, label: Floats, weight: Floats) -> float:
    """What must be added to all log-odds so that the mean probability is the rate seen (bisection)."""
    rate, low, high = float(np.average(label, weights=weight)), -30.0, 30.0
    for _ in range(80):
        middle = (low + high) / 2
        if float(np.average(sigmoid(logit + middle), weights=weight)) < rate:
            low = middle
        else:
            high = middle
    return (low + high) / 2

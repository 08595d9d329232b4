"""Venn–Abers: an interval for a probability that is right on average whatever the score is like.

Here: the inductive predictor of V. Vovk and I. Petej (2014). A person's score is put among the calibration rows once
as if the outcome came and once as if it did not; isotonic regression of each gives an upper and a lower probability.
Not here: the value between the two (calibration).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from profiles.scoring.arrays import Floats, Longs
from profiles.scoring.learn.block import Block


def venn_abers(score: Floats, block: Block) -> tuple[Floats, Floats]:
    """Lower and upper probability for each score, from the calibration block."""
    curve = _Curve.of(block)
    different, back = np.unique(score, return_inverse=True)
    found = np.asarray(
        [[curve.with_one_more(float(one), outcome) for outcome in (0.0, 1.0)] for one in different]
    )
    found = found.reshape(-1, 2)
    return found[back, 0], found[back, 1]


@dataclass(frozen=True)
class _Curve:
    """Sums of rows (x) and outcomes (y) up to each level, and for each point the convex curves to either side of it.

    Isotonic regression is the slope of the greatest convex curve under the points. One more row at a level lifts every
    point after it by the same step, so the edge over it is the bridge between the curve before and the curve after.
    """

    levels: Floats
    x: Floats
    y: Floats
    before: Sequence[Longs]
    after: Sequence[Longs]

    @classmethod
    def of(cls, block: Block) -> "_Curve":
        x, y = np.concatenate([[0.0], np.cumsum(block.n)]), np.concatenate([[0.0], np.cumsum(block.hits)])
        after = [len(x) - 1 - each for each in reversed(_curves(-x[::-1], y[::-1]))]
        return cls(block.levels, x, y, _curves(x, y), after)

    def with_one_more(self, score: float, outcome: float) -> float:
        """Isotonic value at a score that is itself among the rows, with this outcome."""
        place = int(np.searchsorted(self.levels, score))
        is_known = place < len(self.levels) and self.levels[place] == score
        left, right = self.before[place], self.after[place + 1 if is_known else place]
        rise = self.y[right][None, :] + outcome - self.y[left][:, None]
        run = self.x[right][None, :] + 1.0 - self.x[left][:, None]
        return float((rise / run).min(axis=1).max())


def _curves(x: Floats, y: Floats) -> list[Longs]:
    """For each point the corners of the greatest convex curve under the points up to it."""
    corners: list[int] = []
    found = []
    for point in range(len(x)):
        while len(corners) >= 2 and _is_above(x, y, corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
        found.append(np.asarray(corners, np.int64))
    return found


def _is_above(x: Floats, y: Floats, first: int, middle: int, last: int) -> bool:
    """Whether the middle point lies on or above the line between the others."""
    return bool(
        (y[middle] - y[first]) * (x[last] - x[first]) >= (y[last] - y[first]) * (x[middle] - x[first])
    )

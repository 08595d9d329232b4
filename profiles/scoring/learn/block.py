"""The calibration block as a bundle keeps it: how many people had the outcome at each level of the score, and no names.

Here: at most two thousand levels, and how often people scored like somebody had the outcome. Not here: the line
through them (calibration), the interval from them (venn_abers).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats

MOST_LEVELS: Final = 2_000
ALIKE: Final = 300  # people around a score that are "scored like this"


@dataclass(frozen=True)
class Block:
    """Levels of the log-odds from low to high, with the number of rows and of outcomes at each."""

    levels: Floats
    n: Floats
    hits: Floats

    @property
    def base_rate(self) -> float:
        """Share of all rows that had the outcome."""
        return float(self.hits.sum() / self.n.sum())

    def alike(self, logit: float, n: int = ALIKE) -> tuple[float, float]:
        """Outcomes among, and number of, the rows whose score is nearest: whole levels until there are n."""
        order = np.argsort(np.abs(self.levels - logit), kind="stable")
        enough = int(np.searchsorted(np.cumsum(self.n[order]), n)) + 1
        chosen = order[:enough]
        return float(self.hits[chosen].sum()), float(self.n[chosen].sum())


def block_of(logit: Floats, label: Floats) -> Block:
    """Rows of a calibration block, put together where their scores are next to each other."""
    levels, place = np.unique(logit, return_inverse=True)
    if len(levels) > MOST_LEVELS:
        cuts = np.unique(np.quantile(logit, np.linspace(0, 1, MOST_LEVELS + 1)[1:-1]))
        place = np.unique(np.searchsorted(cuts, logit, side="right"), return_inverse=True)[1]
        levels = np.bincount(place, logit) / np.bincount(place)
    return Block(levels, np.bincount(place).astype(np.float64), np.bincount(place, label))

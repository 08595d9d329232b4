"""A probability as a natural frequency, with its interval and the base rate beside it.

Here: the sentence of B6. It is never printed without the base rate, and nothing is called high or low without it.
Not here: the calibration it rests on (learn/calibration, learn/venn_abers).
"""

from dataclasses import dataclass

import numpy as np

from profiles.scoring.arrays import Floats
from profiles.scoring.intervals import share_interval
from profiles.scoring.learn.block import Block
from profiles.scoring.learn.calibration import Calibration
from profiles.scoring.learn.venn_abers import venn_abers


@dataclass(frozen=True, slots=True)
class Chance:
    """A calibrated probability, its interval, and the base rate of the cohort."""

    probability: float
    lower: float
    upper: float
    base_rate: float

    @property
    def lift(self) -> float:
        """How many times the base rate."""
        return self.probability / self.base_rate if self.base_rate else float("nan")

    def in_words(self, outcome: str, horizon_days: int) -> str:
        """Of 100 people scored like this, about 7 (4 to 11) had …; in the whole cohort about 1."""
        of = 100 if self.probability >= 0.01 else 1_000
        asked = (self.probability, self.lower, self.upper, self.base_rate)
        about, low, high, base = (_whole(one * of) for one in asked)
        base = base if base.startswith("fewer") else f"about {base}"
        return (
            f"Of {of:,} people scored like this, about {about} ({low} to {high}) had {outcome} "
            f"within {horizon_days} days; in the whole cohort {base}."
        )


def chances(logit: Floats, calibration: Calibration, block: Block) -> tuple[Chance, ...]:
    """One chance for each log-odds: Platt's value, within an interval that holds it.

    The interval joins Venn–Abers with Wilson's for the people of the calibration block who were scored most alike, so
    that it is never narrower than the number of people it rests on allows.
    """
    probability = calibration.probability(logit)
    lower, upper = venn_abers(logit, block)
    found = []
    for one, middle, low, high in zip(logit, probability, lower, upper, strict=True):
        hits, n = block.alike(float(one))
        seen = share_interval(hits, n)
        bounds = (min(middle, low, seen.lower), max(middle, high, seen.upper))
        found.append(Chance(float(middle), float(bounds[0]), float(bounds[1]), block.base_rate))
    return tuple(found)


def _whole(value: float) -> str:
    """A count of people as it is spoken: fewer than 1, or a whole number."""
    return "fewer than 1" if 0 < value < 0.5 else f"{int(np.floor(value + 0.5)):,}"

"""Intervals by resampling persons: a person's rows are drawn together, as often as the person is drawn.

Here: the person-clustered bootstrap (B. Efron, 1979; clusters as in A. C. Davison and D. V. Hinkley, 1997) as
weights, and percentile intervals, also of differences between models on the same draws. Not here: the measures
(metrics).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Words

DRAWS: Final = 300
MOST_ROWS_DRAWN: Final = 20_000_000  # rows × draws: fewer draws on large tables
LEAST_DRAWS: Final = 60
SEED: Final = 20_260_701


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95% interval."""

    value: float
    lower: float
    upper: float


def person_weights(ids: Words, draws: int | None = None, seed: int = SEED) -> Iterator[Floats]:
    """Row weights of each draw: how often the row's person was drawn, with replacement."""
    people, place = np.unique(ids.astype(str), return_inverse=True)
    n = draws or max(LEAST_DRAWS, min(DRAWS, MOST_ROWS_DRAWN // max(1, len(ids))))
    chance = np.random.default_rng(seed)
    for _ in range(n):
        drawn = np.bincount(chance.integers(0, len(people), len(people)), minlength=len(people))
        yield drawn[place].astype(np.float64)


def resampled(
    measures: Mapping[str, Callable[[Floats | None], float]], ids: Words, draws: int | None = None
) -> Mapping[str, Floats]:
    """Each measure on every draw, NaN where a draw has no positive; the same draws for all of them."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for weight in person_weights(ids, draws):
        for name, measure in measures.items():
            found[name].append(measure(weight))
    return {name: np.asarray(values) for name, values in found.items()}


def interval(draws: Floats | Sequence[float], level: float = 0.95) -> tuple[float, float]:
    """Percentile interval; NaN, NaN where nothing could be measured."""
    held = np.asarray(draws, np.float64)
    held = held[np.isfinite(held)]
    if not len(held):
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    return float(np.quantile(held, tail)), float(np.quantile(held, 1 - tail))


def estimate(value: float, draws: Floats | Sequence[float]) -> Estimate:
    """A value with the interval of its draws."""
    return Estimate(value, *interval(draws))

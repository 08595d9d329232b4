"""The normal range of a monthly series: an XmR chart that never measures across a month that is not held.

Here: observations, unbroken runs of months, and the limits drawn from one run. Not here: what the latest
month means against those limits (`profiles/scoring/verdict.py`) or the words for it
(`profiles/pack/wording.py`).

Method: W. A. Shewhart's individuals chart in D. J. Wheeler's form: mean ± 2.66 × mean moving range, where
2.66 = 3 / d2 and d2 = 1.128 for moving ranges of two. The range is fixed from a base of at most 18 months,
so that a change cannot widen the range it is judged by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite
from statistics import mean
from typing import Final, Literal

MonthStatus = Literal["delivered", "missing", "volume_suspect"]
Unit = Literal["records", "percent"]

MINIMUM_MONTHS: Final = 12
BASE_MONTHS: Final = 18
MOVING_RANGE_FACTOR: Final = 2.66


@dataclass(frozen=True, slots=True)
class Observation:
    """One calendar month of one series; `value` is None where nothing usable is held."""

    month: date
    value: float | None
    status: MonthStatus

    def __post_init__(self) -> None:
        """Refuse a value that is not a number: a missing value is None, never NaN."""
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"{self.month:%Y-%m}: the value {self.value} is not a number; use None")

    @property
    def month_number(self) -> int:
        """Months since year 0, so that neighbours differ by one across a year end."""
        return self.month.year * 12 + self.month.month - 1


@dataclass(frozen=True, slots=True)
class Point:
    """A month that may be measured: delivered, with a value."""

    month: date
    value: float


Run = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """A normal range and the months that it was drawn from."""

    mean: float
    lower: float
    upper: float
    base_from: date
    base_to: date
    n_base_months: int


def in_month_order(series: Iterable[Observation]) -> tuple[Observation, ...]:
    """Sort by month; raise ValueError if a month stands twice."""
    ordered = tuple(sorted(series, key=lambda observation: observation.month_number))
    for earlier, later in pairwise(ordered):
        if earlier.month_number == later.month_number:
            raise ValueError(f"{later.month:%Y-%m} stands twice in one series")
    return ordered


def runs(series: Iterable[Observation]) -> tuple[Run, ...]:
    """Maximal stretches of consecutive calendar months that are delivered with a value, oldest first."""
    found: list[list[Point]] = []
    previous: int | None = None
    for observation in in_month_order(series):
        if observation.status != "delivered" or observation.value is None:
            continue
        if previous is None or observation.month_number != previous + 1:
            found.append([])
        found[-1].append(Point(observation.month, observation.value))
        previous = observation.month_number
    return tuple(tuple(run) for run in found)


def base_of(found: Sequence[Run]) -> Run | None:
    """The first 18 (or fewer) months of the most recent run of at least 12; None where there is none."""
    long_enough = [run for run in found if len(run) >= MINIMUM_MONTHS]
    return long_enough[-1][:BASE_MONTHS] if long_enough else None


def limits(base: Run, unit: Unit) -> Limits:
    """Mean ± 2.66 × mean moving range of one unbroken base, clipped to what the unit can be."""
    values = [point.value for point in base]
    centre = mean(values)
    spread = MOVING_RANGE_FACTOR * mean(abs(later - earlier) for earlier, later in pairwise(values))
    upper = centre + spread
    return Limits(
        mean=centre,
        lower=max(0.0, centre - spread),
        upper=min(100.0, upper) if unit == "percent" else upper,
        base_from=base[0].month,
        base_to=base[-1].month,
        n_base_months=len(base),
    )

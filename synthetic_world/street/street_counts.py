"""How many rows of each type a force records in each month, and the departures planted on purpose.

Steady series vary a little less than chance alone would have them, so that the planted signals are the ones
to find. Not here: rates (street_rates), rows (street_rows).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic_world.street.street_places import seed_of
from synthetic_world.street.street_rates import StreetRates, TypeRates
from synthetic_world.street.street_truth import Signal

FEWEST_MONTHS = 12
_DAMPED_SEASON = 0.4  # share of the measured season that is kept
_SPREAD = 0.7  # of the square root of the mean
_FURTHEST = 1.5  # spreads from the mean


@dataclass(frozen=True, slots=True)
class Planted:
    """A departure, in months before the last one (0 is the last)."""

    force_code: str
    crime_type: str
    kind: str
    oldest: int
    newest: int
    factor: float


PLANTED = (
    Planted("northmoor", "Violence and sexual offences", "above_limit", 2, 0, 1.35),
    Planted("calderwick", "Shoplifting", "run_8_above", 7, 0, 1.26),
    Planted("eastmarch", "all", "collapse", 6, 6, 0.1),
)
_JUST_BEFORE = Planted(
    "calderwick", "Shoplifting", "", 8, 8, 0.93
)  # so that the run is eight months and not nine
MISSING_FORCE, REFUSED_FORCE = "calderwick", "northmoor"


def month_number(period: str) -> int:
    """Months since year 0 of "YYYY-MM"."""
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1


def period_of(number: int) -> str:
    """The inverse of month_number."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def is_missing(force_code: str, age: int, months: int) -> bool:
    """Whether the force sends nothing for the month; far enough back to leave an unbroken series after it."""
    return force_code == MISSING_FORCE and age == months - (4 if months >= 22 else 2)


def is_refused(force_code: str, age: int, months: int) -> bool:
    """Whether the force sends a file that holds nothing."""
    return force_code == REFUSED_FORCE and age == months - (3 if months >= 22 else 2)


def signals(forces: tuple[str, ...], end: str) -> tuple[Signal, ...]:
    """The planted departures of these forces, dated."""
    last = month_number(end)
    return tuple(
        Signal(
            p.force_code,
            p.crime_type,
            p.kind,
            period_of(last - p.oldest),
            period_of(last - p.newest),
            p.factor,
        )
        for p in PLANTED
        if p.force_code in forces
    )


def counts(
    seed: int, force_code: str, rates: StreetRates, usual: float, number: int, age: int
) -> npt.NDArray[np.int64]:
    """Rows by crime type in one month. `usual`: rows of all types in a mean month; `number`: month_number."""
    random = seed_of(seed, force_code, 1, number)
    noise = np.clip(random.standard_normal(len(rates.types)), -_FURTHEST, _FURTHEST)
    factors = np.array([_factor(force_code, one, age) for one in rates.types])
    quiet = np.where(factors == 1.0, 1.0, 0.4)  # a planted month is planted, not left to chance
    means = usual * np.array([one.share * _season(one, number % 12) for one in rates.types]) * factors
    drawn = np.rint(means + _SPREAD * quiet * np.sqrt(means) * noise)
    return np.asarray(np.maximum(0, drawn), dtype=np.int64)


def _season(rates: TypeRates, month: int) -> float:
    return 1 + _DAMPED_SEASON * (rates.season[month] - 1)


def _factor(force_code: str, rates: TypeRates, age: int) -> float:
    factor = 1.0
    for planted in (*PLANTED, _JUST_BEFORE):
        is_here = planted.force_code == force_code and planted.newest <= age <= planted.oldest
        if is_here and planted.crime_type in ("all", rates.crime_type):
            factor *= planted.factor
    return factor

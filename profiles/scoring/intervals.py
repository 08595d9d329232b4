"""Intervals for rates and shares, and whether a place stands clear of a reference rate.

Here: the exact Poisson interval for a rate (F. Garwood, 1936), E. B. Wilson's score interval for a share (1927), and
the level that keeps a whole table of comparisons at one chance in twenty (C. E. Bonferroni). Not here: change over
time (`profiles/scoring/xmr.py`, `verdict.py`) or suppression of small numbers (`profiles/pack/disclosure.py`).
"""

from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist
from typing import Final, Literal

Position = Literal["above", "below", "not_clear", "too_few"]

FAMILY_ERROR: Final = 0.05
MINIMUM_COUNT: Final = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper bound, in the unit of the rate or share that they belong to."""

    lower: float
    upper: float


def family_level(n_compared: int) -> float:
    """Level of each interval so that a table of `n_compared` is wrong anywhere one time in twenty."""
    return 1.0 - FAMILY_ERROR / max(1, n_compared)


def rate_interval(n: int, exposure: float, level: float = 0.95, per: float = 1.0) -> Interval:
    """Exact Poisson interval of `n` events over `exposure`, per `per` units of exposure.

    Raises ValueError for a negative count, an exposure that is not above 0, or a level outside (0, 1).
    """
    from scipy.special import gammainccinv, gammaincinv  # start-up: scipy.stats costs four times as much

    _check(n, level)
    if not (isfinite(exposure) and exposure > 0):
        raise ValueError(f"exposure must be above 0, not {exposure}")
    tail = (1.0 - level) / 2.0
    lower = float(gammaincinv(n, tail)) if n else 0.0  # = chi2.ppf(tail, 2n) / 2
    upper = float(gammainccinv(n + 1, tail))  # = chi2.isf(tail, 2n + 2) / 2
    return Interval(lower / exposure * per, upper / exposure * per)


def share_interval(n: float, n_total: float, level: float = 0.95) -> Interval:
    """Wilson interval of the share `n` / `n_total`, as fractions of 1.

    Raises ValueError where `n` is not within 0 to `n_total`, the total not above 0, the level not in (0, 1).
    """
    _check(n, level)
    if n_total <= 0 or n > n_total:
        raise ValueError(f"a share needs 0 <= n <= n_total and n_total > 0, not {n} of {n_total}")
    z = NormalDist().inv_cdf(0.5 + level / 2.0)
    share, z2 = n / n_total, z * z
    centre = (share + z2 / (2 * n_total)) / (1 + z2 / n_total)
    half = z * sqrt(share * (1 - share) / n_total + z2 / (4 * n_total**2)) / (1 + z2 / n_total)
    return Interval(
        lower=0.0 if n == 0 else max(0.0, centre - half),
        upper=1.0 if n == n_total else min(1.0, centre + half),
    )


def position(
    n: int, exposure: float, reference_rate: float, level: float, minimum: int = MINIMUM_COUNT
) -> Position:
    """Where a place's rate stands: clear of the reference only if its whole interval is.

    `reference_rate` is in events per unit of exposure. Under `minimum` events nothing is claimed either way.
    """
    if n < minimum:
        return "too_few"
    interval = rate_interval(n, exposure, level)
    if interval.lower > reference_rate:
        return "above"
    return "below" if interval.upper < reference_rate else "not_clear"


def _check(n: float, level: float) -> None:
    if n < 0:
        raise ValueError(f"a count cannot be negative: {n}")
    if not 0.0 < level < 1.0:
        raise ValueError(f"a level lies between 0 and 1, not {level}")

"""Rounding of counts that leave the force, so that two releases cannot be subtracted from each other.

Here: to the nearest five, to the midpoint of six, and rates from rounded parts. Not here: which cells are left out
(tables.py). The two schemes are those of the OpenSAFELY output guides.
"""

import math


def to_five(count: int) -> int:
    """Nearest multiple of five; halves go up."""
    return math.floor(count / 5 + 0.5) * 5


def midpoint_six(count: int) -> int:
    """Midpoint of the band of six that a count lies in: 0 stays 0, 1 to 6 is 3, 7 to 12 is 9."""
    return math.ceil(count / 6) * 6 - (3 if count else 0)


def rounded_rate(count: int, population: int, per: int = 1000) -> float:
    """A rate from midpoints, so that the count cannot be read back from it; 0 for no population."""
    below = midpoint_six(population)
    return midpoint_six(count) / below * per if below else 0.0

"""What a comparison is made of: levels of agreement between two mentions, best first.

Each level is an SQL condition on a pair (`x_l`, `x_r`); the first that holds counts. Not here: the comparisons
themselves (evidence.py, births.py).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """One level: its words in an explanation, its condition, starting m and u, the column whose rarity counts."""

    words: str
    sql: str
    m: float
    u: float
    rarity: str | None = None


@dataclass(frozen=True)
class Evidence:
    """One comparison: its name, the columns it needs, when it says nothing, its levels; the last is disagreement."""

    name: str
    needs: tuple[str, ...]
    silent: str
    levels: tuple[Level, ...]


def either_missing(*columns: str) -> str:
    """SQL of a pair that cannot be compared: one of the two has not the column."""
    return " or ".join(f"{column}_{side} is null" for column in columns for side in "lr")

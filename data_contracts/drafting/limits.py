"""How many rows a file should have and how often one should come, suggested from samples, with the reason.

Not here: what is done when a limit is broken (orchestration/landing).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor

LOW, HIGH = 0.85, 2.0  # of the rows observed
USUAL_DAYS = 3


@dataclass(frozen=True, slots=True)
class Limit:
    """A number, its reason (as the contract states it), and a doubt, empty where there is none."""

    number: int
    reason: str
    doubt: str = ""


def row_floor(rows: Sequence[int], modes: Sequence[str]) -> Limit:
    """85 % of the fewest rows observed; nothing for a delta, which may rightly be empty."""
    seen = _seen(rows)
    if "delta" in modes:
        return Limit(
            0,
            f"a night on which little changed may bring a file with hardly a row; {seen}",
            "a delta may be empty, so there is no floor",
        )
    number = floor(LOW * min(rows))
    return Limit(
        number,
        f"{LOW:.0%} of the fewest rows in the samples: {seen}",
        "suggested from the samples alone; say what the force expects",
    )


def row_ceiling(rows: Sequence[int]) -> Limit:
    """Twice the most rows observed."""
    number = max(1, ceil(HIGH * max(rows)))
    return Limit(
        number,
        f"{HIGH:.0%} of the most rows in the samples: {_seen(rows)}",
        "suggested from the samples alone; say what the force expects",
    )


def freshness(days: Sequence[date]) -> Limit:
    """Three times the longest gap between samples; else three days."""
    ordered = sorted(set(days))
    gaps = [(later - earlier).days for earlier, later in pairwise(ordered)]
    if not gaps:
        return Limit(USUAL_DAYS, "", "one sample does not say how often files come")
    return Limit(
        max(2, USUAL_DAYS * max(gaps)), f"three times the longest gap between samples, {max(gaps)} days", ""
    )


def _seen(rows: Sequence[int]) -> str:
    if min(rows) == max(rows):
        return f"{max(rows):,} rows observed"
    return f"{min(rows):,} to {max(rows):,} rows observed"

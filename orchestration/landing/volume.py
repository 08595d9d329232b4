"""Is a delivery's size unlike its force's usual one? A pure rule: it shouts; what follows is the contract's choice.

A median needs at least three earlier deliveries. Not here: row floors and ceilings (judged), holding (standing).
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.model import Volume

MIN_EARLIER = 3


@dataclass(frozen=True, slots=True)
class VolumeVerdict:
    """ratio: rows over the median of earlier deliveries, None when there are too few of them."""

    ratio: float | None
    is_suspect: bool


def judge_volume(rows: int, earlier: Sequence[int], volume: Volume, least_usual: int = 0) -> VolumeVerdict:
    """Verdict on one delivery. earlier: rows accepted of those before it, of one force and feed, oldest first.

    least_usual: where the usual delivery is smaller than this, no ratio is made of it.
    """
    window = earlier[-volume.window :]
    usual = statistics.median(window) if len(window) >= MIN_EARLIER else 0
    ratio = rows / usual if usual and usual >= least_usual else None
    is_suspect = ratio is not None and not volume.low <= ratio <= volume.high
    return VolumeVerdict(None if ratio is None else round(ratio, 4), is_suspect)


def judge_volumes(
    rows_by_period: Sequence[tuple[str, int]], volume: Volume, least_usual: int = 0
) -> dict[str, VolumeVerdict]:
    """Verdict by period, each beside all before it. rows_by_period: (period, rows accepted), any order."""
    ordered = sorted(rows_by_period)
    rows = [n for _, n in ordered]
    return {period: judge_volume(n, rows[:at], volume, least_usual) for at, (period, n) in enumerate(ordered)}

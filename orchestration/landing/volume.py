"""Is a delivery's size unlike its force's usual one? A pure rule: it shouts; what follows is the contract's choice.

A median needs at least three earlier deliveries. Not here: row floors and ceilings (judged).
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


def judge_volumes(
    rows_by_period: Sequence[tuple[str, int]], volume: Volume, least_usual: int = 0
) -> dict[str, VolumeVerdict]:
    """Verdict by period. rows_by_period: (period, rows accepted) of one force and feed, any order.

    least_usual: where the usual delivery is smaller than this, no ratio is made of it.
    """
    ordered = sorted(rows_by_period)
    verdicts: dict[str, VolumeVerdict] = {}
    for at, (period, rows) in enumerate(ordered):
        earlier = [n for _, n in ordered[max(0, at - volume.window) : at]]
        usual = statistics.median(earlier) if len(earlier) >= MIN_EARLIER else 0
        ratio = rows / usual if usual and usual >= least_usual else None
        is_suspect = ratio is not None and not volume.low <= ratio <= volume.high
        verdicts[period] = VolumeVerdict(None if ratio is None else round(ratio, 4), is_suspect)
    return verdicts

"""Limits on a delivery as a whole, as frozen records: rows, volume beside earlier ones, rows that may be refused.

Not here: rules on rows (model), reading limits from YAML (odcs_limits), judging by them (orchestration/landing).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class VolumeAction(StrEnum):
    """What an unusual number of rows does to a delivery."""

    NOTE = "note"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Volume:
    """Rows expected: low to high times the median of up to `window` earlier deliveries of that force."""

    low: float
    high: float
    window: int
    action: VolumeAction


class Tolerance(NamedTuple):
    """Shares of a delivery's rows that may be refused, or lose their key, before the delivery is not used."""

    rows: float = 0.02
    keys: float = 0.005


class RowLimit(NamedTuple):
    """A number of rows and why that number."""

    rows: int
    reason: str

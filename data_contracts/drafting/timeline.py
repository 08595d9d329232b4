"""Where a column's times stand among the other times of its rows: first, last, or between.

The moment of recording comes last in its row, the moment of happening first. Not here: formats (moments).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from data_contracts.columns import Column
from data_contracts.drafting.moments import Moments
from data_contracts.drafting.sample import SampleColumn
from data_contracts.values import BLANKS, read_value

MOST_ROWS = 300
_OLD, _AHEAD = 12, 2  # years before or after the others: a birth, the end of an order


@dataclass(frozen=True, slots=True)
class Place:
    """Shares of rows in which a column's time is not after, or not before, any other; None where it has no times."""

    first: float | None = None
    last: float | None = None


def places_in_time(columns: Sequence[SampleColumn], moments: Sequence[Moments | None]) -> list[Place]:
    """The place of each column; `moments`: how each writes its times."""
    times = [_times(column, when) for column, when in zip(columns, moments, strict=True)]
    middles = sorted(m for found in times if found and (m := _middle(found)))
    usual = middles[len(middles) // 2] if middles else 0
    comparable = [found if found and -_OLD <= _middle(found) - usual <= _AHEAD else None for found in times]
    return [_place(found, comparable) if found else Place() for found in comparable]


def _times(column: SampleColumn, moments: Moments | None) -> list[datetime | None] | None:
    if moments is None or not moments.format or moments.share < 0.9:
        return None
    wanted = Column("", "recorded_at", "timestamp", required=False, format=moments.format)
    read = (
        read_value(wanted, text.strip(BLANKS), zone="UTC", period="2060-01-01")
        for text in column.texts[:MOST_ROWS]
    )
    return [value if isinstance(value, datetime) else None for value in read]


def _middle(found: Sequence[datetime | None]) -> int:
    years = sorted(moment.year for moment in found if moment)
    return years[len(years) // 2] if years else 0


def _place(mine: Sequence[datetime | None], others: Sequence[list[datetime | None] | None]) -> Place:
    rows = first = last = 0
    for number, moment in enumerate(mine):
        beside = [
            there for found in others if found is not None and found is not mine and (there := found[number])
        ]
        if moment is None or not beside:
            continue
        rows += 1
        first += moment.date() <= min(beside).date()
        last += moment.date() >= max(beside).date()
    return Place(first / rows, last / rows) if rows else Place()


def span_in_days(column: SampleColumn, moments: Moments | None) -> float | None:
    """Days between the first and the last time of a column; None where it has none."""
    found = [moment for moment in _times(column, moments) or () if moment]
    return (max(found) - min(found)).total_seconds() / 86_400 if found else None

"""The columns that every landed row carries, and the three times of a delivery (rulings.md 3).

Times are UTC without a zone, as DuckDB TIMESTAMP. Not here: feed columns (conform).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from data_contracts.model import Canonical, FeedContract, TimeSource
from orchestration.landing.values import SQL_TYPES

SPINE = (
    "force_code", "source_record_id", "delivery_id", "line_number", "occurred_from", "occurred_to", "recorded_at",
    "known_at", "record_version", "owner_force", "handling", "sensitivity", "retention_group",
)  # fmt: skip
SPINE_TYPES = {
    "line_number": "BIGINT", "occurred_from": "TIMESTAMP", "occurred_to": "TIMESTAMP", "recorded_at": "TIMESTAMP",
    "known_at": "TIMESTAMP", "record_version": "INTEGER",
}  # fmt: skip
TYPED_SPINE = (*SPINE, "op")  # of a person-level feed


@dataclass(frozen=True, slots=True)
class Times:
    """The times all rows of a monthly delivery share."""

    occurred_from: datetime
    occurred_to: datetime
    recorded_at: datetime
    known_at: datetime


def local_midnight(day: date, zone: str) -> datetime:
    """00:00 of a local day, in UTC without a zone."""
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC).replace(tzinfo=None)


def month_bounds(period: str) -> tuple[date, date]:
    """First day of YYYY-MM, and first day of the month after."""
    first = date.fromisoformat(f"{period}-01")
    return first, (first + timedelta(days=32)).replace(day=1)


def delivery_date(period: str) -> date:
    """The day a delivery is dated: that of its file, or the last day of an open-data month."""
    return date.fromisoformat(period) if len(period) == 10 else month_bounds(period)[1] - timedelta(days=1)


def known_at_of(contract: FeedContract, period: str, mode: str) -> datetime | None:
    """When the rows of a person-level file became known: the last second of its local day.

    None for history, a declared backfill: each row then counts as known when it was recorded (rulings.md 3), but never
    after that second.
    """
    if mode == "history" or contract.times.known_at is TimeSource.RECORDED_AT:
        return None
    return known_by_of(contract, period)


def known_by_of(contract: FeedContract, period: str) -> datetime:
    """The last second of a file's local day: nothing in it became known later."""
    return local_midnight(delivery_date(period) + timedelta(days=1), contract.timezone) - timedelta(seconds=1)


def landed_columns(canonical: Canonical, is_typed: bool) -> dict[str, str]:
    """Every column of a landed feed with its SQL type, in the order of its Parquet parts."""
    spine = TYPED_SPINE if is_typed else SPINE
    fields = {f.name: SQL_TYPES[f.logical_type] if is_typed else "VARCHAR" for f in canonical.fields}
    return {**{name: SPINE_TYPES.get(name, "VARCHAR") for name in spine}, **fields}


def times_of(period: str, contract: FeedContract) -> Times:
    """The three times for a delivery that covers one month, as its contract declares them.

    A month's end is exclusive; what was recorded or known "by then" is dated one second before it, so that it
    lies before an as-of on the next day.
    """
    first, after = month_bounds(period)
    start, end = local_midnight(first, contract.timezone), local_midnight(after, contract.timezone)
    by_then = end - timedelta(seconds=1)
    declared = contract.times
    recorded = start if declared.recorded_at is TimeSource.MONTH_START else by_then
    known = recorded if declared.known_at is TimeSource.RECORDED_AT else by_then
    return Times(
        occurred_from=start if declared.occurred_from is TimeSource.MONTH_START else end,
        occurred_to=start if declared.occurred_to is TimeSource.MONTH_START else end,
        recorded_at=recorded,
        known_at=known,
    )

"""The three times of a month, in UTC, on both sides of a change of the clocks in Europe/London."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.model import TimeSource
from orchestration.landing.spine import SPINE, delivery_date, local_midnight, month_bounds, times_of

Land = Callable[..., Any]
MONTHS = [
    ("2026-01", "2026-01-01 00:00", "2026-02-01 00:00"),
    ("2026-03", "2026-03-01 00:00", "2026-03-31 23:00"),  # clocks go forward on the 29th
    ("2026-06", "2026-05-31 23:00", "2026-06-30 23:00"),
    ("2026-10", "2026-09-30 23:00", "2026-11-01 00:00"),  # and back on the 25th
    ("2024-02", "2024-02-01 00:00", "2024-03-01 00:00"),
    ("2025-12", "2025-12-01 00:00", "2026-01-01 00:00"),
]


@pytest.mark.parametrize(("period", "start", "end"), MONTHS)
def test_a_month_is_one_of_local_time(registry: Any, period: str, start: str, end: str) -> None:
    (contract,) = (c for c in registry.contracts if not c.is_typed)
    times = times_of(period, contract)
    began, ended = datetime.fromisoformat(start), datetime.fromisoformat(end)
    assert (times.occurred_from, times.occurred_to) == (began, ended)
    assert times.recorded_at == times.known_at == ended - timedelta(seconds=1)


@given(st.dates(date(1990, 1, 1), date(2037, 12, 1)))
def test_what_a_month_tells_is_known_before_the_as_of_of_the_next_day_and_not_before_its_own(
    registry: Any, day: date
) -> None:
    (contract,) = (c for c in registry.contracts if not c.is_typed)
    period = f"{day:%Y-%m}"
    first, after = month_bounds(period)
    times = times_of(period, contract)
    assert delivery_date(period) == after - timedelta(days=1)
    assert first <= day < after
    assert times.known_at < local_midnight(delivery_date(period) + timedelta(days=1), contract.timezone)
    assert times.known_at >= local_midnight(delivery_date(period), contract.timezone)
    assert times.occurred_from < times.recorded_at < times.occurred_to
    assert times.occurred_to == times_of(f"{after:%Y-%m}", contract).occurred_from


def test_a_delivery_that_is_no_backfill_is_known_when_it_reached_us(registry: Any) -> None:
    (contract,) = (c for c in registry.contracts if not c.is_typed)
    late = replace(
        contract,
        times=replace(contract.times, recorded_at=TimeSource.MONTH_START, known_at=TimeSource.DELIVERY_AS_OF),
    )
    times = times_of("2026-10", late)
    assert times.recorded_at == datetime(2026, 9, 30, 23)
    assert times.known_at == datetime(2026, 10, 31, 23, 59, 59)


@pytest.mark.parametrize("reader", ["fast", "careful"])
def test_every_row_carries_the_spine(
    land: Land, street: Any, only: Any, registry: Any, tmp_path: Path, reader: str
) -> None:
    street.put(tmp_path / "in", street.file([street.row()] * 2))
    with only(reader):
        landed = land(tmp_path / "in", tmp_path)
    (contract,) = (c for c in registry.contracts if not c.is_typed)
    rows = [dict(zip(SPINE, row, strict=True)) for row in landed.rows(", ".join(SPINE))]
    assert [(row["source_record_id"], row["line_number"]) for row in rows] == [("2", 2), ("3", 3)]
    for row in rows:
        assert (row["force_code"], row["owner_force"], row["record_version"]) == ("eastmarch", "eastmarch", 1)
        assert row["delivery_id"] == landed.outcome.delivery_id
        said = (row["handling"], row["sensitivity"], row["retention_group"])
        assert said == (contract.handling, contract.sensitivity, contract.retention_group)
        assert row["occurred_from"] == datetime(2026, 9, 30, 23)
        assert row["known_at"] == row["recorded_at"] == datetime(2026, 10, 31, 23, 59, 59)

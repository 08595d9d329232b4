"""From local time to UTC in SQL: as Python reads it, in any zone, whether or not the list of summers is declared."""

from datetime import datetime, timedelta

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.values import utc_of
from orchestration.landing.zones import FIRST_YEAR, LAST_YEAR, declare_zone, seasons_of, utc_sql

ZONES = (
    "Europe/London", "Europe/Dublin", "Atlantic/Azores", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
    "Africa/Casablanca", "UTC",
)  # fmt: skip


def in_utc(moments: list[datetime], zone: str, *, is_declared: bool) -> list[datetime | None]:
    given = pa.table({"n": range(len(moments)), "local": pa.array(moments, pa.timestamp("us"))})  # noqa: F841
    with duckdb.connect() as con:
        if is_declared:
            declare_zone(con, zone)
        rows = con.execute(f"select {utc_sql('local', zone)} from given order by n").fetchall()
    return [moment for (moment,) in rows]


@pytest.mark.parametrize("zone", ZONES)
def test_each_side_of_every_change(zone: str) -> None:
    seasons = seasons_of(zone).years
    changes = [moment for year in seasons[-20:] if year for moment in year]
    moments = [change + timedelta(minutes=minutes) for change in changes for minutes in range(-180, 181, 30)]
    moments += [change - timedelta(seconds=1) for change in changes]
    expected = [utc_of(moment, zone) for moment in moments]
    assert in_utc(moments, zone, is_declared=True) == expected
    if zone != "Africa/Casablanca":  # of which DuckDB's calendar knows less than Python's
        assert in_utc(moments, zone, is_declared=False) == expected


@pytest.mark.parametrize("zone", ZONES[:2])
@settings(max_examples=20, deadline=None)
@given(moments=st.lists(st.datetimes(datetime(1972, 1, 1), datetime(2099, 12, 31)), min_size=1, max_size=80))
def test_any_moment(zone: str, moments: list[datetime]) -> None:
    whole = [moment.replace(microsecond=0) for moment in moments]
    assert in_utc(whole, zone, is_declared=True) == [utc_of(moment, zone) for moment in whole]


def test_nothing_lies_before_1900_or_after_2099() -> None:
    moments = [
        datetime(1899, 12, 31, 23, 59, 59),
        datetime(1900, 1, 1),
        datetime(2099, 12, 31),
        datetime(2100, 1, 1),
    ]
    assert in_utc(moments, "Europe/London", is_declared=True) == [None, *moments[1:3], None]


def test_the_list_holds_the_years_in_which_forces_record() -> None:
    london = seasons_of("Europe/London")
    assert (london.winter, london.summer, len(london.years)) == (0, 3600, LAST_YEAR - FIRST_YEAR + 1)
    assert None not in london.years
    assert london.years[2026 - FIRST_YEAR] == (datetime(2026, 3, 29, 2), datetime(2026, 10, 25, 1))
    assert seasons_of("Asia/Kolkata").winter == seasons_of("Asia/Kolkata").summer == 19_800

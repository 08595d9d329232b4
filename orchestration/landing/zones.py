"""Local times to UTC in SQL: by a list of when each year's summer time began and ended, for millions of rows.

The list is made from data_contracts/values.utc_of, which picks the later of two readings. A year that is unlike the
others, or not in the list, is left to DuckDB's own calendar. Not here: reading a text as a time (values).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import duckdb

from data_contracts.values import utc_of
from orchestration.landing.quoting import literal

FIRST_YEAR, LAST_YEAR = 1995, 2044
FIRST_MOMENT, END_OF_TIME = (
    "timestamp '1900-01-01'",
    "timestamp '2100-01-01'",
)  # what a format can say lies between
_STEP = timedelta(days=14)  # no zone changes its clocks twice within it


@dataclass(frozen=True, slots=True)
class Seasons:
    """How far a zone is ahead of UTC: `winter` at the turn of the year, `summer` in between, in whole seconds.

    years: from FIRST_YEAR on, when summer begins and ends in local time; None for a year that does not fit.
    """

    winter: int
    summer: int
    years: tuple[tuple[datetime, datetime] | None, ...]


@lru_cache(maxsize=64)
def seasons_of(zone: str) -> Seasons:
    """The seasons of a zone, as the present year's neighbours have them."""
    changes = {year: tuple(_changes(year, zone)) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
    winter = _ahead(datetime(LAST_YEAR, 1, 1), zone)
    summer = next((ahead for found in reversed(changes.values()) for _, ahead in found[:1]), winter)
    return Seasons(
        winter, summer, tuple(_season(year, found, zone, winter, summer) for year, found in changes.items())
    )


def _season(
    year: int, found: tuple[tuple[datetime, int], ...], zone: str, winter: int, summer: int
) -> tuple[datetime, datetime] | None:
    first = datetime(year, 1, 1)
    if _ahead(first, zone) != winter:
        return None
    if not found:
        return first, first
    fits = [ahead for _, ahead in found] == [summer, winter]
    return (found[0][0], found[1][0]) if fits else None


def _ahead(local: datetime, zone: str) -> int:
    return int((local - utc_of(local, zone)).total_seconds())


def _changes(year: int, zone: str) -> Iterator[tuple[datetime, int]]:
    """(local second from which it holds, seconds ahead of UTC) of each change within a year."""
    low, end = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    while low < end:
        high = min(low + _STEP, end)
        before, after = _ahead(low, zone), _ahead(high, zone)
        if before != after:
            yield _moment_between(low, high, before, zone), after
        low = high


def _moment_between(low: datetime, high: datetime, before: int, zone: str) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _ahead(middle, zone) == before else (low, middle)
    return high


def declare_zone(con: duckdb.DuckDBPyConnection, zone: str) -> None:
    """Give a connection the list that utc_sql looks into; without it the same values come more slowly."""
    years = seasons_of(zone).years
    for place, name in enumerate(("summer_begins", "summer_ends")):
        moments = ", ".join("NULL" if year is None else f"{year[place]}" for year in years)
        con.execute(f"set variable {name} = cast({literal(f'[{moments}]')} as timestamp[])")


def utc_sql(local: str, zone: str) -> str:
    """SQL of the moment in UTC of a local time, which is the name of a column; NULL before 1900 and after 2099."""
    seasons, year = seasons_of(zone), f"greatest(year({local}) - {FIRST_YEAR - 1}, 0)"  # nothing stands at 0
    begins, ends = (f"getvariable('{name}')[{year}]" for name in ("summer_begins", "summer_ends"))
    return (
        f"case when {local} < {begins} or {local} >= {ends} then {local} - to_seconds({seasons.winter}) "
        f"when {local} >= {begins} then {local} - to_seconds({seasons.summer}) "
        f"when {local} >= {FIRST_MOMENT} and {local} < {END_OF_TIME} "
        f"then timezone('UTC', timezone({literal(zone)}, {local})) end"
    )

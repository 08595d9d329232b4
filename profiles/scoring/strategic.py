"""Scores of a strategic profile: a verdict for each series, an interval for each place and for each outcome share.

Reads the feature tables of the night that is being built and returns plain rows; every table here has its columns
declared once, for the writer and for whoever must make it empty. Not here: the judging itself (verdict, intervals),
persons (a later room), wording (profiles/pack).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import duckdb

from profiles.scoring.intervals import family_level, position, rate_interval, share_interval
from profiles.scoring.verdict import judge
from profiles.scoring.xmr import Observation

Row = dict[str, Any]

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "verdicts": {
        "force_code": "varchar", "series_code": "varchar", "verdict": "varchar", "mean": "double", "lower": "double",
        "upper": "double", "base_from": "date", "base_to": "date", "n_base_months": "integer",
        "latest_month": "date", "latest_value": "double", "months_in_state": "integer",
        "longest_run_months": "integer",
    },
    "place_rates": {
        "force_code": "varchar", "place_level": "varchar", "place_name": "varchar", "population_est": "double",
        "rate": "double", "rate_lower": "double", "rate_upper": "double", "position": "varchar",
        "rate_unit": "varchar", "force_rate": "double", "interval_level": "double",
    },
    "outcome_shares": {
        "force_code": "varchar", "crime_type": "varchar", "outcome_group": "varchar", "share": "double",
        "share_lower": "double", "share_upper": "double",
    },
}  # fmt: skip


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    result = con.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def verdicts(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row per force and series."""
    found = _rows(
        con,
        "select force_code, series_code, unit, month_date, month_status, cast(value as double) as value "
        "from feat_strategic__monthly_series order by force_code, series_code, month_date",
    )
    for (force_code, series_code), group in groupby(found, key=lambda r: (r["force_code"], r["series_code"])):
        months = list(group)
        series = [Observation(m["month_date"], m["value"], m["month_status"]) for m in months]
        yield {
            "force_code": force_code,
            "series_code": series_code,
            **asdict(judge(series, months[0]["unit"])),
        }


def _exposure(row: Row) -> tuple[float, float, str]:
    """Exposure, units of it that a rate is given per, and the rate's unit, by what is known of the force."""
    if row["population"] and row["force_n_lsoas"]:
        return row["n_lsoas"] * row["population"] / row["force_n_lsoas"], 1000.0, "per 1,000 residents"
    return float(row["n_lsoas"]), 1.0, "per LSOA"


def place_rates(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row per force, level and place, with an interval wide enough for comparing all places of that level."""
    found = _rows(
        con,
        "select p.force_code, p.place_level, p.place_name, cast(p.n_lsoas as bigint) as n_lsoas, "
        "cast(p.n_records as bigint) as n_records, f.population, f.n_lsoas as force_n_lsoas "
        "from feat_strategic__place_counts as p inner join dim_forces as f on p.force_code = f.force_code "
        "order by p.force_code, p.place_level, p.place_name",
    )
    for (force_code, level_name), group in groupby(found, key=lambda r: (r["force_code"], r["place_level"])):
        places = list(group)
        level = family_level(len(places))
        total = sum(p["n_records"] for p in places)
        _, per, unit = _exposure(places[0])
        force_rate = total / sum(_exposure(p)[0] for p in places) * per
        for place in places:
            exposure = _exposure(place)[0]
            interval = rate_interval(place["n_records"], exposure, level, per)
            yield {
                "force_code": force_code,
                "place_level": level_name,
                "place_name": place["place_name"],
                "population_est": round(exposure) if per > 1 else None,
                "rate": place["n_records"] / exposure * per,
                "rate_lower": interval.lower,
                "rate_upper": interval.upper,
                "position": position(place["n_records"], exposure, force_rate / per, level),
                "rate_unit": unit,
                "force_rate": force_rate,
                "interval_level": level,
            }


def outcome_shares(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row per force, crime type and outcome group, with its 95% interval; shares are fractions of 1."""
    found = _rows(
        con,
        "select force_code, crime_type, outcome_group, n, cast(n_total as bigint) as n_total "
        "from feat_strategic__outcome_counts order by force_code, crime_type, outcome_group",
    )
    for row in found:
        n, total = row.pop("n"), row.pop("n_total")
        interval = share_interval(n, total)
        yield {**row, "share": n / total, "share_lower": interval.lower, "share_upper": interval.upper}


SCORERS: Final[Mapping[str, Callable[[duckdb.DuckDBPyConnection], Iterable[Row]]]] = {
    "verdicts": verdicts,
    "place_rates": place_rates,
    "outcome_shares": outcome_shares,
}


def write(columns: Mapping[str, str], rows: Iterable[Row], path: Path) -> int:
    """Write one score table as Parquet with its declared columns, in the order given; returns the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrow = {"varchar": pa.string(), "double": pa.float64(), "integer": pa.int32(), "date": pa.date32()}
    schema = pa.schema([(column, arrow[kind]) for column, kind in columns.items()])
    table = pa.Table.from_pylist(list(rows), schema=schema)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)
    return int(table.num_rows)

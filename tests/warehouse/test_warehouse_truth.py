"""The warehouse of the tiny world against what is really in its files, read here by other means than landing's."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import duckdb
import pytest

from data_contracts import checks
from data_contracts.model import FileMatch, Severity
from orchestration.warehouse import reading

pytestmark = pytest.mark.xdist_group("night")
VIOLENCE = "Violence and sexual offences"
ASB = "Anti-social behaviour"
AS_OF = date(2026, 11, 1)


@pytest.fixture(scope="module")
def con(whole_night: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading(whole_night.generation) as opened:
        yield opened


@pytest.fixture(scope="module")
def accepted(tiny: Any, registry: Any) -> list[dict[str, Any]]:
    """Every row that no refusing rule objects to, with its force and month: Python reading, Python judging."""
    rows = []
    for file in tiny.files:
        match = registry.match(PurePosixPath(file["path"]))
        assert isinstance(match, FileMatch)
        refusing = [rule for rule in match.contract.rules if rule.severity is not Severity.NOTE]
        canonical = dict(match.contract.headings)
        with (tiny.landing / file["path"]).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                fields = {canonical[k]: v or None for k, v in row.items()}
                if not any(checks.is_broken(rule, fields, match.period) for rule in refusing):
                    rows.append({**fields, "force": match.force_code, "period": f"{match.period}-01"})
    return rows


def counted(con: duckdb.DuckDBPyConnection, query: str) -> dict[Any, Any]:
    """A query's rows: all columns but the last as key."""
    return {row[:-1]: row[-1] for row in con.execute(query).fetchall()}


def test_counts_by_force_month_and_type(con: Any, accepted: list[dict[str, Any]], tiny: Any) -> None:
    expected = Counter((r["force"], r["period"], r["crime_type"]) for r in accepted)
    assert len(accepted) == sum(f["rows"] - sum(f["refused"].values()) for f in tiny.files)
    found = counted(
        con,
        "select force_code, month_date::varchar, crime_type, count(*) from fct_street_crimes group by all",
    )
    assert found == expected
    series = counted(
        con,
        "select force_code, month::varchar, series_name, value::int from prof_strategic__trends "
        "where series_group = 'crime_type' and value > 0",
    )
    assert series == expected


def test_all_crime_is_all_types_but_one(con: Any, accepted: list[dict[str, Any]]) -> None:
    expected = Counter((r["force"], r["period"]) for r in accepted if r["crime_type"] != ASB)
    query = "select force_code, month::varchar, value::int from prof_strategic__trends where series_code = 'all_crime'"
    assert {k: v for k, v in counted(con, query).items() if v is not None} == expected


def test_months_are_missing_and_suspect_as_planted(con: Any, tiny: Any) -> None:
    query = "select distinct force_code, month::varchar, month_status from prof_strategic__trends"
    status = {(force, month): said for force, month, said in con.execute(query).fetchall()}
    assert len(status) == 2 * 14
    odd = {key: said for key, said in status.items() if said != "delivered"}
    (missing,) = tiny.truth["missing"]
    (collapse,) = [s for s in tiny.truth["signals"] if s["kind"] == "collapse"]
    assert odd == {
        (missing[0], f"{missing[1]}-01"): "missing",
        (collapse["force_code"], f"{collapse['first_period']}-01"): "volume_suspect",
    }
    values = "select distinct value from prof_strategic__trends where month_status = 'missing'"
    assert con.execute(values).fetchall() == [(None,)]


def test_refused_rows_are_counted_by_file_and_rule(con: Any, tiny: Any) -> None:
    query = "select file_name, reason_code, n_rows from prof_strategic__refusals"
    expected = {(f["path"], code): n for f in tiny.files for code, n in f["refused"].items()}
    assert len(expected) > 10
    assert counted(con, query) == expected


def test_every_delivery_has_its_account(con: Any, tiny: Any) -> None:
    query = (
        "select file_name, state, (rows_in, rows_accepted, rows_refused, rows_loaded) "
        "from prof_strategic__deliveries"
    )
    expected: dict[Any, Any] = {(tiny.empty_file, "refused"): (0, 0, 0, 0)}
    for f in tiny.files:
        n_refused = sum(f["refused"].values())
        expected[f["path"], "landed"] = (f["rows"], f["rows"] - n_refused, n_refused, f["rows"] - n_refused)
    assert counted(con, query) == expected


def test_feeds_say_what_is_held_and_how_old_it_is(con: Any, tiny: Any) -> None:
    (wanted,) = con.execute("select count(*) from profile_feeds where profile = 'strategic'").fetchone()
    rows = con.execute(
        "select force_code, feed, is_held, newest_month, age_days, is_stale, n_deliveries_refused, state "
        "from prof_strategic__feeds order by all"
    ).fetchall()
    assert len(rows) == len(tiny.forces) * wanted
    held = [row for row in rows if row[2]]
    assert [row[:2] for row in held] == [("calderwick", "street_crime"), ("eastmarch", "street_crime")]
    assert {row[3:6] for row in held} == {(date(2026, 10, 1), 1, False)}
    assert held[0][6:] == (1, "degraded")
    assert {row[7] for row in rows if not row[2]} == {"not_held"}


@pytest.fixture(scope="module")
def window(con: Any) -> dict[str, set[str]]:
    """The newest twelve delivered months of each force."""
    found: dict[str, set[str]] = {}
    for force, status, month in con.execute(
        "select distinct force_code, month_status, month::varchar from prof_strategic__trends order by month desc"
    ).fetchall():
        if status == "delivered" and len(found.setdefault(force, set())) < 12:
            found[force].add(month)
    return found


def test_places_without_place_and_outside_make_the_total(
    con: Any, accepted: list[dict[str, Any]], window: dict[str, set[str]]
) -> None:
    recent = [r for r in accepted if r["crime_type"] == VIOLENCE and r["period"] in window[r["force"]]]
    notes = counted(
        con,
        "select force_code, (n_records, n_without_place, n_border_records, n_months_held) "
        "from prof_strategic__place_notes",
    )
    placed = counted(
        con, "select force_code, sum(n_records)::int from prof_strategic__places group by force_code"
    )
    for force in window:
        mine = [r for r in recent if r["force"] == force]
        total, without, outside, months = notes[force,]
        assert (total, months) == (len(mine), 12)
        assert without == sum(r["lsoa_code"] is None for r in mine)
        assert placed[force,] + without + outside == total
        assert placed[force,] > 0 and without > 0


def test_records_over_the_border_are_counted_apart(
    con: Any, accepted: list[dict[str, Any]], window: dict[str, set[str]]
) -> None:
    """Calderwick records in the last two neighbourhoods of Eastmarch, whose home stays Eastmarch."""
    over = [r for r in accepted if r["force"] == "calderwick" and (r["lsoa_code"] or "").startswith("X013")]
    assert over
    found = con.execute(
        "select count(*), count(distinct neighbourhood_name), any_value(home_force_code) from fct_street_crimes "
        "where force_code = 'calderwick' and is_outside and lsoa_code like 'X013%'"
    ).fetchone()
    assert found == (len(over), len({r["lsoa_name"][:-1] for r in over}), "eastmarch")
    border = con.execute("select neighbourhood_name from dim_neighbourhoods where is_border").fetchall()
    assert {name for (name,) in border} - {"Elsewhere 001"} == {r["lsoa_name"][:-1] for r in over}
    outside = [
        *over,
        *(r for r in accepted if r["force"] == "calderwick" and "Elsewhere" in (r["lsoa_name"] or "")),
    ]
    recent = [r for r in outside if r["crime_type"] == VIOLENCE and r["period"] in window["calderwick"]]
    notes = "select n_border_records, n_border_neighbourhoods from prof_strategic__place_notes where force_code = ?"
    assert con.execute(notes, ["calderwick"]).fetchone() == (
        len(recent),
        len({r["lsoa_name"][:-1] for r in recent}),
    )


def test_neighbourhoods_are_those_of_the_ground(con: Any, tiny: Any) -> None:
    for force in tiny.forces:
        rows = con.execute(
            "select neighbourhood_name, n_lsoas from dim_neighbourhoods where home_force_code = ?", [force]
        ).fetchall()
        mine = set(tiny.truth["neighbourhoods"][force])
        assert {name for name, _ in rows} >= mine
        assert all(n <= 3 for _, n in rows)


def test_outcomes_are_of_mature_months_only(con: Any, accepted: list[dict[str, Any]]) -> None:
    latest = con.execute("select max(window_to), min(window_to) from prof_strategic__outcomes").fetchone()
    assert latest == (date(2026, 7, 1), date(2026, 7, 1))  # three months old on the first of November
    rows = con.execute(
        "select force_code, window_from::varchar, window_to::varchar, max(n_total), sum(n)::int, sum(share) "
        f"from prof_strategic__outcomes where crime_type = '{VIOLENCE}' group by all"
    ).fetchall()
    assert len(rows) == 2
    for force, first, last, total, summed, share in rows:
        usable = [
            r
            for r in accepted
            if r["force"] == force and r["crime_type"] == VIOLENCE and first <= r["period"] <= last
            and (force, r["period"]) != ("eastmarch", "2026-04-01")
        ]  # fmt: skip
        assert total == summed == len(usable)
        assert share == pytest.approx(1)
    assert con.execute(
        f"select count(*) from prof_strategic__outcomes where crime_type = '{ASB}'"
    ).fetchone() == (0,)


def test_no_row_was_known_after_the_as_of_and_all_carry_their_spine(con: Any) -> None:
    night = "(select as_of_at from stg_nights)"
    assert con.execute(f"select count(*) from fct_street_crimes where known_at >= {night}").fetchone() == (0,)
    for column in ("known_at", "recorded_at", "occurred_from", "occurred_to", "delivery_id", "source_record_id",
                   "record_version", "owner_force", "handling", "sensitivity", "retention_group"):  # fmt: skip
        assert con.execute(f"select count(*) from fct_street_crimes where {column} is null").fetchone() == (
            0,
        )
    rows = "select count(*), count(distinct (delivery_id, source_record_id)) from fct_street_crimes"
    n, distinct = con.execute(rows).fetchone()
    assert n == distinct > 1000

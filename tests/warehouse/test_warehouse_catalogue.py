"""The catalogue of a night's inputs: the same typed columns whether a feed was delivered or not."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from governance.decisions import Decision
from orchestration.catalogue import NightInputs, decision_row, write_catalogue
from orchestration.landing.manifest import Manifest, make_manifest
from orchestration.landing.store import Store
from profiles.scoring import strategic

pytestmark = pytest.mark.xdist_group("night")
AS_OF = date(2026, 11, 1)
Columns = dict[str, list[tuple[str, str]]]


@pytest.fixture
def catalogue(tmp_path: Path, registry: Any) -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    opened: list[duckdb.DuckDBPyConnection] = []

    def written(manifest: Manifest, as_of: date = AS_OF) -> duckdb.DuckDBPyConnection:
        path = tmp_path / f"inputs-{len(opened)}.duckdb"
        write_catalogue(path, NightInputs(as_of, manifest, registry, ()))
        opened.append(duckdb.connect(str(path), read_only=True))
        return opened[-1]

    yield written
    for con in opened:
        con.close()


def columns(con: duckdb.DuckDBPyConnection) -> Columns:
    found: Columns = {}
    for schema, table, name, kind in con.execute(
        "select table_schema, table_name, column_name, data_type from information_schema.columns "
        "order by table_schema, table_name, ordinal_position"
    ).fetchall():
        found.setdefault(f"{schema}.{table}", []).append((name, kind))
    return found


@pytest.fixture
def delivered(whole_night: Any, registry: Any) -> Manifest:
    store = Store(whole_night.world / "landed", whole_night.world / "quarantine")
    return make_manifest(store.known(), registry)


def test_a_feed_nobody_delivered_is_an_empty_typed_table(catalogue: Any, delivered: Manifest) -> None:
    empty, full = catalogue(Manifest(())), catalogue(delivered)
    assert columns(empty) == columns(full)
    assert empty.execute("select count(*) from landed.street_crime").fetchall() == [(0,)]
    assert full.execute("select count(*) from landed.street_crime").fetchall()[0][0] > 1000
    kinds = dict(columns(empty)["landed.street_crime"])
    assert (kinds["line_number"], kinds["known_at"], kinds["longitude"]) == ("BIGINT", "TIMESTAMP", "VARCHAR")


def test_scores_have_their_columns_before_anything_is_scored(catalogue: Any) -> None:
    found = columns(catalogue(Manifest(())))
    for name, declared in strategic.COLUMNS.items():
        assert [(c, k.lower()) for c, k in found[f"scored.{name}"]] == list(declared.items())


@pytest.mark.parametrize(("day", "instant"), [
    (date(2026, 11, 1), datetime(2026, 11, 1)), (date(2026, 10, 25), datetime(2026, 10, 24, 23)),
    (date(2026, 10, 26), datetime(2026, 10, 26)), (date(2026, 3, 29), datetime(2026, 3, 29)),
    (date(2026, 3, 30), datetime(2026, 3, 29, 23)),
])  # fmt: skip
def test_the_as_of_is_midnight_in_london(catalogue: Any, day: date, instant: datetime) -> None:
    assert catalogue(Manifest(()), day).execute("from landed.night").fetchall() == [(day, instant)]


def test_every_feed_a_pack_can_use_is_declared(catalogue: Any, registry: Any) -> None:
    rows = catalogue(Manifest(())).execute("select feed, contract_version from landed.feeds").fetchall()
    assert [feed for feed, _ in rows] == [declared.feed for declared in registry.declared_feeds]
    assert {feed for feed, version in rows if version} == {contract.feed for contract in registry.contracts}


def test_only_forces_with_deliveries_are_named(catalogue: Any, delivered: Manifest) -> None:
    assert catalogue(Manifest(())).execute("from landed.forces").fetchall() == []
    rows = (
        catalogue(delivered)
        .execute("select force_code, is_fictional, population > 0 from landed.forces")
        .fetchall()
    )
    assert rows == [("calderwick", True, True), ("eastmarch", True, True)]


def test_decisions_have_a_column_each(catalogue: Any) -> None:
    names = [name for name, _ in columns(catalogue(Manifest(())))["decided.decisions"]]
    assert set(names) == set(Decision.model_fields)
    assert decision_row.__doc__


def test_no_path_and_no_date_stands_in_the_sql() -> None:
    """What changes from night to night comes in through the catalogue."""
    project = Path(__file__).resolve().parents[2] / "dbt_project"
    for path in [*project.glob("models/**/*.sql"), *project.glob("tests/*.sql")]:
        text = path.read_text()
        assert "read_parquet" not in text and "read_csv" not in text and "var(" not in text, path.name

"""Declared, built, read and scored columns are the same ones: a column that drifts in one place fails here."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.warehouse import reading
from profiles.definitions.loader import load_definition
from profiles.pack.frame import Frame
from profiles.pack.strategic.head import build_pack
from profiles.pack.strategic.tables import read_strategic
from profiles.publish import receipt
from profiles.scoring import strategic

pytestmark = pytest.mark.xdist_group("night")
MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models"
# Columns that no page prints today: they order rows, or are there for whoever looks a figure up. Nothing new may join.
NOT_PRINTED = {
    "trends": {"series_order"},
    "verdicts": {"base_from", "base_to", "n_base_months"},
    "places": {"district_name", "n_lsoas", "population_est"},
    "refusals": {"feed"},
}


class Watched(Mapping[str, Any]):
    """A row that writes down which of its columns are read."""

    def __init__(self, row: Mapping[str, Any], book: set[str]) -> None:
        self._row, self._book = row, book

    def __getitem__(self, name: str) -> Any:
        self._book.add(name)
        return self._row[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return len(self._row)


@pytest.fixture(scope="module")
def con(whole_night: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading(whole_night.generation) as opened:
        yield opened


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, str]]:
    """Columns and types of the profile tables, as _profiles.yml promises them."""
    models = yaml.safe_load((MODELS / "marts" / "profiles" / "_profiles.yml").read_text())["models"]
    return {m["name"]: {c["name"]: c["data_type"] for c in m["columns"]} for m in models}


@pytest.fixture(scope="module")
def built(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(
        "select table_name, column_name, lower(data_type) from information_schema.columns "
        "where table_name like 'prof_strategic__%' order by table_name, ordinal_position"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


@pytest.fixture(scope="module")
def read(con: duckdb.DuckDBPyConnection, tiny: Any) -> dict[str, set[str]]:
    """Columns that packs and receipts really look at, by part of StrategicTables."""
    books: dict[str, set[str]] = {}
    for force in tiny.forces:
        tables = read_strategic(con, force)
        watched = {
            f.name: tuple(Watched(row, books.setdefault(f.name, set())) for row in getattr(tables, f.name))
            for f in fields(tables)
            if f.name != "force"
        }
        spied = replace(tables, force=Watched(tables.force, books.setdefault("force", set())), **watched)
        pack = build_pack(spied, Frame(as_of=date(2026, 11, 1), previous=None), load_definition("strategic"))
        receipt.build(pack, spied, Path(__file__), "code")
    return books


def test_what_is_declared_is_what_is_built(declared: Any, built: Any) -> None:
    assert declared == built
    assert len(built) == 8


def test_every_column_has_words(declared: Any) -> None:
    models = yaml.safe_load((MODELS / "marts" / "profiles" / "_profiles.yml").read_text())["models"]
    silent = [(m["name"], c["name"]) for m in models for c in m["columns"] if not c.get("description")]
    assert silent == [] and all(m.get("description") for m in models)


def test_packs_read_what_is_built_and_all_of_it(declared: Any, read: dict[str, set[str]]) -> None:
    tables = {name.removeprefix("prof_strategic__"): set(columns) for name, columns in declared.items()}
    assert tables.keys() == read.keys() - {"force"}
    unknown = {name: read[name] - columns for name, columns in tables.items()}
    assert unknown == {name: set() for name in tables}
    unread = {name: columns - read[name] - {"force_code"} for name, columns in tables.items()}
    assert {name: columns - NOT_PRINTED.get(name, set()) for name, columns in unread.items()} == {
        name: set() for name in tables
    }


@pytest.mark.parametrize("name", sorted(strategic.COLUMNS))
def test_scorers_yield_what_their_columns_declare(con: duckdb.DuckDBPyConnection, name: str) -> None:
    rows = list(strategic.SCORERS[name](con))
    assert len(rows) > 10
    fits = {"varchar": str, "double": (float, int), "integer": int, "date": date}
    for row in rows:
        assert row.keys() == strategic.COLUMNS[name].keys()
        for column, kind in strategic.COLUMNS[name].items():
            value = row[column]
            assert value is None or (isinstance(value, fits[kind]) and not isinstance(value, bool)), (
                column,
                value,
            )


@pytest.mark.parametrize("name", sorted(strategic.COLUMNS))
def test_a_score_table_survives_its_file(con: duckdb.DuckDBPyConnection, name: str, tmp_path: Path) -> None:
    rows = list(strategic.SCORERS[name](con))
    assert strategic.write(name, rows, tmp_path / f"{name}.parquet") == len(rows)
    relation = duckdb.sql(f"from '{tmp_path / name}.parquet'")
    assert (
        dict(zip(relation.columns, (str(t).lower() for t in relation.types), strict=True))
        == strategic.COLUMNS[name]
    )
    assert [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()] == rows
    with pytest.raises(Exception, match=r"nonsense|int|double|float|bytes"):
        column = next(c for c, kind in strategic.COLUMNS[name].items() if kind == "double")
        strategic.write(name, [{**rows[0], column: "nonsense"}], tmp_path / "bad.parquet")


def test_a_force_that_is_not_in_the_generation_is_one_sentence(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(LookupError, match="no force called 'northmoor'"):
        read_strategic(con, "northmoor")

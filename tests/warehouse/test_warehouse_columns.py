"""Declared, built, read and scored columns are the same ones: a column that drifts in one place fails here."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from orchestration.profile_words import MODELS as MODELS_FILE
from orchestration.profile_words import models_text
from orchestration.warehouse import reading
from profiles.definitions.loader import load_definition, profile_names
from profiles.pack.build import read_book
from profiles.pack.frame import Frame
from profiles.pack.room import room_of
from profiles.pack.rows import Row, columns_of, table_name, words_of
from profiles.scoring import strategic

pytestmark = pytest.mark.xdist_group("night")
ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "dbt_project" / "models"
# Columns that no page prints today: they order rows, or are there for whoever looks a figure up. Nothing new may join.
NOT_PRINTED = {
    "prof_strategic__trends": {"series_order"},
    "prof_strategic__verdicts": {"base_from", "base_to", "n_base_months"},
    "prof_strategic__places": {"district_name", "n_lsoas", "population_est"},
    "prof_strategic__refusals": {"feed"},
}
# The same for the tables of every profile about people, by section: read through a name made at run time (joins), or
# kept for whoever follows a figure.
NEVER_PRINTED = {
    "head": {"model_version"},
    "feeds": {"stopped_on"},
    "joins": {f"{a}_{b}" for a in ("wrong", "missed") for b in ("lower", "upper")} | {"n_wrong", "n_missed"},
    "repeat_facts": {"n_interviews_offered"},
    "verdicts": {"base_from", "base_to", "n_base_months"},
    # read by the gate before printing
    "identities": {"sensitivity"},
    "events": {"sensitivity"},
    "evidence": {"sensitivity"},
    "links": {"sensitivity"},
    "new_information": {"sensitivity"},
    "agreements": {"purpose"},
}
SAME = {"integer": "bigint", "integer[]": "bigint[]"}


@pytest.fixture(scope="module")
def con(whole_night: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with reading(whole_night.generation) as opened:
        yield opened


def promised_models() -> list[dict[str, Any]]:
    folder = MODELS / "marts" / "profiles"
    files = (folder / "_profiles.yml", folder / "people" / "_people_profiles.yml")
    return [model for file in files for model in yaml.safe_load(file.read_text(encoding="utf-8"))["models"]]


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, str]]:
    """Columns and types of the profile tables, as _profiles.yml promises them."""
    models = promised_models()
    return {m["name"]: {c["name"]: c["data_type"] for c in m["columns"]} for m in models}


@pytest.fixture(scope="module")
def built(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in con.execute(
        "select table_name, column_name, lower(data_type) from information_schema.columns "
        "where starts_with(table_name, 'prof_') order by table_name, ordinal_position"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return found


def rows_of(profiles: set[str], with_later: bool = True) -> dict[str, type[Row]]:
    """Rows of some profiles by table; without those whose tables a warehouse need not have yet, if asked."""
    return {
        table_name(p, row): row
        for p in sorted(profiles)
        for row in room_of(p).rows
        if with_later or row not in room_of(p).later
    }


def test_what_is_declared_is_what_is_built(declared: Any, built: Any) -> None:
    assert declared == built


def test_every_model_is_the_table_a_row_reads_and_every_row_has_its_model(declared: Any) -> None:
    """The failure lists which column differs, and where."""
    read = {table: columns_of(row) for table, row in rows_of(set(profile_names()), with_later=False).items()}
    promised = {t: {c: SAME.get(k, k) for c, k in columns.items()} for t, columns in declared.items()}
    differing = {
        table: sorted(promised.get(table, {}).items() ^ read.get(table, {}).items())
        for table in promised.keys() | read.keys()
        if promised.get(table) != read.get(table)
    }
    assert differing == {}


def test_the_words_of_dbt_on_tables_about_people_are_current() -> None:
    assert MODELS_FILE.read_text(encoding="utf-8") == models_text(), "run `make generated`"


def test_a_table_that_may_come_later_is_not_there_yet(declared: Any) -> None:
    """When the model of such a table lands, its row leaves `later`, and the whole contract holds for it."""
    later = {table_name(p, row) for p in profile_names() for row in room_of(p).later}
    assert sorted(later & declared.keys()) == []


def test_every_column_has_words(declared: Any) -> None:
    models = promised_models()
    silent = [(m["name"], c["name"]) for m in models for c in m["columns"] if not c.get("description")]
    assert silent == [] and all(m.get("description") for m in models)
    for row in rows_of(set(profile_names())).values():
        assert all(len(words) > 3 for words in words_of(row).values()), row


@pytest.mark.parametrize("profile", sorted(profile_names()))
def test_every_column_is_looked_at_by_some_page(profile: str) -> None:
    """A name that no page and no look-up mentions is a column that nobody needs."""
    code = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "profiles").rglob("*.py")
        if path.name != "tables.py" and path.parent.name != "tables" and "scoring" not in path.parts
    ]
    words = set(re.findall(r"\w+", "\n".join(code)))
    unread = {
        table: columns_of(row).keys()
        - words
        - {"force_code", *row.key, *re.findall(r"\w+", " ".join(row.order))}
        - NOT_PRINTED.get(table, set())
        - NEVER_PRINTED.get(row.section, set())
        for table, row in rows_of({profile}).items()
    }
    assert {table: sorted(columns) for table, columns in unread.items() if columns} == {}


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
    assert strategic.write(strategic.COLUMNS[name], rows, tmp_path / f"{name}.parquet") == len(rows)
    relation = duckdb.sql(f"from '{tmp_path / name}.parquet'")
    assert (
        dict(zip(relation.columns, (str(t).lower() for t in relation.types), strict=True))
        == strategic.COLUMNS[name]
    )
    assert [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()] == rows
    with pytest.raises(Exception, match=r"nonsense|int|double|float|bytes"):
        column = next(c for c, kind in strategic.COLUMNS[name].items() if kind == "double")
        strategic.write(strategic.COLUMNS[name], [{**rows[0], column: "nonsense"}], tmp_path / "bad.parquet")


def test_a_force_that_is_not_in_the_generation_is_one_sentence(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(LookupError, match="no force called 'northmoor'"):
        read_book(con, load_definition("strategic"), "northmoor", Frame(as_of=date(2026, 11, 1)))

"""A night's scores of people from features to tables: rules only, every row explained, suspects and victims apart."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.moments import moments_of_night
from orchestration.warehouse import reading
from profiles.definitions.heads import HEADS, load_head
from profiles.definitions.reasons import load_reasons
from profiles.scoring.nightly.run import Tables, score_people
from profiles.scoring.nightly.tables import COLUMNS, write
from tests.warehouse.people_by_hand import FORCES, Archive, build, drawn

pytestmark = pytest.mark.xdist_group("people-features")
DAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def archive() -> Archive:
    return drawn(8)


@pytest.fixture(scope="module")
def tables(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Tables:
    folder = tmp_path_factory.mktemp("scored")
    with reading(build(archive, moments_of_night(DAY), folder / "night")) as con:
        return score_people(con, DAY, folder / "no-bundles")


def of(rows: list[dict[str, Any]], **told: Any) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[name] == value for name, value in told.items())]


def test_without_a_bundle_every_list_runs_on_rules_and_says_so(tables: Tables) -> None:
    lists = tables["people_lists"]
    assert {row["head"] for row in lists} == set(HEADS)
    for row in lists:
        rule = load_head(row["head"]).rule
        assert row["led_by"] == rule
        assert row["why"] == f"Ranked by rule ({rule}): no model stands for this list."
    assert {row["chance"] for row in tables["people_scores"] if "chance" in row} <= {None}


def test_ranks_are_whole_and_within_their_doubt(tables: Tables) -> None:
    for force in FORCES:
        rows = of(tables["people_scores"], head="vawg_suspect", force_code=force)
        assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1)) and len(rows) > 5
        assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
        for row in rows:
            assert row["rank_best"] <= row["rank"] <= row["rank_worst"] and row["rank_group"] in "ABC"
            parts = [row[f"{part}_points"] for part in ("recency", "frequency", "gravity", "victims")]
            assert sum(parts) == pytest.approx(row["score"], abs=1e-9)


def test_whoever_is_listed_has_reasons_with_records_that_exist(archive: Archive, tables: Tables) -> None:
    held = {
        (feed, row["force_code"], row["source_record_id"])
        for feed, rows in archive.rows.items()
        for row in rows
    }
    listed = {(r["head"], r["force_code"], r["person_id"]) for r in tables["people_scores"] if r["is_listed"]}
    told = {(r["head"], r["force_code"], r["person_id"]) for r in tables["people_reasons"]}
    assert told <= listed
    raised = {
        (r["head"], r["force_code"], r["person_id"])
        for r in tables["people_reasons"]
        if r["sign"] == "raises"
    }
    assert {one for one in listed if one[0] == "vawg_suspect"} - told == set() and raised
    for row in tables["people_evidence"]:
        assert (row["feed"], row["record_force"], row["record_id"]) in held
    for row in tables["people_reasons"]:
        assert (row["contribution"] > 0) == (row["sign"] == "raises")
        assert load_reasons().forbidden_in(row["sentence"], load_head(row["head"]).role) == []


def test_somebody_may_stand_on_two_forces_lists_and_never_twice_on_one(tables: Tables) -> None:
    rows = of(tables["people_scores"], head="vawg_suspect")
    assert max(Counter((row["force_code"], row["person_id"]) for row in rows).values()) == 1
    homes = Counter(row["person_id"] for row in rows if row["is_home"])
    assert max(homes.values()) == 1 and max(Counter(row["person_id"] for row in rows).values()) > 1


def test_movers_are_told_why(tables: Tables) -> None:
    for row in tables["people_movers"]:
        assert row["why"] in {
            "records that came late", "corrected records", "records joined or parted", "time that passed",
            "new records", "a new model", "others moved",
        }  # fmt: skip


def test_scores_do_not_hang_on_the_order_of_rows(archive: Archive, tables: Tables, tmp_path: Path) -> None:
    turned = Archive({feed: list(reversed(rows)) for feed, rows in archive.rows.items()}, archive.people)
    with reading(build(turned, moments_of_night(DAY), tmp_path / "turned")) as con:
        again = score_people(con, DAY, tmp_path / "no-bundles")
    for name in COLUMNS:
        first, second = tmp_path / f"{name}-1.parquet", tmp_path / f"{name}-2.parquet"
        write(name, tables[name], first), write(name, again[name], second)
        assert first.read_bytes() == second.read_bytes(), name


def test_an_empty_world_has_no_lists_and_no_error(tmp_path: Path) -> None:
    with reading(build(Archive({}), moments_of_night(DAY), tmp_path / "empty")) as con:
        found: Mapping[str, Any] = score_people(con, DAY, tmp_path)
    assert all(rows == [] for rows in found.values())

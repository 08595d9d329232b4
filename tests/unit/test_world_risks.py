"""Missing people, managed offenders, intelligence, identifiers, adverts: that their records hold together.

Not here: how often anything happens (test_world_risks_rates), the seeded scenarios (test_world_scenarios).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data_contracts.yaml_reader import read
from synthetic_world.crimes.cells import make_cells
from synthetic_world.crimes.crimes import crimes
from synthetic_world.model import RECORD_COLUMNS, Ground, Happening
from synthetic_world.population.atlas import all_blocks, make_world
from synthetic_world.population.ground import ground_of
from synthetic_world.risks.intel_phrases import cut, phrases, scanned
from synthetic_world.risks.risk_rows import Book, stacked
from synthetic_world.risks.risk_shapes import SHAPES, SPINE
from synthetic_world.risks.risks import risks
from tests.drama_numbers import DRAMA

CANONICAL = Path(__file__).resolve().parents[2] / "data_contracts" / "canonical"
BLOCKS = {
    "northmoor": 9_000,
    "northmoor>calderwick": 30_000,
}  # and how many people, for enough managed offenders
OWN_FEEDS = tuple(feed for feed in SHAPES if feed not in ("crime", "crime_party", "custody", "incident"))
TYPES = {"string": "s", "date": "d", "timestamp": "t", "boolean": "b", "number": "n", "integer": "i"}
NAME_BLOCK = {
    "forename", "middle_names", "surname", "birth_date", "sex", "ethnicity_self", "ethnicity_officer", "pnc_id",
    "phone", "address_line", "postcode", "cro_number", "alias_names",
}  # fmt: skip
EXTRA = re.compile(r"quoted_\w+|text_\w+_uid|other_person_uid|person_uid")
ONLY_PLACEHOLDERS = re.compile(r"\{(?!(?:person|other|phone|vehicle)\})|\{[^}]*$|<\w+>")


def make(key: str, seed: int = 1) -> tuple[Ground, Happening]:
    world = make_world("ci", seed, 3)
    block = next(block for block in all_blocks(world) if block.key == key)
    ground = ground_of(world, replace(block, n_people=BLOCKS[key]))
    cells = make_cells(ground)
    return ground, risks(ground, crimes(ground, cells), cells)


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[Ground, Happening]]:
    return {key: make(key) for key in BLOCKS}


def tables(happening: Happening) -> Iterator[tuple[int, str, pa.Table]]:
    for force, feeds in happening.records.items():
        for feed, table in feeds.items():
            yield force, feed, table


def fields(feed: str) -> dict[str, dict[str, Any]]:
    document: Any = read(CANONICAL / f"{feed}.odcs.yaml").value
    return {one["name"]: one for one in document["schema"][0]["properties"]}


def as_column(name: str, feed: str) -> str:
    """The canonical field's name in the world's records."""
    name = name.replace("co_missing_refs", "co_missing_ref")
    people = ("person_ref", "other_person_ref", "protected_person_ref", "victim_ref", "subject_ref")
    if name in people:
        return name.removesuffix("_ref") + "_uid"
    kept = ("care_home_ref", "home_ref", "manager_ref", "payer_ref")
    return name if name in kept or not name.endswith("_ref") else name.removesuffix("_ref") + "_key"


@pytest.mark.parametrize("feed", SHAPES)
def test_the_columns_are_those_of_the_canonical_contract(feed: str) -> None:
    canonical = fields(feed)
    expected = {as_column(name, feed): TYPES[one["logicalType"]] for name, one in canonical.items()}
    shape = SHAPES[feed]
    for name, kind in expected.items():
        if name in shape:
            assert shape[name] == ("k" if name.endswith(("_uid", "_key")) else kind), name
        else:
            assert name in NAME_BLOCK, f"{feed} lacks {name}"
    assert all(name in expected or EXTRA.fullmatch(name) for name in shape)


def test_every_table_has_the_spine_first_and_every_column(made: dict[str, tuple[Ground, Happening]]) -> None:
    assert tuple(SPINE) == tuple(RECORD_COLUMNS)
    for _, happening in made.values():
        assert {feed for _, feed, _ in tables(happening)} == set(OWN_FEEDS)  # a feed without rows is left out
        for _, feed, table in tables(happening):
            assert table.column_names == [*SPINE, *SHAPES[feed]]
            for name in ("key", "version", "op", "recorded_at", "occurred_from", "handling", "sensitivity"):
                assert table[name].null_count == 0, (feed, name)


def test_required_fields_are_filled_and_codes_are_known(made: dict[str, tuple[Ground, Happening]]) -> None:
    for _, happening in made.values():
        for _, feed, table in tables(happening):
            for name, one in fields(feed).items():
                column = as_column(name, feed)
                if column not in table.column_names:
                    continue
                assert not one.get("required") or table[column].null_count == 0, (feed, column)
                if "enum" in one:
                    known = {str(item["value"]) for item in one["enum"]}
                    assert set(pc.unique(table[column].cast(pa.string()).drop_null()).to_pylist()) <= known


def test_versions_follow_each_other_in_time(made: dict[str, tuple[Ground, Happening]]) -> None:
    for _, happening in made.values():
        for _, feed, table in tables(happening):
            rows = table.select(["key", "version", "recorded_at"]).to_pandas().sort_values(["key", "version"])
            is_same = rows["key"].eq(rows["key"].shift())
            follows = rows["version"].eq(rows["version"].shift() + 1) & (
                rows["recorded_at"] >= rows["recorded_at"].shift()
            )
            assert rows.loc[~is_same, "version"].eq(0).all() and follows[is_same].all(), feed


def test_keys_and_people_are_those_of_the_block(made: dict[str, tuple[Ground, Happening]]) -> None:
    for ground, happening in made.values():
        assert set(happening.records) <= set(ground.places)
        for _, feed, table in tables(happening):
            own = table["key"].to_numpy() - (ground.block.number << 32)
            low = 1 << 31 if feed in ("order", "safeguarding") else 0
            assert own.min() >= low and own.max() < low + (1 << 31), feed
            for name in table.column_names:
                if name.endswith("_uid"):
                    uid = table[name].drop_null().to_numpy()
                    assert np.isin(uid, ground.people.uid).all(), (feed, name)


def test_references_lead_to_rows_of_the_same_force(made: dict[str, tuple[Ground, Happening]]) -> None:
    pairs = (
        ("return_interview", "missing_key", "missing_episode"),
        ("managed_visit", "offender_key", "managed_offender"), ("notification", "offender_key", "managed_offender"),
        ("intel_party", "intel_key", "intel_report"),
    )  # fmt: skip
    for _, happening in made.values():
        for feeds in happening.records.values():
            for feed, column, target in pairs:
                if feed in feeds:
                    assert set(feeds[feed][column].to_pylist()) <= set(feeds[target]["key"].to_pylist()), feed


def test_a_block_is_the_same_every_time_and_differs_by_seed() -> None:
    (_, once), (_, again), (_, other) = make("northmoor"), make("northmoor"), make("northmoor", seed=2)
    for force, feed, table in tables(once):
        assert table.equals(again.records[force][feed]), feed
    assert any(not table.equals(other.records[force][feed]) for force, feed, table in tables(once))
    for name, table in once.truth.tables.items():
        assert table.equals(again.truth.tables[name]), name


def test_nobody_is_missing_twice_at_once(made: dict[str, tuple[Ground, Happening]]) -> None:
    for _, happening in made.values():
        rows = happening.truth.tables["missing"].to_pandas().sort_values(["person_uid", "seen"])
        back = rows.groupby("person_uid")["returned"].shift()
        assert (rows["seen"] > back)[back.notna()].all()


def test_texts_hold_only_placeholders_that_can_be_filled(made: dict[str, tuple[Ground, Happening]]) -> None:
    needs = {
        "{person}": "person_uid",
        "{other}": "other_person_uid",
        "{phone}": "quoted_phone",
        "{vehicle}": "quoted_vehicle",
    }
    for _, happening in made.values():
        for feeds in happening.records.values():
            reports = feeds["intel_report"]
            for text in reports["text"].to_pylist():
                assert not ONLY_PLACEHOLDERS.search(text), text
            for placeholder, column in needs.items():
                asked = pc.match_substring(reports["text"], placeholder)
                assert reports.filter(asked)[column].null_count == 0, placeholder
    assert cut("seen with {other} at the flat") == "seen with "
    assert "{person}" in scanned("all told {person} called")
    assert 240 <= sum(phrases().count) / 12 <= 270  # 250 sentences, each unfolded twelve times


def test_identifiers_were_never_issued(made: dict[str, tuple[Ground, Happening]]) -> None:
    shapes = {
        "phone": DRAMA.pattern, "vehicle": r"Q[A-Z]\d\d [A-Z]{3}", "email": r"[a-z0-9.]+@post\.example",
        "imei": r"00\d{13}", "online_account": r"@[a-z0-9]+", "bank_account": r"00-00-00 \d{8}",
    }  # fmt: skip
    for _, happening in made.values():
        for feeds in happening.records.values():
            rows = feeds["identifier"].select(["kind", "value"]).to_pandas()
            for kind, shape in shapes.items():
                values = rows.loc[rows["kind"] == kind, "value"]
                assert len(values) and values.str.fullmatch(shape).all(), kind
            adverts = feeds["advert_referral"]
            assert pc.all(pc.ends_with(adverts["email"], ".example")).as_py()
            assert all(DRAMA.fullmatch(number) for number in adverts["phone"].to_pylist())


def test_a_move_nobody_was_told_of_shows_in_the_other_force_only(
    made: dict[str, tuple[Ground, Happening]],
) -> None:
    ground, happening = made["northmoor>calderwick"]
    home, other = ground.block.home.number, ground.block.other.number  # type: ignore[union-attr]
    moves = happening.truth.tables["managed_move"].to_pandas()
    hidden = moves[~moves["is_notified"] & moves["is_across"]]
    managed = happening.records[home]["managed_offender"].to_pandas()
    assert other not in {force for force, feed, _ in tables(happening) if feed == "managed_offender"}
    reports = happening.records[other]["intel_report"].to_pandas()
    about = happening.truth.tables["intel"].to_pandas().set_index("intel_key")["about_uid"]
    assert len(hidden) > 2
    for move in hidden[hidden["day"] < pd.Timestamp("2026-10-01").date()].itertuples():
        line = ground.places[other].address_line[move.address].as_py()
        rows = managed[managed["key"] == move.offender_key]
        assert line not in set(rows["address_line"])
        mine = reports[about.loc[reports["key"]].to_numpy() == move.person_uid]
        assert (mine["occurred_from"] > pd.Timestamp(move.day)).any()


def test_a_book_refuses_what_is_not_in_the_feed(made: dict[str, tuple[Ground, Happening]]) -> None:
    book = Book(made["northmoor"][0].block)
    with pytest.raises(KeyError, match="placement has no column colour"):
        book.add("placement", np.zeros(1, np.int32), {"colour": "red"})
    with pytest.raises(KeyError, match="differ in b"):
        stacked([(1, {"a": "x"}), (1, {"a": "x", "b": "y"})])

"""Judging a night on a fictional world: what is counted, and what stands apart."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conflation.columns import LinkageError
from conflation.sayings import IDENTITY
from conflation.worlds import judge_world

SIBLING = 131072
NIGHT = ("force_code", "feed", "source_record_id", "person_ref")
# mention: person, cluster the night gave, force, errors, whether the force's number is another's
MENTIONS: dict[str, tuple[int, str, str, int, bool]] = {
    "m1": (1, "P1", "north", 0, False),
    "m2": (1, "P1", "east", 0, False),
    "m3": (2, "P2", "north", 0, False),
    "m4": (2, "P1", "east", 0, False),  # a brother of the same home, merged
    "m5": (3, "P3", "north", 0, False),
    "m6": (4, "P3", "east", SIBLING, False),  # carries a brother's details
    "m7": (5, "P5", "north", 0, False),
    "m8": (6, "P5", "east", 0, True),  # stands under another's number
}
HOMES = {1: 10, 2: 10, 3: 11, 4: 11, 5: 12, 6: 12}


@pytest.fixture
def world(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A night's file, the answers and the people."""
    told = {"forename": "Ada", "surname": "Moss", "birth_date": "1990-01-02"}
    rows: list[dict[str, Any]] = []
    for name, (_, _, force, _, _) in MENTIONS.items():
        own = dict(zip(NIGHT, (force, "crime_party", name, name), strict=True))
        rows.append({**dict.fromkeys([*IDENTITY.values(), *NIGHT]), **told, **own, "mention_id": name})
    bridge = [{"mention_id": name, "person_id": told[1]} for name, told in MENTIONS.items()]
    answers = [
        {
            **{"force_code": force, "feed": "crime_party", "column": "person_uid", "source_record_id": name},
            **{"person_uid": person, "errors": errors, "is_wrong_nominal": is_wrong},
        }
        for name, (person, _, force, errors, is_wrong) in MENTIONS.items()
    ]
    people = [
        {"person_uid": uid, "household": home, "sex": "F", "culture": "british", "twin_uid": None}
        for uid, home in HOMES.items()
    ]
    schema = pa.schema([(name, pa.string()) for name in dict.fromkeys([*IDENTITY.values(), *NIGHT])])
    with duckdb.connect(str(tmp_path / "night.duckdb")) as con:
        con.register("mentions", pa.Table.from_pylist(rows, schema))
        con.register("bridge", pa.Table.from_pylist(bridge))
        con.execute("create table int_mentions as from mentions")
        con.execute("create table bridge_mentions_to_people as from bridge")
    for folder, content in (("answers", answers), ("people", people)):
        (tmp_path / folder).mkdir()
        pq.write_table(pa.Table.from_pylist(content), tmp_path / folder / "all.parquet")
    return tmp_path / "night.duckdb", tmp_path / "answers", tmp_path / "people"


def test_merged_homes_are_counted_by_what_their_mentions_carry(
    world: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    found = judge_world(*world, SIBLING, tmp_path / "scratch")
    assert found["mentions"] == 8
    assert found["household_merges"] == 2  # the brothers, and those under a wrong number
    assert found["household_merges_without_wrong_numbers"] == 1
    assert found["household_merges_with_siblings_details"] == 3


def test_plain_splink_is_judged_alike_or_says_why_not(world: tuple[Path, Path, Path], tmp_path: Path) -> None:
    found = judge_world(*world, SIBLING, tmp_path / "scratch", is_compared=True)
    assert found["plain_splink"].get("problem") or found["plain_splink"]["mentions"] == 8


def test_an_empty_folder_of_answers_is_one_sentence(world: tuple[Path, Path, Path], tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(LinkageError, match="holds no Parquet files"):
        judge_world(world[0], tmp_path / "nothing", world[2], SIBLING, tmp_path / "scratch")

"""Guards and votes: patterns of pairs that are two people, and pairs that can tell one person from two."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from conflation import guards
from conflation.columns import map_of
from conflation.patterns import guards_for
from conflation.standardise import standardise
from conflation.workspace import Connection, ask, columns_of, workspace

HEADINGS = (
    "forename",
    "surname",
    "date_of_birth",
    "birth_year",
    "sex",
    "address",
    "phone",
    "pnc_id",
    "local_id",
)
WHO: dict[str, str] = {"forename": "Reece", "surname": "Glover", "address": "4 Mill Lane"}


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with workspace(tmp_path / "spill", threads=1, memory="500MB") as opened:
        yield opened


def verdict(con: Connection, a: dict[str, Any], b: dict[str, Any]) -> tuple[str | None, int]:
    """The guard that holds a pair of mentions back, and the pair's vote; every guard is on."""
    rows = [
        {"record_id": name, **dict.fromkeys(HEADINGS), **WHO, **told} for name, told in (("a", a), ("b", b))
    ]
    con.register(
        "given", pa.Table.from_pylist(rows, pa.schema([(n, pa.string()) for n in ("record_id", *HEADINGS)]))
    )
    ask(con, "create table mentions as from given")
    standardise(con, "mentions", map_of({name: name for name in ("record_id", *HEADINGS)}), None, "plain")
    ask(
        con,
        "create table nodes as select *, false as is_common_forename, false as is_common_surname from plain",
    )
    ask(con, "create table scored as select 'a' as id_l, 'b' as id_r, 20.0 as weight")
    columns = columns_of(con, "nodes")
    guards.apply(con, "scored", "nodes", columns, {g.name: -2.0 for g in guards_for(columns)}, "pairs")
    guard, vote, weight = ask(con, "select guard, vote, weight from pairs")[0]
    assert (weight == -2.0) == (guard is not None)
    return guard, vote


BORN = {"date_of_birth": "1998-03-27"}
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], tuple[str | None, int]]] = {
    "the same": (BORN, BORN, (None, 1)),
    "a slip in the date": (BORN, {"date_of_birth": "1998-03-28"}, (None, 1)),
    "the year wrong, the day right": (BORN, {"date_of_birth": "2008-03-27"}, (None, 1)),
    "no date on one": (BORN, {}, (None, 0)),
    "the age fits": (BORN, {"birth_year": "1999"}, (None, 1)),
    "the age is a son's": (BORN, {"birth_year": "2016"}, ("generation", -1)),
    "father and son": (BORN, {"date_of_birth": "1974-11-02"}, ("generation", -1)),
    "namesakes": (BORN, {"date_of_birth": "2003-11-14"}, ("namesakes", -1)),
    "brother and sister, no dates": ({}, {"forename": "Abigail", "sex": "F"}, ("household", 0)),
    "brothers": (BORN, {"forename": "Tobias", "date_of_birth": "2001-12-05"}, ("two people", -1)),
    "twins": ({**BORN, "sex": "M"}, {**BORN, "forename": "Abigail", "sex": "F"}, ("twins", -1)),
    "twins of one sex": (BORN, {**BORN, "forename": "Tobias"}, ("like twins", -1)),
    "another name, the same telephone": (
        {**BORN, "phone": "07700900143"},
        {**BORN, "phone": "07700900143", "forename": "Tobias"},
        (None, 0),
    ),
    "twins called much alike": (
        {**BORN, "forename": "James", "phone": "07700900143"},
        {**BORN, "forename": "Jim", "phone": "07700900144"},
        ("twins of like name", -1),
    ),
    "two PNC IDs": ({"pnc_id": "2022/0553339P"}, {"pnc_id": "2022/1644554T"}, ("numbers", -1)),
    "one PNC ID, all else different": (
        {**BORN, "pnc_id": "2022/0553339P"},
        {"pnc_id": "2022/0553339P", "forename": "Jasper", "surname": "Fry", "date_of_birth": "1970-02-02"},
        (None, 1),
    ),
    "one number of the force, another name": (
        {**BORN, "local_id": "x:1"},
        {**BORN, "local_id": "x:1", "forename": "Jasper", "surname": "Fry"},
        (None, 1),
    ),
    "one number of the force, two dates": (
        {**BORN, "local_id": "x:1"},
        {"date_of_birth": "1974-11-02", "local_id": "x:1"},
        ("generation", -1),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_pair_is_held_back_and_votes_as_it_should(con: Connection, name: str) -> None:
    a, b, expected = CASES[name]
    assert verdict(con, a, b) == expected


def test_names_that_are_not_compared_guard_nothing() -> None:
    columns = ["forename", "surname", "dob", "birth_year", "is_common_forename"]
    assert "siblings" not in {guard.name for guard in guards_for(columns)}
    assert guards_for(["forename", "surname", "dob"]) == []

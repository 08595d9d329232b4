"""Ids that last: inheritance, merges, splits, retirement, and questions about the past."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from conflation.ledger import assign_ids, history_of, id_on, ids_after, record_night
from conflation.workspace import Connection, ask, workspace

DAY = date(2026, 3, 1)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with workspace(tmp_path / "scratch", threads=1, memory="300MB") as connection:
        yield connection


def night(
    con: Connection, folder: Path, number: int, clusters: list[list[str]], verified: tuple[str, ...] = ()
) -> dict[str, str]:
    """Record a night; the id of each mention."""
    rows = [(mention, min(group)) for group in clusters for mention in group]
    con.register("given", pa.table({"record_id": [r[0] for r in rows], "cluster": [r[1] for r in rows]}))
    ask(con, "create or replace table people as from given")
    con.register("sure", pa.table({"record_id": pa.array(list(verified), pa.string())}))
    ask(con, "create or replace table verified as from sure")
    record_night(con, "people", "verified", folder, DAY + timedelta(days=number))
    return dict(ask(con, "from person_ids"))


def test_an_id_survives_a_night_and_new_mentions_join_it(con: Connection, tmp_path: Path) -> None:
    first = night(con, tmp_path, 0, [["a", "b"], ["c"]])
    second = night(con, tmp_path, 1, [["0", "a", "b"], ["c"], ["d"]])
    assert second["0"] == second["a"] == first["a"]
    assert second["c"] == first["c"]
    assert second["d"] not in first.values()


def test_a_merge_keeps_the_larger_and_says_where_the_other_went(con: Connection, tmp_path: Path) -> None:
    first = night(con, tmp_path, 0, [["a", "b"], ["c"]])
    second = night(con, tmp_path, 1, [["a", "b", "c"]])
    assert set(second.values()) == {first["a"]}
    events = history_of(con, tmp_path, first["c"])
    assert [event["kind"] for event in events if event["person_id"] == first["c"]] == ["created", "merged"]
    assert ids_after(con, tmp_path, first["c"]) == {first["a"]: 1}
    assert id_on(con, tmp_path, "c", DAY) == first["c"]
    assert id_on(con, tmp_path, "c", DAY + timedelta(days=1)) == first["a"]
    assert id_on(con, tmp_path, "c", DAY - timedelta(days=1)) is None


def test_a_split_leaves_the_id_with_the_verified_part(con: Connection, tmp_path: Path) -> None:
    first = night(con, tmp_path, 0, [["a", "b", "c"]])
    second = night(con, tmp_path, 1, [["a", "b"], ["c"]], verified=("c",))
    assert second["c"] == first["a"]
    assert second["a"] != first["a"]


def test_merge_and_unmerge_bring_both_ids_back_to_their_mentions(con: Connection, tmp_path: Path) -> None:
    first = night(con, tmp_path, 0, [["a", "b"], ["c"]])
    night(con, tmp_path, 1, [["a", "b", "c"]])
    third = night(con, tmp_path, 2, [["a", "b"], ["c"]])
    assert third == first
    events = [event for event in history_of(con, tmp_path, third["c"]) if event["person_id"] == third["c"]]
    assert [event["kind"] for event in events] == ["created", "merged", "split"]


def test_a_night_run_again_gives_the_same_ids(con: Connection, tmp_path: Path) -> None:
    night(con, tmp_path, 0, [["a"], ["b"]])
    once = night(con, tmp_path, 1, [["a", "b"], ["c"]])
    pages = {path.name: path.read_bytes() for path in tmp_path.glob("*.parquet")}
    assert night(con, tmp_path, 1, [["a", "b"], ["c"]]) == once
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.parquet")} == pages


def test_an_id_without_mentions_is_retired(con: Connection, tmp_path: Path) -> None:
    first = night(con, tmp_path, 0, [["a"], ["b"]])
    night(con, tmp_path, 1, [["a"]])
    assert history_of(con, tmp_path, first["b"])[-1]["kind"] == "retired"


def test_ties_go_to_the_older_id() -> None:
    ids, _ = assign_ids(
        [("P2", "x", 1), ("P1", "x", 1)], {"x": "a"}, {"P1": "2026-01-01", "P2": "2025-01-01"}, DAY
    )
    assert ids == {"x": "P2"}

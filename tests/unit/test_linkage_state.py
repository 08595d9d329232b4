"""What is kept between nights: edges and no others, what is new, nothing that is gone; and views after an increment."""

from pathlib import Path

import duckdb
import pytest

from conflation.artefacts import Artefacts
from conflation.cluster import Terms
from conflation.link import Decided, cluster
from conflation.model import Model
from conflation.nightly import link_night
from conflation.within import start_inner_only
from conflation.workspace import ask, workspace
from tests.unit.linkage_nights import Rows, a_night, as_mentions, seen_by, table_of, trained

ROWS = as_mentions(63, 30)
Pairs = dict[tuple[str, str], tuple[float, str | None, int]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return trained(tmp_path_factory.mktemp("model"))


def pairs_of(model: Model, rows: Rows, kept: Path) -> tuple[Pairs, Pairs, int]:
    """Link a night; its edges, the pairs that count within a component only, and how many nodes were new."""
    with workspace(kept / "scratch", threads=1, memory="1GB") as con:
        con.register("given", table_of(rows))
        ask(con, "create table mentions as from given")
        found = link_night(con, "mentions", model, kept)
        edges, inner = (
            {
                (a, b): (round(weight, 6), guard, vote)
                for a, b, weight, guard, vote in ask(con, f"from {table}")
            }
            for table in ("pairs", "inner_only")
        )
    return edges, inner, found["new_nodes"]


def state(kept: Path, model: Model) -> list[Path]:
    """The folders that CURRENT names; no other stands beside them."""
    folder = kept / model.model_id
    names = (folder / "CURRENT").read_text("utf-8").split()
    assert sorted(names) == sorted(path.name for path in folder.iterdir() if path.is_dir())
    return [folder / name for name in names]


def test_an_increment_knows_the_edges_of_a_full_linkage_and_no_others(model: Model, tmp_path: Path) -> None:
    rows: Rows = [  # one surname and few dates: some people of one component share no key of blocking
        row | ({"surname": "Okafor"} if i % 3 else {}) | ({"birth_date": None} if i % 4 else {})
        for i, row in enumerate(ROWS)
    ]
    for cut in (40, 70):
        pairs_of(model, rows[:cut], tmp_path / "steps")
    edges, inner, n_new = pairs_of(model, rows, tmp_path / "steps")
    full_edges, full_inner, n_nodes = pairs_of(model, rows, tmp_path / "full")
    assert edges == full_edges
    assert inner and not inner.keys() & edges.keys()
    assert full_inner.items() <= inner.items()
    assert n_new < n_nodes


def test_a_pair_that_blocking_did_not_make_is_no_edge_on_a_later_night(tmp_path: Path) -> None:
    """Mention b held a and c together; it is gone, and what is known of a and c may not take its place."""
    artefacts = Artefacts({}, {}, Terms(join=3.0, bear=-7.0))
    with workspace(tmp_path / "scratch", threads=1, memory="500MB") as con:
        start_inner_only(con)
        ask(con, "insert into inner_only values ('a', 'c', 30.0, null, 1)")
        ask(
            con,
            "create table edges as from (values ('a', 'b', 9.0, 1), ('b', 'c', 9.0, 1)) t(id_l, id_r, weight, vote)",
        )
        for names, expected in (("('a'), ('b'), ('c')", ["a", "a", "a"]), ("('a'), ('c')", ["a", "c"])):
            ask(con, f"create or replace table nodes as from (values {names}) t(record_id)")
            cluster(con, "nodes", "edges", "nodes", artefacts)
            assert [row[0] for row in ask(con, "select cluster from clusters order by record_id")] == expected


def test_a_decision_about_two_mentions_parts_neither_from_a_third(tmp_path: Path) -> None:
    artefacts = Artefacts({}, {}, Terms(join=3.0, bear=-7.0))
    with workspace(tmp_path / "scratch", threads=1, memory="500MB") as con:
        ask(con, "create table nodes as from (values ('a'), ('b'), ('c'), ('d')) t(record_id)")
        told = "(values ('a', 'c', 9.0, 1), ('b', 'd', 9.0, 1)) t(id_l, id_r, weight, vote)"
        ask(con, f"create table edges as from {told}")
        cluster(con, "nodes", "edges", "nodes", artefacts, Decided(never=(("a", "b"),)))
        assert ask(con, "select cluster from clusters order by record_id") == [("a",), ("b",), ("a",), ("b",)]


def test_a_force_sees_after_an_increment_what_it_sees_after_a_full_linkage(
    model: Model, tmp_path: Path
) -> None:
    hidden = {str(row["mention_id"]) for row in ROWS[::4]}
    for rows in (ROWS[:40], ROWS[:70]):
        a_night(model, rows, tmp_path / "steps")
    assert seen_by(model, ROWS, hidden, tmp_path / "steps") == seen_by(model, ROWS, hidden, tmp_path / "full")


def test_a_night_adds_what_is_new_and_writes_nothing_where_nothing_is(model: Model, tmp_path: Path) -> None:
    a_night(model, ROWS[:60], tmp_path)
    (first,) = state(tmp_path, model)
    a_night(model, ROWS, tmp_path)
    kept, added = state(tmp_path, model)
    assert kept == first
    readings = [
        duckdb.read_parquet(str(part / "known_readings.parquet")).fetchall() for part in (kept, added)
    ]
    assert readings[0] and readings[1] and not set(readings[0]) & set(readings[1])
    before = [(path, path.stat().st_mtime_ns) for part in (kept, added) for path in part.iterdir()]
    a_night(model, ROWS, tmp_path)
    assert state(tmp_path, model) == [kept, added]
    assert [(path, path.stat().st_mtime_ns) for part in (kept, added) for path in part.iterdir()] == before


def test_what_no_mention_says_any_more_is_not_kept(model: Model, tmp_path: Path) -> None:
    a_night(model, ROWS[:60], tmp_path)
    a_night(model, ROWS, tmp_path)
    lost = next(row for row in ROWS if row["phone"])
    a_night(model, [row for row in ROWS if row["phone"] != lost["phone"]], tmp_path)
    (whole,) = state(tmp_path, model)
    phone = duckdb.read_parquet(str(whole / "known_nodes.parquet")).project("phone").fetchall()
    number = str(lost["phone"]).replace(" ", "")[-9:]
    assert phone and not [value for (value,) in phone if value and value.endswith(number)]


def test_a_value_that_becomes_generic_costs_only_its_own_mentions_another_reading(
    model: Model, tmp_path: Path
) -> None:
    rows: Rows = [dict(row, phone="07700 900999") if i % 3 == 0 else row for i, row in enumerate(ROWS)]
    pairs_of(model, rows[:20], tmp_path / "steps")
    edges, _, n_new = pairs_of(model, rows, tmp_path / "steps")
    full, _, n_nodes = pairs_of(model, rows, tmp_path / "full")
    assert edges == full
    assert n_new < n_nodes

"""Nights of linkage: what an increment gives is what a full linkage gives, whatever came in which order."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conflation.columns import LinkageError
from conflation.explain import how, in_words, why
from conflation.model import Model, load
from conflation.nightly import link_night
from conflation.poison import in_a_sentence, poisoned_deliveries
from conflation.waterfall import waterfall
from conflation.workspace import ask, workspace
from tests.unit.linkage_nights import Rows, a_night, as_mentions, seen_by, table_of, trained

ROWS = as_mentions(60, 25)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return trained(tmp_path_factory.mktemp("model"))


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(luck=st.randoms(use_true_random=False))
def test_nights_in_any_split_and_order_end_like_one_full_linkage(
    model: Model, tmp_path_factory: pytest.TempPathFactory, luck: random.Random
) -> None:
    rows = list(ROWS)
    luck.shuffle(rows)
    cuts = sorted(luck.sample(range(1, len(rows)), 2))
    kept = tmp_path_factory.mktemp("kept")
    lost = set(luck.sample([str(row["mention_id"]) for row in rows[: cuts[0]]], min(3, cuts[0])))
    for cut in cuts:
        a_night(model, rows[:cut], kept)
    last = [row for row in rows if row["mention_id"] not in lost]
    stepwise = a_night(model, last, kept)
    luck.shuffle(last)
    assert stepwise == a_night(model, last, tmp_path_factory.mktemp("full"))


def test_the_same_night_again_finds_nothing_new(model: Model, tmp_path: Path) -> None:
    first = a_night(model, ROWS, tmp_path)
    assert a_night(model, ROWS, tmp_path) == first


def test_a_value_that_becomes_generic_is_forgotten_everywhere(model: Model, tmp_path: Path) -> None:
    rows = as_mentions(61, 30)
    shared = [dict(row, phone="07700 900999") if i % 3 == 0 else row for i, row in enumerate(rows)]
    a_night(model, shared[:20], tmp_path / "step")
    assert a_night(model, shared, tmp_path / "step") == a_night(model, shared, tmp_path / "full")


def test_a_poisoned_delivery_of_one_pnc_id_merges_nobody(model: Model, tmp_path: Path) -> None:
    rows = as_mentions(62, 30)
    honest = a_night(model, rows, tmp_path / "honest")
    poisoned: Rows = [dict(row, pnc_id="2019/1234567J") for row in rows]
    assert a_night(model, poisoned, tmp_path / "poisoned") == honest


def test_what_people_decided_wins_and_survives(model: Model, tmp_path: Path) -> None:
    found = a_night(model, ROWS, tmp_path)
    together = sorted(next(group for group in found if len(group) > 1))
    other = sorted(next(group for group in found if together[0] not in group))
    decided = [(together[0], together[1], "never"), (together[0], other[0], "must")]
    for _ in range(2):
        after = a_night(model, ROWS, tmp_path, decided)
        mine = next(group for group in after if together[0] in group)
        assert together[1] not in mine
        assert other[0] in mine
    assert a_night(model, ROWS, tmp_path, []) == found


def test_a_poisoned_delivery_is_named_and_an_honest_one_is_not(model: Model, tmp_path: Path) -> None:
    rows = [dict(row, pnc_id="2019/1234567J") for row in as_mentions(70, 12)]
    with workspace(tmp_path / "scratch", threads=1, memory="1GB") as con:
        con.register("given", table_of(rows))
        ask(con, "create table mentions as from given")
        link_night(con, "mentions", model, tmp_path / "kept")
        sent = "select *, case when rowid % 40 = 0 then 'honest' else 'poisoned' end as delivery_id from mentions"
        ask(con, f"create table delivered as {sent}")
        found = poisoned_deliveries(con, "delivered")
    assert [(one["delivery_id"], one["number"]) for one in found] == [("poisoned", "PNC ID")]
    assert "one PNC ID to" in in_a_sentence(found[0])


def test_a_model_changed_by_hand_is_refused(model: Model, tmp_path: Path) -> None:
    for path in model.folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "generic_values.parquet").write_bytes(b"other")
    with pytest.raises(LinkageError, match="is refused"):
        load(tmp_path)
    with pytest.raises(LinkageError, match="no linkage model"):
        load(tmp_path / "nowhere")


def test_an_explanation_adds_up_and_names_what_decided(model: Model, tmp_path: Path) -> None:
    with workspace(tmp_path / "scratch", threads=1, memory="1GB") as con:
        con.register("given", table_of(ROWS))
        ask(con, "create table mentions as from given")
        link_night(con, "mentions", model, tmp_path / "kept")
        a, b, weight = ask(
            con, "select id_l, id_r, weight from pairs where guard is null order by weight desc, id_l limit 1"
        )[0]
        found = why(con, model, a, b)
        assert sum(part["bits"] for part in found["parts"]) + found["prior"] == pytest.approx(weight, abs=0.1)
        assert found["is_joined_by_itself"]
        assert "enough to join" in in_words(found)
        drawn = waterfall(found)
        assert drawn.startswith("<svg") and "<title>" in drawn
        a, b, _ = ask(con, "select id_l, id_r, weight from pairs where guard = 'household' limit 1")[0]
        assert "neither forename nor date of birth agrees" in in_words(why(con, model, a, b))
        largest = "select cluster from clusters group by cluster order by count(*) desc, cluster limit 1"
        nodes = [row[0] for row in ask(con, f"select record_id from clusters where cluster = ({largest})")]
        told = how(con, nodes)
        assert told["weakest"]["weight"] == min(edge["weight"] for edge in told["tree"])


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_force_may_not_see_moves_none_of_its_persons(model: Model, tmp_path: Path, seed: int) -> None:
    luck = random.Random(seed)
    hidden = set(luck.sample([str(row["mention_id"]) for row in ROWS], 25))
    visible = [row for row in ROWS if row["mention_id"] not in hidden]
    alone = a_night(model, visible, tmp_path / "alone")
    assert seen_by(model, ROWS, hidden, tmp_path / "all") == alone
    changed = [
        dict(row, surname="Other", birth_date="1950-01-02") if row["mention_id"] in hidden else row
        for row in ROWS
    ]
    assert seen_by(model, changed, hidden, tmp_path / "changed") == alone

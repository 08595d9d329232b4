"""Why ranks moved, drawn as tables: each row a state, and the parts that add up to the whole change."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.scoring.explain.movement import CAUSES, Cause, MovementError, in_words, movements
from profiles.scoring.watch.lists import at_random, listing, members

BEFORE = {"ann": 3.0, "bob": 2.0, "cid": 1.0}


def states(**changed: Mapping[str, float]) -> list[tuple[Cause, Mapping[str, float]]]:
    """Every cause in order; one that is not named repeats the state before."""
    found: list[tuple[Cause, Mapping[str, float]]] = []
    last: Mapping[str, float] = BEFORE
    for cause in CAUSES:
        last = changed.get(cause, last)
        found.append((cause, last))
    return found


def places(person: str, **changed: Mapping[str, float]) -> dict[str, int | None]:
    found = movements(BEFORE, states(**changed))[person]
    return {part.cause: part.places for part in found.parts if part.places != 0}


def test_nothing_changed_moves_nobody() -> None:
    assert all(one.main_cause is None for one in movements(BEFORE, states()).values())


def test_each_cause_gets_its_own_part() -> None:
    late = {"ann": 3.0, "bob": 2.0, "cid": 2.5}
    decayed = {"ann": 1.5, "bob": 2.0, "cid": 2.5}
    fresh = {"ann": 1.5, "bob": 4.0, "cid": 2.5}
    told = {"late_data": late, "decay": decayed, "new_records": fresh}
    assert places("cid", **told) == {"late_data": 1, "decay": 1, "new_records": -1}
    assert places("ann", **told) == {"decay": -2}
    assert places("bob", **told) == {"late_data": -1, "decay": 1, "new_records": 1}
    found = movements(BEFORE, states(**told))["bob"]
    assert (found.rank_before, found.rank_after) == (2, 1)
    assert found.main_cause == "new_records"  # a place as each of the others, and the most log-odds


def test_entering_and_leaving_name_their_cause() -> None:
    joined = {"ann": 3.0, "cid": 1.0}  # bob turned out to be ann
    fresh = {**joined, "dee": 2.0}
    found = movements(BEFORE, states(identity=joined, new_records=fresh))
    assert (found["bob"].left, found["bob"].rank_after, found["bob"].main_cause) == (
        "identity",
        None,
        "identity",
    )
    assert (found["dee"].entered, found["dee"].rank_before, found["dee"].main_cause) == (
        "new_records",
        None,
        "new_records",
    )
    assert [part.places for part in found["cid"].parts] == [0, 0, 1, 0, -1, 0]


@pytest.mark.parametrize("wrong", [states()[:5], list(reversed(states()))])
def test_states_must_be_whole_and_in_order(wrong: list[tuple[Cause, Mapping[str, float]]]) -> None:
    with pytest.raises(MovementError, match="in that order"):
        movements(BEFORE, wrong)


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-5, 5), min_size=1)


@given(SCORES, st.lists(SCORES, min_size=6, max_size=6))
def test_parts_always_add_up(before: dict[str, float], after: list[dict[str, float]]) -> None:
    for person, one in movements(before, list(zip(CAUSES, after, strict=True))).items():
        assert len(one.parts) == 6
        if (
            one.entered is None
            and one.left is None
            and one.rank_before is not None
            and one.rank_after is not None
        ):
            assert sum(part.places or 0 for part in one.parts) == one.rank_before - one.rank_after
            total = after[-1][person] - before[person]
            assert sum(part.logit or 0.0 for part in one.parts) == pytest.approx(total, abs=1e-9)


# rank tonight, was on the list before, stays or comes on a list of 10
HYSTERESIS = [
    (10, False, True), (11, False, False), (13, False, False), (10, True, True), (11, True, True), (13, True, True),
    (14, True, False),
]  # fmt: skip


@pytest.mark.parametrize(("rank", "was_on", "is_on"), HYSTERESIS)
def test_entering_is_harder_than_staying(rank: int, was_on: bool, is_on: bool) -> None:
    assert ("p" in members({"p": rank}, ["p"] if was_on else [], k=10)) == is_on


def test_a_list_that_changes_without_records_is_an_alarm() -> None:
    old, new = [f"o{n}" for n in range(10)], [f"n{n}" for n in range(10)]
    ranks = {person: rank for rank, person in enumerate(new + old, start=1)}
    before = {person: -float(n) for n, person in enumerate(old + new)}
    swapped = {person: -float(n) for n, person in enumerate(new + old)}

    def moved(cause: Cause) -> list[tuple[Cause, Mapping[str, float]]]:
        place = CAUSES.index(cause)
        return [(one, swapped if CAUSES.index(one) >= place else before) for one in CAUSES]

    by_model = listing(ranks, old, movements(before, moved("model")), k=10)
    by_records = listing(ranks, old, movements(before, moved("new_records")), k=10)
    assert by_model.is_alarm and not by_records.is_alarm
    assert {mover.why for mover in by_model.movers} == {"a new model"}
    assert {mover.why for mover in by_records.movers} == {"new records"}
    assert len(by_model.members) == 10 + 3  # ten enter, and three of the old ones stay on up to rank 13


def test_a_first_list_is_no_alarm() -> None:
    assert not listing({"a": 1}, [], {}, k=10).is_alarm


def test_some_are_looked_at_from_further_down() -> None:
    ranks = {f"p{rank}": rank for rank in range(1, 401)}
    found = at_random(ranks, 100, date(2026, 11, 1))
    assert len(found) == 5 and all(100 < ranks[person] <= 300 for person in found)
    assert found == at_random(dict(reversed(ranks.items())), 100, date(2026, 11, 1))
    assert (
        found != at_random(ranks, 100, date(2026, 12, 1)) and at_random({"a": 1}, 10, date(2026, 11, 1)) == ()
    )


def test_a_movement_in_words_adds_up() -> None:
    before = {"ann": 3.0, "bob": 2.0, "cid": 1.0}
    aged = {**before, "ann": 1.5}
    now = {**aged, "cid": 5.0, "dan": 9.0}
    states: list[tuple[Cause, dict[str, float]]] = [
        ("late_data", before), ("corrections", before), ("identity", before), ("decay", aged), ("new_records", now),
        ("model", now),
    ]  # fmt: skip
    found = movements(before, states)
    said = {person: in_words(one, "a week ago") for person, one in found.items()}
    assert said["dan"] == "New here since a week ago: new records."
    assert said["ann"].startswith("Down 3 places since a week ago (time that passed -1; new records -2")
    assert said["cid"].startswith("Up 1 place since a week ago (new records +1")
    assert (
        in_words(movements(before, [(cause, before) for cause in CAUSES])["bob"], "a week ago")
        == "Where it was a week ago."
    )

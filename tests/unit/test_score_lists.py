"""What lists are worth beside each other: the duel, what joining adds, what a feed adds, and days of notice."""

from datetime import date, timedelta

import numpy as np
import pytest

from profiles.definitions.heads import load_head
from profiles.scoring.judge.duel import Cut, missed_by, scores
from profiles.scoring.judge.lead_time import replay
from profiles.scoring.judge.together import feed_worth, feeds_of, only_together, without_feed

MONDAY = date(2026, 1, 5)


def test_the_duel_counts_each_list_on_the_same_cuts() -> None:
    one = Cut(MONDAY, "northmoor", {"model": ["a", "b", "c"], "RFGV": ["c", "d", "a"]}, frozenset("ad"))
    two = Cut(MONDAY, "eastmarch", {"model": ["x"], "RFGV": ["x"]}, frozenset("x"))
    found = {(score.name, score.k): (score.hits, score.n) for score in scores([one, two], (1, 2))}
    assert found == {("model", 1): (2, 2), ("model", 2): (2, 3), ("RFGV", 1): (1, 2), ("RFGV", 2): (2, 3)}
    (missed,) = missed_by([one, two], "model", "RFGV", k=2)
    assert (missed.person_id, missed.rank, missed.rank_of_other) == ("a", 1, 3)
    (other,) = missed_by([one, two], "RFGV", "model", k=2)
    assert (other.person_id, other.rank, other.rank_of_other) == ("d", 2, None)


def test_an_interval_stands_beside_every_share() -> None:
    (score,) = scores([Cut(MONDAY, "n", {"m": list("abcdefghij")}, frozenset("ab"))], (10,))
    assert score.share.value == 0.2 and 0.05 < score.share.lower < 0.06 and 0.5 < score.share.upper < 0.52


def test_people_whom_only_joining_finds() -> None:
    joined = {"cross": 3.0, "local": 2.0, "other": 1.0, "low": 0.0}
    alone = {"n": {"cross": 1.0, "local": 2.0, "low": 1.5}, "e": {"cross": 0.5, "other": 1.0}}
    (found,) = only_together(joined, alone, k=1)
    assert (found.person_id, found.rank, found.best_alone, found.best_force, found.n_forces) == (
        "cross",
        1,
        2,
        "e",
        2,
    )
    assert only_together(joined, alone, k=2) == ()  # alone, the other force would list this person second


def test_a_feed_without_which_the_list_is_worse() -> None:
    label = np.array([1.0, 1, 0, 0, 0])
    full = np.array([5.0, 4, 3, 2, 1])
    worth = feed_worth(
        label, list("abcde"), full, {"intel": np.array([5.0, 1, 3, 2, 4]), "custody": full}, k=2
    )
    assert [one.feed for one in worth] == ["intel", "custody"]
    assert worth[0].hits_lost == 1 and worth[0].falls_off == ("b",) and worth[0].precision_lost > 0.2
    assert (worth[1].hits_lost, worth[1].precision_lost, worth[1].falls_off) == (0, 0, ())


def test_leaving_a_feed_out_empties_what_rests_on_it_alone() -> None:
    head = load_head("vawg_suspect")
    matrix = np.ones((2, len(head.features)))
    assert "custody" in feeds_of(head)
    custody = without_feed(matrix, head, "custody", {})
    assert [name for name, value in zip(head.names, custody[0], strict=True) if value == 0] == [
        "n_custody_365"
    ]
    crime = without_feed(matrix, head, "crime", {"days_since_vawg": 730})
    changed = {name: value for name, value in zip(head.names, crime[0], strict=True) if value != 1}
    assert (
        changed["days_since_vawg"] == 730 and changed["n_vawg_90"] == 0 and "intel_weight_90" not in changed
    )
    assert matrix.min() == 1  # the input is left alone


def week(n: int) -> date:
    return MONDAY + timedelta(7 * n)


def test_days_of_notice_before_each_event() -> None:
    weekly = {
        week(0): ["p"],
        week(1): ["p", "q"],
        week(2): ["p"],
        week(3): ["r"],
        week(4): [],
        week(5): [],
        week(6): [],
    }
    events = [("p", week(2) + timedelta(3)), ("q", week(3)), ("s", week(3)), ("r", MONDAY - timedelta(1))]
    found = replay(weekly, events, horizon_days=14)
    assert {(one.person_id, one.days) for one in found.notices} == {("p", 17), ("q", None), ("s", None)}
    assert found.share_noticed == pytest.approx(1 / 3) and found.median_days == 17
    # runs: p weeks 0 to 2 (led to an event), q week 1 (its event came 14 days later), r week 3 (in vain)
    assert (found.n_listed, found.n_listed_in_vain) == (3, 1) and found.listings_per_hit == 1.5


def test_a_run_whose_future_is_unknown_is_not_counted() -> None:
    found = replay({week(0): ["p"], week(1): ["p"]}, [], horizon_days=14)
    assert (found.n_listed, found.share_noticed, found.listings_per_hit, found.median_days) == (
        0,
        0.0,
        None,
        None,
    )


def test_a_gap_starts_notice_again() -> None:
    weekly = {week(0): ["p"], week(1): [], week(2): ["p"], week(3): ["p"]}
    (one,) = replay(weekly, [("p", week(3) + timedelta(2))], horizon_days=90).notices
    assert one.listed_since == week(2) and one.days == 9

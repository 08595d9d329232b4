"""A score in use: rank intervals, planted drift, matured precision and who may lead."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.scoring.watch.drift import drift, normal_band, reference, stability_index
from profiles.scoring.watch.floor import Month, may_promote, standing
from profiles.scoring.watch.ranks import RankInterval, groups, rank_intervals, ranks_of, under_thresholds

CHANCE = np.random.default_rng(3)
CRIMES = CHANCE.poisson(1.2, 5000).astype(float)
HARM = np.where(CHANCE.random(5000) < 0.4, 0, CHANCE.exponential(200, 5000))


def test_rank_intervals_widen_with_the_draws_and_hold_the_rank() -> None:
    score = np.linspace(5, 0, 50)
    calm = rank_intervals(score, score + CHANCE.normal(size=(200, 50)) * 0.01)
    wild = rank_intervals(score, score + CHANCE.normal(size=(200, 50)) * 0.5)
    assert all(one.best == one.worst == one.rank for one in calm)
    assert all(one.best <= one.rank <= one.worst for one in wild) and wild[20].worst - wild[20].best > 8
    assert calm[0].in_words == "1st" and RankInterval(11, 4, 19).in_words == "between 4th and 19th"


GROUPS = [
    # best and worst of ranks 1, 2, 3 …                                  groups
    ([(1, 1), (2, 2), (3, 3)], "ABC"),
    ([(1, 3), (1, 3), (2, 5), (4, 6)], "AAAB"),
    ([(1, 1), (2, 4), (2, 4), (3, 6), (5, 7)], "ABBBC"),
    ([(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)], "ABCCC"),
    ([], ""),
]


@pytest.mark.parametrize(("ends", "expected"), GROUPS)
def test_groups_of_people_who_cannot_be_told_apart(ends: list[tuple[int, int]], expected: str) -> None:
    intervals = [RankInterval(rank, *pair) for rank, pair in enumerate(ends, start=1)]
    assert "".join(groups(intervals)) == expected


def test_identity_doubt_is_told_apart() -> None:
    found = under_thresholds(
        {
            "loose": {"a": 3.0, "b": 2.0, "c": 1.0},
            "default": {"a": 1.0, "b": 2.0},
            "strict": {"b": 2.0, "c": 3.0},
        }
    )
    assert found == {"a": (1, None), "b": (1, 2)}  # a is nobody under the strict threshold


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=30))
def test_ranks_are_a_permutation(scores: list[float]) -> None:
    found = ranks_of(np.array(scores))
    assert sorted(found.tolist()) == list(range(1, len(scores) + 1))
    assert all(
        scores[a] >= scores[b] for a in range(len(scores)) for b in range(len(scores)) if found[a] < found[b]
    )


def test_the_same_population_is_steady() -> None:
    other = np.random.default_rng(9).poisson(1.2, 3000).astype(float)
    (one,) = drift({"n": reference(CRIMES)}, {"n": other})
    assert one.verdict == "steady" and one.index < 0.02


PLANTED = {
    "a feed that turned to nothing": (HARM, np.zeros(3000), "hold"),
    "a unit changed from days to hours": (HARM, HARM[:3000] * 24, "hold"),
    "half the records are late": (
        CRIMES,
        np.where(np.random.default_rng(1).random(5000) < 0.5, 0, CRIMES),
        "warn",
    ),
    "counts a little higher": (CRIMES, np.random.default_rng(2).poisson(1.9, 3000).astype(float), "warn"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_drift_is_caught(name: str) -> None:
    before, after, verdict = PLANTED[name]
    (one,) = drift({"x": reference(before)}, {"x": after})
    assert one.verdict in (verdict, "hold"), one


def test_a_feature_that_is_gone_is_held() -> None:
    (one,) = drift({"n": reference(CRIMES)}, {})
    assert one.verdict == "hold" and one.index == float("inf")


def test_what_is_normal_is_learned_first() -> None:
    """A window that still fills up drifts by itself; nights like that are not warned of."""
    slow = np.random.default_rng(2).poisson(1.9, 3000).astype(float)
    band = normal_band([{"n": stability_index(reference(CRIMES), slow)}] * 5)
    (one,) = drift({"n": reference(CRIMES)}, {"n": slow}, band)
    assert one.verdict == "steady"


def month(n: int, hits: int, rule_hits: int, auc: float = 0.75, k: int = 100) -> Month:
    return Month(date(2026, n, 1), k, hits, rule_hits, auc)


STANDING = [
    ([], "RFGV", "No month"),
    ([month(1, 8, 5), month(2, 7, 6), month(3, 9, 5)], "model", "24 of 300"),
    ([month(1, 8, 5), month(2, 4, 6), month(3, 9, 5)], "model", "21 of 300"),  # worse once
    ([month(1, 8, 5), month(2, 4, 6), month(3, 3, 5)], "RFGV", "two mature months running"),
    ([month(2, 4, 6), month(3, 3, 5), month(1, 8, 5)], "RFGV", "two mature months running"),  # in any order
    ([month(1, 8, 5), month(2, 95, 6)], "RFGV", "too good to be true"),
    ([month(1, 8, 5, auc=0.93)], "RFGV", "too good to be true"),
    ([month(n, 0, 0) for n in (1, 2, 3, 4)], "RFGV", "under the floor"),
    ([month(1, 95, 0), *(month(n, 8, 5) for n in (2, 3, 4, 5))], "model", "32 of 400"),  # long ago
]


@pytest.mark.parametrize(("months", "leads", "why"), STANDING)
def test_who_leads(months: list[Month], leads: str, why: str) -> None:
    found = standing(months, floor=0.03, rule="RFGV")
    assert found.leads == leads and why in found.why


CHAMPION = [month(n, 6, 5) for n in (1, 2, 3)]
BETTER = [month(n, 7, 5) for n in (1, 2, 3)]
PROMOTE = [
    (BETTER, True, ["A. Author", "B. Approver"], ""),
    (BETTER, True, ["A. Author"], "Two different people"),
    (BETTER, True, ["A. Author", " a. author "], "Two different people"),
    (BETTER, False, ["A", "B"], "gate is not open"),
    (BETTER[:2], True, ["A", "B"], "share 2"),
    ([month(n, 5, 5) for n in (1, 2, 3)], True, ["A", "B"], "fewer than the champion"),
]


@pytest.mark.parametrize(("challenger", "is_open", "names", "sentence"), PROMOTE)
def test_promotion(challenger: list[Month], is_open: bool, names: list[str], sentence: str) -> None:
    found = may_promote(CHAMPION, challenger, is_open, names)
    assert (found == "") == (sentence == "") and sentence in found

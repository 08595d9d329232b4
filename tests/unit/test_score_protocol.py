"""Rolling origins, the calibration block, chances in words, and what recorded labels hide."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.isotonic import IsotonicRegression

from profiles.scoring.explain.chance import Chance, chances
from profiles.scoring.fairness.groups import age_bands, ethnic_groups
from profiles.scoring.fairness.hidden_bias import against_what_happened
from profiles.scoring.fairness.proxies import proxies
from profiles.scoring.judge.protocol import Plan, ProtocolError, as_ofs, newest, origins
from profiles.scoring.learn.block import block_of
from profiles.scoring.learn.calibration import Calibration, fit_calibration
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.venn_abers import venn_abers

FIRST = date(2023, 11, 1)


def test_five_years_with_two_of_features_hold_four_origins() -> None:
    """The history that worlds have, at the horizon and maturity of VAWG (ruling 19)."""
    found = origins(FIRST, date(2026, 10, 31), Plan(90, 60))
    assert [len(one.train) for one in found] == [17, 18, 19, 20]
    assert all(len(one.calibration) == 3 and len(one.test) == 1 for one in found)
    assert found[-1].test[0] == date(2026, 10, 31) - timedelta(150)


def test_three_years_do_not_and_that_is_one_sentence() -> None:
    with pytest.raises(ProtocolError, match=r"need about \d+\. Rank by rule until then\.$") as caught:
        origins(date(2025, 11, 1), date(2026, 10, 31), Plan(90, 60))
    assert "364 days" in str(caught.value)


PLANS = st.builds(
    Plan, st.integers(28, 180), st.integers(7, 90), st.sampled_from([28, 56]), st.integers(1, 5), st.integers(1, 3),
    st.integers(1, 3),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(PLANS, st.integers(400, 2500))
def test_no_block_learns_from_what_was_not_known_by_the_next(plan: Plan, days: int) -> None:
    last = FIRST + timedelta(days)
    try:
        found = origins(FIRST, last, plan)
    except ProtocolError:
        return
    for one in found:
        assert max(one.train) + plan.lag <= min(one.calibration)
        assert max(one.calibration) + plan.lag <= min(one.test)
        assert max(one.test) + plan.lag <= last and min(one.train) >= FIRST
    tests = [day for one in found for day in one.test]
    assert tests == sorted(set(tests)) and len(tests) == plan.n_origins * plan.n_test
    sizes = [len(one.train) for one in found]
    assert sizes == sorted(sizes)
    now = newest(FIRST, last, plan)
    assert now.test == () and max(now.calibration) + plan.lag <= last and len(now.train) >= sizes[-1]


def test_the_grid_ends_where_outcomes_are_known() -> None:
    grid = as_ofs(FIRST, date(2024, 11, 1), Plan(90, 60))
    assert grid[-1] == date(2024, 11, 1) - timedelta(150) and grid[0] >= FIRST
    assert {(after - before).days for before, after in pairwise(grid)} == {28}


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(20, 120))
def test_venn_abers_is_isotonic_regression_with_one_more_row(seed: int, n: int) -> None:
    chance = np.random.default_rng(seed)
    score = np.round(chance.normal(size=n), 1)
    label = (chance.random(n) < 1 / (1 + np.exp(-score))).astype(float)
    asked = np.round(chance.normal(size=5), 1)
    lower, upper = venn_abers(asked, block_of(score, label))
    for one, low, high in zip(asked, lower, upper, strict=True):
        for value, found in ((0.0, low), (1.0, high)):
            fitted = IsotonicRegression().fit(np.append(score, one), np.append(label, value))
            assert found == pytest.approx(fitted.predict([one])[0], abs=1e-9)
        assert low <= high


def test_a_block_keeps_counts_and_no_more_levels_than_it_may() -> None:
    chance = np.random.default_rng(1)
    logit, label = chance.normal(size=9000), (chance.random(9000) < 0.1).astype(float)
    block = block_of(logit, label)
    assert len(block.levels) <= 2000 and block.n.sum() == 9000 and block.hits.sum() == label.sum()
    assert block.base_rate == pytest.approx(label.mean()) and np.all(np.diff(block.levels) > 0)
    hits, n = block.alike(0.0, 300)
    assert 300 <= n < 320 and hits <= n


def test_a_chance_lies_in_its_interval_and_covers_what_comes() -> None:
    chance = np.random.default_rng(2)
    truth = chance.normal(size=20_000) * 0.8 - 3
    label = (chance.random(20_000) < 1 / (1 + np.exp(-truth))).astype(float)
    half = np.arange(20_000) < 10_000
    told = chances(
        truth[~half][:400], fit_calibration(truth[half], label[half]), block_of(truth[half], label[half])
    )
    assert all(one.lower <= one.probability <= one.upper for one in told)
    real = 1 / (1 + np.exp(-truth[~half][:400]))
    covered = np.mean([one.lower <= p <= one.upper for one, p in zip(told, real, strict=True)])
    assert covered > 0.9 and np.median([one.upper - one.lower for one in told]) < 0.1


WORDS = [
    (Chance(0.07, 0.04, 0.11, 0.012), "Of 100", "about 7 (4 to 11)", "about 1."),
    (Chance(0.004, 0.001, 0.009, 0.002), "Of 1,000", "about 4 (1 to 9)", "about 2."),
    (Chance(0.02, 0.0, 0.06, 0.003), "Of 100", "about 2 (0 to 6)", "fewer than 1."),
    (Chance(0.3, 0.2, 0.4, 0.05), "Of 100", "about 30 (20 to 40)", "about 5."),
]


@pytest.mark.parametrize(("chance", "of", "about", "base"), WORDS)
def test_chances_are_spoken_with_interval_and_base_rate(
    chance: Chance, of: str, about: str, base: str
) -> None:
    expected = f"{of} people scored like this, {about} had harm within 90 days; in the whole cohort {base}"
    assert chance.in_words("harm", 90) == expected
    assert chance.lift == pytest.approx(chance.probability / chance.base_rate)


def test_ethnicity_is_rolled_up_and_unknown_is_a_group() -> None:
    assert ethnic_groups(["W1", "m9", "A4", "O1", "O2", "B1", "NS", None, "", "X1"]).tolist() == [
        "White", "Mixed", "Asian", "Asian", "Other", "Black", "unknown", "unknown", "unknown", "unknown",
    ]  # fmt: skip
    assert age_bands([10, 17.9, 18, 25, 41, 75, None, float("nan")]).tolist() == [
        "under 18", "under 18", "18 to 24", "25 to 39", "40 to 59", "60 and over", "unknown", "unknown",
    ]  # fmt: skip


def test_more_recording_is_seen_only_against_what_happened() -> None:
    """B10: equal harm, 1.35 times the recording of minor things, and a list by what is recorded."""
    chance = np.random.default_rng(6)
    n = 20_000
    group = np.where(np.arange(n) % 2 == 0, "more recorded", "others").astype(object)
    risk = chance.normal(size=n)
    happened = (chance.random(n) < 1 / (1 + np.exp(-(risk - 3)))).astype(float)
    seen = np.where(group == "more recorded", 1.35, 1.0)
    minor = chance.poisson(np.exp(0.8 * risk) * 2 * seen)
    recorded = happened * (chance.random(n) < 0.4 * seen)
    selected = minor >= np.quantile(minor, 0.97)
    found = {
        one.name: one
        for one in against_what_happened(
            group, selected, recorded, happened, minor / 50, np.arange(n).astype(object)
        )
    }
    one = found["more recorded"]
    assert (
        one.happened.ratios["fpr"].lower > 1
        and one.recorded.measures["ppv"].value >= found["others"].recorded.measures["ppv"].value
    )
    assert any("falsely listed" in phrase for phrase in one.conceals)
    assert not any("falsely listed" in phrase for phrase in found["others"].conceals)


def test_a_feature_that_gives_a_group_away_is_named() -> None:
    chance = np.random.default_rng(7)
    group = np.where(chance.random(3000) < 0.3, "A", "B").astype(object)
    matrix = np.column_stack([chance.normal(size=3000), chance.normal(size=3000) + 2 * (group == "A")])
    features = [Feature("honest", "number"), Feature("giveaway", "number", 1)]
    told = proxies(features, matrix, group, np.arange(3000).astype(object))
    assert [one.group for one in told] == ["A", "B"] and all(one.drivers[0] == "giveaway" for one in told)
    quiet = proxies(features[:1], matrix[:, :1], group, np.arange(3000).astype(object))
    assert all(one.drivers == () and one.auc < 0.6 for one in quiet)


def test_a_calibration_of_nothing_is_the_identity() -> None:
    assert Calibration().probability(np.array([0.0])).tolist() == [0.5]

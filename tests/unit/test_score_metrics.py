"""Measures agree with scikit-learn wherever that has them, and with a count by hand where it has not."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from profiles.scoring.judge.metrics import Ranking, auc, average_precision, bins_of, brier, calibration_error
from profiles.scoring.judge.resampling import interval, person_weights, resampled

ROWS = st.lists(
    st.tuples(st.integers(0, 6), st.booleans(), st.integers(1, 3)), min_size=3, max_size=40
).filter(lambda rows: 0 < sum(row[1] for row in rows) < len(rows))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(ROWS)
def test_they_agree_with_scikit_learn_with_ties_and_weights(rows: list[tuple[int, bool, int]]) -> None:
    score, label, weight = (np.array(column, float) for column in zip(*rows, strict=True))
    assert auc(score, label, weight) == pytest.approx(roc_auc_score(label, score, sample_weight=weight))
    assert average_precision(score, label, weight) == pytest.approx(
        average_precision_score(label, score, sample_weight=weight)
    )
    assert brier(score / 6, label, weight) == pytest.approx(
        brier_score_loss(label, score / 6, sample_weight=weight)
    )


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=2, max_size=6), st.integers(1, 6))
def test_hits_are_the_mean_over_all_orders_of_equals(rows: list[tuple[int, bool]], k: int) -> None:
    k = min(k, len(rows))
    orders = [order for order in permutations(rows) if all(a[0] >= b[0] for a, b in pairwise(order))]
    mean = np.mean([sum(row[1] for row in order[:k]) for order in orders])
    score, label = (np.array(column, float) for column in zip(*rows, strict=True))
    assert Ranking(score, label).hits(k) == pytest.approx(mean)


def test_one_kind_of_label_has_no_area() -> None:
    assert np.isnan(auc(np.arange(3.0), np.ones(3))) and np.isnan(
        average_precision(np.arange(3.0), np.zeros(3))
    )


def test_calibration_error_by_hand() -> None:
    probability = np.array([0.1] * 10 + [0.6] * 10)
    label = np.array([0] * 8 + [1] * 2 + [1] * 5 + [0] * 5, float)
    # bin one: predicted .1, seen .2; bin two: predicted .6, seen .5
    assert calibration_error(probability, label) == pytest.approx(0.1)
    assert bins_of(probability).n == 2


def test_a_constant_prediction_is_one_bin() -> None:
    assert bins_of(np.full(50, 0.3)).n == 1


def test_a_persons_rows_are_drawn_together() -> None:
    ids = np.array(["a", "a", "b", "c", "c", "c"], object)
    for weight in person_weights(ids, 50):
        assert weight[0] == weight[1] and weight[3] == weight[4] == weight[5]
        assert weight[0] + weight[2] + weight[3] == 3  # as many persons as there are


def test_persons_seen_often_make_intervals_wider_than_rows_would() -> None:
    chance = np.random.default_rng(5)
    person = np.repeat(np.arange(60), 10)
    label = (np.repeat(chance.random(60), 10) < 0.3).astype(float)
    score = np.repeat(chance.normal(size=60), 10) + label
    measure = {"auc": Ranking(score, label).auc}
    low, high = interval(resampled(measure, person.astype(object), 200)["auc"])
    row_low, row_high = interval(resampled(measure, np.arange(600).astype(object), 200)["auc"])
    assert high - low > 1.8 * (row_high - row_low)


def test_an_interval_of_nothing_is_nothing() -> None:
    assert np.isnan(interval([float("nan")])).all()

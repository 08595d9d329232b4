"""The elastic net: it is plain logistic regression without a penalty, obeys its signs, and is a minimum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from profiles.scoring.arrays import Floats, sigmoid
from profiles.scoring.learn.encoding import Feature, fit_encoding
from profiles.scoring.learn.linear import Linear, fit_linear


def data(seed: int, n: int = 400, p: int = 4) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(seed)
    matrix = chance.normal(size=(n, p))
    logit = matrix @ np.linspace(1, -1, p) - 0.7
    return matrix, (chance.random(n) < sigmoid(logit)).astype(float)


def free(p: int) -> tuple[Floats, Floats]:
    return np.full(p, -np.inf), np.full(p, np.inf)


def objective(model: Linear, matrix: Floats, label: Floats, penalty: float, ratio: float) -> float:
    logit, beta = model.logit(matrix), model.coefficients
    loss = float(np.mean(np.logaddexp(0, logit) - label * logit))
    return loss + penalty * (ratio * np.abs(beta).sum() + (1 - ratio) / 2 * float(beta @ beta))


def test_it_agrees_with_scikit_learn_on_ridge() -> None:
    matrix, label = data(1)
    ours = fit_linear(matrix, label, np.ones(400), free(4), penalty=1 / 400, l1_ratio=0.0)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=1000).fit(matrix, label)
    assert ours.coefficients == pytest.approx(theirs.coef_[0], abs=1e-4)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-4)


def test_it_agrees_with_scikit_learn_on_the_elastic_net() -> None:
    matrix, label = data(2)
    ours = fit_linear(matrix, label, np.ones(400), free(4), penalty=0.02, l1_ratio=0.5)
    theirs = LogisticRegression(
        C=1 / (400 * 0.02), l1_ratio=0.5, solver="saga", tol=1e-8, max_iter=5000, random_state=1
    ).fit(matrix, label)
    assert ours.coefficients == pytest.approx(theirs.coef_[0], abs=2e-3)


def test_weights_count_as_copies() -> None:
    matrix, label = data(3)
    weight = np.random.default_rng(3).integers(1, 4, 400)
    copies = np.repeat(np.arange(400), weight)
    once = fit_linear(matrix, label, weight.astype(float), free(4), 0.01, 0.5)
    often = fit_linear(matrix[copies], label[copies], np.ones(len(copies)), free(4), 0.01, 0.5)
    assert once.coefficients == pytest.approx(often.coefficients, abs=1e-4)


def test_a_heavy_penalty_leaves_the_base_rate() -> None:
    matrix, label = data(4)
    model = fit_linear(matrix, label, np.ones(400), free(4), penalty=10, l1_ratio=0.5)
    assert np.abs(model.coefficients).max() == 0
    assert sigmoid(np.array([model.intercept]))[0] == pytest.approx(label.mean(), abs=1e-4)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.lists(st.sampled_from([-1, 0, 1]), min_size=4, max_size=4))
def test_signs_bind_and_no_better_point_is_near(seed: int, signs: list[int]) -> None:
    matrix, label = data(seed, n=150)
    lower = np.array([0.0 if sign > 0 else -np.inf for sign in signs])
    upper = np.array([0.0 if sign < 0 else np.inf for sign in signs])
    model = fit_linear(matrix, label, np.ones(150), (lower, upper), penalty=0.01, l1_ratio=0.5)
    assert np.all(model.coefficients >= lower) and np.all(model.coefficients <= upper)
    best = objective(model, matrix, label, 0.01, 0.5)
    chance = np.random.default_rng(seed)
    for _ in range(20):
        other = np.clip(model.coefficients + chance.normal(size=4) * 0.01, lower, upper)
        moved = Linear(model.intercept + chance.normal() * 0.01, other)
        assert objective(moved, matrix, label, 0.01, 0.5) >= best - 1e-7


def test_an_encoding_is_fitted_on_training_rows_and_bounds_follow_signs() -> None:
    matrix = np.array([[0.0, 1, 2], [3, 1, 0], [np.nan, 2, 1], [8, 2, 1]] * 30)
    features = [Feature("n", "count", 1), Feature("grade", "steps"), Feature("town", "words")]
    encoding = fit_encoding(features, matrix)
    design = encoding.design(matrix)
    assert sparse.issparse(design) and design.shape == (120, 2 + 3 + 3) and len(encoding.owner) == 8
    first = design.toarray()[:, 0]
    assert first.mean() == pytest.approx(0, abs=0.2) and first[2] == 0
    lower, upper = encoding.bounds()
    assert lower[0] == 0 and np.isneginf(lower[1:]).all() and np.isposinf(upper).all()
    unseen = encoding.design(np.array([[1.0, 9, 7]])).toarray()
    assert unseen[0, 3:].tolist() == [0, 0, 0, 0, 0]

"""Fitted models: the offset is added again, signs hold, parts add up and are TreeSHAP, row order changes nothing."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.scoring.arrays import Floats, sigmoid
from profiles.scoring.learn.calibration import fit_calibration, slope_of
from profiles.scoring.learn.choice import choose
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.fit import Rows, fit, rows_of
from profiles.scoring.learn.folds import by_person, by_time
from profiles.scoring.learn.model import Model, ModelError
from profiles.scoring.learn.recipes import ALONE, LINEAR, ON_TOP, Recipe, on_top
from profiles.scoring.learn.trees import BANNED, TreeSettings, margin, parameters
from profiles.scoring.learn.winners import Tried, champion_of

SMALL = TreeSettings(leaves=4, rounds=30, rate=0.1, least_rows=20, least_share=0.02, l2=5, feature_share=0.7)
FEATURES = (Feature("n_crimes", "count", 1), Feature("days_since", "number", -1), Feature("grade", "steps"))


def data(n: int = 900, seed: int = 7) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(seed)
    matrix = np.column_stack(
        [chance.poisson(2, n), chance.exponential(100, n), chance.integers(0, 4, n)]
    ).astype(float)
    logit = 0.6 * np.log1p(matrix[:, 0]) - matrix[:, 1] / 150 + 0.5 * (matrix[:, 2] == 2) - 1
    return matrix, (chance.random(n) < sigmoid(logit)).astype(float)


def rows(seed: int = 7) -> Rows:
    matrix, label = data(seed=seed)
    return rows_of(FEATURES, matrix, label, np.array([f"P{one}" for one in range(len(label))], object))


@pytest.fixture(scope="module", params=["hybrid", "lightgbm", "enet"])
def model(request: pytest.FixtureRequest) -> Model:
    trees = None if request.param == "enet" else SMALL
    return fit(Recipe(request.param, 0.003, trees=trees), rows(), seeds=(1, 2))


def test_the_offset_is_added_again() -> None:
    hybrid = fit(Recipe("hybrid", 0.003, trees=SMALL), rows(), seeds=(1,))
    matrix, label = data(seed=8)
    offset = hybrid.linear.logit(hybrid.encoding.design(matrix))
    trees = margin(hybrid.trees, matrix)
    assert np.abs(trees).max() > 0.05
    assert hybrid.logit(matrix) == pytest.approx(offset + trees)
    # without it probabilities would be far off: the trees alone start at one half
    assert (
        abs(sigmoid(hybrid.logit(matrix)).mean() - label.mean())
        < 0.05
        < abs(sigmoid(trees).mean() - label.mean())
    )


def test_parts_add_up_in_every_row(model: Model) -> None:
    matrix, _ = data(seed=9)
    found = model.contributions(matrix)
    assert np.abs(found.logit - model.logit(matrix)).max() < 1e-9
    assert np.abs(found.parts).max() > 0.1


def test_a_split_that_does_not_add_up_is_refused(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Model, "logit", lambda self, matrix: np.zeros(len(matrix)))
    with pytest.raises(ModelError, match="do not add up"):
        model.contributions(data()[0])


def test_parts_of_the_trees_are_those_of_shap() -> None:
    import lightgbm as lgb
    import shap

    hybrid = fit(Recipe("hybrid", 0.003, trees=SMALL), rows(), seeds=(1,))
    matrix, _ = data(n=200, seed=10)
    explained = shap.TreeExplainer(lgb.Booster(model_str=hybrid.trees[0])).shap_values(matrix)
    alone = fit(Recipe("enet", 0.003), rows()).contributions(matrix)
    assert hybrid.contributions(matrix).parts - alone.parts == pytest.approx(np.asarray(explained), abs=1e-9)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 30), st.floats(0, 800), st.integers(0, 3), st.integers(1, 10), st.floats(0.5, 300))
def test_more_crimes_never_lower_and_more_days_never_raise(
    n: int, days: float, grade: int, more: int, later: float
) -> None:
    here = np.array([[n, days, grade], [n + more, days, grade], [n, days + later, grade]], float)
    for one in signed_models():
        logit = one.logit(here)
        assert logit[1] >= logit[0] - 1e-12 and logit[2] <= logit[0] + 1e-12
        parts = one.linear.coefficients
        assert parts[0] >= 0 >= parts[1]


_SIGNED: list[Model] = []


def signed_models() -> list[Model]:
    """Fitted against their signs: labels say that crimes lower and days raise."""
    if not _SIGNED:
        matrix, label = data()
        against = rows_of(FEATURES, matrix, 1 - label, np.arange(len(label)).astype(object))
        _SIGNED.extend(
            fit(Recipe(kind, 0.001, trees=SMALL), against, (3,)) for kind in ("hybrid", "lightgbm")
        )  # type: ignore[arg-type]
    return _SIGNED


def test_row_order_changes_nothing() -> None:
    matrix, label = data()
    ids = np.array([f"P{one}" for one in range(len(label))], object)
    order = np.random.default_rng(3).permutation(len(label))
    here = fit(Recipe("hybrid", 0.003, trees=SMALL), rows_of(FEATURES, matrix, label, ids), (1,))
    there = fit(
        Recipe("hybrid", 0.003, trees=SMALL), rows_of(FEATURES, matrix[order], label[order], ids[order]), (1,)
    )
    assert here.trees == there.trees and here.linear.intercept == there.linear.intercept


@pytest.mark.parametrize("settings_", [*ON_TOP, *ALONE])
def test_classes_are_never_weighted(settings_: TreeSettings) -> None:
    asked = parameters(10_000, (1, 0), (), settings_, 1)
    assert not BANNED & set(asked) and asked["deterministic"] and asked["force_row_wise"]


def test_at_most_twenty_recipes_are_tried() -> None:
    assert len(LINEAR) + len(on_top(0.001)) + len(ALONE) <= 20


def test_a_table_with_other_columns_is_refused(model: Model) -> None:
    matrix = data()[0]
    for names, sentence in (
        (["n_crimes", "grade"], "lack 'days_since'"),
        (["n_crimes", "days_since", "grade", "extra"], "hold 'extra'"),
        (["days_since", "n_crimes", "grade"], "another order"),
    ):
        with pytest.raises(ModelError, match=sentence):
            model.logit(matrix, names)


def test_snapshots_of_a_person_share_a_weight() -> None:
    matrix, label = data(n=6)
    found = rows_of(FEATURES, matrix, label, np.array(["a", "a", "a", "a", "b", "c"], object))
    assert found.weight[found.ids == "a"] == pytest.approx([0.5] * 4)
    assert found.weight[found.ids == "b"] == pytest.approx([1])


def test_folds_never_part_a_person_and_share_the_positives() -> None:
    ids = np.repeat([f"P{one}" for one in range(100)], 3).astype(object)
    label = (np.repeat(np.arange(100), 3) % 5 == 0).astype(float)
    folds = by_person(ids, label)
    assert len(folds) == 5
    for fold in folds:
        assert not set(ids[fold.fitted]) & set(ids[fold.judged])
        assert len(set(ids[fold.judged & (label == 1)])) == 4
    assert np.sum([fold.judged for fold in folds], axis=0).tolist() == [1] * 300


def test_folds_in_time_judge_later_rows() -> None:
    day, label = np.arange(200.0), np.tile([0.0, 1.0], 100)
    folds = by_time(day, label)
    assert len(folds) == 4
    assert all(day[fold.fitted].max() < day[fold.judged].min() for fold in folds)


def test_platts_line_is_found_again() -> None:
    chance = np.random.default_rng(2)
    logit = chance.normal(size=20_000) - 1
    label = (chance.random(20_000) < sigmoid(0.5 + 0.7 * logit)).astype(float)
    found = fit_calibration(logit, label)
    assert (found.intercept, found.slope) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.7, abs=0.05))
    assert slope_of(found.intercept + found.slope * logit, label) == pytest.approx(1, abs=0.01)


def test_with_few_positives_only_the_level_moves() -> None:
    chance = np.random.default_rng(2)
    logit = chance.normal(size=1_000)
    label = (chance.random(1_000) < 0.05).astype(float)
    found = fit_calibration(logit, label)
    assert found.slope == 1 and found.probability(logit).mean() == pytest.approx(label.mean(), abs=1e-6)


def test_one_kind_of_label_moves_nothing() -> None:
    found = fit_calibration(np.zeros(10), np.ones(10))
    assert (found.intercept, found.slope) == (0, 1) and np.isnan(slope_of(np.zeros(10), np.ones(10)))


def tried(kind: str, each: list[float], skill: float) -> Tried:
    return Tried(Recipe(kind), tuple(each), skill, np.zeros(1))  # type: ignore[arg-type]


WINNERS = [
    # elastic net, hybrid, LightGBM: average precision of three folds, and skill                       who wins
    (([0.2, 0.2, 0.2], 0.10), ([0.3, 0.3, 0.3], 0.05), ([0.1, 0.1, 0.1], 0.20), "hybrid"),  # clear by lists
    (
        ([0.2, 0.3, 0.2], 0.10),
        ([0.3, 0.2, 0.21], 0.12),
        ([0.1, 0.1, 0.1], 0.20),
        "hybrid",
    ),  # lists cannot tell
    (([0.2, 0.3, 0.2], 0.10), ([0.3, 0.2, 0.21], 0.1005), ([0.2, 0.25, 0.25], 0.09), "enet"),  # nor can skill
    (([0.2, 0.3, 0.2], 0.10), ([0.3, 0.2, 0.21], 0.12), ([0.25, 0.25, 0.24], 0.13), "lightgbm"),
    (([0.2, 0.3, 0.2], -0.10), ([0.3, 0.2, 0.21], -0.2), ([0.25, 0.25, 0.2], -0.2), "enet"),
]


@pytest.mark.parametrize(("net", "hybrid", "trees", "wins"), WINNERS)
def test_who_wins(net: Any, hybrid: Any, trees: Any, wins: str) -> None:
    each = [
        tried(kind, *told)
        for kind, told in zip(("enet", "hybrid", "lightgbm"), (net, hybrid, trees), strict=True)
    ]
    assert champion_of([*each, tried("logistic", [0.9, 0.9, 0.9], 0.9)]).recipe.kind == wins


def test_trees_win_where_they_should_and_not_where_they_need_not() -> None:
    chance = np.random.default_rng(11)
    matrix = chance.normal(size=(1500, 2))
    ids = np.arange(1500).astype(object)
    crossed = ((matrix[:, 0] > 0) ^ (matrix[:, 1] > 0)).astype(float)
    plain = (chance.random(1500) < sigmoid(matrix[:, 0])).astype(float)
    features = [Feature("a", "number"), Feature("b", "number")]
    champions = []
    for label in (crossed, plain):
        found = rows_of(features, matrix, label, ids)
        champions.append(choose(found, by_person(found.ids, found.label)[:2]).champion)
    assert champions[0].recipe.kind in ("hybrid", "lightgbm") and champions[1].recipe.kind == "enet"
    assert champions[0].skill > 0.5 and champions[1].precision > 0.5

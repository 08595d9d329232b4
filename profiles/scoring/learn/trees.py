"""Gradient-boosted trees by LightGBM, on top of an offset, with monotone signs; several seeds, averaged in log-odds.

Here: the one way this project calls LightGBM, with what B5 of the scoring design fixes: never class weights, shallow
trees, the offset added again when scoring (LightGBM's predict leaves it out). Not here: the linear offset (linear),
which settings are tried (recipes).

Rows must come in an order that does not depend on how they arrived: row order changes a LightGBM model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Floats

SEEDS: Final = (11, 23, 37, 53, 71)
BANNED: Final = frozenset(
    {"scale_pos_weight", "is_unbalance", "pos_bagging_fraction", "neg_bagging_fraction"}
)
LEAST_FEATURES: Final = 4  # that a tree may choose from, so that it can find two that work together
THREADS: Final = 1  # more wait for each other: on a busy machine two took seven times the CPU time of one


@dataclass(frozen=True)
class TreeSettings:
    """What may differ between recipes. `least_share` of the rows, at most `least_rows`, must stand in every leaf."""

    leaves: int
    rounds: int
    rate: float
    least_rows: int
    least_share: float
    l2: float
    feature_share: float
    levels_unordered: bool = False


def boost(
    matrix: Floats,
    label: Floats,
    weight: Floats,
    offset: Floats,
    signs: Sequence[int],
    words: Sequence[int],
    settings: TreeSettings,
    seed: int,
) -> str:
    """Train one model and return it as LightGBM's text."""
    import lightgbm as lgb

    data = lgb.Dataset(
        matrix, label, weight=weight, init_score=offset, categorical_feature=list(words), free_raw_data=True
    )
    booster = lgb.train(parameters(len(matrix), signs, words, settings, seed), data, settings.rounds)
    return str(booster.model_to_string(num_iteration=-1))


def parameters(
    n: int, signs: Sequence[int], words: Sequence[int], settings: TreeSettings, seed: int
) -> dict[str, Any]:
    """LightGBM's parameters for n rows."""
    asked: dict[str, Any] = {
        "objective": "binary",
        "boost_from_average": False,
        "learning_rate": settings.rate,
        "num_leaves": settings.leaves,
        "min_data_in_leaf": max(5, min(settings.least_rows, int(settings.least_share * n))),
        "lambda_l2": settings.l2,
        "feature_fraction": max(settings.feature_share, min(1.0, LEAST_FEATURES / max(1, len(signs)))),
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": THREADS,
        "cat_smooth": 20.0,
        "verbose": -1,
    }
    if any(signs):
        asked["monotone_constraints"] = [0 if place in words else sign for place, sign in enumerate(signs)]
    return asked


def margin(texts: Sequence[str], matrix: Floats, rounds: int | None = None) -> Floats:
    """Mean over the models of the log-odds that their trees add; the offset is not in it. Shape (n,)."""
    total = np.zeros(len(matrix))
    for text in texts:
        total += _booster(text).predict(matrix, raw_score=True, num_iteration=rounds, num_threads=THREADS)
    return total / max(1, len(texts))


def shares(texts: Sequence[str], matrix: Floats) -> tuple[Floats, float]:
    """What each feature adds to `margin`, shape (n, features), and the constant part; exact TreeSHAP by LightGBM."""
    total = np.zeros((len(matrix), matrix.shape[1] + 1))
    for text in texts:
        total += _booster(text).predict(matrix, pred_contrib=True, num_threads=THREADS)
    total /= max(1, len(texts))
    return total[:, :-1], float(total[0, -1]) if len(matrix) else 0.0


@lru_cache(maxsize=64)
def _booster(text: str) -> Any:
    import lightgbm as lgb

    return lgb.Booster(model_str=text)

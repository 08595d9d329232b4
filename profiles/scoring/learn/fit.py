"""Fits one recipe on training rows: the linear part, then trees on its offset, rows in an order of their own.

Here: from matrix, labels and weights to a Model. Not here: which recipe (choice), which rows (folds,
judge/protocol).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from profiles.scoring.arrays import Bools, Floats, Longs, Words, digests
from profiles.scoring.learn.encoding import Encoding, Feature, fit_encoding
from profiles.scoring.learn.linear import Linear, fit_linear
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import Recipe
from profiles.scoring.learn.trees import SEEDS, boost


@dataclass(frozen=True)
class Rows:
    """Rows to learn from: features (n, p), labels 0 or 1, whose they are, what each row weighs, and when, if known."""

    features: tuple[Feature, ...]
    matrix: Floats
    label: Floats
    ids: Words
    weight: Floats
    day: Floats | None = None

    def where(self, rows: Bools | Longs) -> "Rows":
        """Some of the rows."""
        day = None if self.day is None else self.day[rows]
        return Rows(
            self.features, self.matrix[rows], self.label[rows], self.ids[rows], self.weight[rows], day
        )

    def in_own_order(self) -> "Rows":
        """The same rows in an order that depends on their content alone (row order changes a LightGBM model)."""
        keys = [self.matrix[:, place] for place in reversed(range(self.matrix.shape[1]))]
        return self.where(np.lexsort([*keys, self.label, self.weight, digests(self.ids)]))


def rows_of(
    features: Sequence[Feature], matrix: Floats, label: Floats, ids: Words, day: Floats | None = None
) -> Rows:
    """Rows in which a person who stands in n snapshots weighs √n in all (B3)."""
    _, place, count = np.unique(ids.astype(str), return_inverse=True, return_counts=True)
    return Rows(tuple(features), matrix, label, ids, 1.0 / np.sqrt(count[place]), day).in_own_order()


def fit(recipe: Recipe, rows: Rows, seeds: Sequence[int] = SEEDS, linear: Linear | None = None) -> Model:
    """Fit a recipe; `linear` is a starting point for the linear part. Rows must be in their own order."""
    encoding = fit_encoding(rows.features, rows.matrix)
    design = encoding.design(rows.matrix)
    means = np.asarray(design.mean(axis=0), np.float64).ravel()
    part = _linear(recipe, rows, encoding, design, linear)
    if recipe.trees is None:
        return Model(recipe, encoding, part, means)
    words = words_of(recipe, rows.features)
    offset = part.logit(design)
    texts = tuple(
        boost(rows.matrix, rows.label, rows.weight, offset, encoding.signs, words, recipe.trees, seed)
        for seed in seeds
    )
    return Model(recipe, encoding, part, means, texts)


def words_of(recipe: Recipe, features: Sequence[Feature]) -> tuple[int, ...]:
    """Places of the features whose levels the trees take without an order."""
    also = recipe.trees is not None and recipe.trees.levels_unordered
    return tuple(
        place
        for place, one in enumerate(features)
        if one.kind == "words" or (also and one.kind == "steps" and one.sign == 0)
    )


def _linear(recipe: Recipe, rows: Rows, encoding: Encoding, design: Any, start: Linear | None) -> Linear:
    n = design.shape[1]
    if recipe.kind in ("base_rate", "lightgbm"):
        mean = float(np.clip(np.average(rows.label, weights=rows.weight), 1e-6, 1 - 1e-6))
        return Linear(float(np.log(mean / (1 - mean))), np.zeros(n))
    if recipe.kind == "logistic":
        free = (np.full(n, -np.inf), np.full(n, np.inf))
        return fit_linear(design, rows.label, rows.weight, free, penalty=1 / len(rows.label), l1_ratio=0.0)
    return fit_linear(
        design, rows.label, rows.weight, encoding.bounds(), recipe.penalty, recipe.l1_ratio, start
    )

"""Tries every recipe on every fold inside the training rows, and says which is champion.

Here: average precision and skill of each recipe on rows it was not fitted on, and who wins by them (winners). Not
here: the recipes (recipes), the folds (folds), the verdict whether a model may lead (judge/gate).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats
from profiles.scoring.judge.metrics import average_precision
from profiles.scoring.learn.calibration import fit_calibration
from profiles.scoring.learn.fit import Rows, fit
from profiles.scoring.learn.folds import Fold
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import ALONE, BASE_RATE, LINEAR, Recipe, RecipeKind, on_top
from profiles.scoring.learn.trees import SEEDS, TreeSettings
from profiles.scoring.learn.winners import Tried, best_of, champion_of

LEAST_POSITIVES: Final = 50  # under that no trees may win: they would learn the noise


@dataclass(frozen=True)
class Choice:
    """The best recipe of each kind, which of them is champion, and everything that was tried."""

    best: Mapping[RecipeKind, Tried]
    champion: Tried
    tried: tuple[Tried, ...]
    label: Floats  # of the rows that were tried on


def choose(rows: Rows, folds: Sequence[Fold], say: Callable[[str], None] = lambda line: None) -> Choice:
    """Try everything. Rows must be in their own order."""
    nets = _along_the_path(rows, folds)
    say(f"elastic net: {len(nets)} penalties tried")
    has_enough = bool(rows.label.sum() >= LEAST_POSITIVES)
    hybrids = on_top(best_of(nets).recipe.penalty) if has_enough else ()
    alone = [Recipe("lightgbm", trees=settings) for settings in (_alone(rows) if has_enough else ALONE[:1])]
    tried = [_try(recipe, rows, folds) for recipe in (BASE_RATE, Recipe("logistic"))] + nets
    for kind, recipes in (("hybrid", hybrids), ("LightGBM alone", alone)):
        tried += [_try(recipe, rows, folds) for recipe in recipes]
        say(f"{kind}: {len(recipes)} settings tried")
    kinds = dict.fromkeys(one.recipe.kind for one in tried)
    best = {kind: best_of([one for one in tried if one.recipe.kind == kind]) for kind in kinds}
    return Choice(best, champion_of(tried) if has_enough else best["enet"], tuple(tried), rows.label)


def _try(recipe: Recipe, rows: Rows, folds: Sequence[Fold]) -> Tried:
    """One recipe on every fold, with one seed: the choice needs the order of recipes, not the last digit."""
    found = _Kept(rows)
    for fold in folds:
        found.keep(fold, fit(recipe, rows.where(fold.fitted), SEEDS[:1]))
    return found.tried(recipe)


def _along_the_path(rows: Rows, folds: Sequence[Fold]) -> list[Tried]:
    """Elastic nets from the strongest penalty to the weakest, each started where the one before ended."""
    found = {recipe: _Kept(rows) for recipe in LINEAR}
    for fold in folds:
        part, start = rows.where(fold.fitted), None
        for recipe in LINEAR:
            model = fit(recipe, part, linear=start)
            found[recipe].keep(fold, model)
            start = model.linear
    return [found[recipe].tried(recipe) for recipe in LINEAR]


def _alone(rows: Rows) -> list[TreeSettings]:
    """Settings for trees alone; those that take steps without order only where there are steps."""
    has_steps = any(one.kind == "steps" and one.sign == 0 for one in rows.features)
    return [one for one in ALONE if has_steps or not one.levels_unordered]


class _Kept:
    """Log-odds and average precision of one recipe, fold by fold; folds may share judged rows, the last one stands."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.logit, self.each = rows, np.full(len(rows.label), np.nan), list[float]()

    def keep(self, fold: Fold, model: Model) -> None:
        logit = model.logit(self.rows.matrix[fold.judged])
        self.logit[fold.judged] = logit
        self.each.append(average_precision(logit, self.rows.label[fold.judged]))

    def tried(self, recipe: Recipe) -> Tried:
        return Tried(recipe, tuple(self.each), _skill(self.logit, self.rows.label), self.logit)


def _skill(logit: Floats, label: Floats) -> float:
    """1 − log loss ÷ log loss of the base rate, after calibration on the judged rows themselves (two numbers)."""
    is_judged = ~np.isnan(logit)
    if len(np.unique(label[is_judged])) < 2:
        return 0.0
    label, rate = label[is_judged], label[is_judged].mean()
    probability = fit_calibration(logit[is_judged], label).probability(logit[is_judged])
    kept = np.clip(probability, 1e-12, 1 - 1e-12)
    loss = -float(np.mean(label * np.log(kept) + (1 - label) * np.log1p(-kept)))
    return 1 - loss / -float(rate * np.log(rate) + (1 - rate) * np.log1p(-rate))

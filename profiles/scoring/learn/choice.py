"""Chooses among elastic net, hybrid and LightGBM inside the training rows.

Here: every recipe tried on every fold, log-odds kept for the rows it was not fitted on, and the winner of each kind.
The simpler kind stays unless the other gains a hundredth. A profile chooses by mean average precision over the
folds, since it prints lists (B3); a trial by skill, since it is judged on every row: skill is the share of the log
loss of the base rate that calibrated log-odds save. Not here: the recipes (recipes), the folds (folds), the verdict
whether a model may lead (judge/gate).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from profiles.scoring.arrays import Floats
from profiles.scoring.judge.metrics import average_precision
from profiles.scoring.learn.calibration import fit_calibration
from profiles.scoring.learn.fit import Rows, fit
from profiles.scoring.learn.folds import Fold
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import ALONE, BASE_RATE, LINEAR, Recipe, RecipeKind, on_top
from profiles.scoring.learn.trees import SEEDS, TreeSettings

GAIN: Final = 0.01  # share of its worth that a less plain kind must add before it is preferred
LEAST_POSITIVES: Final = 50  # under that no trees are tried: they would learn the noise
Worth = Literal["precision", "skill"]
_KINDS: Final[tuple[RecipeKind, ...]] = ("enet", "hybrid", "lightgbm")


@dataclass(frozen=True)
class Tried:
    """One recipe: average precision (mean over the folds), skill, and log-odds of the judged rows (NaN elsewhere)."""

    recipe: Recipe
    precision: float
    skill: float
    logit: Floats
    worth: float  # the one of the two that the choice goes by


@dataclass(frozen=True)
class Choice:
    """The best recipe of each kind, which of them is champion, and everything that was tried."""

    best: Mapping[RecipeKind, Tried]
    champion: Tried
    tried: tuple[Tried, ...]
    label: Floats  # of the rows that were tried on


def choose(
    rows: Rows, folds: Sequence[Fold], by: Worth = "precision", say: Callable[[str], None] = lambda line: None
) -> Choice:
    """Try everything. Rows must be in their own order."""
    tried = [_try(recipe, rows, folds, by) for recipe in (BASE_RATE, Recipe("logistic"))]
    nets = _along_the_path(rows, folds, by)
    tried += nets
    say(f"elastic net: {len(nets)} penalties tried")
    if rows.label.sum() >= LEAST_POSITIVES:
        hybrids = on_top(_best(nets).recipe.penalty)
        tried += [_try(recipe, rows, folds, by) for recipe in hybrids]
        say(f"hybrid: {len(hybrids)} settings tried")
        alone = [Recipe("lightgbm", trees=settings) for settings in _alone(rows)]
        tried += [_try(recipe, rows, folds, by) for recipe in alone]
        say(f"LightGBM alone: {len(alone)} settings tried")
    else:
        tried.append(_try(Recipe("lightgbm", trees=ALONE[0]), rows, folds, by))
    kinds = dict.fromkeys(one.recipe.kind for one in tried)
    best = {kind: _best([one for one in tried if one.recipe.kind == kind]) for kind in kinds}
    return Choice(best, _champion(best, rows), tuple(tried), rows.label)


def _try(recipe: Recipe, rows: Rows, folds: Sequence[Fold], by: Worth) -> Tried:
    """One recipe on every fold, with one seed: the choice needs the order of recipes, not the last digit."""
    found = _Kept(rows)
    for fold in folds:
        found.keep(fold, fit(recipe, rows.where(fold.fitted), SEEDS[:1]))
    return found.tried(recipe, by)


def _along_the_path(rows: Rows, folds: Sequence[Fold], by: Worth) -> list[Tried]:
    """Elastic nets from the strongest penalty to the weakest, each started where the one before ended."""
    found = {recipe: _Kept(rows) for recipe in LINEAR}
    for fold in folds:
        part, start = rows.where(fold.fitted), None
        for recipe in LINEAR:
            model = fit(recipe, part, linear=start)
            found[recipe].keep(fold, model)
            start = model.linear
    return [found[recipe].tried(recipe, by) for recipe in LINEAR]


class _Kept:
    """Log-odds and average precision of one recipe, fold by fold; folds may share judged rows, the last one stands."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.logit, self.each = rows, np.full(len(rows.label), np.nan), list[float]()

    def keep(self, fold: Fold, model: Model) -> None:
        logit = model.logit(self.rows.matrix[fold.judged])
        self.logit[fold.judged] = logit
        self.each.append(average_precision(logit, self.rows.label[fold.judged]))

    def tried(self, recipe: Recipe, by: Worth) -> Tried:
        precision, skill = float(np.mean(self.each)), _skill(self.logit, self.rows.label)
        return Tried(recipe, precision, skill, self.logit, precision if by == "precision" else skill)


def _skill(logit: Floats, label: Floats) -> float:
    """1 − log loss ÷ log loss of the base rate, after calibration on the judged rows themselves (two numbers)."""
    is_judged = ~np.isnan(logit)
    label, rate = label[is_judged], label[is_judged].mean()
    probability = fit_calibration(logit[is_judged], label).probability(logit[is_judged])
    kept = np.clip(probability, 1e-12, 1 - 1e-12)
    loss = -float(np.mean(label * np.log(kept) + (1 - label) * np.log1p(-kept)))
    return 1 - loss / -float(rate * np.log(rate) + (1 - rate) * np.log1p(-rate))


def _alone(rows: Rows) -> list[TreeSettings]:
    """Settings for trees alone; those that take steps without order only where there are steps."""
    has_steps = any(one.kind == "steps" and one.sign == 0 for one in rows.features)
    return [one for one in ALONE if has_steps or not one.levels_unordered]


def _champion(best: Mapping[RecipeKind, Tried], rows: Rows) -> Tried:
    leader = best["enet"]
    if rows.label.sum() < LEAST_POSITIVES:
        return leader
    for kind in _KINDS[1:]:
        if best[kind].worth > leader.worth + GAIN * abs(leader.worth):
            leader = best[kind]
    return leader


def _best(tried: Sequence[Tried]) -> Tried:
    """Highest worth; of equals the first, which is the plainer."""
    return max(tried, key=lambda one: one.worth)

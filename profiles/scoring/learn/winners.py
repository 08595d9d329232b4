"""Who wins among recipes: by average precision as far as it can tell, then by skill, and the plainer one in doubt.

Here: the rule. Mean average precision over the folds is what lists are for (B3), and it rests on few hits: recipes
within one standard error of the best cannot be told apart by it. Among those the most skilful wins: skill is the
share of the base rate's log loss that calibrated log-odds save, and every row has a part in it. A less plain kind
must add a hundredth. Not here: the measuring (choice).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats
from profiles.scoring.learn.recipes import Recipe, RecipeKind

GAIN: Final = 0.01  # share of its skill that a less plain kind must add before it is preferred
KINDS: Final[tuple[RecipeKind, ...]] = ("enet", "hybrid", "lightgbm")


@dataclass(frozen=True)
class Tried:
    """One recipe: average precision of each fold, skill, and log-odds of the judged rows (NaN elsewhere)."""

    recipe: Recipe
    each: tuple[float, ...]
    skill: float
    logit: Floats

    @property
    def precision(self) -> float:
        """Mean average precision over the folds that had any outcome; 0 where none had."""
        held = [one for one in self.each if not np.isnan(one)]
        return float(np.mean(held)) if held else 0.0


def alike(tried: Sequence[Tried]) -> list[Tried]:
    """Those within one standard error of the highest average precision, fold against fold."""
    first = max(tried, key=lambda one: one.precision)

    def is_near(one: Tried) -> bool:
        gap = np.subtract(first.each, one.each)
        gap = gap[~np.isnan(gap)]
        error = float(gap.std(ddof=1)) / sqrt(len(gap)) if len(gap) > 1 else float("inf")
        return not len(gap) or float(gap.mean()) <= error

    return [one for one in tried if one is first or is_near(one)]


def best_of(tried: Sequence[Tried]) -> Tried:
    """The winner among recipes of one kind; of equals the first, which is the plainer."""
    return max(alike(tried), key=lambda one: one.skill)


def champion_of(tried: Sequence[Tried]) -> Tried:
    """The winner among elastic net, hybrid and LightGBM."""
    near = alike([one for one in tried if one.recipe.kind in KINDS])
    own = [[one for one in near if one.recipe.kind == kind] for kind in KINDS]
    best = [max(each, key=lambda one: one.skill) for each in own if each]
    leader = best[0]
    for one in best[1:]:
        if one.skill > leader.skill + GAIN * abs(leader.skill):
            leader = one
    return leader

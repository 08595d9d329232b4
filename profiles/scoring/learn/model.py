"""A fitted model: what it says of a row, and what each feature adds to that.

Here: log-odds, and their exact split over the features. Not here: fitting (fit), probabilities that may be printed
(calibration), words for the split (explain).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from profiles.scoring.arrays import Floats
from profiles.scoring.learn.encoding import Encoding
from profiles.scoring.learn.linear import Linear
from profiles.scoring.learn.recipes import Recipe
from profiles.scoring.learn.trees import margin, shares

IDENTITY_TOLERANCE = 1e-9


class ModelError(ValueError):
    """A model that cannot be used on these features: one sentence."""


@dataclass(frozen=True)
class Contributions:
    """What each feature adds to the log-odds, shape (n, features), over a base that is the same for everybody."""

    base: float
    parts: Floats

    @property
    def logit(self) -> Floats:
        """Base and parts together."""
        return np.asarray(self.base + self.parts.sum(axis=1), np.float64)


@dataclass(frozen=True)
class Model:
    """A linear part and trees on top of it; either may be empty. `means` are those of the linear design in training."""

    recipe: Recipe
    encoding: Encoding
    linear: Linear
    means: Floats
    trees: tuple[str, ...] = ()

    def logit(self, matrix: Floats, names: Sequence[str] | None = None) -> Floats:
        """Log-odds of each row. With `names`, the columns must be the model's own, in its order."""
        if names is not None:
            check_names(self.encoding.names, names)
        found = self.linear.logit(self.encoding.design(matrix))
        return found + margin(self.trees, matrix) if self.trees else found

    def contributions(self, matrix: Floats) -> Contributions:
        """Split of the log-odds; raises ModelError if it does not add up to `logit` within 1e-9 in every row."""
        from scipy import sparse

        design = self.encoding.design(matrix)
        dense = design.toarray() if sparse.issparse(design) else design
        each = (dense - self.means) * self.linear.coefficients
        parts = np.zeros((len(matrix), len(self.encoding.parts)))
        np.add.at(parts.T, self.encoding.owner, each.T)
        base = self.linear.intercept + float(self.means @ self.linear.coefficients)
        if self.trees:
            added, constant = shares(self.trees, matrix)
            parts, base = parts + added, base + constant
        found = Contributions(base, parts)
        gap = np.abs(found.logit - self.logit(matrix)).max(initial=0.0)
        if gap > IDENTITY_TOLERANCE:
            raise ModelError(f"The parts of a score do not add up to it: they are {gap:.2e} apart.")
        return found


def check_names(expected: Sequence[str], found: Sequence[str]) -> None:
    """Refuse a table whose columns are not the model's own."""
    if missing := [name for name in expected if name not in found]:
        raise ModelError(
            f"The features lack {missing[0]!r}, which the model needs; rank by rule until it is back."
        )
    if extra := [name for name in found if name not in expected]:
        raise ModelError(
            f"The features hold {extra[0]!r}, which the model does not know; take it out or train again."
        )
    if list(expected) != list(found):
        raise ModelError(
            "The features stand in another order than the model was trained on; put them in its order."
        )

"""From a matrix of features to the columns of a linear model and of trees, fitted on training rows only.

Here: standardising, log1p of counts, one column a level for words and steps, marks for missing values, bounds by
sign. Not here: what a table's columns are (table/columns), the fitting itself (linear, trees).

A matrix has one row a person and date, one column a feature; NaN is missing; words are places in a list of levels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from profiles.scoring.arrays import Floats, Longs

FeatureKind = Literal["number", "count", "steps", "words"]
ROWS_A_LEVEL: Final = 10  # a level met in fewer training rows has no column of its own


@dataclass(frozen=True)
class Feature:
    """One feature: what it holds, and the sign that more of it must have in a score (+1, −1, 0 free)."""

    name: str
    kind: FeatureKind
    sign: int = 0


@dataclass(frozen=True)
class Encoded:
    """How one feature is turned into columns: one standardised number, a mark for missing, one column a level."""

    feature: Feature
    centre: float
    scale: float
    has_missing: bool
    levels: tuple[float, ...]

    @property
    def has_number(self) -> bool:
        """Words have no number; everything else has."""
        return self.feature.kind != "words"

    @property
    def width(self) -> int:
        """Columns in the linear design."""
        return int(self.has_number) + int(self.has_missing) + len(self.levels)

    def number(self, values: Floats) -> Floats:
        """Standardised values; missing ones are at the mean."""
        shown = np.log1p(np.maximum(values, 0.0)) if self.feature.kind == "count" else values
        return np.nan_to_num((shown - self.centre) / self.scale, nan=0.0)


@dataclass(frozen=True)
class Encoding:
    """All features of a model, in order."""

    parts: tuple[Encoded, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Feature names in the order of the matrix."""
        return tuple(part.feature.name for part in self.parts)

    @property
    def signs(self) -> tuple[int, ...]:
        """Monotone sign of each feature."""
        return tuple(part.feature.sign for part in self.parts)

    @property
    def words(self) -> tuple[int, ...]:
        """Places of the features that trees must take as levels without an order."""
        return tuple(place for place, part in enumerate(self.parts) if part.feature.kind == "words")

    @property
    def owner(self) -> Longs:
        """For each column of the linear design, the place of its feature."""
        return np.repeat(np.arange(len(self.parts)), [part.width for part in self.parts])

    def design(self, matrix: Floats) -> Any:
        """The linear design: a dense array if there are numbers only, otherwise a sparse one; shape (n, Σ width)."""
        blocks = [block for place, part in enumerate(self.parts) for block in _blocks(part, matrix[:, place])]
        if not any(part.levels for part in self.parts):
            return np.column_stack(blocks) if blocks else np.zeros((len(matrix), 0))
        from scipy import sparse

        return sparse.csr_array(sparse.hstack([sparse.csc_array(block[:, None]) for block in blocks]))

    def bounds(self) -> tuple[Floats, Floats]:
        """Lower and upper bound of each linear coefficient: the sign holds for the number, nothing else is bounded."""
        lower: list[float] = []
        upper: list[float] = []
        for part in self.parts:
            sign = part.feature.sign
            free = part.width - int(part.has_number)
            lower += [0.0 if sign > 0 else -np.inf] * int(part.has_number) + [-np.inf] * free
            upper += [0.0 if sign < 0 else np.inf] * int(part.has_number) + [np.inf] * free
        return np.asarray(lower), np.asarray(upper)


def fit_encoding(features: Sequence[Feature], matrix: Floats) -> Encoding:
    """Means, spreads and levels as the training rows have them."""
    return Encoding(tuple(_encoded(one, matrix[:, place]) for place, one in enumerate(features)))


def _encoded(feature: Feature, values: Floats) -> Encoded:
    held = values[~np.isnan(values)]
    shown = np.log1p(np.maximum(held, 0.0)) if feature.kind == "count" else held
    spread = float(shown.std()) if len(shown) else 0.0
    has_levels = feature.kind == "words" or (feature.kind == "steps" and feature.sign == 0)
    return Encoded(
        feature,
        centre=float(shown.mean()) if len(shown) and feature.kind != "words" else 0.0,
        scale=spread if spread > 1e-9 else 1.0,
        has_missing=len(held) < len(values),
        levels=_levels(held) if has_levels else (),
    )


def _levels(held: Floats) -> tuple[float, ...]:
    levels, counts = np.unique(held, return_counts=True)
    least = min(ROWS_A_LEVEL, max(1, len(held) // 20))
    return tuple(float(level) for level in levels[counts >= least])


def _blocks(part: Encoded, values: Floats) -> Iterable[Floats]:
    if part.has_number:
        yield part.number(values)
    if part.has_missing:
        yield np.isnan(values).astype(np.float64)
    for level in part.levels:
        yield (values == level).astype(np.float64)

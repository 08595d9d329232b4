"""The proxy audit: how well features give a protected attribute away, and which of them do it most.

Here: for each group, how well its membership is told from the features by an elastic net on people it was not fitted
on. Over .65 the strongest features are listed in the card: leaving an attribute out is not the same as not knowing
it. Not here: how groups are treated (audit).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Words
from profiles.scoring.judge.metrics import auc
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.fit import fit, rows_of
from profiles.scoring.learn.folds import by_person
from profiles.scoring.learn.recipes import Recipe

GIVEN_AWAY: Final = 0.65
DRIVERS: Final = 3
LEAST: Final = 30
_PENALTY: Final = 0.003


@dataclass(frozen=True, slots=True)
class Proxy:
    """One group: how well it is told from the features, and the strongest of them where that is too well."""

    group: str
    auc: float
    drivers: tuple[str, ...]


def proxies(features: Sequence[Feature], matrix: Floats, group: Words, ids: Words) -> tuple[Proxy, ...]:
    """Every group of at least thirty rows with as many outside it. Signs do not bind: any pattern counts."""
    free = [Feature(one.name, one.kind) for one in features]
    found = []
    for name in sorted({str(one) for one in group}):
        label = (group.astype(str) == name).astype(np.float64)
        if min(label.sum(), (1 - label).sum()) >= LEAST:
            found.append(_proxy(name, free, matrix, label, ids))
    return tuple(found)


def _proxy(name: str, features: Sequence[Feature], matrix: Floats, label: Floats, ids: Words) -> Proxy:
    rows = rows_of(features, matrix, label, ids)
    fold = by_person(rows.ids, rows.label)[0]
    model = fit(Recipe("enet", _PENALTY), rows.where(fold.fitted))
    told = auc(model.logit(rows.matrix[fold.judged]), rows.label[fold.judged])
    strength = np.zeros(len(features))
    np.maximum.at(strength, model.encoding.owner, np.abs(model.linear.coefficients))
    order = [place for place in np.argsort(-strength)[:DRIVERS] if strength[place] > 0]
    return Proxy(name, told, tuple(features[place].name for place in order) if told > GIVEN_AWAY else ())

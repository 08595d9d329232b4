"""What test blocks say of every list: measures pooled over the origins, lists force by force, harm they came before.

Here: figures for the card, the gate and the pack. Precision at k is counted inside each force, since each force
reads its own list, and then averaged. Not here: who leads (admission), the blocks (train).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Words
from profiles.scoring.heads.train import Judged
from profiles.scoring.intervals import share_interval
from profiles.scoring.judge.metrics import LISTS, Ranking, bins_of, brier, calibration_error
from profiles.scoring.judge.resampling import Estimate, estimate, person_weights

DRAWS: Final = 200


@dataclass(frozen=True)
class ListFigures:
    """One list at one length, over all forces and origins: hits and length, recall, and harm it came before."""

    k: int
    precision: Estimate
    recall: float
    harm: float  # share of the harm of the outcome windows that fell on listed people
    hits: float
    n: int


@dataclass(frozen=True)
class Figures:
    """One model or rule: mean over the origins, with intervals by drawing persons. Rules have no probabilities."""

    auc: Estimate
    precision: Estimate
    brier: Estimate | None
    calibration_error: Estimate | None
    lists: tuple[ListFigures, ...]


def figures(judged: Sequence[Judged]) -> Mapping[str, Figures]:
    """Figures of every list that was judged."""
    names = list(judged[0].scores)
    drawn = _drawn(judged, names)
    return {
        name: Figures(
            drawn[f"{name}.auc"], drawn[f"{name}.ap"], drawn.get(f"{name}.brier"), drawn.get(f"{name}.ece"),
            tuple(_list(judged, name, k) for k in LISTS),
        )
        for name in names
    }  # fmt: skip


def gain(judged: Sequence[Judged], first: str, second: str, force: str | None = None) -> Estimate:
    """Mean over the origins of the difference in average precision (first − second), in one force or all."""
    parts = [_Part(one, force) for one in judged]
    parts = [part for part in parts if part.is_usable]
    if not parts:
        return Estimate(float("nan"), float("-inf"), float("inf"))
    value = float(np.mean([part.gap(first, second, None) for part in parts]))
    draws = [
        _mean([part.gap(first, second, weight[part.where]) for part in parts]) for weight in _weights(parts)
    ]
    return estimate(value, draws)


def _mean(gaps: Sequence[float]) -> float:
    """Mean of the gaps that a draw could tell; NaN where it drew no outcome at all."""
    held = [gap for gap in gaps if not np.isnan(gap)]
    return float(np.mean(held)) if held else float("nan")


def pooled(judged: Sequence[Judged], name: str) -> tuple[Floats, Floats, Floats, Words]:
    """Log-odds, probabilities, outcomes and persons of all test blocks together."""
    return (
        np.concatenate([one.scores[name] for one in judged]),
        np.concatenate([one.probabilities[name] for one in judged]),
        np.concatenate([one.cohort.label for one in judged]),
        np.concatenate([one.cohort.person for one in judged]),
    )


class _Part:
    """The rows of one origin (and force) with their rankings."""

    def __init__(self, judged: Judged, force: str | None) -> None:
        rows = np.ones(len(judged.cohort), np.bool_) if force is None else judged.cohort.force == force
        self.label, self.person = judged.cohort.label[rows], judged.cohort.person[rows]
        self.ranking = {name: Ranking(score[rows], self.label) for name, score in judged.scores.items()}
        self.where = slice(0, 0)

    @property
    def is_usable(self) -> bool:
        return bool(0 < self.label.sum() < len(self.label))

    def gap(self, first: str, second: str, weight: Floats | None) -> float:
        return self.ranking[first].average_precision(weight) - self.ranking[second].average_precision(weight)


def _weights(parts: Sequence[_Part]) -> Sequence[Floats]:
    """Weights of all rows for each draw: a person is drawn once for all origins."""
    start = 0
    for part in parts:
        part.where = slice(start, start + len(part.label))
        start += len(part.label)
    return list(person_weights(np.concatenate([part.person for part in parts]), DRAWS))


def _drawn(judged: Sequence[Judged], names: Sequence[str]) -> Mapping[str, Estimate]:
    parts = [_Part(one, None) for one in judged]
    measures: dict[str, list[Callable[[Floats | None], float]]] = {}
    for one, part in zip(judged, parts, strict=True):
        for name in names:
            measures.setdefault(f"{name}.auc", []).append(part.ranking[name].auc)
            measures.setdefault(f"{name}.ap", []).append(part.ranking[name].average_precision)
            if name in one.probabilities:
                p, bins = one.probabilities[name], bins_of(one.probabilities[name])
                measures.setdefault(f"{name}.brier", []).append(partial(brier, p, part.label))
                error = partial(calibration_error, p, part.label, bins=bins)
                measures.setdefault(f"{name}.ece", []).append(error)
    weights = _weights(parts)
    return {
        name: estimate(
            float(np.mean([measure(None) for measure in each])),
            [
                np.nanmean([measure(weight[part.where]) for measure, part in zip(each, parts, strict=True)])
                for weight in weights
            ],
        )
        for name, each in measures.items()
    }


def _list(judged: Sequence[Judged], name: str, k: int) -> ListFigures:
    """One list of k people a force and origin, counted together; shorter where a force has fewer people."""
    hits = n = positives = came_before = harm = 0.0
    shares = []
    for one in judged:
        for force in np.unique(one.cohort.force.astype(str)):
            rows = np.flatnonzero(one.cohort.force == force)
            ranking = Ranking(one.scores[name][rows], one.cohort.label[rows])
            length = min(k, len(rows))
            found = ranking.hits(length)
            first = rows[ranking.order[:length]]
            hits, n, positives = hits + found, n + length, positives + float(one.cohort.label[rows].sum())
            came_before, harm = (
                came_before + float(one.cohort.harm[first].sum()),
                harm + float(one.cohort.harm[rows].sum()),
            )
            shares.append(found / length)
    ends = share_interval(hits, n)
    precision = Estimate(float(np.mean(shares)), ends.lower, ends.upper)
    return ListFigures(
        k,
        precision,
        hits / positives if positives else 0.0,
        came_before / harm if harm else 0.0,
        hits,
        int(n),
    )

"""What the test rows say of fitted models: measures with intervals, lists, and the evidence that the gate asks for.

Here: from log-odds and probabilities on test rows to figures. Not here: fitting and the order of a run (run).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Floats, Words
from profiles.scoring.intervals import share_interval
from profiles.scoring.judge.metrics import LISTS, Ranking, bins_of, brier, calibration_error
from profiles.scoring.judge.resampling import Estimate, estimate, resampled

DIGITS: Final = 6


@dataclass(frozen=True)
class Scored:
    """One model on the test rows: ranked by `logit`, printed as `probability`."""

    logit: Floats
    probability: Floats


def measures_of(
    models: Mapping[str, Scored], label: Floats, ids: Words, pairs: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, Any], Mapping[str, Mapping[str, Estimate]]]:
    """Figures of every model, and for each named pair (first − second) the difference in AUC and average precision."""
    each = {
        f"{name}.{what}": measure
        for name, one in models.items()
        for what, measure in _measures(one, label).items()
    }
    drawn = resampled(each, ids)
    point = {name: measure(None) for name, measure in each.items()}
    figures = {
        name: {
            **{what: _rounded(point[f"{name}.{what}"]) for what in ("auc", "ap", "brier", "ece")},
            "p_at_k": {str(k): _rounded(hits / k) for k, (hits, _) in _lists(one, label).items()},
            "recall_at_k": {
                str(k): _rounded(hits / label.sum()) for k, (hits, _) in _lists(one, label).items()
            },
            "intervals": {
                **{
                    what: _pair(estimate(0.0, drawn[f"{name}.{what}"]))
                    for what in ("auc", "ap", "brier", "ece")
                },
                "p_at_k": {
                    str(k): [_rounded(end) for end in ends] for k, (_, ends) in _lists(one, label).items()
                },
            },
        }
        for name, one in models.items()
    }
    gains = {
        name: {
            what: estimate(
                point[f"{first}.{what}"] - point[f"{second}.{what}"],
                drawn[f"{first}.{what}"] - drawn[f"{second}.{what}"],
            )
            for what in ("auc", "ap")
        }
        for name, (first, second) in pairs.items()
    }
    return figures, gains


def as_difference(one: Estimate) -> Mapping[str, Any]:
    """A difference for the answer."""
    return {"value": _rounded(one.value), "interval": _pair(one)}


def _measures(one: Scored, label: Floats) -> Mapping[str, Callable[[Floats | None], float]]:
    ranking, bins = Ranking(one.logit, label), bins_of(one.probability)
    return {
        "auc": ranking.auc,
        "ap": ranking.average_precision,
        "brier": partial(brier, one.probability, label),
        "ece": partial(calibration_error, one.probability, label, bins=bins),
    }


def _lists(one: Scored, label: Floats) -> Mapping[int, tuple[float, tuple[float, float]]]:
    """Hits and Wilson interval for each length that the rows allow."""
    ranking = Ranking(one.logit, label)
    found = {}
    for k in LISTS:
        if k <= len(label):
            hits = ranking.hits(k)
            ends = share_interval(hits, k)
            found[k] = (hits, (ends.lower, ends.upper))
    return found


def _pair(one: Estimate) -> list[float | None]:
    return [_rounded(one.lower), _rounded(one.upper)]


def _rounded(value: float) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None

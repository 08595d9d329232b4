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
    figures = {name: _figures(name, one, label, point, drawn) for name, one in models.items()}
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


def _figures(
    name: str, one: Scored, label: Floats, point: Mapping[str, float], drawn: Mapping[str, Floats]
) -> dict[str, Any]:
    """Figures of one model; a list longer than the test has null."""
    ranking, whole = Ranking(one.logit, label), ("auc", "ap", "brier", "ece")
    hits = {k: ranking.hits(k) if k <= len(label) else None for k in LISTS}
    ends = {k: share_interval(n, k) if n is not None else None for k, n in hits.items()}
    intervals = {what: _pair(estimate(0.0, drawn[f"{name}.{what}"])) for what in whole}
    lists = {str(k): [_rounded(one.lower), _rounded(one.upper)] if one else None for k, one in ends.items()}
    return {
        **{what: _rounded(point[f"{name}.{what}"]) for what in whole},
        "p_at_k": {str(k): None if n is None else _rounded(n / k) for k, n in hits.items()},
        "recall_at_k": {str(k): None if n is None else _rounded(n / label.sum()) for k, n in hits.items()},
        "intervals": {**intervals, "p_at_k": lists},
    }


def _pair(one: Estimate) -> list[float | None]:
    return [_rounded(one.lower), _rounded(one.upper)]


def _rounded(value: float) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None

"""Whether tonight's features are still those that the model was learned on: population stability and vanished values.

Here: the population stability index by feature and of the score, jumps of the share of zeros, and what is normal
learned from earlier nights. It sees what a model's own figures do not: a feed that silently turns to nothing. Not
here: whether the scores still come true (floor).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from profiles.scoring.arrays import Floats

WARN: Final = 0.2
HOLD: Final = 1.0
ZERO_JUMP: Final = 0.3
N_BINS: Final = 10
_LEAST: Final = 1e-4  # share of an empty bin, so that a logarithm exists
Verdict = Literal["steady", "warn", "hold"]


@dataclass(frozen=True)
class Reference:
    """A feature as training had it: bin edges, the share in each bin, and of zeros."""

    edges: Floats
    shares: Floats
    zero_share: float


@dataclass(frozen=True, slots=True)
class Drift:
    """One feature tonight: its index, the change of its share of zeros, and what follows."""

    feature: str
    index: float
    zero_change: float
    verdict: Verdict


def reference(values: Floats) -> Reference:
    """Bins by tenths of the training values; zero has a bin of its own."""
    positive = values[values != 0]
    inner = (
        np.unique(np.quantile(positive, np.linspace(0, 1, N_BINS + 1)[1:-1]))
        if len(positive)
        else np.array([])
    )
    edges = np.asarray(inner, np.float64)
    return Reference(edges, _shares(values, edges), float((values == 0).mean()))


def stability_index(known: Reference, values: Floats) -> float:
    """Σ (now − then) × log(now ÷ then) over the bins: 0 for no change, over .2 notable, over 1 another population."""
    now, then = np.maximum(_shares(values, known.edges), _LEAST), np.maximum(known.shares, _LEAST)
    return float(np.sum((now - then) * np.log(now / then)))


def drift(
    known: Mapping[str, Reference], tonight: Mapping[str, Floats], normal: Mapping[str, float] | None = None
) -> Sequence[Drift]:
    """Every feature that the model needs. `normal` is the index that earlier nights showed and is taken off first.

    A feature that is not there at all is held, not skipped.
    """
    found = []
    for name, before in known.items():
        if name not in tonight or not len(tonight[name]):
            found.append(Drift(name, float("inf"), 1 - before.zero_share, "hold"))
            continue
        index = max(0.0, stability_index(before, tonight[name]) - (normal or {}).get(name, 0.0))
        zeros = float((tonight[name] == 0).mean()) - before.zero_share
        found.append(Drift(name, index, zeros, _verdict(index, zeros)))
    return found


def normal_band(indices: Sequence[Mapping[str, float]], level: float = 0.95) -> Mapping[str, float]:
    """What the index of each feature was on steady nights: its 95th percentile over them."""
    names = sorted({name for night in indices for name in night})
    return {
        name: float(np.quantile([night[name] for night in indices if name in night], level)) for name in names
    }


def _verdict(index: float, zero_change: float) -> Verdict:
    if index >= HOLD or zero_change > ZERO_JUMP:
        return "hold"
    return "warn" if index >= WARN else "steady"


def _shares(values: Floats, edges: Floats) -> Floats:
    place = np.where(values == 0, 0, 1 + np.searchsorted(edges, values, side="right"))
    return np.bincount(place, minlength=len(edges) + 2) / max(1, len(values))

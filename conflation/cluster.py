"""From pairs to clusters: who is one person, and which clusters a person must look at.

Two groups of mentions are joined where one pair between them is good enough (`join`) and the pairs between them, all
of them, do not speak against it on average (`bear`). So one weak bridge, or one mention that fits two people, does not
pull two people together. Best pairs are joined first; ties go by mention. Decisions of people come before all pairs.

Everything happens within a component (mentions that good pairs connect), so a component can be clustered again alone.
Not here: scoring (predict.py), capping (guards.py), names of persons (ledger.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

BELIEVED = 20.0  # a pair counts for at most so many bits in an average, either way
UNSCORED = -20.0  # a pair within a component that nobody scored
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """When groups are joined: bits of the best pair, and bits that the pairs between must reach on average."""

    join: float
    bear: float


@dataclass
class Clustered:
    """Clusters of one component, each a sorted list of places in the component, and why a person should look."""

    groups: list[list[int]]
    concerns: dict[int, str] = field(default_factory=dict)  # place of the group → reason


def cluster_component(
    size: int,
    left: Sequence[int],
    right: Sequence[int],
    weights: Sequence[float],
    terms: Terms,
    must: Iterable[tuple[int, int]] = (),
    never: Iterable[tuple[int, int]] = (),
) -> Clustered:
    """Cluster the mentions 0 … size-1 of one component.

    Args:
        left, right, weights: every scored pair of the component, once.
        must, never: pairs that a person has joined or kept apart.
    """
    a, b = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    w = np.asarray(weights, dtype=np.float64)
    sums = np.full((size, size), UNSCORED)
    believed = np.clip(w, -BELIEVED, BELIEVED)
    sums[a, b] = believed
    sums[b, a] = believed
    groups = _Groups(size, sums, _apart(size, never))
    for p, q in must:
        groups.join(p, q)
    good = w >= terms.join
    order = np.lexsort((b[good], a[good], -np.round(w[good], 6)))
    refused: list[tuple[int, int]] = []
    for p, q in zip(a[good][order].tolist(), b[good][order].tolist(), strict=True):
        if not groups.try_join(p, q, terms.bear):
            refused.append((p, q))
    return groups.answer(refused)


def _apart(size: int, never: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    apart = np.zeros((size, size), dtype=bool)
    for p, q in never:
        apart[p, q] = apart[q, p] = True
    return apart


class _Groups:
    """Groups while they grow: the sum of the weights between each two, kept up as they join."""

    def __init__(self, size: int, sums: Floats, apart: NDArray[np.bool_]) -> None:
        self.sums, self.apart = sums, apart
        self.count = np.ones(size)
        self.group = np.arange(size)

    def try_join(self, p: int, q: int, bear: float) -> bool:
        """Join the groups of two mentions if that can be borne; True if they are one group now."""
        g, h = int(self.group[p]), int(self.group[q])
        if g == h:
            return True
        if self.apart[g, h] or self.sums[g, h] / (self.count[g] * self.count[h]) < bear:
            return False
        self.join(p, q)
        return True

    def join(self, p: int, q: int) -> None:
        """Join the groups of two mentions without asking."""
        g, h = sorted((int(self.group[p]), int(self.group[q])))
        if g == h:
            return
        self.sums[g] += self.sums[h]
        self.sums[:, g] += self.sums[:, h]
        self.apart[g] |= self.apart[h]
        self.apart[:, g] |= self.apart[:, h]
        self.count[g] += self.count[h]
        self.group[self.group == h] = g

    def answer(self, refused: Iterable[tuple[int, int]]) -> Clustered:
        labels = sorted(set(self.group.tolist()))
        found = Clustered([np.flatnonzero(self.group == label).tolist() for label in labels])
        place = {label: i for i, label in enumerate(labels)}
        for p, q in refused:
            g, h = int(self.group[p]), int(self.group[q])
            if g == h:
                continue
            reason = (
                "a person keeps them apart"
                if self.apart[g, h]
                else "one good pair, but the others speak against it"
            )
            found.concerns.setdefault(place[g], reason)
            found.concerns.setdefault(place[h], reason)
        return found

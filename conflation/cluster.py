"""From pairs to clusters: who is one person, and which clusters a person must look at.

Two groups of mentions are joined where one pair between them is good enough (`join`) and the pairs between them, all
of them, do not speak against it on average (`bear`). So one weak bridge does not pull two people together. Nor are
groups joined where most of the pairs that can tell (dates of birth, numbers of one person) say two people; nor where
no such pair speaks for it and a third group, another person than one of the two, fits the other nearly as well: then
nobody knows, and a person should look. Best pairs go first; ties go by mention. People's decisions go before all.

Everything happens within a component (mentions that good pairs connect), so a component can be clustered again alone.
Not here: scoring (predict.py), capping (guards.py), names of persons (ledger.py).
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

BELIEVED = 20.0  # a pair counts for at most so many bits in an average, either way
UNSCORED = -20.0  # a pair within a component that nobody scored
CLEAR = math.log2(100)  # bits by which one of two fits must be the better
SAID = 0.1  # the least balance of votes, as a share of all pairs between two groups, that says two people
NONE = -1e9  # the best pair of groups that have none
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
    left: ArrayLike,
    right: ArrayLike,
    weights: ArrayLike,
    terms: Terms,
    must: Iterable[tuple[int, int]] = (),
    never: Iterable[tuple[int, int]] = (),
    votes: ArrayLike | None = None,
) -> Clustered:
    """Cluster the mentions 0 … size-1 of one component.

    Args:
        left, right, weights: every scored pair of the component, once.
        votes: of each pair, 1 where something of one person agrees, -1 where it says two people, else 0.
        must, never: pairs that a person has joined or kept apart.
    """
    a, b = np.asarray(left, dtype=np.int64), np.asarray(right, dtype=np.int64)
    w = np.asarray(weights, dtype=np.float64)
    believed = _square(size, a, b, np.clip(w, -BELIEVED, BELIEVED), UNSCORED)
    said = np.zeros(len(w)) if votes is None else np.asarray(votes, dtype=np.float64)
    told = _square(size, a, b, said, 0.0)
    groups = _Groups(believed, told, _square(size, a, b, w, NONE), _apart(size, never))
    for p, q in must:
        groups.join(p, q)
    good = w >= terms.join
    order = np.lexsort((b[good], a[good], -np.round(w[good], 6)))
    refused = [
        (p, q, reason)
        for p, q, weight in zip(
            a[good][order].tolist(), b[good][order].tolist(), w[good][order].tolist(), strict=True
        )
        if (reason := groups.try_join(p, q, weight, terms.bear))
    ]
    return groups.answer(refused)


def _square(size: int, a: Ints, b: Ints, values: Floats, otherwise: float) -> Floats:
    found = np.full((size, size), otherwise)
    found[a, b] = values
    found[b, a] = values
    return found


def _apart(size: int, never: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    apart = np.zeros((size, size), dtype=bool)
    for p, q in never:
        apart[p, q] = apart[q, p] = True
    return apart


class _Groups:
    """Groups while they grow: between each two the sum of the weights, of the votes, and the best pair."""

    def __init__(self, sums: Floats, votes: Floats, best: Floats, apart: NDArray[np.bool_]) -> None:
        self.sums, self.votes, self.best, self.apart = sums, votes, best, apart
        self.count = np.ones(len(sums))
        self.group = np.arange(len(sums))

    def try_join(self, p: int, q: int, weight: float, bear: float) -> str | None:
        """Join the groups of two mentions if that can be borne; the reason why not, else None."""
        g, h = int(self.group[p]), int(self.group[q])
        if g == h:
            return None
        if self.apart[g, h]:
            return "a person keeps them apart"
        if self._are_two(g)[h]:
            return "one good pair, but dates of birth or numbers say two people"
        if self.sums[g, h] / (self.count[g] * self.count[h]) < bear:
            return "one good pair, but the others speak against it"
        if self.votes[g, h] == 0 and (self._has_rival(g, h, weight) or self._has_rival(h, g, weight)):
            return "fits two people about as well"
        self.join(p, q)
        return None

    def _has_rival(self, g: int, h: int, weight: float) -> bool:
        """Whether a third group, not the same person as h, fits g about as well; the larger of two is likelier."""
        odds = np.log2(self.count[h] / self.count)
        rivals = self._are_two(h) & (self.best[g] + CLEAR >= weight + odds)
        rivals[[g, h]] = False
        return bool(rivals.any())

    def _are_two(self, g: int) -> NDArray[np.bool_]:
        """Which groups are another person than g, as far as the pairs between them can tell."""
        told: NDArray[np.bool_] = self.votes[g] < -SAID * self.count[g] * self.count
        return told

    def join(self, p: int, q: int) -> None:
        """Join the groups of two mentions without asking."""
        g, h = sorted((int(self.group[p]), int(self.group[q])))
        if g == h:
            return
        for table in (self.sums, self.votes):
            table[g] += table[h]
            table[:, g] += table[:, h]
        self.apart[g] |= self.apart[h]
        self.apart[:, g] |= self.apart[:, h]
        self.best[g] = np.maximum(self.best[g], self.best[h])
        self.best[:, g] = self.best[g]
        self.best[h] = self.best[:, h] = NONE
        self.count[g] += self.count[h]
        self.group[self.group == h] = g

    def answer(self, refused: Iterable[tuple[int, int, str]]) -> Clustered:
        labels = sorted(set(self.group.tolist()))
        found = Clustered([np.flatnonzero(self.group == label).tolist() for label in labels])
        place = {label: i for i, label in enumerate(labels)}
        for p, q, reason in refused:
            g, h = int(self.group[p]), int(self.group[q])
            if g != h:
                found.concerns.setdefault(place[g], reason)
                found.concerns.setdefault(place[h], reason)
        return found

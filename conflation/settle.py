"""Who is one person within each component: most components are plainly one; the disputed ones are clustered one by one.

Not here: how a disputed component is clustered (cluster.py), its missing pairs (within.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from conflation.cluster import Terms, cluster_component
from conflation.components import is_inner
from conflation.graph import Graph, Ints

Decisions = Sequence[tuple[int, int]]


@dataclass
class Settled:
    """Of each mention the first of its cluster; and why a person should look at some."""

    cluster: Ints
    concerns: dict[int, str] = field(default_factory=dict)  # mention → reason


def settle(graph: Graph, first: Ints, terms: Terms, must: Decisions, never: Decisions) -> Settled:
    """Clusters of every component. A component whose pairs all bear it is one person."""
    told = Settled(first.copy())
    inner = is_inner(graph, first)
    speaks_against = inner & ((graph.weight < terms.bear) | (graph.vote < 0))
    is_disputed = np.zeros(graph.size, dtype=bool)
    is_disputed[first[graph.left[speaks_against]]] = True
    for pair in (*must, *never):
        is_disputed[first[list(pair)]] = True
    pairs = np.flatnonzero(inner & is_disputed[first[graph.left]])
    pairs = pairs[np.argsort(first[graph.left[pairs]], kind="stable")]
    members = np.flatnonzero(is_disputed[first])
    members = members[np.argsort(first[members], kind="stable")]
    place = np.zeros(graph.size, dtype=np.int64)
    for who, among in _by_component(first, members, pairs, graph.left):
        place[who] = np.arange(len(who))
        label = first[who[0]]
        found = cluster_component(
            len(who),
            place[graph.left[among]],
            place[graph.right[among]],
            graph.weight[among],
            terms,
            [(int(place[a]), int(place[b])) for a, b in must if first[a] == first[b] == label],
            [(int(place[a]), int(place[b])) for a, b in never if first[a] == first[b] == label],
            graph.vote[among],
        )
        for number, group in enumerate(found.groups):
            told.cluster[who[group]] = who[group[0]]
            if number in found.concerns:
                told.concerns |= dict.fromkeys(who[group].tolist(), found.concerns[number])
    return told


def _by_component(first: Ints, members: Ints, pairs: Ints, left: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Of each component its members and its pairs, both given in order of component."""
    labels, starts = np.unique(first[members], return_index=True)
    of_pairs = first[left[pairs]]
    for who, label in zip(np.split(members, starts[1:]), labels, strict=False):
        yield who, pairs[np.searchsorted(of_pairs, label) : np.searchsorted(of_pairs, label, side="right")]

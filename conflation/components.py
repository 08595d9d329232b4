"""Components: mentions that good pairs connect. Whatever happens after blocking happens inside one of them.

Not here: reading pairs (graph.py), who is one person within a component (settle.py).
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from conflation.graph import Graph, Ints, Numbers

LARGEST = 1_000  # distinct mentions of a component whose pairs are all compared; larger ones are cut at better pairs
STEP = 4.0  # bits


def components(graph: Graph, join: float, must: Sequence[tuple[int, int]] = ()) -> Ints:
    """Of each mention the first mention of its component.

    A component too large to compare within is cut at ever better pairs, but never at what people joined.
    """
    good = graph.is_blocked & (graph.weight >= join)
    joined = np.array(must, dtype=np.int64).reshape(-1, 2)
    left = np.concatenate([graph.left[good], joined[:, 0]])
    right = np.concatenate([graph.right[good], joined[:, 1]])
    weight = np.concatenate([graph.weight[good], np.full(len(joined), np.inf)])
    first = _firsts(graph.size, left, right)
    least = join
    while graph.size and (sizes := np.bincount(first)).max() > LARGEST:
        least += STEP
        kept = ~((sizes[first] > LARGEST)[left] & (weight < least))
        left, right, weight = left[kept], right[kept], weight[kept]
        first = _firsts(graph.size, left, right)
    return first


def _firsts(size: int, left: Ints, right: Ints) -> Ints:
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(size, size))
    _, labels = connected_components(graph, directed=False)
    _, places, found = np.unique(labels, return_index=True, return_inverse=True)
    return np.asarray(places[found], dtype=np.int64)


def is_inner(graph: Graph, first: Ints) -> Numbers:
    """Which pairs lie within a component."""
    return np.asarray(first[graph.left] == first[graph.right])

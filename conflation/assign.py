"""One-to-one linkage: each mention has at most one partner in each other source. Best pairs are taken first.

Greedy on purpose: ties go by mention, memory is linear in the pairs, and the answer can be told to a person. Not
here: clusters, which have no such limit (cluster.py).
"""

from collections.abc import Iterable

Pair = tuple[str, str, str, str, float]  # mention, its source, other mention, its source, weight


def assign(pairs: Iterable[Pair]) -> list[tuple[str, str, float]]:
    """The pairs that are taken, best first. Pairs within one source are left aside."""
    taken: set[tuple[str, str]] = set()
    found: list[tuple[str, str, float]] = []
    for left, left_source, right, right_source, weight in sorted(
        pairs, key=lambda p: (-round(p[4], 6), p[0], p[2])
    ):
        if left_source == right_source or (left, right_source) in taken or (right, left_source) in taken:
            continue
        taken |= {(left, right_source), (right, left_source)}
        found.append((left, right, weight))
    return found

"""How sure a rank is: its interval, groups of people who cannot be told apart, and what doubt about identity adds.

Here: intervals of ranks from draws of the model, groups A, B and C, ranks under other linkage thresholds. Not here:
the draws (heads/train), who is on the list (lists).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Longs

LEVEL: Final = 0.9
GROUP_NAMES: Final = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Between which ranks somebody stands, given how much data the model was learned from."""

    rank: int
    best: int
    worst: int

    @property
    def in_words(self) -> str:
        """Between 4th and 19th."""
        return (
            f"between {_ordinal(self.best)} and {_ordinal(self.worst)}"
            if self.best != self.worst
            else _ordinal(self.best)
        )


def ranks_of(score: Floats) -> Longs:
    """Rank 1 for the highest score; equal scores in the order they stand in."""
    found = np.empty(len(score), np.int64)
    found[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
    return found


def rank_intervals(score: Floats, drawn: Floats, level: float = LEVEL) -> tuple[RankInterval, ...]:
    """From the model's score and those of its draws, shape (draws, people); the interval always holds the rank."""
    each = np.stack([ranks_of(one) for one in drawn])
    tail = (1 - level) / 2
    best = np.floor(np.quantile(each, tail, axis=0)).astype(int)
    worst = np.ceil(np.quantile(each, 1 - tail, axis=0)).astype(int)
    return tuple(
        RankInterval(int(rank), int(min(rank, low)), int(max(rank, high)))
        for rank, low, high in zip(ranks_of(score), best, worst, strict=True)
    )


def groups(intervals: Sequence[RankInterval]) -> tuple[str, ...]:
    """A, B or C for each person: a group goes on as long as its members' intervals reach its first member's.

    Whoever comes after the third group starts is in C.
    """
    order = sorted(range(len(intervals)), key=lambda place: intervals[place].rank)
    found, group, reach = [""] * len(intervals), -1, 0
    for place in order:
        one = intervals[place]
        if one.best > reach and group < len(GROUP_NAMES) - 1:
            group, reach = group + 1, one.worst
        found[place] = GROUP_NAMES[max(group, 0)]
    return tuple(found)


def under_thresholds(
    by_threshold: Mapping[str, Mapping[str, float]],
) -> Mapping[str, tuple[int | None, int | None]]:
    """For each person of the default linkage, best and worst rank under any threshold; None where one loses them.

    Keys are loose, default and strict. It is printed apart from the interval of the model: the two doubts are not one.
    """
    ranks = {}
    for threshold, scores in by_threshold.items():
        people = sorted(scores, key=lambda person: (-scores[person], person))
        ranks[threshold] = {person: rank for rank, person in enumerate(people, start=1)}
    found = {}
    for person in by_threshold["default"]:
        seen = [each.get(person) for each in ranks.values()]
        held = [rank for rank in seen if rank is not None]
        found[person] = (min(held), None if None in seen else max(held))
    return found


def _ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"

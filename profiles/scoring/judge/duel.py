"""The baseline duel: what each list finds on past cuts, and whom each would have missed.

Here: hits at 10, 50 and 100 for every list on the same cuts, with intervals, and people with the outcome that one
list has and the other has not. It is printed for every profile and force, whoever wins. Not here: intervals of a
difference (heads/ figures), the gate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from profiles.scoring.intervals import share_interval
from profiles.scoring.judge.resampling import Estimate

LENGTHS: Final = (10, 50, 100)


@dataclass(frozen=True)
class Cut:
    """One past as-of date of one force: every list in order, and who had the outcome."""

    as_of: date
    force: str
    lists: Mapping[str, Sequence[str]]
    had_outcome: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """What one list found at one length over all cuts."""

    name: str
    k: int
    hits: int
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody with the outcome whom one list held and the other missed: where each put them (None: not at all)."""

    person_id: str
    as_of: date
    force: str
    rank: int
    rank_of_other: int | None


def scores(cuts: Sequence[Cut], lengths: Sequence[int] = LENGTHS) -> tuple[Score, ...]:
    """Hits of every list; where a force has fewer people than k, its list is shorter."""
    names = list(dict.fromkeys(name for cut in cuts for name in cut.lists))
    found = []
    for name in names:
        for k in lengths:
            firsts = [(cut.lists.get(name, ())[:k], cut.had_outcome) for cut in cuts]
            hits = sum(len(had.intersection(first)) for first, had in firsts)
            n = sum(len(first) for first, _ in firsts)
            if n:
                ends = share_interval(hits, n)
                found.append(Score(name, k, hits, n, Estimate(hits / n, ends.lower, ends.upper)))
    return tuple(found)


def missed_by(cuts: Sequence[Cut], holder: str, misser: str, k: int) -> tuple[Missed, ...]:
    """People with the outcome among the first k of `holder` and not among the first k of `misser`."""
    found = []
    for cut in cuts:
        one, other = list(cut.lists[holder]), list(cut.lists[misser])
        for rank, person in enumerate(one[:k], start=1):
            if person in cut.had_outcome and person not in other[:k]:
                place = other.index(person) + 1 if person in other else None
                found.append(Missed(person, cut.as_of, cut.force, rank, place))
    return tuple(found)

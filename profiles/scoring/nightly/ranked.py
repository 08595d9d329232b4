"""One force's list of one head: everybody's rank, how sure it is, who is listed, and what changed since a week ago.

The week-old list is made again from the archive as it stood then, so that a list follows from the night's inputs alone.
Not here: what leads (standing), reasons and chances (stories), tables (tables).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Floats, Longs
from profiles.scoring.explain.movement import Cause, Movement, movements
from profiles.scoring.heads.bundle import Bundle
from profiles.scoring.heads.score import drawn_logits
from profiles.scoring.nightly.features import Features
from profiles.scoring.nightly.ruled import doubted, order_of, parts_of
from profiles.scoring.watch.lists import Listing, listing
from profiles.scoring.watch.ranks import RankInterval, groups, rank_intervals

LISTED: Final = 50
MOMENTS: Final = ("before", "before_late", "before_aged", "tonight")

Score = Callable[[Features], Floats]


@dataclass(frozen=True)
class Ranked:
    """A force's cohort tonight: `order` are places from the first rank down; intervals and groups are by place."""

    rows: Features
    score: Floats
    order: Longs
    intervals: Sequence[RankInterval]
    groups: Sequence[str]
    listing: Listing
    movements: Mapping[str, Movement]

    def rank_of(self) -> Longs:
        """Rank of each place."""
        found = np.empty(len(self.order), np.int64)
        found[self.order] = np.arange(1, len(self.order) + 1)
        return found


def scorer(head: Head, leader: Bundle | None) -> Score:
    """Points of the rule, or log-odds of the model that leads."""
    if leader is None:
        return lambda rows: np.asarray(parts_of(head, rows).sum(axis=1), np.float64)
    return lambda rows: leader.model.logit(rows.matrix, rows.names)


def ranked(head: Head, leader: Bundle | None, at: Mapping[str, Features], k: int = LISTED) -> Ranked:
    """Rank one force's cohort; `at` holds its features at each of MOMENTS."""
    score = scorer(head, leader)
    states = {moment: _scores(score, rows) for moment, rows in at.items() if moment in MOMENTS}
    rows = at["tonight"]
    own = score(rows)
    order = order_of(head, own, rows)
    intervals, named = _doubt(head, leader, rows, own, order)
    moved = movements(states["before"], _causes(states))
    ranks = {str(rows.person[place]): rank for rank, place in enumerate(order, start=1)}
    previous = _first(head, at["before"], score, k)
    return Ranked(rows, own, order, intervals, named, listing(ranks, previous, moved, k), moved)


def _scores(score: Score, rows: Features) -> Mapping[str, float]:
    found = score(rows) if len(rows) else np.zeros(0)
    return {str(person): float(value) for person, value in zip(rows.person, found, strict=True)}


def _causes(states: Mapping[str, Mapping[str, float]]) -> Sequence[tuple[Cause, Mapping[str, float]]]:
    """What came late and what was corrected come in together; identity and model are tonight's throughout."""
    late, aged, now = states["before_late"], states["before_aged"], states["tonight"]
    return [
        ("late_data", late), ("corrections", late), ("identity", late), ("decay", aged), ("new_records", now),
        ("model", now),
    ]  # fmt: skip


def _first(head: Head, rows: Features, score: Score, k: int) -> Sequence[str]:
    if not len(rows):
        return []
    return [str(rows.person[place]) for place in order_of(head, score(rows), rows)[:k]]


def _doubt(
    head: Head, leader: Bundle | None, rows: Features, score: Floats, order: Longs
) -> tuple[Sequence[RankInterval], Sequence[str]]:
    """Intervals by place, and groups of people who cannot be told apart."""
    if not len(rows):
        return [], []
    drawn = doubted(parts_of(head, rows)) if leader is None else drawn_logits(leader, rows.matrix)
    in_order = rank_intervals(score[order], drawn[:, order])
    found: list[RankInterval] = [in_order[0]] * len(rows)
    for rank, (place, one) in enumerate(zip(order, in_order, strict=True), start=1):
        found[place] = RankInterval(rank, min(one.best, rank), max(one.worst, rank))
    return found, groups(found)

"""Scores everybody in a cohort with a bundle, and tells the story of those who may be printed.

Here: log-odds and ranks for all; chance, rank interval, group and reasons for the few. Explaining a million people
would cost twenty minutes and serve nobody. Not here: the bundle (bundle), each part of a story (explain, watch),
lists by night (watch).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from profiles.definitions.heads import Head
from profiles.definitions.reasons import load_reasons
from profiles.scoring.arrays import Floats, Longs, Words
from profiles.scoring.explain.chance import Chance, chances
from profiles.scoring.explain.reasons import Cohort as Compared
from profiles.scoring.explain.reasons import Evidence, Reasons, reasons_of
from profiles.scoring.heads.bundle import Bundle
from profiles.scoring.learn.linear import Linear
from profiles.scoring.learn.trees import margin
from profiles.scoring.rules.lists import tie_breaker
from profiles.scoring.watch.ranks import RankInterval, groups, rank_intervals

Records = Mapping[str, Mapping[str, Sequence[Evidence]]]  # by person, by feature


@dataclass(frozen=True)
class Scored:
    """Everybody's log-odds, and places from the first rank down; ties in an order that favours nobody."""

    person: Words
    logit: Floats
    order: Longs

    def rank(self, person: str) -> int:
        """Rank of one person, from 1."""
        return int(np.flatnonzero(self.person[self.order] == person)[0]) + 1


@dataclass(frozen=True, slots=True)
class Story:
    """One person who may be printed."""

    person_id: str
    rank: RankInterval
    group: str
    chance: Chance
    reasons: Reasons


def score_all(bundle: Bundle, names: Sequence[str], matrix: Floats, person: Words) -> Scored:
    """Score everybody. Raises ModelError where the features are not the model's own."""
    logit = bundle.model.logit(matrix, names)
    ties = np.asarray([tie_breaker(str(one)) for one in person], object)
    return Scored(person, logit, np.lexsort([ties, -logit]))


def stories(
    bundle: Bundle, head: Head, scored: Scored, matrix: Floats, wanted: Sequence[int], records: Records
) -> Sequence[Story]:
    """Stories of the people in these places of the cohort, in the order given."""
    places = np.asarray(wanted, np.int64)
    intervals, named = _ranks(bundle, scored, matrix, places)
    parts = bundle.model.contributions(matrix[places]).parts
    compared, library = Compared.of(matrix), load_reasons()
    told = chances(scored.logit[places], bundle.calibration, bundle.block)
    return [
        Story(
            str(scored.person[place]), interval, group, chance,
            reasons_of(head, library, own, matrix[place], compared, records.get(str(scored.person[place]), {})),
        )
        for place, interval, group, chance, own in zip(places, intervals, named, told, parts, strict=True)
    ]  # fmt: skip


def drawn_logits(bundle: Bundle, matrix: Floats) -> Floats:
    """Log-odds under each draw of the linear part and, in turn, each seed of the trees; shape (draws, people)."""
    design, trees = bundle.model.encoding.design(matrix), bundle.model.trees
    seeds = [margin([text], matrix) for text in trees] or [np.zeros(len(matrix))]
    return np.stack(
        [
            Linear(draw[0], draw[1:]).logit(design) + seeds[number % len(seeds)]
            for number, draw in enumerate(bundle.draws)
        ]
    )


def _ranks(
    bundle: Bundle, scored: Scored, matrix: Floats, places: Longs
) -> tuple[list[RankInterval], list[str]]:
    """Rank intervals among everybody, and groups among those wanted in order of rank."""
    everybody = rank_intervals(scored.logit, drawn_logits(bundle, matrix))
    exact = np.empty(len(scored.logit), np.int64)
    exact[scored.order] = np.arange(1, len(scored.order) + 1)
    intervals = [
        RankInterval(
            int(exact[place]),
            min(everybody[place].best, int(exact[place])),
            max(everybody[place].worst, int(exact[place])),
        )
        for place in places
    ]
    return intervals, list(groups(intervals))

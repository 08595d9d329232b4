"""What is said of each person who may be printed: reasons, chance, and when time alone would take them off the list.

Here: the same words whether a rule or a model leads. Not here: who is listed (ranked), records (evidence).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from profiles.definitions.heads import Head
from profiles.definitions.reasons import load_reasons
from profiles.scoring.arrays import Floats
from profiles.scoring.explain.ahead import DAYS_AHEAD, Ahead, ahead
from profiles.scoring.explain.chance import Chance, chances
from profiles.scoring.explain.reasons import Cohort, Evidence, Reasons, by_group, reasons_of
from profiles.scoring.heads.bundle import Bundle
from profiles.scoring.nightly.features import Features
from profiles.scoring.nightly.ranked import LISTED, Ranked, scorer
from profiles.scoring.nightly.ruled import over_the_mean, parts_of

GONE: Final = 1.0  # under the lowest score: where somebody stands who has left the cohort


@dataclass(frozen=True, slots=True)
class Told:
    """One person who may be printed."""

    place: int
    reasons: Reasons
    chance: Chance | None
    ahead: Ahead | None


def told_of(
    head: Head, leader: Bundle | None, found: Ranked, at: Mapping[str, Features], as_of: date,
    records: Mapping[str, Mapping[str, Sequence[Evidence]]],
) -> Sequence[Told]:  # fmt: skip
    """Stories of everybody on the list, in rank order. `records` are by person and feature."""
    rows, places = found.rows, _places(found)
    parts, library, compared = contributions(head, leader, rows), load_reasons(), Cohort.of(rows.matrix)
    chance = (
        chances(found.score[places], leader.calibration, leader.block) if leader else [None] * len(places)
    )
    later = {days: _later(head, leader, at[f"ahead_{days}"]) for days in DAYS_AHEAD}
    grouped = by_group(head, parts)
    cut = float(found.score[found.order[min(LISTED, len(rows)) - 1]]) if len(rows) else 0.0
    lowest = float(found.score.min(initial=0.0)) - GONE
    none = np.zeros(grouped.shape[1])

    def looked_ahead(place: int) -> Ahead:
        person = str(rows.person[place])
        ahead_of = {days: known.get(person, (lowest, none)) for days, known in later.items()}
        return ahead(as_of, LISTED, cut, (float(found.score[place]), grouped[place]), ahead_of, library)

    return [
        Told(
            place,
            reasons_of(
                head, library, parts[place], rows.matrix[place], compared, records.get(str(rows.person[place]), {})
            ),
            one,
            looked_ahead(place) if found.score[place] >= cut else None,
        )
        for place, one in zip(places, chance, strict=True)
    ]  # fmt: skip


def contributions(head: Head, leader: Bundle | None, rows: Features) -> Floats:
    """What each feature adds: to the log-odds of the model, or to the rule's points over the mean."""
    if not len(rows):
        return np.zeros_like(rows.matrix)
    return leader.model.contributions(rows.matrix).parts if leader else over_the_mean(parts_of(head, rows))


def _places(found: Ranked) -> Sequence[int]:
    listed = set(found.listing.members)
    return [int(place) for place in found.order if str(found.rows.person[place]) in listed]


def _later(head: Head, leader: Bundle | None, rows: Features) -> Mapping[str, tuple[float, Floats]]:
    score = scorer(head, leader)(rows) if len(rows) else np.zeros(0)
    grouped = by_group(head, contributions(head, leader, rows))
    return {
        str(person): (float(one), own) for person, one, own in zip(rows.person, score, grouped, strict=True)
    }

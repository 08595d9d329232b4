"""What would lower a score: the same person scored on later days with nothing further recorded.

Here: when somebody leaves a list by time alone, and which group falls most. It says what the passing of time does
and nothing of what anybody should do; there is no other counterfactual. Not here: features of a later day (the
feature models give them, with the archive cut at today).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from profiles.definitions.heads import GROUPS, Group
from profiles.definitions.reasons import Library
from profiles.scoring.arrays import Floats

DAYS_AHEAD: Final = (30, 60, 90)


@dataclass(frozen=True, slots=True)
class Ahead:
    """When a person would leave the list, which group falls most by the last day looked at, and both in words."""

    leaves_on: date | None
    falls_most: Group | None
    sentences: tuple[str, ...]


def ahead(
    as_of: date,
    k: int,
    cut: float,
    now: tuple[float, Floats],
    later: Mapping[int, tuple[float, Floats]],
    library: Library,
) -> Ahead:
    """Look ahead for one person.

    `now` and each value of `later` (by days ahead) are log-odds and contributions by group, shape (7,). `cut` is the
    lowest log-odds on the list of k today; others are taken to stay where they are.
    """
    if not later:
        raise ValueError("look at one later day at least")
    leaves = _crossing(cut, {0: now[0], **{days: score for days, (score, _) in later.items()}})
    last = max(later)
    fall = later[last][1] - now[1]
    most = GROUPS[int(np.argmin(fall))] if fall.min() < 0 else None
    when = as_of + timedelta(leaves) if leaves is not None else None
    sentences = [
        f"Leaves the first {k} around {_spoken(when)} if nothing further is recorded."
        if when is not None
        else f"Stays among the first {k} for {last} days even if nothing further is recorded."
    ]
    if most is not None:
        sentences.append(f"{library.groups[most].title} falls most as time passes.")
    return Ahead(when, most, tuple(sentences))


def _crossing(cut: float, scores: Mapping[int, float]) -> int | None:
    """First day on which a straight line between the days looked at falls under the cut; None where it never does."""
    days = sorted(scores)
    for start, end in pairwise(days):
        if scores[start] >= cut > scores[end]:
            share = (scores[start] - cut) / (scores[start] - scores[end])
            return round(start + share * (end - start)) or 1
    return None


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

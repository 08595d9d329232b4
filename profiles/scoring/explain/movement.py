"""Why a rank changed since the last pack: the change split over causes by scoring what would have been.

Here: parts that add up to the whole change, in rank and in log-odds, along a fixed order of causes. Each state is
everybody's score with the causes up to it let in; whoever builds the features gives them. Not here: building those
states, the list itself (watch/lists).

The order is part of the answer, since causes act together: late data first (what should have been known last time),
then corrections, identity changes, the passing of time, new records, and the model last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Cause = Literal["late_data", "corrections", "identity", "decay", "new_records", "model"]
CAUSES: Final[tuple[Cause, ...]] = ("late_data", "corrections", "identity", "decay", "new_records", "model")
IN_WORDS: Final[Mapping[Cause, str]] = {
    "late_data": "records that came late",
    "corrections": "corrected records",
    "identity": "records joined or parted",
    "decay": "time that passed",
    "new_records": "new records",
    "model": "a new model",
}


class MovementError(ValueError):
    """States that do not lead from the last pack to this one: one sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one cause did to a person: places gained (+) or lost (−) and log-odds; None where it let them in or out."""

    cause: Cause
    places: int | None
    logit: float | None


@dataclass(frozen=True, slots=True)
class Movement:
    """One person's change. `entered` and `left` name the cause that let them into the cohort, or out of it."""

    person_id: str
    rank_before: int | None
    rank_after: int | None
    parts: tuple[Part, ...]
    entered: Cause | None
    left: Cause | None

    @property
    def main_cause(self) -> Cause | None:
        """The cause that moved them most: entering and leaving first, then places, then log-odds."""
        if self.entered or self.left:
            return self.entered or self.left
        moved = [part for part in self.parts if part.places or part.logit]
        return (
            max(moved, key=lambda part: (abs(part.places or 0), abs(part.logit or 0.0))).cause
            if moved
            else None
        )


def movements(
    before: Mapping[str, float], states: Sequence[tuple[Cause, Mapping[str, float]]]
) -> Mapping[str, Movement]:
    """Everybody's movement from the last pack to the last state. Scores are log-odds by person.

    Raises MovementError where a cause is missing or out of order. A cause without effect repeats the state before.
    """
    if tuple(cause for cause, _ in states) != CAUSES:
        raise MovementError(f"Movement needs the states {', '.join(CAUSES)} in that order.")
    chain = [before, *(scores for _, scores in states)]
    ranks = [_ranks(scores) for scores in chain]
    people = sorted({person for scores in chain for person in scores})
    return {person: _movement(person, chain, ranks) for person in people}


def in_words(movement: Movement, since: str) -> str:
    """Places gained or lost since then, cause by cause; the causes add up to the whole."""
    if movement.entered is not None:
        return f"New here since {since}: {IN_WORDS[movement.entered]}."
    moved = [part for part in movement.parts if part.places]
    change = sum(part.places or 0 for part in moved)
    told = "; ".join(f"{IN_WORDS[part.cause]} {part.places:+d}" for part in moved)
    if not moved:
        return f"Where it was {since}."
    way = "Up" if change > 0 else "Down"
    places = (
        f"{way} {abs(change)} place{'' if abs(change) == 1 else 's'}" if change else "No place gained or lost"
    )
    return f"{places} since {since} ({told}; others' moves count in each)."


def _movement(
    person: str, chain: Sequence[Mapping[str, float]], ranks: Sequence[Mapping[str, int]]
) -> Movement:
    parts, entered, left = [], None, None
    for place, cause in enumerate(CAUSES):
        was_in, is_in = person in chain[place], person in chain[place + 1]
        if was_in and is_in:
            places = ranks[place][person] - ranks[place + 1][person]
            parts.append(Part(cause, places, chain[place + 1][person] - chain[place][person]))
        else:
            parts.append(Part(cause, None if was_in != is_in else 0, None if was_in != is_in else 0.0))
            entered = cause if is_in and not was_in else entered
            left = cause if was_in and not is_in else left
    return Movement(person, ranks[0].get(person), ranks[-1].get(person), tuple(parts), entered, left)


def _ranks(scores: Mapping[str, float]) -> Mapping[str, int]:
    from profiles.scoring.rules.lists import tie_breaker

    ordered = sorted(scores, key=lambda person: (-scores[person], tie_breaker(person)))
    return {person: rank for rank, person in enumerate(ordered, start=1)}

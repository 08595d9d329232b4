"""Who is on a list from night to night: entering is harder than staying, and each change has its reason.

Here: hysteresis, movers, and the alarm for a list that changes without new records. Not here: why somebody's rank
moved (explain/movement).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from profiles.scoring.arrays import digests
from profiles.scoring.explain.movement import IN_WORDS, Movement

LEAVE_FACTOR: Final = 1.3
RANDOM_SHARE: Final = 0.05  # of a list, looked at from further down
MOST_CHANGED: Final = 0.2  # of a list, without new records, before it is an alarm


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who came onto the list or left it, and why."""

    person_id: str
    is_entry: bool
    rank: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of tonight: members in rank order, movers, and whether it changed too much for no reason in the data."""

    members: tuple[str, ...]
    movers: tuple[Mover, ...]
    changed_without_records: float
    is_alarm: bool


def members(
    ranks: Mapping[str, int], previous: Collection[str], k: int, leave_factor: float = LEAVE_FACTOR
) -> tuple[str, ...]:
    """Who is on the list: anybody up to rank k, and whoever was on it up to rank k × leave_factor."""
    kept = [
        person
        for person, rank in ranks.items()
        if rank <= k or (person in previous and rank <= k * leave_factor)
    ]
    return tuple(sorted(kept, key=lambda person: ranks[person]))


def listing(
    ranks: Mapping[str, int], previous: Sequence[str], movements: Mapping[str, Movement], k: int
) -> Listing:
    """Tonight's list beside the one before."""
    now = members(ranks, previous, k)
    entries = [person for person in now if person not in previous]
    exits = [person for person in previous if person not in now]
    movers = tuple(
        Mover(person, person in entries, ranks.get(person), _why(movements.get(person)))
        for person in (*entries, *exits)
    )
    without = [person for person in (*entries, *exits) if not _has_new_records(movements.get(person))]
    share = len(without) / max(1, 2 * k)
    return Listing(now, movers, share, bool(previous) and share > MOST_CHANGED)


def at_random(ranks: Mapping[str, int], k: int, as_of: date, share: float = RANDOM_SHARE) -> tuple[str, ...]:
    """People from ranks k + 1 to 3k who are looked at beside the list, so that it can be judged by more than itself.

    Opt-in, and printed as what they are. Who they are follows from their names and the as-of date alone.
    """
    pool = [person for person, rank in ranks.items() if k < rank <= 3 * k]
    order = np.argsort(digests(pool, f"at random {as_of.isoformat()}"), kind="stable")
    return tuple(pool[place] for place in order[: round(share * k)])


def _why(movement: Movement | None) -> str:
    cause = movement.main_cause if movement else None
    return IN_WORDS[cause] if cause else "others moved"


def _has_new_records(movement: Movement | None) -> bool:
    """Whether data of any kind changed for the person: not time alone, not the model alone."""
    return movement is not None and movement.main_cause not in (None, "decay", "model")

"""Orders as the force writes them: given, and later breached, ended or discharged.

Not here: who gets one and why (exploitation, managed).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.model import NOBODY, Ints
from synthetic_world.rates import Rates
from synthetic_world.risks.risk_ground import Standing, forces_of
from synthetic_world.risks.risk_rows import DAY, NEVER, Book, Coded, Columns, picked, stacked

STATUSES: Final = ("interim", "active", "expired", "discharged", "breached")
CONDITIONS: Final = {
    "CAWN": (
        "Not to allow the child to stay at or enter any address. Not to contact the child by any means.",
        "Not to be in the company of the child, in any place, at any time.",
    ),
    "STRO": (
        "Not to arrange transport or lodging for work. To notify police of all addresses.",
        "Not to have more than one phone. Not to travel with anybody under 18 other than family.",
    ),
    "SRO": (
        "No contact with any female under 18 without the consent of social services.",
        "Not to use any device able to reach the internet unless it shows its history to police on request.",
        "Not to approach lone women in a public place, or offer any a lift.",
    ),
    "SHPO": (
        "No device able to store images unless made known to police. No unsupervised contact with children under 16.",
        "Not to delete browsing history. No contact with children under 18. To let police in to examine devices.",
        "Not to enter swimming baths, parks or playgrounds. Not to live in a household with a child.",
        "No contact with the victim. Not to work or volunteer with children.",
    ),
    "VOO": (
        "To notify police of any new partner. Not to carry any bladed article.",
        "Not to enter the town centre.",
    ),
}


@dataclass(frozen=True, slots=True)
class Drafts:
    """Orders to be written, one entry each; `protected` and `breached` (seconds) may be left out."""

    force: Ints
    person: Ints
    kind: str
    start: Ints
    end: Ints
    protected: Ints | None = None
    breached: np.ndarray | None = None


def write_orders(
    standing: Standing, book: Book, r: Rates, random: np.random.Generator, drafts: Drafts
) -> None:
    """Enter orders in the book, with the versions that follow before the horizon."""
    n, horizon = len(drafts.person), standing.ground.world.horizon
    if not n:
        return
    start = drafts.start.astype(np.int64) * DAY
    entered = start + random.integers(9 * 3600, 90 * 3600, size=n)
    protected = np.full(n, NOBODY) if drafts.protected is None else drafts.protected
    breached = np.full(n, NEVER) if drafts.breached is None else drafts.breached
    active = STATUSES.index("active")
    first: Columns = {
        "key": book.keys("order", n), "version": np.zeros(n, np.int16), "recorded_at": entered, "occurred_from": start,
        "person_uid": book.uid(drafts.person), "kind": drafts.kind, "protected_person_uid": book.uid(protected),
        "start_date": drafts.start, "end_date": drafts.end,
        "conditions_text": Coded(CONDITIONS[drafts.kind], random.integers(len(CONDITIONS[drafts.kind]), size=n)),
        "court": _courts(standing, random, drafts), "status": Coded(STATUSES, np.full(n, active, np.int8)),
        "breached_at": np.full(n, NEVER),
    }  # fmt: skip
    is_breached = (breached != NEVER) & (breached > start)
    broken = np.where(is_breached, breached, start) + DAY
    late = first | {
        "recorded_at": np.maximum(broken, entered + 60), "breached_at": breached, "version": np.ones(n, np.int16),
        "status": Coded(STATUSES, np.full(n, STATUSES.index("breached"), np.int8)),
    }  # fmt: skip
    is_over = drafts.end <= horizon
    gone = drafts.end.astype(np.int64) * DAY + random.integers(1, 20, size=n) * DAY
    word = np.where(
        random.random(n) < r.number("order_discharged"),
        STATUSES.index("discharged"),
        STATUSES.index("expired"),
    ).astype(np.int8)
    last = first | {
        "recorded_at": np.maximum(gone, np.asarray(late["recorded_at"]) + 60),
        "version": 1 + is_breached.astype(np.int16),
        "breached_at": np.where(is_breached, breached, NEVER), "status": Coded(STATUSES, word),
    }  # fmt: skip
    parts = [
        (n, first),
        (int(is_breached.sum()), picked(late, is_breached)),
        (int(is_over.sum()), picked(last, is_over)),
    ]
    _, columns = stacked(parts)
    force = drafts.force
    book.add("order", np.concatenate([force, force[is_breached], force[is_over]]), columns)


def _courts(standing: Standing, random: np.random.Generator, drafts: Drafts) -> Coded:
    """A court of the force, where a court gives the order."""
    words, start = list[str](), dict[int, int]()
    for number in sorted(forces_of(standing.ground)):
        start[number] = len(words)
        words += [f"{town} Magistrates' Court" for town in standing.ground.places[number].towns]
    code = np.full(len(drafts.person), NOBODY, dtype=np.int32)
    for number, first in start.items():
        mine, n_towns = drafts.force == number, len(standing.ground.places[number].towns)
        code[mine] = first + random.integers(n_towns, size=int(mine.sum()))
    if drafts.kind == "CAWN":  # police give these themselves
        code[:] = NOBODY
    return Coded(tuple(words), code)

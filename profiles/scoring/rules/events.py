"""The records that rule scores count: one crime of one suspect against one victim, or an incident that is no crime.

Here: what counts and what does not, once for every rule. Not here: the scores (rfgv, v100), reading records.

An event is a distinct recorded crime a victim (the counting rule of the Home Office). Cancelled records and those
closed because the suspect died (outcome 5) or is under the age of responsibility (11) count nowhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Status = Literal["alleged", "charged", "convicted", "cancelled"]
OUT: Final = frozenset({"5", "11"})
RULE_WINDOW_DAYS: Final = 730


@dataclass(frozen=True, slots=True)
class Event:
    """One suspect in one crime against one victim; `days` of harm are those of the index that is used."""

    person_id: str
    crime_ref: str
    victim_id: str | None
    occurred: date
    known: date
    days: float
    status: Status = "alleged"
    outcome_code: str | None = None
    is_crime: bool = True  # False: a domestic incident that is no crime
    is_child_victim: bool = False


def counted(events: Iterable[Event], as_of: date, window_days: int = RULE_WINDOW_DAYS) -> list[Event]:
    """Events known by the as-of date that occurred in the window before it: the last word on each crime and victim."""
    kept: dict[tuple[str, str, str | None], Event] = {}
    for event in sorted(
        events, key=lambda one: (one.person_id, one.crime_ref, one.victim_id or "", one.known)
    ):
        age = (as_of - event.occurred).days
        is_in = event.known < as_of and 0 < age <= window_days
        if is_in and event.status != "cancelled" and event.outcome_code not in OUT:
            kept[event.person_id, event.crime_ref, event.victim_id] = event
        elif event.known < as_of:  # a later word on it that takes it out
            kept.pop((event.person_id, event.crime_ref, event.victim_id), None)
    return list(kept.values())

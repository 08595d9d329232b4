"""A line in the manner of the Met's V100: more than one crime alleged in a year, ranked by days of harm.

Here: the rule as the press describes it (365 days, suspects of more than one crime, points by sentence, top hundred
monthly). Not here: what counts (events), RFGV (rfgv).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from profiles.scoring.rules.events import Event, counted

WINDOW_DAYS: Final = 365
LEAST_CRIMES: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One person who qualifies: days of harm and what they are made of."""

    person_id: str
    harm: float
    n_crimes: int
    n_victims: int
    days_since: int


def v100(events: Iterable[Event], as_of: date) -> Mapping[str, Line]:
    """Everybody with two crimes or more in the year before the as-of date. A crime against two victims counts once."""
    of_person: dict[str, list[Event]] = {}
    for event in counted(events, as_of, WINDOW_DAYS):
        if event.is_crime:
            of_person.setdefault(event.person_id, []).append(event)
    found = {}
    for person_id, own in sorted(of_person.items()):
        n_crimes = len({event.crime_ref for event in own})
        if n_crimes >= LEAST_CRIMES:
            found[person_id] = Line(
                person_id,
                harm=sum(event.days for event in own),
                n_crimes=n_crimes,
                n_victims=len({event.victim_id for event in own if event.victim_id is not None}),
                days_since=min((as_of - event.occurred).days for event in own),
            )
    return found

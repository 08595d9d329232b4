"""RFGV: recency, frequency, gravity and victims as points from 0 to 100, with every part shown.

Here: the points, which are ours, since no force publishes its arithmetic; the parts and the window of two years are
those of MATAC in English forces. Not here: what counts (events), harm weights (gravity), the order of a list
(lists).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log, log10
from typing import Final

from profiles.scoring.rules.events import Event, counted

RECENCY: Final = (
    (28, 25.0),
    (90, 20.0),
    (180, 14.0),
    (365, 8.0),
    (730, 3.0),
)  # days since the last event → points
FREQUENCY_POINTS: Final = 25.0
FREQUENCY_FULL: Final = 12  # events that earn all points
INCIDENT_SHARE: Final = 0.25  # of an event, for an incident that is no crime
GRAVITY_POINTS: Final = 30.0
GRAVITY_FULL: Final = 10_000 - 1  # days of harm that earn all points
VICTIMS: Final = ((1, 0.0), (2, 8.0), (3, 14.0), (4, 18.0))
VICTIM_EXTRA: Final = 2.0  # a child among them, or the same victim three times
SAME_VICTIM: Final = 3


@dataclass(frozen=True, slots=True)
class Points:
    """One person's score and its parts, with the counts behind them; harm is split by how far it is proven."""

    person_id: str
    recency: float
    frequency: float
    gravity: float
    victims: float
    n_crimes: int
    n_incidents: int
    n_victims: int
    days_since: int
    harm_alleged: float
    harm_charged: float  # charged or convicted

    @property
    def total(self) -> float:
        """Sum of the parts: 0 to 100. Never printed without them."""
        return self.recency + self.frequency + self.gravity + self.victims

    @property
    def harm(self) -> float:
        """Days of harm, alleged and proven."""
        return self.harm_alleged + self.harm_charged


def rfgv(events: Iterable[Event], as_of: date) -> Mapping[str, Points]:
    """Points of everybody with an event that counts."""
    of_person: dict[str, list[Event]] = {}
    for event in counted(events, as_of):
        of_person.setdefault(event.person_id, []).append(event)
    return {person_id: _points(person_id, found, as_of) for person_id, found in sorted(of_person.items())}


def _points(person_id: str, events: list[Event], as_of: date) -> Points:
    crimes = [event for event in events if event.is_crime]
    victims = Counter(event.victim_id for event in events if event.victim_id is not None)
    n_incidents = len(events) - len(crimes)
    days_since = min((as_of - event.occurred).days for event in events)
    alleged = sum(event.days for event in crimes if event.status == "alleged")
    charged = sum(event.days for event in crimes if event.status != "alleged")
    n = len(crimes) + INCIDENT_SHARE * n_incidents
    return Points(
        person_id,
        recency=next((points for days, points in RECENCY if days_since <= days), 0.0),
        frequency=FREQUENCY_POINTS * min(1.0, log(1 + n) / log(1 + FREQUENCY_FULL)),
        gravity=GRAVITY_POINTS * min(1.0, log10(1 + alleged + charged) / log10(1 + GRAVITY_FULL)),
        victims=_victim_points(victims, any(event.is_child_victim for event in events)),
        n_crimes=len(crimes),
        n_incidents=n_incidents,
        n_victims=len(victims),
        days_since=days_since,
        harm_alleged=alleged,
        harm_charged=charged,
    )


def _victim_points(victims: Mapping[str, int], has_child: bool) -> float:
    points = max((points for n, points in VICTIMS if len(victims) >= n), default=0.0)
    is_again = any(times >= SAME_VICTIM for times in victims.values())
    return points + (VICTIM_EXTRA if has_child or is_again else 0.0)

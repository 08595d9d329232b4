"""The moments that features are made for: tonight, the same knowledge days ahead, or past dates to learn from.

A moment says from when things are looked at (as_at), before when they must have occurred and before when they must
have been known, all in UTC. So the same archive gives tonight, a day ahead with nothing further recorded, and the list
of a week ago with each cause of change let in by itself. Not here: the features (dbt_project/models/marts/features),
which past dates a head needs (profiles/scoring/judge/protocol).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from orchestration.landing.spine import local_midnight
from profiles.scoring.explain.ahead import DAYS_AHEAD

ZONE: Final = "Europe/London"
TONIGHT: Final = "tonight"
TRAIN: Final = "train"
BEFORE, BEFORE_LATE, BEFORE_AGED = "before", "before_late", "before_aged"
WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment; `purpose` is tonight, ahead_<days> or train."""

    as_of_id: int
    as_at: datetime
    occurred_before: datetime
    known_before: datetime
    purpose: str


def moments_of_night(as_of: date) -> tuple[Moment, ...]:
    """Tonight; later days as they would look if nothing further were recorded; and the way here from a week ago.

    `before` is the week-old list as it stood, `before_late` adds what came late or was corrected since, `before_aged`
    the passing of time; tonight adds the new records.
    """

    def midnight(days: int) -> datetime:
        return local_midnight(as_of + timedelta(days), ZONE)

    now, then = midnight(0), midnight(-WEEK)
    told = [
        (now, now, now, TONIGHT),
        *((midnight(days), now, now, f"ahead_{days}") for days in DAYS_AHEAD),
        (then, then, then, BEFORE),
        (then, then, now, BEFORE_LATE),
        (now, then, now, BEFORE_AGED),
    ]
    return tuple(Moment(number, *one) for number, one in enumerate(told))


def moments_to_learn_from(days: Iterable[date]) -> tuple[Moment, ...]:
    """Past as-of dates, each with what was known then; numbered by the day, so that parts can be put together."""
    found = ((day, local_midnight(day, ZONE)) for day in sorted(set(days)))
    return tuple(Moment(day.toordinal(), at, at, at, TRAIN) for day, at in found)

"""Lead-time replay: with the clock turned back week by week, how long before an event somebody stood on the list.

Here: days of notice before each event, and how many listings led to nothing. Not here: the weekly lists (scored from
the archive cut at each week).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median


@dataclass(frozen=True, slots=True)
class Notice:
    """One later event: who, when, on what day they were first listed without a gap before it, and days of notice."""

    person_id: str
    event: date
    listed_since: date | None
    days: int | None


@dataclass(frozen=True, slots=True)
class Replay:
    """The whole replay: notices, the share of events that came with any, and listings per event found."""

    notices: tuple[Notice, ...]
    share_noticed: float
    median_days: float | None
    n_listed: int
    n_listed_in_vain: int

    @property
    def listings_per_hit(self) -> float | None:
        """How many people were listed for each who went on to an event within the horizon; None for no hit."""
        hits = self.n_listed - self.n_listed_in_vain
        return self.n_listed / hits if hits else None


def replay(
    weekly: Mapping[date, Sequence[str]], events: Sequence[tuple[str, date]], horizon_days: int
) -> Replay:
    """From the list of each week and the serious events that came later.

    An event counts for a list that stood before it, at most `horizon_days`. A person's listing is one unbroken run of
    weeks; it is in vain if no event of theirs falls within the horizon of any week of it. Runs whose horizon reaches
    past the last week are left out of that count: what comes after is not known.
    """
    weeks = sorted(weekly)
    on_list = {week: frozenset(weekly[week]) for week in weeks}
    judged = [event for event in events if weeks and event[1] > weeks[0]]
    notices = tuple(_notice(person, day, weeks, on_list, horizon_days) for person, day in sorted(judged))
    noticed = [notice.days for notice in notices if notice.days is not None]
    runs = [run for run in _runs(weeks, on_list) if run[2] + timedelta(horizon_days) <= weeks[-1]]
    in_vain = [run for run in runs if not _leads_to_event(run, events, horizon_days)]
    return Replay(
        notices,
        len(noticed) / len(notices) if notices else 0.0,
        float(median(noticed)) if noticed else None,
        len(runs),
        len(in_vain),
    )


def _notice(
    person: str, day: date, weeks: Sequence[date], on_list: Mapping[date, frozenset[str]], horizon_days: int
) -> Notice:
    before = [week for week in weeks if week < day]
    since = None
    for week in reversed(before):
        if person not in on_list[week]:
            break
        since = week
    is_in_time = since is not None and (day - before[-1]).days <= horizon_days
    return (
        Notice(person, day, since, (day - since).days)
        if since and is_in_time
        else Notice(person, day, None, None)
    )


def _runs(weeks: Sequence[date], on_list: Mapping[date, frozenset[str]]) -> list[tuple[str, date, date]]:
    """Unbroken listings: person, first week, last week."""
    found: list[tuple[str, date, date]] = []
    running: dict[str, date] = {}
    for place, week in enumerate(weeks):
        for person in [person for person in running if person not in on_list[week]]:
            found.append((person, running.pop(person), weeks[place - 1]))
        for person in on_list[week]:
            running.setdefault(person, week)
    found += [(person, first, weeks[-1]) for person, first in running.items()]
    return sorted(found, key=lambda run: (run[1], run[0]))


def _leads_to_event(
    run: tuple[str, date, date], events: Sequence[tuple[str, date]], horizon_days: int
) -> bool:
    person, first, last = run
    return any(who == person and first < day <= last + timedelta(horizon_days) for who, day in events)

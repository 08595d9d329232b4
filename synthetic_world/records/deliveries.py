"""Which stretch of its journal a force sends on which day, by its habits (C6).

First the history, up to a day; then a file a night with what was recorded since the last one; some forces send whole
extracts beside or instead, late, or nothing at all. Not here: how a stretch is written (sender, writers).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from data_contracts.model import FeedContract
from synthetic_world.draws import Draws, key_of
from synthetic_world.records.personality import Personality
from synthetic_world.writers.clock import second_of

HISTORY_ENDS: Final = 14  # nights before the end of the world: what comes later comes night by night
BEGINNING: Final = -(2**62)
_EPOCH: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a force sends on one day: of each feed the rows recorded from `since` up to before `until`."""

    day: date
    mode: str  # history | delta | full
    since: int
    until: int
    feeds: tuple[str, ...]


def histories(contracts: Mapping[str, Sequence[FeedContract]], last: date, zone: str) -> Iterator[Delivery]:
    """The history of each feed: one file, or one up to the end of each earlier contract and one from there on."""
    for feed, versions in contracts.items():
        since = BEGINNING
        ends = [one.valid_to for one in versions if one.valid_to and one.valid_to < last]
        for day in [*sorted(ends), last]:
            until = _after(day, zone)
            yield Delivery(day, "history", since, until, (feed,))
            since = until


def nights(
    habits: Personality,
    feeds: tuple[str, ...],
    force: int,
    seed: int,
    first: date,
    last: date,
    end: date,
    zone: str,
) -> Iterator[Delivery]:
    """What comes after the history, from `first` to `last`. end: the last day of the world as it was made."""
    if habits.resend:
        yield from _extracts(habits, feeds, force, seed, first, last, zone)
        return
    history, day = end - timedelta(days=HISTORY_ENDS), first
    while day <= last:
        if not _is_silent(habits, day, end):
            before = day - timedelta(days=1)
            while before > history and _is_silent(habits, before, end):
                before -= timedelta(days=1)
            yield Delivery(day, "delta", _after(before, zone), _after(day, zone), feeds)
            if habits.full and day.weekday() == habits.weekday:
                yield Delivery(day, "full", BEGINNING, _after(day, zone), habits.full)
        day += timedelta(days=1)


def _is_silent(habits: Personality, day: date, end: date) -> bool:
    return (end - day).days in habits.gap


def _extracts(
    habits: Personality, feeds: tuple[str, ...], force: int, seed: int, first: date, last: date, zone: str
) -> Iterator[Delivery]:
    """Extracts made on one day of the week, each with so many days again, that come some days late."""
    cut = first - timedelta(days=habits.late[1])
    while cut <= last:
        came = cut + timedelta(days=_late(habits, force, seed, cut))
        if cut.weekday() == habits.weekday and first <= came <= last:
            since = _after(cut - timedelta(days=habits.resend), zone)
            yield Delivery(came, "full", since, _after(cut, zone), feeds)
        cut += timedelta(days=1)


def _late(habits: Personality, force: int, seed: int, cut: date) -> int:
    least, most = habits.late
    draw = Draws.of(seed, "late", key_of(np.array([force]), np.array([(cut - _EPOCH).days])))
    return least + int(draw.whole("days", most - least + 1)[0])


def _after(day: date, zone: str) -> int:
    """The second at which the next local day begins."""
    return second_of((day - _EPOCH).days + 1, zone)


def contract_of(versions: Sequence[FeedContract], day: date) -> FeedContract:
    """The contract by which a file of that day is written."""
    for one in versions:
        if (one.valid_from is None or one.valid_from <= day) and (
            one.valid_to is None or day <= one.valid_to
        ):
            return one
    raise ValueError(f"no contract of {versions[0].force_code} for {versions[0].feed} is valid on {day}")

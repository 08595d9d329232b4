"""Recorded crimes of a block: which event each is the record of, and its key.

An event may stand in two records, where the counting rules of its day ask for it (counting). Not here: whether an event
is recorded (recording), the rows of the feed (crime_records).
"""

from dataclasses import dataclass

import numpy as np

from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.events import Events
from synthetic_world.model import UID_BITS, Flags, Longs
from synthetic_world.ordering import Whole, in_order


@dataclass(slots=True)
class Cases:
    """Recorded crimes, those of one stage after those of another."""

    events: Events
    origin: Whole  # place among all events of the block
    key: Longs  # rises with recording; given once all are there
    is_again: Flags  # a further record of an event that has one already

    def __len__(self) -> int:
        """How many."""
        return len(self.key)

    def of_event(self, n_events: int) -> Whole:
        """By event of the block: the place of its first record, -1 for none."""
        place = np.full(n_events, -1, np.int32)
        first = np.flatnonzero(~self.is_again)
        place[self.origin[first]] = first
        return place

    def since(self, n: int) -> "Cases":
        """Those from the n-th on."""
        events = self.events.take(np.arange(n, len(self)))
        return Cases(events, self.origin[n:], self.key[n:], self.is_again[n:])

    def and_then(self, events: Events, origin: Whole, *, is_again: bool) -> "Cases":
        """With further ones behind them."""
        n = len(origin)
        return Cases(
            Events.joined([self.events, events]),
            np.concatenate([self.origin, origin]),
            np.concatenate([self.key, np.zeros(n, np.int64)]),
            np.concatenate([self.is_again, np.full(n, is_again)]),
        )

    def give_keys(self, block: int) -> None:
        """Number all of them in order of first recording."""
        self.key[in_order(self.events.recorded)] = (np.int64(block) << UID_BITS) + np.arange(len(self))


def cases_of(events: Events, happened: Flags) -> tuple[Cases, Whole]:
    """Recorded crimes in order of recording, and recorded events of pairs that are no crime."""
    rows = recorded_crimes(events, happened)
    n = len(rows)
    quarrels = np.flatnonzero(happened & (events.recorded < NEVER) & ~events.is_crime)
    return Cases(events.take(rows), rows, np.zeros(n, np.int64), np.zeros(n, bool)), quarrels


def recorded_crimes(events: Events, happened: Flags) -> Whole:
    """Places of the events that are recorded as crimes, in order of recording."""
    rows = np.flatnonzero(happened & (events.recorded < NEVER) & events.is_crime)
    return rows[in_order(events.recorded[rows])]

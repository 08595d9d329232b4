"""The references of all feeds of one force, before and after its records system was replaced.

Not here: how one reference is made (references), what a replaced system does to the feed `person` (migration).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Longs, RecordTables
from synthetic_world.records.mentions import longs
from synthetic_world.records.nominals import NEVER, Nominals
from synthetic_world.records.personality import Personality
from synthetic_world.records.references import References, make_references

DAY: Final = 86_400
GAP_DAYS: Final = 21  # nothing is recorded for so long after a records system was replaced
MIGRATED: Final = ("crime", "crime_party", "person")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The references of one feed; those of rows recorded from `since` on may be others."""

    before: References
    after: References | None
    since: int

    def of(self, keys: Longs, seconds: Longs) -> pa.Array:
        """The reference of each key as it was at its time; null for one that is not of this force."""
        old = self.before.of(keys)
        if self.after is None:
            return old
        return pc.if_else(pa.array(seconds >= self.since), self.after.of(keys), old)

    def all(self) -> pa.Table:
        """Every key with its reference; with both, where a records system was replaced."""
        whole = [one for one in (self.before, self.after) if one is not None]
        return pa.concat_tables(
            [pa.table({"key": one.keys.keys(), "source_record_id": one.texts}) for one in whole]
        )


def number_all(records: RecordTables, nominals: Nominals, habits: Personality) -> dict[str, Numbers]:
    """The references of every feed."""
    found = {
        feed: _numbers(longs(table["key"]), longs(table["recorded_at"]), feed, habits)
        for feed, table in records.items()
    }
    keys = np.arange(len(nominals), dtype=np.int64)
    return found | {"person": _numbers(keys, nominals.created, "person", habits)}


def _numbers(keys: Longs, seconds: Longs, feed: str, habits: Personality) -> Numbers:
    before = make_references(keys, seconds, feed, habits.style(feed), habits.areas)
    if feed not in habits.after:
        return Numbers(before, None, NEVER)
    after = make_references(keys, seconds, feed, habits.after[feed], habits.areas)
    return Numbers(before, after, first_second(habits.migration))


def first_second(day: date | None) -> int:
    """When a day begins, near enough: forces that were never migrated have no such moment."""
    return NEVER if day is None else (day - date(1970, 1, 1)).days * DAY


def squeezed(feed: str, table: pa.Table, habits: Personality) -> pa.Table:
    """The records with the gap after a migration: what would have been recorded in it was typed in on one day."""
    if habits.migration is None or feed not in MIGRATED:
        return table
    return _squeezed(table, first_second(habits.migration))


def _squeezed(table: pa.Table, start: int) -> pa.Table:
    seconds = longs(table["recorded_at"])
    in_gap = (seconds >= start) & (seconds < start + GAP_DAYS * DAY)
    moved = np.where(in_gap, start + (GAP_DAYS - 1) * DAY + (seconds - start) // GAP_DAYS, seconds)
    place = table.column_names.index("recorded_at")
    return table.set_column(place, "recorded_at", pa.array(moved).cast(pa.timestamp("s")))

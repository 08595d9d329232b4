"""The journal of one force: every version of every row it ever recorded, by feed, in order of recording.

A night's file is a stretch of it, so corrections, mergers, late rows and rows sent again agree with each other. Values
are canonical; references are the force's own. Not here: one feed's columns (journal_rows), how values are written in
files (writers), which stretch goes out when (deliveries), the truth behind it (truth).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from data_contracts.model import Canonical
from synthetic_world.memory import give_back
from synthetic_world.model import Flags, Force, Ints
from synthetic_world.population.spellings import learn
from synthetic_world.records.gather import gather, in_order
from synthetic_world.records.journal_rows import Teller, feed_table, person_table
from synthetic_world.records.mentions import SLOTS, Mentions, find_mentions, longs
from synthetic_world.records.noise import Shown, garble
from synthetic_world.records.nominal_details import settle
from synthetic_world.records.nominal_rows import person_rows
from synthetic_world.records.nominals import Nominals, make_nominals
from synthetic_world.records.numbering import number_all, squeezed
from synthetic_world.records.person_feed import Versions, make_versions, statuses_of
from synthetic_world.records.personality import Personality
from synthetic_world.records.roll import Roll

NOT_OF_THE_JOURNAL: Final = ("street_crime", "decision", "code_list")
NESTED: Final = {  # feeds whose rows stand within rows of another feed in some forces' files; and by which key
    "crime_party": ("crime", "crime_key"),
    "intel_party": ("intel_report", "intel_key"),
    "return_interview": ("missing_episode", "missing_key"),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """All that is needed to tell a force's journal, feed by feed, and the truth about its mentions."""

    records: dict[str, pa.Table]  # in order of recording; a feed is let go once it is told
    roll: Roll
    mentions: Mentions
    shown: Shown
    fresh_errors: Ints  # by mention: errors before any copying, for the card
    is_copied: Flags  # by mention: it repeats the nominal
    nominals: Nominals
    versions: Versions
    teller: Teller

    def record_ids(self) -> pa.Array:
        """By mention: the number of the record it stands in."""
        ids = np.zeros(len(self.mentions), dtype=np.int64)
        parts, start = [], 0
        for number, slot in enumerate(SLOTS):
            at = np.flatnonzero(self.mentions.slot == number)
            if not len(at):
                continue
            parts.append(self.teller.numbers[slot.feed].of(self.mentions.key[at], self.mentions.second[at]))
            ids[at] = np.arange(start, start + len(at))
            start += len(at)
        return pa.concat_arrays(parts).take(pa.array(ids)) if parts else pa.array([], pa.string())


def make_telling(
    force: Force, habits: Personality, roll: Roll, parts: dict[str, list[pa.Table]], until: int, nests: bool
) -> Telling:
    """Take a force's records, by feed and block, as far as they were recorded before `until`. Empties `parts`.

    nests: rows stand within rows of another feed in the force's files, so none is recorded before that other one.
    """
    records: dict[str, pa.Table] = {}
    for feed in sorted(parts, key=lambda one: (one in NESTED, one)):  # one at a time: memory is highest here
        whole = squeezed(feed, gather(parts.pop(feed)), habits)
        parent, key = NESTED.get(feed, ("", "")) if nests else ("", "")
        if parent in records:
            whole = _after_parent(whole, key, records[parent])
        ordered = in_order(whole, "recorded_at")
        records[feed] = ordered.slice(0, rows_until(ordered, until))
    give_back()
    mentions = find_mentions(roll, records)
    fresh = garble(roll, mentions.person, mentions.second, mentions.source, mentions.luck, force.force_code)
    nominals = make_nominals(roll, mentions, force.force_code)
    shown, told, is_copied = settle(roll, mentions, fresh, nominals)
    learn(fresh.forename, fresh.surname)
    versions = make_versions(nominals, told, statuses_of(roll, nominals, mentions, records), until)
    teller = Teller(roll, mentions, shown, nominals, number_all(records, nominals, habits), habits)
    return Telling(records, roll, mentions, shown, fresh.errors, is_copied, nominals, versions, teller)


def tell(telling: Telling, canonicals: Mapping[str, Canonical]) -> Iterator[tuple[str, pa.Table]]:
    """The journal, feed by feed: spine, canonical fields, place of the row, key. Each feed can be told once."""
    feeds = sorted(feed for feed in canonicals if feed not in NOT_OF_THE_JOURNAL)
    yield "person", _people(telling, canonicals["person"])  # while all records are still there
    for feed in feeds:
        if feed != "person":
            yield feed, feed_table(telling.teller, canonicals[feed], telling.records.pop(feed, None))


def _people(telling: Telling, canonical: Canonical) -> pa.Table:
    habits, versions = telling.teller.habits, telling.versions
    rows = person_rows(
        telling.roll,
        telling.nominals,
        telling.mentions,
        telling.shown,
        versions,
        telling.records,
        habits.police,
    )
    return person_table(telling.teller, canonical, versions, rows)


def _after_parent(rows: pa.Table, key: str, parents: pa.Table) -> pa.Table:
    """The rows, none recorded before the first version of the row it stands in."""
    keys, seconds = longs(parents["key"]), longs(parents["recorded_at"])
    order = np.lexsort((seconds, keys))
    known, first = np.unique(keys[order], return_index=True)
    place = np.minimum(np.searchsorted(known, longs(rows[key])), len(known) - 1)
    later = np.maximum(longs(rows["recorded_at"]), seconds[order][first][place])
    column = rows.column_names.index("recorded_at")
    return rows.set_column(column, "recorded_at", pa.array(later).cast(pa.timestamp("s")))


def rows_until(table: pa.Table, second: int) -> int:
    """How many rows had been recorded before a moment."""
    return int(np.searchsorted(table["recorded_at"].cast(pa.int64()).to_numpy(), second, side="left"))

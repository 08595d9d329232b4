"""Every place in a force's records where a person is meant: who, when, how carefully, and how lucky.

A mention is one person in one record, the same in all its versions. Its luck hangs on the record and the person, so
that a report and the list of its subjects spell a name alike. Not here: what mentions show (noise), the force's own
numbers for people (nominals).
"""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.draws import Draws, key_of
from synthetic_world.luck import SOURCES
from synthetic_world.model import NOBODY, Codes, Flags, Ints, Longs, RecordTables
from synthetic_world.ordering import told_apart
from synthetic_world.rates import rates
from synthetic_world.records.roll import Roll

CUSTODY, SUSPECT, VICTIM, MISSING, INTEL = range(len(SOURCES))


class Slot(NamedTuple):
    """A column of a feed that holds a person."""

    feed: str
    column: str
    ref: str  # the canonical field for the force's own number; "" where the person stands in the text only
    source: int
    is_sure: bool = False  # the number is always known
    has_name: bool = False  # the feed shows name, birth and address of this person


SLOTS: Final = (
    Slot("custody", "person_uid", "person_ref", CUSTODY, is_sure=True, has_name=True),
    Slot("managed_offender", "person_uid", "person_ref", CUSTODY, is_sure=True, has_name=True),
    Slot("crime_party", "person_uid", "person_ref", SUSPECT, has_name=True),  # or VICTIM, by role
    Slot("missing_episode", "person_uid", "person_ref", MISSING, has_name=True),
    Slot("placement", "person_uid", "person_ref", MISSING, is_sure=True),
    Slot("return_interview", "person_uid", "person_ref", MISSING),
    Slot("order", "person_uid", "person_ref", SUSPECT, is_sure=True),
    Slot("order", "protected_person_uid", "protected_person_ref", VICTIM),
    Slot("safeguarding", "person_uid", "person_ref", VICTIM, is_sure=True),
    Slot("safeguarding", "other_person_uid", "other_person_ref", SUSPECT),
    Slot("incident", "subject_uid", "subject_ref", SUSPECT),
    Slot("incident", "victim_uid", "victim_ref", VICTIM),
    Slot("identifier", "person_uid", "person_ref", SUSPECT, is_sure=True),
    Slot("intel_party", "person_uid", "person_ref", INTEL, has_name=True),
    Slot("intel_report", "person_uid", "", INTEL),
    Slot("intel_report", "other_person_uid", "", INTEL),
    Slot("crime", "text_person_uid", "", SUSPECT),
    Slot("crime", "text_other_uid", "", VICTIM),
    Slot("missing_episode", "other_person_uid", "", MISSING),
    Slot("return_interview", "other_person_uid", "", MISSING),
    Slot("managed_visit", "person_uid", "", CUSTODY),
)


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of a force, one entry each, slot after slot in the order of the records."""

    slot: Codes  # index into SLOTS
    key: Longs  # of the record
    person: Ints  # place on the roll
    second: Longs  # when it was written
    source: Codes  # index into SOURCES
    luck: Longs
    is_linked: Flags  # carries the force's own number for the person
    rows: Mapping[Slot, Ints]  # by slot: for each row of its table the mention, NOBODY for none

    def __len__(self) -> int:
        """How many."""
        return len(self.key)


def find_mentions(roll: Roll, records: RecordTables) -> Mentions:
    """All mentions in the records of one force."""
    found, rows, start = list[tuple[Codes, Longs, Ints, Longs, Codes, Longs, Flags]](), dict[Slot, Ints](), 0
    for number, slot in enumerate(SLOTS):
        table = records.get(slot.feed)
        if table is None or slot.column not in table.column_names:
            continue
        part, places = _of_slot(roll, table, number, slot)
        rows[slot] = np.where(places == NOBODY, NOBODY, places + start).astype(np.int32)
        start += len(part[0])
        found.append(part)
    columns: list[Any] = (
        [np.concatenate(parts) for parts in zip(*found, strict=True)] if found else _nothing()
    )
    slot_, key, person, second, source, luck, is_linked = columns
    return Mentions(slot_, key, person, second, source, luck, is_linked, rows)


def _nothing() -> list[Any]:
    return [np.zeros(0, np.int64) for _ in range(7)]


def _of_slot(
    roll: Roll, table: pa.Table, number: int, slot: Slot
) -> tuple[tuple[Codes, Longs, Ints, Longs, Codes, Longs, Flags], Ints]:
    """The mentions of one column, and for each row the mention it holds."""
    uid, key = longs(table[slot.column]), longs(table["key"])
    person = roll.places_of(uid)
    at = np.flatnonzero(person != NOBODY)
    group = "intel" if slot.feed.startswith("intel") else slot.feed
    record = longs(table["intel_key"]) if slot.feed == "intel_party" else key
    luck = key_of(zlib.crc32(group.encode()), record[at], uid[at])
    first, place = _first_versions(table, key_of(luck, key[at]))
    rows = np.full(len(uid), NOBODY, dtype=np.int32)
    rows[at] = place
    at, luck = at[first], luck[first]
    source = _sources(table, slot, at)
    share = np.array(rates("noise").numbers("linked"))[source]
    linked = Draws.of(roll.seed, "linked", luck).chance(slot.ref) < share
    is_linked = (linked | slot.is_sure) & bool(slot.ref)
    slots, second = np.full(len(at), number, np.uint8), longs(table["recorded_at"])[at]
    return (slots, key[at], person[at], second, source, luck, is_linked), rows


def _first_versions(table: pa.Table, keys: Longs) -> tuple[Longs, Longs]:
    """The first row of each mention, in the order of the rows; and the mention of each row, for later versions."""
    if not pc.max(table["version"]).as_py():
        return np.arange(len(keys)), np.arange(len(keys))
    place, first = told_apart(keys)
    return first, place.astype(np.int64)


def _sources(table: pa.Table, slot: Slot, at: Longs) -> Codes:
    if slot.feed != "crime_party":
        return np.full(len(at), slot.source, np.uint8)
    is_suspect = pc.equal(table["role"], "suspect").combine_chunks().to_numpy(zero_copy_only=False)[at]
    return np.where(is_suspect, SUSPECT, VICTIM).astype(np.uint8)


def longs(column: pa.ChunkedArray) -> Longs:
    """Whole numbers, times or dates as 64-bit numbers; NOBODY for null."""
    plain = (
        column.cast(pa.int64())
        if not pa.types.is_date32(column.type)
        else column.cast(pa.int32()).cast(pa.int64())
    )
    found: Longs = pc.fill_null(plain, NOBODY).to_numpy()
    return found


def slots_of(feed: str) -> Iterator[Slot]:
    """The places of a feed where a person may stand."""
    return (slot for slot in SLOTS if slot.feed == feed)

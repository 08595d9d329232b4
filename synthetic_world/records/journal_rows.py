"""One feed of a journal: the records with names, references and texts filled in, in the canonical columns.

Not here: the records of the other feeds (journal), what mentions show (noise, nominal_details).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.model import Canonical
from synthetic_world.model import NOBODY, Ints, Longs
from synthetic_world.records import pnc
from synthetic_world.records.gather import in_order
from synthetic_world.records.mentions import Mentions, Slot, longs, slots_of
from synthetic_world.records.migration import linked_to_old, with_moved
from synthetic_world.records.name_block import COLUMNS, full_name, indices, name_block, phones, words
from synthetic_world.records.noise import Shown
from synthetic_world.records.nominals import Nominals
from synthetic_world.records.numbering import Numbers
from synthetic_world.records.person_feed import Versions
from synthetic_world.records.personality import Personality
from synthetic_world.records.placeholders import fill, rows_with_braces
from synthetic_world.records.roll import Roll

SPINE: Final = (
    "source_record_id",
    "occurred_from",
    "occurred_to",
    "recorded_at",
    "op",
    "handling",
    "sensitivity",
)
ROW: Final = "row"  # of every journal table: the place of the row in the whole journal of its feed
KEY: Final = "key"  # and the key of its record
TYPES: Final = {
    "string": pa.string(), "date": pa.date32(), "timestamp": pa.timestamp("s"), "integer": pa.int64(),
    "number": pa.float64(), "boolean": pa.bool_(),
}  # fmt: skip
# canonical reference: the column of the records that holds the key, and the feed it is a key of
FOREIGN: Final = {
    "crime_ref": ("crime_key", "crime"), "linked_crime_ref": ("linked_crime_key", "crime"),
    "intel_ref": ("intel_key", "intel_report"), "missing_ref": ("missing_key", "missing_episode"),
    "co_missing_refs": ("co_missing_key", "missing_episode"), "offender_ref": ("offender_key", "managed_offender"),
}  # fmt: skip
_UNNAMED: Final = {
    "{person}": "unknown person", "{other}": "another person", "{phone}": "an unknown number",
    "{vehicle}": "an unknown vehicle",
}  # fmt: skip
_QUOTED: Final = {  # whom a placeholder means: the first of these columns that the feed has
    "{person}": ("text_person_uid", "subject_uid", "person_uid"),
    "{other}": ("text_other_uid", "victim_uid", "other_person_uid", "protected_person_uid"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Teller:
    """Everything that is needed to fill in a row."""

    roll: Roll
    mentions: Mentions
    shown: Shown
    nominals: Nominals
    numbers: Mapping[str, Numbers]
    habits: Personality

    def nominal_refs(self, slot: Slot, seconds: Longs) -> pa.Array:
        """The force's own number for the person in a slot, row by row."""
        rows = self.mentions.rows[slot]
        nominal = np.where(rows == NOBODY, NOBODY, self.nominals.of_mention[rows]).astype(np.int64)
        return self.numbers["person"].of(nominal, seconds)

    def shown_in(self, slot: Slot) -> tuple[Shown, Ints]:
        """What is shown in a slot, row by row; and the mention of each row, NOBODY for none."""
        rows = self.mentions.rows[slot]
        return self.shown.take(np.maximum(rows, 0)), rows


def feed_table(teller: Teller, canonical: Canonical, records: pa.Table | None) -> pa.Table:
    """The rows of one feed, in the order of the records."""
    fields = {field.name: TYPES[field.logical_type] for field in canonical.fields}
    if records is None:
        return empty_table(canonical)
    seconds = longs(records["recorded_at"])
    made = _names(teller, canonical.feed, records) | _references(teller, canonical.feed, records, seconds)
    at = rows_with_braces(records)
    quoted = _quoted(teller, canonical.feed, records, at)
    columns = {name: records[name].combine_chunks() for name in SPINE if name in records.column_names}
    columns["source_record_id"] = teller.numbers[canonical.feed].of(longs(records["key"]), seconds)
    for name, kind in fields.items():
        if name in records.column_names and not (name in made and records[name].null_count == len(records)):
            columns[name] = fill(records[name].combine_chunks(), at, quoted)
        else:
            columns[name] = made.get(name, pa.nulls(len(records), kind))
    return numbered(
        {name: columns[name] for name in (*SPINE, *fields)} | {KEY: records["key"].combine_chunks()}
    )


def numbered(columns: Mapping[str, pa.Array]) -> pa.Table:
    """A table of the journal: its columns, and the place of each row."""
    return pa.table({**columns, ROW: pa.array(np.arange(len(columns["recorded_at"])))})


def empty_table(canonical: Canonical) -> pa.Table:
    """No rows of a feed."""
    fields = {field.name: TYPES[field.logical_type] for field in canonical.fields}
    spine = {
        name: pa.timestamp("s") if "_at" in name or "occurred" in name else pa.string() for name in SPINE
    }
    return pa.schema(spine | fields | {KEY: pa.int64(), ROW: pa.int64()}).empty_table()


def person_table(
    teller: Teller, canonical: Canonical, versions: Versions, rows: Mapping[str, pa.Array]
) -> pa.Table:
    """The rows of the feed `person`, in order of recording."""
    n, numbers = len(versions.second), teller.numbers["person"]
    whole = dict(rows) | {
        "source_record_id": numbers.of(versions.nominal.astype(np.int64), versions.second),
        "merged_into_ref": numbers.of(versions.into.astype(np.int64), versions.second),
        "handling": words(("P",), np.zeros(n, np.int8)),
        "sensitivity": words(("none",), np.zeros(n, np.int8)),
        KEY: pa.array(versions.nominal.astype(np.int64)),
    }
    names = (*SPINE, *(field.name for field in canonical.fields), KEY)
    table = with_moved(pa.table({name: whole[name] for name in names}), versions, numbers)
    ordered = in_order(table, "recorded_at")
    return numbered({name: ordered[name].combine_chunks() for name in names})


def _names(teller: Teller, feed: str, records: pa.Table) -> dict[str, pa.Array]:
    """The name block, empty in rows about nobody."""
    slot = next((one for one in slots_of(feed) if one.has_name), None)
    if slot is None or slot not in teller.mentions.rows:
        return {}
    shown, rows = teller.shown_in(slot)
    block = name_block(teller.roll, shown, teller.habits.police)
    block["cro_number"] = pnc.criminal_record(shown.police_number)
    is_known = pa.array(rows != NOBODY)
    return {
        name: value
        if not len(rows) or rows.min() >= 0
        else pc.if_else(is_known, value, pa.scalar(None, value.type))
        for name, value in block.items()
        if name in (*COLUMNS, "cro_number")
    }


def _references(teller: Teller, feed: str, records: pa.Table, seconds: Longs) -> dict[str, pa.Array]:
    found = {
        slot.ref: teller.nominal_refs(slot, seconds)
        for slot in slots_of(feed)
        if slot.ref and slot in teller.mentions.rows
    }
    for ref, (column, of_feed) in FOREIGN.items():
        if column in records.column_names and of_feed in teller.numbers:
            found[ref] = teller.numbers[of_feed].of(longs(records[column]), seconds)
    if feed == "crime":
        linked = found.get("linked_crime_ref", pa.nulls(len(records), pa.string()))
        found["linked_crime_ref"] = linked_to_old(
            linked, longs(records["key"]), seconds, teller.numbers[feed]
        )
    return found


def _quoted(teller: Teller, feed: str, records: pa.Table, at: Longs) -> dict[str, pa.Array]:
    """What stands for each placeholder, in the rows where any text of the feed has one."""
    if not len(at):
        return {}
    found = {}
    by_column = {slot.column: slot for slot in slots_of(feed) if slot in teller.mentions.rows}
    for placeholder, columns in _QUOTED.items():
        slot = next((by_column[name] for name in columns if name in by_column), None)
        if slot is not None:
            mention = teller.mentions.rows[slot][at]
            known = np.maximum(mention, 0)
            name = full_name(teller.shown.forename[known], teller.shown.surname[known])
            found[placeholder] = name.take(indices(np.where(mention == NOBODY, NOBODY, np.arange(len(at)))))
    some = records.take(pa.array(at))
    if "quoted_phone" in records.column_names:
        found["{phone}"] = phones(longs(some["quoted_phone"])).cast(pa.string())
    if "quoted_vehicle" in records.column_names:
        found["{vehicle}"] = some["quoted_vehicle"].combine_chunks().cast(pa.string())
    unnamed = {key: pa.nulls(len(at), pa.string()) for key in _UNNAMED}
    return {key: pc.fill_null(value, _UNNAMED[key]) for key, value in (unnamed | found).items()}

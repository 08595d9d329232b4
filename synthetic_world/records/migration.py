"""What the replacement of a records system does to the feed `person` and to crimes that were still open.

Every nominal alive gets a new number: one row says that the old number was merged into the new one, one says the same
details again under the new one. A crime that is changed later carries its old number as a link. Not here: the numbers
themselves (numbering).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Ints, Longs
from synthetic_world.records.numbering import Numbers
from synthetic_world.records.person_feed import Versions

HOUR: Final = 3_600


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows of the feed `person` that a migration adds: which row each repeats, and when."""

    row: Ints
    second: Longs


def moved(versions: Versions, since: int) -> Moved:
    """The last row of each nominal before a moment, unless the nominal was merged away by then."""
    early = np.flatnonzero(versions.second < since)
    nominal = versions.nominal[early]
    is_last = np.append(nominal[1:] != nominal[:-1], True)[: len(nominal)]
    row = early[is_last]
    row = row[~versions.is_merge[row]]
    second = since + 2 * HOUR + np.arange(len(row)) // 50  # one job of a night, some fifty a second
    return Moved(row.astype(np.int32), second.astype(np.int64))


def with_moved(table: pa.Table, versions: Versions, numbers: Numbers) -> pa.Table:
    """The rows of the feed `person`, in the order of `versions`, and those of the migration behind them."""
    if numbers.after is None:
        return table
    added = moved(versions, numbers.since)
    nominal = versions.nominal[added.row].astype(np.int64)
    old, new = numbers.before.of(nominal), numbers.after.of(nominal)
    again = table.take(pa.array(added.row))
    n = len(again)
    gone = _changed(again, added.second, old, new, "merge", n)
    renewed = _changed(again, added.second + 1, new, pa.nulls(n, pa.string()), "upsert", n)
    return pa.concat_tables([_plain_op(table), gone, renewed])


def _changed(rows: pa.Table, seconds: Longs, ref: pa.Array, into: pa.Array, op: str, n: int) -> pa.Table:
    times = pa.array(seconds).cast(pa.timestamp("s"))
    changed = {
        "recorded_at": times,
        "source_record_id": ref,
        "merged_into_ref": into,
        "op": pa.array([op] * n, pa.string()),
    }
    return pa.table({name: changed.get(name, rows[name]) for name in rows.column_names})


def _plain_op(table: pa.Table) -> pa.Table:
    place = table.column_names.index("op")
    return table.set_column(place, "op", table["op"].cast(pa.string()))


def linked_to_old(linked: pa.Array, keys: Longs, seconds: Longs, numbers: Numbers) -> pa.Array:
    """The linked crime of each row; a crime that has a new number but had an old one links to that."""
    if numbers.after is None:
        return linked
    first = np.full(len(keys), numbers.since)
    unique, place = np.unique(keys, return_inverse=True)
    earliest = np.full(len(unique), np.iinfo(np.int64).max)
    np.minimum.at(earliest, place, seconds)
    had_old = (seconds >= first) & (earliest[place] < numbers.since)
    old = pc.if_else(pa.array(had_old), numbers.before.of(keys), pa.scalar(None, pa.string()))
    return pc.coalesce(linked.cast(pa.string()), old)

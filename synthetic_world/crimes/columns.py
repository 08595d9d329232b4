"""Arrow columns of records, made from arrays without touching a string per row.

Every string column is a dictionary array: its few words once, and an index a row. Not here: which columns a feed has
(crime_records and its neighbours), the spine's names (model.RECORD_COLUMNS).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import RECORD_COLUMNS, Flags, Longs
from synthetic_world.ordering import Whole

NEVER: Final = np.int64(2**62)  # a second that does not come: null in a record
NO_DAY: Final = np.int32(2**31 - 1)
OPS: Final = ("upsert", "delete")
HANDLINGS: Final = ("P", "C")
SENSITIVITIES: Final = ("none", "restricted", "witness", "sealed", "human_rights", "informant_derived")


@dataclass(frozen=True, slots=True)
class Listed:
    """Strings that repeat, each once, and where each of them stands; -1 for null."""

    codes: Whole
    values: pa.Array

    @classmethod
    def of(cls, strings: pa.Array) -> "Listed":
        """The strings of an array."""
        encoded = strings.dictionary_encode()
        return cls(pc.fill_null(encoded.indices, -1).to_numpy().astype(np.int32), encoded.dictionary)

    def column(self, place: npt.NDArray[Any], is_local: bool = False) -> pa.Array:
        """The strings at these places."""
        return words(self.codes[place], self.values, is_local)


def words(index: npt.NDArray[Any], values: Sequence[str] | pa.Array, is_local: bool = False) -> pa.Array:
    """Strings by index into a few values; an index below 0 is null. is_local: another force has other values."""
    listed = values if isinstance(values, pa.Array) else pa.array(values, pa.string())
    small = np.int8 if len(listed) < 128 else np.int16 if len(listed) < 2**15 else np.int32
    small = np.int32 if is_local else small  # so that the lists of several forces can be joined into one
    chosen: Whole = index.astype(small)
    absent = chosen < 0
    indices = pa.array(chosen, mask=absent) if absent.any() else pa.array(chosen)
    return pa.DictionaryArray.from_arrays(indices, listed, safe=False)


def same(word: str | None, n: int) -> pa.Array:
    """One word, or none, on every row."""
    return words(np.full(n, -1 if word is None else 0, np.int8), (word or "",))


def seconds(at: Longs) -> pa.Array:
    """Moments, UTC; NEVER is null."""
    return _dated(at.astype(np.int64, copy=False), at >= NEVER, pa.timestamp("s"))


def days(on: npt.NDArray[Any]) -> pa.Array:
    """Dates by day; NO_DAY is null."""
    return _dated(on.astype(np.int32), on >= NO_DAY, pa.date32())


def keys(of: Longs) -> pa.Array:
    """Keys and uids; below 0 is null."""
    return pa.array(of.astype(np.int64, copy=False), mask=of < 0)


def flags(are: Flags, known: Flags | None = None) -> pa.Array:
    """Yes or no; null where not known."""
    return pa.array(are) if known is None else pa.array(are, mask=~known)


def whole(numbers: npt.NDArray[Any], known: Flags | None = None) -> pa.Array:
    """Small whole numbers; null where not known."""
    return pa.array(numbers.astype(np.int16), mask=None if known is None else ~known)


def spine(
    key: Longs,
    recorded: Longs,
    occurred: Longs,
    until: Longs,
    handling: npt.NDArray[Any] | None = None,
    sensitivity: npt.NDArray[Any] | None = None,
) -> dict[str, pa.Array]:
    """The columns that every record table begins with, at version 0."""
    n = len(key)
    plain = np.zeros(n, np.int8)
    return {
        "key": pa.array(key),
        "version": pa.array(np.zeros(n, np.int16)),
        "op": same(OPS[0], n),
        "recorded_at": seconds(recorded),
        "occurred_from": seconds(occurred),
        "occurred_to": seconds(until),
        "handling": words(plain if handling is None else handling, HANDLINGS),
        "sensitivity": words(plain if sensitivity is None else sensitivity, SENSITIVITIES),
    }


def later(
    table: pa.Table,
    rows: npt.NDArray[Any],
    version: npt.NDArray[Any],
    recorded: Longs,
    changes: Mapping[str, pa.Array],
) -> pa.Table:
    """A further version of some rows: the same but for its number, its moment and what has changed."""
    own = {
        "version": pa.array(version.astype(np.int16)),
        "recorded_at": seconds(recorded),
        **changes,
    }
    kept = [name for name in table.column_names if name not in own]
    taken = table.select(kept).take(pa.array(rows))
    columns = [own[name] if name in own else taken[name] for name in table.column_names]
    return pa.table(columns, names=table.column_names)


def begins_with_spine(table: pa.Table) -> bool:
    """Whether a table starts with the columns every record has."""
    return bool(table.column_names[: len(RECORD_COLUMNS)] == list(RECORD_COLUMNS))


def _dated(values: npt.NDArray[Any], absent: Flags, kind: pa.DataType) -> pa.Array:
    return pa.array(values, mask=absent).view(kind) if absent.any() else pa.array(values).view(kind)

"""Rows of the safeguarding, managed-offender and intelligence feeds, gathered in numpy and given out as Arrow tables.

A `Book` belongs to one block: it hands out keys, takes the rows of all stages, and splits them by force at the end.
Columns are numpy arrays with a sentinel for "empty", or `Coded` words. Not here: what the rows say.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.model import NOBODY, UID_BITS, Block, Ints, Longs
from synthetic_world.risks.risk_shapes import SHAPES, SPINE

NEVER: Final = int(np.iinfo(np.int64).min)  # a second that is not known
NO_DAY: Final = int(np.iinfo(np.int32).min)  # a day that is not known
DAY: Final = 86_400
HOUR: Final = 3_600
SHARED_FEEDS_FROM: Final = 1 << 31  # keys of feeds that crimes also write begin here


@dataclass(frozen=True, slots=True)
class Coded:
    """Words of which each row holds one; a negative code is an empty cell."""

    words: tuple[str, ...] | pa.Array
    codes: npt.NDArray[Any]

    def __getitem__(self, rows: npt.NDArray[Any]) -> "Coded":
        """The same for some of the rows."""
        return Coded(self.words, self.codes[rows])


# A str or an int stands for a column that holds it in all rows.
Value: TypeAlias = npt.NDArray[Any] | Coded | pa.Array | str | int
Columns: TypeAlias = dict[str, Value]


def picked(columns: Columns, rows: npt.NDArray[Any]) -> Columns:
    """Some of the rows (by index or flag), in all columns."""
    index = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
    return {
        name: value
        if isinstance(value, str | int)
        else value.take(pa.array(index))
        if isinstance(value, pa.Array)
        else value[index]
        for name, value in columns.items()
    }


def stacked(parts: Sequence[tuple[int, Columns]]) -> tuple[int, Columns]:
    """Parts with the same columns below each other: number of rows and columns."""
    parts = [(n, columns) for n, columns in parts if n] or list(parts[:1])
    names = {name for _, columns in parts for name in columns}
    lacking = {name for _, columns in parts for name in names - columns.keys()}
    if lacking:
        raise KeyError(f"versions of one feed differ in {', '.join(sorted(lacking))}")
    return sum(n for n, _ in parts), {
        name: _stack([(n, columns[name]) for n, columns in parts]) for name in sorted(names)
    }


def _stack(values: Sequence[tuple[int, Value]]) -> Value:
    first = values[0][1]
    if all(isinstance(value, str | int) and value == first for _, value in values):
        return first
    if any(isinstance(value, str) for _, value in values):
        return pa.concat_arrays([_plain(value, n) for n, value in values])
    if any(isinstance(value, pa.Array) for _, value in values):
        return pa.concat_arrays([_plain(value, n) for n, value in values])
    if isinstance(first, Coded):
        coded = [value for _, value in values if isinstance(value, Coded)]
        if all(value.words is first.words for value in coded) and len(coded) == len(values):
            return Coded(first.words, np.concatenate([value.codes for value in coded]))
        return pa.concat_arrays([_plain(value, n) for n, value in values])
    return np.concatenate([np.full(n, value) if isinstance(value, int) else value for n, value in values])


def _plain(value: Value, n: int) -> pa.Array:
    made = arrow("s", value, n)
    return made.cast(pa.string()) if pa.types.is_dictionary(made.type) else made


def arrow(kind: str, value: Value, n: int) -> pa.Array:
    """One column as Arrow. Kinds: see risk_shapes."""
    if isinstance(value, str):
        value = Coded((value,), np.zeros(n, np.int8))
    if isinstance(value, int):
        value = np.full(n, value)
    if isinstance(value, Coded):
        words = value.words if isinstance(value.words, pa.Array) else pa.array(value.words, pa.string())
        return pa.DictionaryArray.from_arrays(_indices(value.codes, len(words)), words)
    if isinstance(value, pa.Array):
        return value
    return _ARROW[kind](value)


def _indices(codes: npt.NDArray[Any], n_words: int) -> pa.Array:
    kind = np.int8 if n_words <= 127 else np.int16 if n_words <= 32_767 else np.int32
    return _masked(codes.astype(kind), codes < 0)


def _masked(values: npt.NDArray[Any], is_empty: npt.NDArray[np.bool_]) -> pa.Array:
    return pa.array(values, mask=is_empty) if is_empty.any() else pa.array(values)


_ARROW: Final[Mapping[str, Any]] = {
    "t": lambda v: _masked(v.astype(np.int64), v == NEVER).view(pa.timestamp("s")),
    "d": lambda v: _masked(v.astype(np.int32), v == NO_DAY).view(pa.date32()),
    "b": lambda v: pa.array(v) if v.dtype == np.bool_ else _masked(v > 0, v < 0),
    "n": lambda v: _masked(v.astype(np.float64), np.isnan(v)),
    "i": lambda v: _masked(v.astype(np.int32), v < 0),
    "v": lambda v: pa.array(v.astype(np.int16)),
    "k": lambda v: _masked(v.astype(np.int64), v < 0),
}
TYPES: Final[Mapping[str, pa.DataType]] = {
    "t": pa.timestamp("s"), "d": pa.date32(), "b": pa.bool_(), "n": pa.float64(), "i": pa.int32(), "v": pa.int16(),
    "k": pa.int64(), "s": pa.string(),
}  # fmt: skip
_USUAL: Final[Columns] = {"version": 0, "op": "upsert", "handling": "P", "sensitivity": "none"}


@dataclass(slots=True)
class Book:
    """The records of one block while they are made."""

    block: Block
    _next: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _rows: dict[int, defaultdict[str, list[pa.Table]]] = field(default_factory=dict)

    def keys(self, feed: str, n: int) -> Longs:
        """`n` new keys of a feed."""
        first = self._next[feed]
        self._next[feed] = first + n
        base = (self.block.number << UID_BITS) + (
            SHARED_FEEDS_FROM if feed in ("order", "safeguarding") else 0
        )
        return base + first + np.arange(n, dtype=np.int64)

    def uid(self, person: npt.NDArray[Any]) -> Longs:
        """person_uid of people of the block; NOBODY stays nobody."""
        longs = person.astype(np.int64)
        return np.where(longs == NOBODY, np.int64(NOBODY), longs + (self.block.number << UID_BITS))

    def add(self, feed: str, force: Ints, columns: Columns) -> None:
        """Take rows of a feed; `force` is the number of the force that recorded each. Columns left out are empty."""
        n, shape = len(force), {**SPINE, **SHAPES[feed]}
        unknown = columns.keys() - shape.keys()
        if unknown:
            raise KeyError(f"{feed} has no column {', '.join(sorted(unknown))}")
        if not n:
            return
        filled = _USUAL | columns
        filled.setdefault("occurred_to", filled["occurred_from"])
        whole = pa.table(
            {
                name: arrow(kind, filled[name], n) if name in filled else pa.nulls(n, TYPES[kind])
                for name, kind in shape.items()
            }
        )
        numbers = np.unique(force).tolist()
        for number in numbers:
            own = whole if len(numbers) == 1 else whole.take(pa.array(np.flatnonzero(force == number)))
            self._rows.setdefault(number, defaultdict(list))[feed].append(own)

    def tables(self) -> dict[int, dict[str, pa.Table]]:
        """Everything, by force and feed."""
        return {
            number: {feed: _joined(parts) for feed, parts in sorted(feeds.items())}
            for number, feeds in sorted(self._rows.items())
        }


def _joined(parts: list[pa.Table]) -> pa.Table:
    """Parts of one feed below each other; words that were coded differently become plain text."""
    if len(parts) == 1:
        return parts[0]
    schema = pa.schema(
        [
            field
            if all(part.schema.field(name).type == field.type for part in parts)
            else pa.field(name, pa.string())
            for name, field in zip(parts[0].schema.names, parts[0].schema, strict=True)
        ]
    )
    return pa.concat_tables([part.cast(schema) for part in parts])

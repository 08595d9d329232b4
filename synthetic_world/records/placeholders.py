"""Puts names, telephones and vehicles into free texts where the records say {person}, {other}, {phone}, {vehicle}.

Whole columns at a time: a text is taken apart at its placeholders, and put together again with other pieces. Not here:
the texts (the feeds' own modules), how names are garbled (noise).
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Longs

_OPEN, _CLOSE = ord("{"), ord("}")
_BRACE: Final = re.compile(rb"\{")


def rows_with_braces(table: pa.Table) -> Longs:
    """The rows in which any text of a table holds a placeholder."""
    found = np.zeros(len(table), bool)
    for name in table.column_names:
        found[_at_braces(table[name].combine_chunks())] = True
    return np.flatnonzero(found)


def fill(column: pa.Array, rows: Longs, values: Mapping[str, pa.Array]) -> pa.Array:
    """The column with its placeholders replaced. values: by placeholder, braces included, one for each of `rows`."""
    mine = _at_braces(column)
    if not values or not len(mine):
        return column
    text = column.cast(pa.string())
    at = np.searchsorted(rows, mine)
    own = {placeholder: value.take(pa.array(at)) for placeholder, value in values.items()}
    mask = np.zeros(len(text), bool)
    mask[mine] = True
    return pc.replace_with_mask(text, pa.array(mask), _filled(text.take(pa.array(mine)), own))


def _filled(texts: pa.Array, values: Mapping[str, pa.Array]) -> pa.Array:
    """Texts with placeholders, all of them replaced."""
    signs, starts = letters(texts), _starts(texts)
    first, last, kind = _found(np.frombuffer(signs, np.uint8), tuple(values))
    row = np.searchsorted(starts[1:], first, side="right")
    n = np.bincount(row, minlength=len(texts))
    bounds = np.sort(np.concatenate([starts[:-1], first, last, starts[-1:]])).astype(np.int32)
    pieces = pa.StringArray.from_buffers(len(bounds) - 1, pa.py_buffer(bounds), pa.py_buffer(signs))
    is_value = np.zeros(len(pieces), bool)
    is_value[row + 1 + 2 * np.arange(len(row))] = True
    every = pa.concat_arrays([value.cast(pa.string()) for value in values.values()])
    pieces = pc.replace_with_mask(pieces, pa.array(is_value), every.take(pa.array(kind * len(texts) + row)))
    ends = np.concatenate([[0], np.cumsum(1 + 2 * n)]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(ends), pieces), "")


def _found(signs: npt.NDArray[np.uint8], placeholders: tuple[str, ...]) -> tuple[Longs, Longs, Longs]:
    """Where each placeholder begins and ends, and which of these it is; others are left alone."""
    first, last = np.flatnonzero(signs == _OPEN), np.flatnonzero(signs == _CLOSE) + 1
    kind = np.full(len(first), -1, np.int64)
    for number, placeholder in enumerate(placeholders):  # no two are alike in length and second letter
        kind[(last - first == len(placeholder)) & (signs[first + 1] == ord(placeholder[1]))] = number
    known = kind >= 0
    return first[known], last[known], kind[known]


def _at_braces(column: pa.Array) -> Longs:
    """The rows of a column whose text holds a brace; words that repeat are looked at once."""
    if pa.types.is_dictionary(column.type):
        words = np.zeros(len(column.dictionary), bool)
        words[_at_braces(column.dictionary)] = True
        if not words.any():
            return np.zeros(0, np.int64)
        codes = pc.fill_null(column.indices, -1).to_numpy()
        return np.flatnonzero((codes >= 0) & words[codes])
    if not pa.types.is_string(column.type) or _BRACE.search(letters(column)) is None:
        return np.zeros(0, np.int64)
    at = np.flatnonzero(np.frombuffer(letters(column), np.uint8) == _OPEN)
    return np.unique(np.searchsorted(_starts(column)[1:], at, side="right"))


def letters(cells: pa.Array) -> memoryview:
    """All letters of a column of texts, one cell after another, as they lie in memory."""
    if not len(cells) or cells.buffers()[2] is None:
        return memoryview(b"")
    at = _offsets(cells)
    return memoryview(cells.buffers()[2])[int(at[0]) : int(at[-1])]


def _starts(cells: pa.Array) -> Longs:
    """Where each cell begins in `letters`, and where the last one ends."""
    at: Longs = _offsets(cells).astype(np.int64)
    return np.asarray(at - at[0])


def _offsets(cells: pa.Array) -> npt.NDArray[Any]:
    return np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]

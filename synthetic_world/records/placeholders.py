"""Puts names, telephones and vehicles into free texts where the records say {person}, {other}, {phone}, {vehicle}.

Whole columns at a time. Not here: the texts (the feeds' own modules), how names are garbled (noise).
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Longs


def fill(column: pa.Array, values: Mapping[str, pa.Array]) -> pa.Array:
    """The column with each placeholder replaced by the value of its row. values: by placeholder, braces included."""
    if not values or not has_braces(column):
        return column
    text = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    at = np.flatnonzero(pc.fill_null(pc.match_substring(text, "{"), False).to_numpy(zero_copy_only=False))
    rows = pa.array(at)
    some = text.take(rows)
    for placeholder, value in values.items():
        for _ in range(3):  # a text may name somebody more than once
            if not pc.any(pc.match_substring(some, placeholder)).as_py():
                break
            some = _once(some, placeholder, value.take(rows))
    mask = np.zeros(len(text), bool)
    mask[at] = True
    return pc.replace_with_mask(text, pa.array(mask), some)


def rows_with_braces(table: pa.Table) -> Longs:
    """The rows in which any text of a table holds a placeholder."""
    found = np.zeros(len(table), bool)
    for name in table.column_names:
        column = table[name].combine_chunks()
        if pa.types.is_dictionary(column.type):
            words = pc.fill_null(pc.match_substring(column.dictionary, "{"), False)
            if pc.any(words).as_py():
                found |= pc.fill_null(words.take(column.indices), False).to_numpy(zero_copy_only=False)
        elif pa.types.is_string(column.type) and has_braces(column):
            found |= pc.fill_null(pc.match_substring(column, "{"), False).to_numpy(zero_copy_only=False)
    return np.flatnonzero(found)


def has_braces(column: pa.Array) -> bool:
    """Whether any text holds a placeholder; words that repeat are looked at once."""
    if pa.types.is_dictionary(column.type):
        return bool(pc.any(pc.match_substring(column.dictionary, "{")).as_py())
    return pa.types.is_string(column.type) and b"{" in letters(column)


def letters(cells: pa.Array) -> bytes:
    """All letters of a column of texts, one cell after another."""
    if not len(cells) or cells.buffers()[2] is None:
        return b""
    at = np.frombuffer(cells.buffers()[1], np.int32)[cells.offset : cells.offset + len(cells) + 1]
    return bytes(memoryview(cells.buffers()[2])[int(at[0]) : int(at[-1])])


def _once(text: pa.Array, placeholder: str, value: pa.Array) -> pa.Array:
    """The first placeholder of each text replaced."""
    parts = pc.split_pattern(text, placeholder, max_splits=1)
    start = parts.offsets.to_numpy()[:-1]
    is_split = np.diff(parts.offsets.to_numpy()) == 2
    head = parts.values.take(pa.array(start))
    tail = parts.values.take(pa.array(np.where(is_split, start + 1, start)))
    return pc.if_else(pa.array(is_split), pc.binary_join_element_wise(head, value, tail, ""), text)

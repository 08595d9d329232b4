"""Puts the records of many blocks below each other, as one table of whole columns.

Words stay coded whatever codes each block used. Not here: what is in the records.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.ordering import in_time

WORDS = pa.dictionary(pa.int32(), pa.string())


def gather(tables: Sequence[pa.Table]) -> pa.Table:
    """All rows, table after table. A column that some tables lack is empty there."""
    names = list(dict.fromkeys(name for table in tables for name in table.column_names))
    return pa.table({name: _column([_of(table, name) for table in tables]) for name in names})


def in_order(table: pa.Table, by: str) -> pa.Table:
    """The rows in order of a time, equal ones as they stood."""
    places = pa.array(in_time(table[by].cast(pa.int64()).to_numpy()))
    return pa.table({name: table[name].combine_chunks().take(places) for name in table.column_names})


def _of(table: pa.Table, name: str) -> pa.ChunkedArray:
    return table[name] if name in table.column_names else pa.chunked_array([pa.nulls(len(table))])


def _column(parts: Sequence[pa.ChunkedArray]) -> pa.Array:
    chunks = [chunk for part in parts for chunk in part.chunks if len(chunk)]
    kinds = {chunk.type for chunk in chunks if not pa.types.is_null(chunk.type)}
    if any(pa.types.is_dictionary(kind) for kind in kinds):
        if sum(len(chunk.dictionary) for chunk in chunks if pa.types.is_dictionary(chunk.type)) > sum(
            map(len, chunks)
        ):
            return pa.concat_arrays([chunk.cast(pa.string()) for chunk in chunks])  # more words than rows
        whole = pa.chunked_array([_coded(chunk) for chunk in chunks], type=WORDS).unify_dictionaries()
        return whole.combine_chunks() if whole.num_chunks != 1 else whole.chunk(0)
    if not chunks:
        return pa.array([], next((part.type for part in parts if not pa.types.is_null(part.type)), pa.null()))
    kind = (
        max(kinds, key=lambda one: one.bit_width if pa.types.is_primitive(one) else 0) if kinds else pa.null()
    )
    return pa.concat_arrays([chunk.cast(kind) for chunk in chunks])


def _coded(chunk: pa.Array) -> pa.DictionaryArray:
    if pa.types.is_null(chunk.type):
        return pa.DictionaryArray.from_arrays(pa.nulls(len(chunk), pa.int32()), pa.array([], pa.string()))
    if not pa.types.is_dictionary(chunk.type):
        return pc.dictionary_encode(chunk)
    if chunk.dictionary.null_count:  # an empty word among the words: empty cells instead
        return pc.dictionary_encode(chunk.cast(pa.string()))
    return pa.DictionaryArray.from_arrays(chunk.indices.cast(pa.int32()), chunk.dictionary)

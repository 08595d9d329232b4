"""Parquet: a stretch of a journal as a table in the contract's columns, whole numbers and flags as such.

Days and times are texts in the contract's format. Not here: what stands in a cell (values).
"""

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data_contracts.columns import Column
from data_contracts.model import FeedContract
from synthetic_world.writers.values import Hand, written

GROUP: Final = 200_000  # rows of a row group
_NATIVE: Final = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}


def write_parquet(
    path: Path, contract: FeedContract, table: pa.Table, first: int, last: int, hand: Hand
) -> None:
    """Write the rows from `first` up to before `last`, in stretches."""
    once = {column.physical: column for column in reversed(contract.columns) if column.physical}
    columns = [once[name] for name in contract.physicals]
    schema = pa.schema([pa.field(column.physical, _kind(column)) for column in columns])
    with pq.ParquetWriter(
        path, schema, compression="snappy", version="2.6", write_statistics=False
    ) as writer:
        for start in range(first, max(last, first + 1), GROUP):
            rows = table.slice(start, min(GROUP, last - start))
            arrays = [_cells(column, rows, hand) for column in columns]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema), row_group_size=GROUP)


def _kind(column: Column) -> pa.DataType:
    if column.code_map or column.is_ignored:
        return pa.string()
    return _NATIVE.get(column.logical_type, pa.string())


def _cells(column: Column, rows: pa.Table, hand: Hand) -> pa.Array:
    kind = _kind(column)
    if pa.types.is_string(kind):
        return written(column, rows, hand).cast(pa.string())
    cells = rows[column.name].combine_chunks().cast(kind)
    return pc.round(cells, 6) if pa.types.is_floating(kind) else cells

"""What is kept of a force's journal when a world is made, so that later nights can be written without making it again.

It lies in the answer book's folder, for the pipeline has no business with it. Not here: what is kept (force_files).
"""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept stretches of one force, one file a feed."""

    folder: Path

    def keep(self, feed: str, table: pa.Table) -> None:
        """Keep a stretch."""
        self.folder.mkdir(parents=True, exist_ok=True)
        words = [one.name for one in table.schema if pa.types.is_dictionary(one.type)]
        path = self.folder / f"{feed}.parquet"
        pq.write_table(table, path, compression="lz4", write_statistics=False, use_dictionary=words)

    def tables(self) -> dict[str, pa.Table]:
        """Everything that was kept, by feed."""
        return {path.stem: _whole(pq.read_table(path)) for path in sorted(self.folder.glob("*.parquet"))}


def _whole(table: pa.Table) -> pa.Table:
    """Whole columns; Parquet knows no times in seconds, so those are made seconds again."""
    fields = [
        pa.field(one.name, pa.timestamp("s") if pa.types.is_timestamp(one.type) else one.type)
        for one in table.schema
    ]
    return table.unify_dictionaries().combine_chunks().cast(pa.schema(fields))

"""The few rows of a night as plain texts, for writers that go cell by cell.

Not here: what stands in a cell (values).
"""

from dataclasses import dataclass

import pyarrow as pa

from data_contracts.columns import Column
from data_contracts.model import FeedContract
from synthetic_world.writers.values import Hand, written

Row = list[str | None]


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of one feed: the contract's columns, each heading once, and a text or nothing for each."""

    contract: FeedContract
    columns: tuple[Column, ...]
    rows: list[Row]

    @classmethod
    def of(cls, contract: FeedContract, rows: pa.Table, hand: Hand) -> "Cells":
        """The rows as texts."""
        once = {column.physical: column for column in reversed(contract.columns) if column.physical}
        columns = tuple(once[name] for name in contract.physicals)
        made = [written(column, rows, hand).to_pylist() for column in columns]
        return cls(contract, columns, [list(row) for row in zip(*made, strict=True)] if len(rows) else [])

    def place(self, physical: str) -> int:
        """The place of a heading."""
        return self.contract.physicals.index(physical)

"""Rows of text on their way from a reader that is not CSV to the SQL that judges them: a scratch Parquet file.

Columns line_number, c0, c1, … as the CSV readers give them; empty text is NULL. What no value may hold (a control
character, a cell without end) is refused here, for all readers alike. Memory is bounded: rows leave in batches.
Not here: reading files (workbook, json_lines, markup_rows, parquet_rows), judging values (conform).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from orchestration.landing.found import MIB
from orchestration.landing.refused_line import CONTROL, MAX_CELL, RAW_KEPT, RefusedLine

BATCH_CELLS = 400_000
BATCH_CHARACTERS = 16 * 2**20
MOST_BYTES = 200 * MIB  # of a file, or of what it unpacks to, that these readers take
FIRST_RECORD = 2  # record numbers count the heading as 1, as lines of a CSV do


class Unreadable(Exception):  # noqa: N818 - the name says what is the case
    """The file as a whole is not what its contract says: a code, and a sentence about it without a stop."""

    def __init__(self, code: str, sentence: str) -> None:
        """sentence: tells of the file as "it"."""
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


def raw_text(cells: Iterable[str | None]) -> str:
    """A record as one line of comma-separated text, for quarantine."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()[:RAW_KEPT]


class RawRows:
    """Takes records one by one or a batch at a time; a context manager that leaves the file whole."""

    def __init__(self, path: Path, n_columns: int, most_rows: int | None = None) -> None:
        """path: the scratch file, replaced. most_rows: no more records are taken than one above this."""
        self.n_rows = 0  # records, refused ones included
        self.refused: list[RefusedLine] = []
        kinds = [("line_number", pa.int64()), *((f"c{i}", pa.string()) for i in range(n_columns))]
        self._schema = pa.schema(kinds)
        self._writer = pq.ParquetWriter(path, self._schema, compression="lz4", use_dictionary=False)
        self._rows: list[tuple[int, Sequence[str | None]]] = []
        self._characters = 0
        self._batch_rows = max(1, BATCH_CELLS // max(1, n_columns))
        self._most_rows = most_rows

    def __enter__(self) -> "RawRows":
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Write what is left, and close."""
        try:
            if error is None:
                self._flush()
        finally:
            self._writer.close()

    def add(self, cells: Sequence[str | None], line: int | None = None) -> None:
        """Take one record, a cell for each column. line: its number where it is not just the next."""
        self._rows.append((self.n_rows + FIRST_RECORD if line is None else line, cells))
        self._count()
        self._characters += sum(len(cell) for cell in cells if cell)
        if len(self._rows) >= self._batch_rows or self._characters >= BATCH_CHARACTERS:
            self._flush()

    def refuse(self, code: str, raw: str, line: int | None = None) -> None:
        """Take one record that is no row."""
        number = self.n_rows + FIRST_RECORD if line is None else line
        self.refused.append(RefusedLine(number, code, raw[:RAW_KEPT]))
        self._count()

    def _count(self) -> None:
        self.n_rows += 1
        if self._most_rows is not None and self.n_rows > self._most_rows:
            raise Unreadable(
                "ROWS_TOO_MANY", f"it has more than the {self._most_rows:,} rows that are taken; split it"
            )

    def _flush(self) -> None:
        if not self._rows:
            return
        lines = pa.array([line for line, _ in self._rows], pa.int64())
        columns = [pa.array(column, pa.string()) for column in zip(*(c for _, c in self._rows), strict=True)]
        self._rows, self._characters = [], 0
        self._write(pa.table([lines, *columns], schema=self._schema))

    def _write(self, table: Any) -> None:
        columns, bad = [table.column(0)], None
        for column in table.columns[1:]:
            text = pc.if_else(pc.equal(column, ""), None, column)
            columns.append(text)
            troubled = _troubled(text)
            if troubled is not None:
                bad = troubled if bad is None else pc.or_(bad, troubled)
        table = pa.table(columns, schema=self._schema)
        if bad is not None:
            self._refuse_all(table.filter(bad))
            table = table.filter(pc.invert(bad))
        if table.num_rows:
            self._writer.write_table(table)

    def _refuse_all(self, table: Any) -> None:
        for row in table.to_pylist():
            line, cells = row["line_number"], list(row.values())[1:]
            is_long = any(cell and len(cell) > MAX_CELL for cell in cells)
            code = "CELL_TOO_LONG" if is_long else "CONTROL_CHARACTER"
            self.refused.append(RefusedLine(line, code, raw_text(cells)))


def _troubled(column: Any) -> Any | None:
    """Which cells no value may be made of, or None when all are fine."""
    is_bad = pc.match_substring_regex(column, CONTROL.pattern)
    if (pc.max(pc.binary_length(column)).as_py() or 0) > MAX_CELL:
        is_bad = pc.or_(is_bad, pc.greater(pc.utf8_length(column), MAX_CELL))
    is_bad = pc.fill_null(is_bad, False)
    return is_bad if pc.any(is_bad).as_py() else None

"""Taking the records out of one file as text: which reader does it, and what is left when none can.

Not here: the readers (careful, workbook, json_lines, markup_rows, parquet_rows), judging what they found (judged).
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from data_contracts.model import FeedContract, FileFormat
from orchestration.landing.careful import read_carefully
from orchestration.landing.header import Heading
from orchestration.landing.json_lines import read_json_lines
from orchestration.landing.markup_rows import read_markup
from orchestration.landing.named_fields import fields_read
from orchestration.landing.parquet_rows import read_parquet
from orchestration.landing.raw_rows import RawRows, Unreadable
from orchestration.landing.ready import Ready
from orchestration.landing.workbook import read_workbook

_Reader = Callable[[Path, FeedContract, FileFormat, RawRows], tuple[str, ...]]
_READERS: dict[str, _Reader] = {"xlsx": read_workbook, "jsonl": read_json_lines, "xml": read_markup}


class NotExtracted(Exception):  # noqa: N818
    """The file as a whole could not be read: code, sentence, and how many records were seen until then."""

    def __init__(self, why: Unreadable, n_rows: int) -> None:
        """why: what the reader said."""
        super().__init__(why.sentence)
        self.code, self.sentence, self.n_rows = why.code, why.sentence, n_rows


def extracted(con: duckdb.DuckDBPyConnection, ready: Ready, target: Path) -> Ready:
    """The delivery with its records at `target`; NotExtracted when there are none to be had.

    A troubled CSV file keeps its heading and line numbers; any other file is bound to the contract's own names.
    """
    if ready.file.reader == "csv":
        return _csv(ready, target)
    names = fields_read(ready.contract)
    if ready.file.reader == "parquet":
        try:
            n_rows, refused, notes = read_parquet(con, ready.local_path, ready.contract, target)
        except Unreadable as why:
            raise NotExtracted(why, 0) from None
    else:
        rows = RawRows(target, len(names), ready.contract.row_ceiling.rows)
        try:
            with rows:
                notes = _READERS[ready.file.reader](ready.local_path, ready.contract, ready.file, rows)
        except Unreadable as why:
            raise NotExtracted(why, rows.n_rows) from None
        n_rows, refused = rows.n_rows, rows.refused
    heading = Heading(columns=names, physical=names, notes=notes)
    return replace(
        ready, local_path=target, heading=heading, n_lines=n_rows, is_extracted=True, refused=tuple(refused),
        notes=notes,
    )  # fmt: skip


def _csv(ready: Ready, target: Path) -> Ready:
    rows = RawRows(target, len(ready.heading.columns))
    with rows:
        read_carefully(ready, rows)
    return replace(
        ready, local_path=target, n_lines=rows.n_rows, is_extracted=True, refused=tuple(rows.refused)
    )

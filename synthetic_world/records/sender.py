"""Writes the deliveries of one force into its landing folder, each in the kind of file that the contract names.

Not here: what goes out when (deliveries), the kinds of file (writers), damage done afterwards (faults).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.columns import FileFormat
from data_contracts.model import FeedContract
from synthetic_world.records.deliveries import BEGINNING, Delivery, contract_of
from synthetic_world.records.personality import Personality
from synthetic_world.writers import json_lines
from synthetic_world.writers.cells import Cells
from synthetic_world.writers.csv_lines import CsvFeed
from synthetic_world.writers.naming import path_of
from synthetic_world.writers.parquet import write_parquet
from synthetic_world.writers.values import Hand
from synthetic_world.writers.workbook import workbook
from synthetic_world.writers.xml_zip import bundle

QUIET = ("code_list",)  # feeds of which a night without rows brings no file of its own


class Sent(NamedTuple):
    """One feed in one file that was written."""

    path: str  # from the landing folder
    force_code: str
    feed: str
    day: date
    mode: str
    rows: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of one feed, and the contract and kind of file they go by."""

    contract: FeedContract
    file: FileFormat
    table: pa.Table
    first: int  # of the table's rows
    last: int

    @property
    def rows(self) -> pa.Table:
        """The rows themselves."""
        return self.table.slice(self.first, self.last - self.first)


class Sender:
    """One force's files."""

    def __init__(
        self,
        force_code: str,
        habits: Personality,
        contracts: Mapping[str, Sequence[FeedContract]],
        tables: Mapping[str, pa.Table],
        landing: Path,
    ) -> None:
        """Write below `landing` from these stretches of the force's journal."""
        self.force_code, self.contracts, self.landing = force_code, contracts, landing
        zone = next(iter(contracts.values()))[0].timezone
        self.hand = Hand(habits, zone)
        self.tables = {feed: _sendable(tables[feed], contracts[feed]) for feed in contracts}
        self.seconds = {
            feed: table["recorded_at"].cast(pa.int64()).to_numpy() for feed, table in self.tables.items()
        }
        self._csv: dict[tuple[str, str], CsvFeed] = {}
        self._ready: tuple[int, int] | None = None

    def prepare(self, since: int, until: int) -> None:
        """Have CSV lines made once for the many small files of some nights."""
        self._ready = (since, until)

    def send(self, delivery: Delivery) -> list[Sent]:
        """Write the files of one delivery."""
        by_path: dict[str, list[_Part]] = {}
        for feed in delivery.feeds:
            part = self._part(feed, delivery)
            if part is not None:
                path = self._named(path_of(part.file, delivery.day, delivery.mode))
                by_path.setdefault(path, []).append(part)
        sent = []
        for path, parts in by_path.items():
            (self.landing / path).parent.mkdir(parents=True, exist_ok=True)
            self._write(self.landing / path, parts, delivery.day)
            sent += [
                Sent(path, self.force_code, p.contract.feed, delivery.day, delivery.mode, p.last - p.first)
                for p in parts
            ]
        return sent

    def _part(self, feed: str, delivery: Delivery) -> _Part | None:
        """The rows of a feed that go out; None where the force sends no such file, or no file without rows."""
        contract = contract_of(self.contracts[feed], delivery.day)
        file = file_of(contract, delivery.mode)
        if file is None:
            return None
        table, (first, last) = self.tables[feed], self._stretch(feed, delivery.since, delivery.until)
        if delivery.mode == "full":
            table = _current(table.slice(first, last - first), is_whole=delivery.since == BEGINNING)
            first, last = 0, len(table)
        is_alone = file.reader in ("csv", "parquet")
        if is_alone and (last - first < contract.row_floor.rows or (feed in QUIET and first == last)):
            return None
        return _Part(contract, file, table, first, last)

    def _named(self, path: str) -> str:
        """The path, for a force that writes by another's contracts with its own name in it."""
        template = self.hand.habits.template
        return path if template == self.force_code else path.replace(template, self.force_code)

    def _stretch(self, feed: str, since: int, until: int) -> tuple[int, int]:
        first, last = np.searchsorted(self.seconds[feed], [since, until], side="left")
        return int(first), int(last)

    def _write(self, path: Path, parts: Sequence[_Part], day: date) -> None:
        match parts[0].file.reader:
            case "csv":
                with path.open("wb") as stream:
                    for chunk in self._csv_feed(parts[0]).chunks(parts[0].first, parts[0].last):
                        stream.write(chunk)
            case "parquet":
                one = parts[0]
                write_parquet(path, one.contract, one.table, one.first, one.last, self.hand)
            case "xlsx":
                sheets = [(part.file.sheet, self._cells(part)) for part in parts]
                path.write_bytes(workbook(sheets, f"{self.force_code.title()} extract {day:%d/%m/%Y}"))
            case "xml":
                path.write_bytes(bundle([(part.file, self._cells(part)) for part in parts]))
            case "jsonl":
                path.write_bytes(self._nested(parts))

    def _csv_feed(self, part: _Part) -> CsvFeed:
        feed, dialect = part.contract.feed, part.file.dialect
        if dialect is None:
            raise ValueError(f"{part.contract.path} names a CSV file without its dialect")
        if part.table is not self.tables[feed]:
            return CsvFeed(part.contract, dialect, part.table, self.hand)
        key = (feed, part.contract.path.name)
        if key not in self._csv:
            self._csv[key] = CsvFeed(part.contract, dialect, part.table, self.hand)
            if self._ready:
                self._csv[key].prepare(*self._stretch(feed, *self._ready))
        return self._csv[key]

    def _cells(self, part: _Part) -> Cells:
        return Cells.of(part.contract, part.rows, self.hand)

    def _nested(self, parts: Sequence[_Part]) -> bytes:
        """Records with those of other feeds in them; a parent that has nothing new is sent again for its children."""
        parent = next(part for part in parts if not part.file.records)
        children = [(part.file.records, self._cells(part)) for part in parts if part.file.records]
        key = next(c.physical for c in parent.contract.columns if c.name == "source_record_id")
        needed = {name for _, cells in children for name in json_lines.keys_upward(cells, key)}
        return json_lines.lines(self._with_parents(parent, needed), children, key)

    def _with_parents(self, parent: _Part, needed: set[str]) -> Cells:
        table, new = parent.table, parent.rows
        needed -= set(new["source_record_id"].cast(pa.string()).to_pylist())
        known = table["source_record_id"].cast(pa.string()).slice(0, parent.first)
        places = np.flatnonzero(pc.is_in(known, pa.array(sorted(needed), pa.string())).to_numpy())
        latest = dict(zip(known.take(pa.array(places)).to_pylist(), places.tolist(), strict=True))
        again = table.take(pa.array(sorted(latest.values()), pa.int64()))
        return Cells.of(parent.contract, pa.concat_tables([again, new]), self.hand)


def _current(table: pa.Table, *, is_whole: bool) -> pa.Table:
    """The last version of each row. is_whole: an extract of everything, in which what is gone does not stand."""
    codes = pc.dictionary_encode(
        table["source_record_id"].cast(pa.string()).combine_chunks()
    ).indices.to_numpy()
    _, from_the_end = np.unique(codes[::-1], return_index=True)
    table = table.take(pa.array(np.sort(len(codes) - 1 - from_the_end)))
    return table.filter(pc.equal(table["op"].cast(pa.string()), "upsert")) if is_whole else table


def _sendable(table: pa.Table, versions: Sequence[FeedContract]) -> pa.Table:
    """Without what the force's files have no way to say: deletions for one, a role that it keeps to itself."""
    if not all(any(column.name == "op" for column in one.columns) for one in versions):
        table = table.filter(pc.not_equal(table["op"].cast(pa.string()), "delete"))
    for column in versions[-1].columns:
        if column.required and column.is_coded and column.code_map:
            said = {code for _, code in column.code_map}
            if not said.issuperset(column.codes):
                texts = table[column.name].cast(pa.string())
                table = table.filter(pc.is_in(texts, pa.array(sorted(said))))
    return table


def file_of(contract: FeedContract, mode: str) -> FileFormat | None:
    """The kind of file for a mode; None where the force never sends the feed so."""
    return next((file for file in contract.files if file.mode in (mode, "")), None)

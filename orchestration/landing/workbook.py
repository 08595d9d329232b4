"""Workbooks (xlsx): the one sheet that a contract names, its rows as text.

Read as the XML that a workbook is, part by part: nothing is evaluated, no link is followed, no other sheet is opened.
A formula or an error where a value is agreed refuses its row. Not here: safe parsing (markup), the zip around it
(package), what a cell holds (sheet_cells), what a text means (conform).
"""

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data_contracts.model import FeedContract, FileFormat
from orchestration.landing.header import HeaderError, Heading, bind_heading
from orchestration.landing.markup import LocalNames, attributes_of, new_parser, parse
from orchestration.landing.named_fields import fields_read, hint
from orchestration.landing.package import Package, open_package
from orchestration.landing.raw_rows import RawRows, Unreadable, raw_text
from orchestration.landing.sheet_cells import Cell, plain_text, rows_of


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the workbook lists it; `part` is its place in the zip."""

    name: str
    part: str
    is_hidden: bool


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: (kind, target part) by id. Whatever lies outside the file is not among them."""
    folder, name = posixpath.split(part)
    with package.part(f"{folder}/_rels/{name}.rels".lstrip("/")) as source:
        listed = [item for _, item in attributes_of(source, frozenset({"Relationship"}))]
    return {
        item.get("Id", ""): (
            item.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
        )
        for item in listed
        if item.get("TargetMode") != "External"
    }


def _main_part(package: Package) -> str:
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            return target
    raise Unreadable("NOT_XLSX", "it is a zip but no workbook; send the workbook itself")


def sheets_of(package: Package) -> list[Sheet]:
    """The sheets in the order of their tabs; Unreadable for a workbook with the calendar of 1904."""
    main = _main_part(package)
    with package.part(main) as source:
        listed = attributes_of(source, frozenset({"sheet", "workbookPr"}))
    if any(name == "workbookPr" and item.get("date1904") in ("1", "true") for name, item in listed):
        raise Unreadable("CALENDAR_1904", "it counts its days from 1904; save it with the calendar of 1900")
    related = _relations(package, main)
    return [
        Sheet(item.get("name", ""), related[item["id"]][1], item.get("state", "visible") != "visible")
        for name, item in listed
        if name == "sheet" and related.get(item.get("id", ""), ("", ""))[0] == "worksheet"
    ]


class _Strings:
    """Handlers for the shared texts: each is all text of one <si> but the reading aids (<rPh>)."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._local, self._text, self._aids = LocalNames(), list[str](), 0
        self.parser = new_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        if local == "rPh":
            self._aids += 1
        elif local == "t" and not self._aids:
            self.parser.CharacterDataHandler = self._text.append

    def _end(self, name: str) -> None:
        local = self._local[name]
        if local == "t":
            self.parser.CharacterDataHandler = None
        elif local == "rPh":
            self._aids -= 1
        elif local == "si":
            self.found.append(plain_text("".join(self._text)))
            self._text.clear()


@lru_cache(maxsize=1)
def shared_texts(path: Path, stamp: tuple[int, int]) -> Sequence[str]:
    """The shared texts of a workbook, read once for all its sheets."""
    with open_package(path) as package:
        related = _relations(package, _main_part(package)).values()
        part = next((target for kind, target in related if kind == "sharedStrings"), "")
        if not part:
            return ()
        strings = _Strings()
        with package.part(part) as source:
            for _ in parse(strings.parser, source):
                pass
    return strings.found


def _sheet(package: Package, name: str) -> Sheet:
    sheets = sheets_of(package)
    found = next((sheet for sheet in sheets if sheet.name == name), None)
    if found is None:
        near = hint(name, (sheet.name for sheet in sheets if not sheet.is_hidden))
        raise Unreadable(
            "SHEET_MISSING", f"it has no sheet '{name}'{near}; send every agreed sheet, empty where need be"
        )
    return found


def _heading(cells: list[Cell], contract: FeedContract) -> Heading:
    names = [""] * (max(cell.column for cell in cells) + 1)
    for cell in cells:
        names[cell.column] = cell.text
    try:
        return bind_heading(names, contract)
    except HeaderError as error:
        raise Unreadable("HEADER", str(error)) from None


@dataclass(slots=True)
class _Table:
    """The data of a sheet below its heading."""

    columns: dict[int, int]  # place of a column in the sheet → its place in the rows
    width: int
    rows: RawRows
    n_wanted: int

    def take(self, cells: list[Cell]) -> None:
        record: list[str | None] = [None] * self.n_wanted
        trouble = "FIELD_COUNT" if max(cell.column for cell in cells) >= self.width else ""
        for cell in cells:
            place = self.columns.get(cell.column)
            if place is not None:
                record[place] = cell.text
                trouble = trouble or cell.trouble
        if trouble:
            self.rows.refuse(trouble, raw_text(cell.text for cell in cells))
        else:
            self.rows.add(record)


def _read(path: Path, contract: FeedContract, file: FileFormat) -> Iterator[tuple[int, list[Cell]]]:
    status = path.stat()
    texts = shared_texts(path, (status.st_size, status.st_mtime_ns))
    with open_package(path) as package, package.part(_sheet(package, file.sheet).part) as source:
        yield from rows_of(source, texts)


def read_workbook(path: Path, contract: FeedContract, file: FileFormat, rows: RawRows) -> tuple[str, ...]:
    """Put every row below the heading into `rows`; returns notes. Unreadable when the sheet cannot be used."""
    wanted = fields_read(contract)
    heading: Heading | None = None
    table: _Table | None = None
    for number, cells in _read(path, contract, file):
        if number == file.heading_rows:
            heading = _heading(cells, contract)
            places = {name: place for place, name in enumerate(wanted)}
            columns = {at: places[name] for at, name in enumerate(heading.columns) if name in places}
            table = _Table(columns, len(heading.columns), rows, len(wanted))
        elif number > file.heading_rows:
            if table is None:
                break
            table.take(cells)
    if heading is None:
        raise Unreadable("HEADER", f"row {file.heading_rows} of its sheet '{file.sheet}' holds no headings")
    return heading.notes

"""Reads any file of a fictional world as rows of text, by other means than landing's."""

import csv
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq

from data_contracts.model import FileMatch
from data_contracts.registry import Registry
from synthetic_world.make import Order

NINE = Order("ci9", seed=1, years=1, processes=1)  # the world that tests share
Row = dict[str, str | None]
_ENCODINGS = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "cp1252": "cp1252"}


def feeds_of(registry: Registry, landing: Path, path: Path) -> tuple[FileMatch, ...]:
    """The feeds that a file brings."""
    return registry.matches(PurePosixPath(path.relative_to(landing).as_posix()))


def rows_of(match: FileMatch, path: Path) -> Iterator[Row]:
    """Every row of one feed in a file, by heading."""
    readers = {"csv": _csv, "parquet": _parquet, "jsonl": _json_lines, "xml": _xml, "xlsx": _workbook}
    return readers[match.file.reader](match, path)


def _csv(match: FileMatch, path: Path) -> Iterator[Row]:
    dialect, trailer = match.file.dialect, match.file.trailer
    assert dialect is not None
    with path.open(encoding=_ENCODINGS[dialect.encoding], newline="") as stream:
        lines = list(csv.reader(stream, delimiter=dialect.delimiter, quotechar=dialect.quote))
    if trailer is not None:
        assert trailer.match(lines.pop()[0])
    for line in lines[1:]:
        yield dict(zip(lines[0], line, strict=True))


def _parquet(match: FileMatch, path: Path) -> Iterator[Row]:
    for row in pq.read_table(path).to_pylist():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json_lines(match: FileMatch, path: Path) -> Iterator[Row]:
    for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
        whole = json.loads(line, parse_int=str, parse_float=str)
        for record in whole[match.file.records] if match.file.records else [whole]:
            yield {
                name: _at(whole if name.startswith("^.") else record, name)
                for name in match.contract.physicals
            }


def _at(found: Any, name: str) -> str | None:
    for key in name.removeprefix("^.").split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return _plain(found)


def _xml(match: FileMatch, path: Path) -> Iterator[Row]:
    pattern = match.file.member
    assert pattern is not None
    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if pattern.fullmatch(one)]
        root = ElementTree.fromstring(archive.read(name))
    for record in root.iter(match.file.records):
        yield {name: _below(record, name) for name in match.contract.physicals}


def _below(record: ElementTree.Element, name: str) -> str | None:
    path, _, attribute = name.partition("@")
    found = record.find(path.rstrip("/")) if path else record
    if found is None:
        return None
    return found.get(attribute) if attribute else found.text


def _workbook(match: FileMatch, path: Path) -> Iterator[Row]:
    sheet = openpyxl.load_workbook(path, read_only=True)[match.file.sheet]
    lines = [list(line) for line in sheet.iter_rows(values_only=True)][match.file.heading_rows - 1 :]
    for line in lines[1:]:
        yield {str(name): _plain(value) for name, value in zip(lines[0], line, strict=False)}

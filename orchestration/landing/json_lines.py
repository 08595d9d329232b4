"""JSON Lines: each line is one object; the values of one contract leave it as text, exactly as they were written.

A path with dots leads into objects; `records` names a list within the line whose objects are the records, and `^.`
before a path then leads from the line itself. A list of plain texts is one text, joined with "; ".
Not here: what a text means (conform), which lines a night reads (inbox).
"""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_contracts.model import FeedContract, FileFormat
from orchestration.landing.found import MIB
from orchestration.landing.named_fields import NamesSeen, fields_read, hint
from orchestration.landing.raw_rows import MOST_BYTES, RawRows, Unreadable
from orchestration.landing.refused_line import RAW_KEPT

PARENT = "^."
MOST_DEEP = 32
MOST_CHARACTERS = 8 * MIB  # of one line


class _Refused(Exception):  # noqa: N818
    """A line or record that is no row; the argument is the reason code."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("JSON_KEY_TWICE")
    return found


def _no_number(word: str) -> None:
    raise _Refused("JSON_NOT_AN_OBJECT")  # NaN and Infinity are not JSON


_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=_no_number
)


def _object(raw: bytes) -> dict[str, Any]:
    """The object that a line is; _Refused when it is anything else."""
    if len(raw) > MOST_CHARACTERS:
        raise _Refused("JSON_TOO_DEEP")
    try:
        found = _DECODER.decode(raw.decode("utf-8"))
        if b"\\ud" in raw.lower():  # may be half a character, which no text can hold
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeError:
        raise _Refused("ENC_NOT_UTF8") from None
    except RecursionError:
        raise _Refused("JSON_TOO_DEEP") from None
    except ValueError:
        raise _Refused("JSON_NOT_AN_OBJECT") from None
    if not isinstance(found, dict):
        raise _Refused("JSON_NOT_AN_OBJECT")
    return found


def _text(value: Any) -> str | None:
    """A value as text: what was written, except that true and false are words and a list of texts is joined."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(text for item in value if (text := _text(item)) is not None)
    raise _Refused("JSON_SHAPE")


def _at(found: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if found is None:
            return None
        if not isinstance(found, dict):
            raise _Refused("JSON_SHAPE")
        found = found.get(key)
    return found


def _names(record: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[str]:
    """Paths of all plain values of a record; lists of objects are records of their own, and so are empty ones."""
    if depth > MOST_DEEP:
        raise _Refused("JSON_TOO_DEEP")
    for key, value in record.items():
        if isinstance(value, dict):
            yield from _names(value, f"{before}{key}.", depth + 1)
        elif not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
            yield before + key


@dataclass(slots=True)
class _Lines:
    """One contract's reading of one file."""

    contract: FeedContract
    rows: RawRows
    records: tuple[str, ...]
    seen: NamesSeen
    paths: tuple[tuple[bool, tuple[str, ...]], ...]
    parents: frozenset[str]
    lists: set[str] = field(default_factory=set)  # names of lists of objects
    shapes: set[tuple[str, ...]] = field(default_factory=set)  # keys of records that were looked at
    n_lines: int = 0

    def take(self, raw: bytes) -> None:
        """One line: its records, or one refused record."""
        try:
            line = _object(raw)
            self.n_lines += 1
            if not self.records:
                self._record(line, line, raw)
                return
            listed = _at(line, self.records)
            if not (listed is None or isinstance(listed, list)):
                raise _Refused("JSON_SHAPE")
        except _Refused as refused:
            self.rows.refuse(str(refused), _decoded(raw))
            return
        self._look_around(line, listed is not None)
        for record in listed or ():
            self._record(record, line, raw)

    def _look_around(self, line: dict[str, Any], has_list: bool) -> None:
        """Which lists and which of the needed names the line itself holds."""
        if has_list:
            self.lists.add(".".join(self.records))
        else:
            self.lists.update(key for key, value in line.items() if isinstance(value, list))
        for name in self.parents - self.seen.names:
            if _at(line, _path(name)[1]) is not None:
                self.seen.add((name,))

    def _record(self, record: Any, line: dict[str, Any], raw: bytes) -> None:
        try:
            if not isinstance(record, dict):
                raise _Refused("JSON_SHAPE")
            self._look_at(record)
            cells = [_text(_at(line if is_parent else record, path)) for is_parent, path in self.paths]
        except _Refused as refused:
            self.rows.refuse(str(refused), _shown(record, raw) if self.records else _decoded(raw))
            return
        self.rows.add(cells)

    def _look_at(self, record: dict[str, Any]) -> None:
        shape = tuple(record)
        if shape in self.shapes and not any(type(value) is dict for value in record.values()):
            return
        self.shapes.add(shape)
        self.seen.add(_names(record))

    def settle(self) -> tuple[str, ...]:
        """Notes; Unreadable when the list or a needed name is nowhere."""
        name = ".".join(self.records)
        if name and self.n_lines and name not in self.lists:
            near = hint(name, self.lists)
            raise Unreadable(
                "HEADER", f"none of its lines holds the list '{name}'{near}; send it, empty where need be"
            )
        return self.seen.settle(self.rows.n_rows - len(self.rows.refused))


def _decoded(raw: bytes) -> str:
    return raw[:RAW_KEPT].decode("utf-8", "backslashreplace")


def _shown(record: Any, raw: bytes) -> str:
    try:
        return json.dumps(record, ensure_ascii=False)
    except RecursionError:
        return _decoded(raw)


def _path(physical: str) -> tuple[bool, tuple[str, ...]]:
    return physical.startswith(PARENT), tuple(physical.removeprefix(PARENT).split("."))


def read_json_lines(path: Path, contract: FeedContract, file: FileFormat, rows: RawRows) -> tuple[str, ...]:
    """Put every record of the file into `rows`; returns notes. Unreadable when the file as a whole cannot be used."""
    if (size := path.stat().st_size) > MOST_BYTES:
        raise Unreadable(
            "TOO_LARGE", f"it has {size:,} bytes, and at most {MOST_BYTES:,} of JSON are taken; split it"
        )
    records = tuple(file.records.split(".")) if file.records else ()
    paths = tuple(_path(physical) for physical in fields_read(contract))
    parents = frozenset(name for name in contract.physicals if name.startswith(PARENT))
    lines = _Lines(contract, rows, records, NamesSeen(contract), paths, parents)
    with path.open("rb") as handle:
        for number, line in enumerate(handle):
            raw = line.removeprefix(codecs.BOM_UTF8).strip() if number == 0 else line.strip()
            if raw:
                lines.take(raw)
    return lines.settle()

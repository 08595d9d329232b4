"""XML, alone or in a zip: every element of one name is a record; the texts below it are its fields.

A field is the path of the element from the record (`Victim/Surname`), `@` before the name of an attribute. What stands
outside the records is noted, never read. Not here: safe parsing (markup), what a text means (conform).
"""

from collections.abc import Iterable
from pathlib import Path

from data_contracts.model import FeedContract, FileFormat
from orchestration.landing.found import shown
from orchestration.landing.markup import LocalNames, Readable, new_parser, parse
from orchestration.landing.named_fields import NamesSeen, fields_read, hint
from orchestration.landing.package import open_package
from orchestration.landing.raw_rows import MOST_BYTES, RawRows, Unreadable, raw_text

MOST_DEEP = 32
_MOST_OUTSIDE = 50


class _Records:
    """Handlers of one document."""

    def __init__(self, element: str, wanted: tuple[str, ...], seen: NamesSeen, rows: RawRows) -> None:
        self.outside: set[str] = set()
        self.n_found = 0
        self._element, self._wanted, self._seen, self._rows = element, wanted, seen, rows
        self._local, self._depth = LocalNames(), 0
        self._shapes: set[tuple[str, ...]] = set()
        self._keys: list[str] = []  # paths of the open elements, the record's own first
        self._fields: dict[str, str] = {}
        self._text: list[str] = []
        self._is_leaf = self._is_twice = False
        self.parser = new_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        if self._keys:
            self._settle_text(self._keys[-1])
            key = f"{self._keys[-1]}/{local}" if len(self._keys) > 1 else local
        elif local == self._element:
            key, self._fields, self._is_twice = "", {}, False
            self.parser.CharacterDataHandler = self._text.append
        else:
            if self._depth and len(self.outside) < _MOST_OUTSIDE:
                self.outside.add(local)
            self._depth += 1
            return
        if len(self._keys) > MOST_DEEP:
            raise Unreadable("XML_TOO_DEEP", f"a record is nested more than {MOST_DEEP} deep")
        self._keys.append(key)
        self._is_leaf = not attributes
        before = f"{key}/@" if key else "@"
        for attribute, value in attributes.items():
            self._store(before + self._local[attribute], value)

    def _end(self, name: str) -> None:
        if not self._keys:
            self._depth -= 1
            return
        key = self._keys.pop()
        if self._is_leaf and key:
            self._store(key, "".join(self._text))
            self._text.clear()
        else:  # what has attributes or elements holds them, and text only where there is some
            self._settle_text(key)
        self._is_leaf = False
        if not self._keys:
            self.parser.CharacterDataHandler = None
            self._emit()

    def _settle_text(self, key: str) -> None:
        """Text between elements belongs to the element around them; blanks there are only layout."""
        if self._text:
            text = "".join(self._text)
            self._text.clear()
            if text.strip():
                self._store(key, text)

    def _store(self, key: str, text: str) -> None:
        self._is_twice = self._is_twice or key in self._fields
        self._fields[key] = text

    def _emit(self) -> None:
        self.n_found += 1
        fields = self._fields
        shape = tuple(fields)
        if shape not in self._shapes:
            self._shapes.add(shape)
            self._seen.add(shape)
        if self._is_twice:
            self._rows.refuse("XML_ELEMENT_TWICE", raw_text(f"{k}={v}" for k, v in fields.items()))
        else:
            self._rows.add([fields.get(name) for name in self._wanted])


def _read(source: Readable, records: _Records) -> None:
    for _ in parse(records.parser, source):
        pass


def _sources(path: Path, file: FileFormat) -> Iterable[str]:
    """Names of the members to read, in order; one empty name for a plain XML file."""
    if file.member is None:
        if (size := path.stat().st_size) > MOST_BYTES:
            raise Unreadable(
                "TOO_LARGE", f"it has {size:,} bytes, and at most {MOST_BYTES:,} of XML are taken; split it"
            )
        return [""]
    with open_package(path) as package:
        found = [name for name in package.names if file.member.fullmatch(name)]
    if not found:
        raise Unreadable(
            "MEMBER_MISSING", f"it holds no member named as agreed ({file.member.pattern}); send it whole"
        )
    return found


def read_markup(path: Path, contract: FeedContract, file: FileFormat, rows: RawRows) -> tuple[str, ...]:
    """Put every record of the file into `rows`; returns notes. Unreadable when the file as a whole cannot be used."""
    seen, wanted = NamesSeen(contract), fields_read(contract)
    outside: set[str] = set()
    n_found = 0
    for name in _sources(path, file):
        records = _Records(file.records, wanted, seen, rows)
        if name:
            with open_package(path) as package, package.part(name) as source:
                _read(source, records)
        else:
            with path.open("rb") as source:
                _read(source, records)
        outside |= records.outside
        n_found += records.n_found
    if outside and not n_found:
        near = hint(file.records, outside)
        raise Unreadable("HEADER", f"it holds no element '{file.records}'{near}; send the records as agreed")
    notes = tuple(f"elements '{shown(name)}' outside the records were left out" for name in sorted(outside))
    return (*seen.settle(rows.n_rows - len(rows.refused)), *notes)

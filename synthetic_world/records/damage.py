"""What a fault is given and what it gives back; and a CSV file taken apart into lines, and put together again.

Not here: the faults (faults_text, faults_cells, faults_bytes), which are done when (faults).
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from data_contracts.columns import Column, Dialect, FileFormat
from data_contracts.model import FeedContract
from synthetic_world.records.contracts import Contracts
from synthetic_world.records.deliveries import contract_of
from synthetic_world.records.personality import personality
from synthetic_world.records.sender import Sent, file_of

BYTES_OF: Final = {"utf-8": "utf-8", "cp1252": "cp1252", "utf-16": "utf-16-le", "utf-16-le": "utf-16-le"}


class NoDamage(Exception):  # noqa: N818
    """A fault cannot be done to this file; the message says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file."""

    what: str
    content: bytes | None = None  # None: the file itself is as it was
    lines: tuple[int, ...] = ()
    added: Mapping[str, bytes] = field(default_factory=dict)  # other files, by path from the landing folder


@dataclass(slots=True)
class Target:
    """One file that a fault is done to."""

    landing: Path
    sent: Sent
    content: bytes
    parameters: Mapping[str, Any]
    random: np.random.Generator

    @property
    def contract(self) -> FeedContract:
        """The contract it was written by."""
        contracts = Contracts.of(personality(self.sent.force_code, 0).template)
        return contract_of(contracts.by_feed[self.sent.feed], self.sent.day)

    @property
    def file(self) -> FileFormat:
        """What kind of file it is."""
        found = file_of(self.contract, self.sent.mode)
        if found is None:
            raise NoDamage("no contract says what kind of file it is")
        return found

    def number(self, key: str, otherwise: float) -> float:
        """A parameter of the plan."""
        value = self.parameters.get(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise NoDamage(f"the parameter {key} is not a number")
        return float(value)

    def rows(self, n: int) -> list[int]:
        """Some rows, by place below the heading, as many as `share` or `rows` of the plan say."""
        if n == 0:
            raise NoDamage("the file has no rows")
        wanted = self.number("rows", max(1.0, np.ceil(self.number("share", 0.0) * n)))
        chosen = self.random.choice(n, size=min(int(wanted), n), replace=False)
        return sorted(int(one) for one in chosen)


Damage = Callable[[Target], Result]


@dataclass(slots=True)
class Sheet:
    """A CSV file as lines of cells; `marks` are the bytes before the text."""

    dialect: Dialect
    marks: bytes
    end: str
    lines: list[list[str]]

    @classmethod
    def of(cls, target: Target) -> "Sheet":
        """Take a file apart. Raises NoDamage where it is no CSV."""
        dialect = target.file.dialect
        if dialect is None:
            raise NoDamage(f"a {target.file.reader} file has no lines of text")
        marks = next((m for m in (b"\xef\xbb\xbf", b"\xff\xfe") if target.content.startswith(m)), b"")
        text = target.content[len(marks) :].decode(BYTES_OF[dialect.encoding])
        end = "\r\n" if "\r\n" in text[:100_000] else "\n"
        reader = csv.reader(
            io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote
        )
        return cls(dialect, marks, end, list(reader))

    @property
    def n_rows(self) -> int:
        """Rows below the heading."""
        return len(self.lines) - 1

    def text(self) -> str:
        """The lines as the force writes them."""
        stream = io.StringIO()
        signs: dict[str, Any] = {"delimiter": self.dialect.delimiter, "quotechar": self.dialect.quote}
        csv.writer(stream, lineterminator=self.end, **signs).writerows(self.lines)
        return stream.getvalue()

    def encoded(self, text: str | None = None) -> bytes:
        """The file again."""
        whole = self.text() if text is None else text
        return self.marks + whole.encode(BYTES_OF[self.dialect.encoding], "surrogatepass")

    def place(self, column: Column) -> int:
        """Where a column of the contract stands."""
        return self.lines[0].index(column.physical)


def column_of(target: Target, wanted: str, otherwise: Callable[[Column], bool]) -> Column:
    """The column that the plan names by its canonical field, else the first that fits."""
    named = target.parameters.get(wanted)
    for column in target.contract.columns:
        if column.is_ignored or not column.physical:
            continue
        if column.name == named or (named is None and otherwise(column)):
            return column
    raise NoDamage(f"the feed has no column {named or 'of that kind'}")

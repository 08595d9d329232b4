"""The words of a file and its columns as frozen records: FileFormat, Dialect, Column, and the bindable spine fields.

A Column is complete: with it alone a value can be read, and written back by whoever makes files.
Not here: reading them from YAML (odcs_files, odcs_columns), the meaning of a format (formats), values (values).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

MODES = ("full", "delta", "history")
READERS = ("csv", "xlsx", "jsonl", "parquet", "xml")
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16")  # that a person-level CSV file may have
OPS = ("upsert", "delete", "merge")
ROLE = "{role}"  # in a heading: what a wide row has once for each of its role columns
HANDLING = ("P", "C")
SENSITIVITIES = ("none", "restricted", "witness", "sealed", "human_rights", "informant_derived")

_NEVER_AHEAD = ("birth_date", "recorded_at", "occurred_from")
_YEARS_AHEAD = 20  # a licence or an order may end that far after the file
_NAMED_IDENTIFIERS = ("source_record_id", "phone", "asn", "value", "account_name", "vehicle_registration")
_IDENTIFIER_ENDS = ("_ref", "_refs", "_id", "_number")


class Unmapped(StrEnum):
    """What becomes of a row with a text outside a code list."""

    QUARANTINE = "quarantine"  # the row is refused
    NOTE = "note"  # the value lands empty, and is counted


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written. Declared, never guessed."""

    delimiter: str
    quote: str
    escape: str
    encoding: str
    has_header: bool


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file that brings a feed: its name, its reader, and what that reader must know."""

    pattern: re.Pattern[str]  # full match on the relative path; group `date`, or `period` and `force`
    reader: str  # one of READERS
    mode: str = ""  # one of MODES, empty where the pattern has the group `mode`
    dialect: Dialect | None = None  # csv
    trailer: re.Pattern[str] | None = None  # csv: matches the start of the first cell of closing lines
    sheet: str = ""  # xlsx
    heading_rows: int = 1  # xlsx: rows above the data, the last of which is the heading
    records: str = ""  # jsonl: list to take apart (empty: each line is a record); xml: name of the element
    member: re.Pattern[str] | None = None  # xml in a zip: full match on the member's name
    is_whole: bool = False  # a full extract of it holds every record, so that one it lacks has gone


@dataclass(frozen=True, slots=True)
class Role:
    """A place for one person on a wide row: what stands for {role} in its headings, and the text that it reads as."""

    heading: str
    says: str


@dataclass(frozen=True, slots=True)
class Column:
    """How a force writes one canonical field or bindable spine column."""

    physical: str  # heading or path as the contract writes it; empty for a constant
    name: str  # canonical field or bindable spine column; any name where is_ignored
    logical_type: str  # that of the canonical field
    required: bool  # the row is refused where it is empty
    format: str = ""  # date and timestamp only (formats)
    code_map: tuple[tuple[str, str], ...] = ()  # (as the force writes it, canonical code)
    codes: tuple[str, ...] = ()  # the canonical code list
    unmapped: Unmapped = Unmapped.QUARANTINE
    null_words: tuple[str, ...] = ()  # texts that mean empty
    constant: str | None = None  # every row reads as if it held this text
    is_ignored: bool = False  # known and left out without a note
    is_optional: bool = False  # the heading may be missing: the column then reads as empty
    with_role: bool = False  # the value is followed by the role, so that each row of a wide one has its own

    @property
    def is_role(self) -> bool:
        """Whether it is no heading at all, but the role that a row is made of."""
        return self.physical == ROLE

    @property
    def is_per_role(self) -> bool:
        """Whether its heading stands once for each role."""
        return ROLE in self.physical and not self.is_role

    @property
    def cell(self) -> str:
        """What tells its cell from those of other columns of a row: its heading, with the role where it has one."""
        return f"{self.physical}/{ROLE}" if self.with_role else self.physical

    @property
    def is_identifier(self) -> bool:
        """Whether a spreadsheet's 7.7E+09 in it means that the identifier is lost."""
        is_named = self.name in _NAMED_IDENTIFIERS or self.name.endswith(_IDENTIFIER_ENDS)
        return is_named and self.logical_type == "string"

    @property
    def is_coded(self) -> bool:
        """Whether only listed codes are taken."""
        return bool(self.codes) and self.logical_type in ("string", "integer")

    @property
    def years_ahead(self) -> int:
        """How far after the file's year a year of two digits may lie."""
        return 0 if self.name in _NEVER_AHEAD else _YEARS_AHEAD


class SpineField(NamedTuple):
    """A spine column that a contract may bind to a heading."""

    name: str
    logical_type: str
    required: bool  # where bound, unless the contract says otherwise
    codes: tuple[str, ...] = ()


ALWAYS_BOUND = ("source_record_id", "recorded_at")  # and always required
BINDABLE = {
    field.name: field
    for field in (
        SpineField("source_record_id", "string", True),
        SpineField("occurred_from", "timestamp", True),
        SpineField("occurred_to", "timestamp", False),
        SpineField("recorded_at", "timestamp", True),
        SpineField("op", "string", False, OPS),
        SpineField("handling", "string", False, HANDLING),
        SpineField("sensitivity", "string", False, SENSITIVITIES),
    )
}

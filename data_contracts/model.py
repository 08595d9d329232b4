"""The words of a contract as frozen records: Force, Field, Canonical, Rule, FeedContract, FileMatch, Skipped.

Not here: files and their columns (columns), reading all this from YAML (yaml_reader, odcs), finding it (registry),
judging rows (checks, expectations).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from data_contracts.columns import BINDABLE, ROLE, Column, Dialect, FileFormat, Role, Unmapped
from data_contracts.limits import RowLimit, Tolerance, Volume, VolumeAction
from data_contracts.values import NUMBER_PATTERN

__all__ = [
    "ACTIVE", "BINDABLE", "DRAFT", "FORCE_CODE", "IDENTIFIER", "LOGICAL_TYPES", "NUMBER_PATTERN", "STATUSES",
    "Canonical", "Column", "ContractError", "Dialect", "FeedContract", "Field", "FileFormat", "FileMatch", "Force",
    "Role", "RowLimit", "Rule", "RuleArgs", "RuleKind", "Severity", "Skipped", "TimeSource", "Times", "Tolerance",
    "Unmapped", "Volume", "VolumeAction",
]  # fmt: skip

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
FORCE_CODE = re.compile(r"[a-z]+(?:-[a-z]+){0,9}")
DRAFT, ACTIVE = "draft", "active"
STATUSES = (DRAFT, ACTIVE, "retired")  # of a contract: nights read by the active ones
LOGICAL_TYPES = ("string", "date", "month", "number", "integer", "boolean", "timestamp")


class ContractError(Exception):
    """A contract file is wrong. The message is one sentence: where, what, and how to mend it."""


class Severity(StrEnum):
    """What a broken rule does."""

    BLOCK = "block"  # the whole delivery is refused
    QUARANTINE = "quarantine"  # the row is refused, the rest goes on
    NOTE = "note"  # nothing is refused; the pack says so


class RuleKind(StrEnum):
    """The checks a contract may ask for. Only `required` looks at an empty value; all others let it pass."""

    REQUIRED = "required"
    IN_SET = "in_set"  # args.values
    REGEX = "regex"  # args.pattern, which opens with ^ and closes with $
    NUMBER_BETWEEN = "number_between"  # args.low, args.high, both inclusive; text must match NUMBER_PATTERN
    EQUALS_PERIOD = "equals_period"  # equal to the period named by the file, "YYYY-MM"
    PRESENT_WITH = "present_with"  # empty exactly when the field args.other is empty
    # Derived from the columns of a person-level contract (derived); about the text received, not the value:
    NOT_SCIENTIFIC = "not_scientific"  # an identifier that a spreadsheet left whole
    OF_TYPE = "of_type"  # of its logical type, and written in its format
    IN_CODES = "in_codes"  # in the code map or the code list


class TimeSource(StrEnum):
    """Where one of the three times of a row comes from when the feed has no timestamp of its own."""

    MONTH_START = "month_start"  # 00:00 local time on the first day of the row's month
    MONTH_END = "month_end"  # 00:00 local time on the first day of the next month: exclusive
    RECORDED_AT = "recorded_at"  # a declared backfill: known when it was recorded
    DELIVERY_AS_OF = "delivery_as_of"  # known when it reached us
    ROW = "row"  # the row says it (person-level feeds only)


@dataclass(frozen=True, slots=True)
class Force:
    """One police force. `population` counts residents, `n_lsoas` its LSOAs; None where nobody has said."""

    force_code: str
    name: str
    is_fictional: bool
    population: int | None
    n_lsoas: int | None
    pnc_code: str | None
    gss_code: str | None


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical column: what it means and how it may be used."""

    name: str
    logical_type: str
    description: str
    required: bool
    unit: str
    source: str
    classification: str
    retention_group: str
    is_feature_allowed: bool
    code_list: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Canonical:
    """The shape every force's feed is mapped to."""

    feed: str
    title: str
    version: str
    description: str
    fields: tuple[Field, ...]
    path: Path

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class RuleArgs:
    """The arguments of a rule; which of them count depends on its kind."""

    values: tuple[str, ...] = ()
    pattern: str = ""
    low: float = 0.0
    high: float = 0.0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One promise about one field. `reason` completes "row refused: …" in plain words."""

    field: str
    kind: RuleKind
    args: RuleArgs
    severity: Severity
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Times:
    """Sources of the times of each row; `month_field` holds YYYY-MM, and is empty where the row says its times."""

    month_field: str
    occurred_from: TimeSource
    occurred_to: TimeSource
    recorded_at: TimeSource
    known_at: TimeSource


@dataclass(frozen=True, slots=True)
class FeedContract:
    """How one system (or one force) writes one feed, mapped to its canonical shape."""

    feed: str
    system: str
    version: str
    canonical: Canonical
    files: tuple[FileFormat, ...]
    columns: tuple[Column, ...]  # in the contract's order
    is_typed: bool  # rows land as typed values; False: as text, with the times of their month
    rules: tuple[Rule, ...]
    volume: Volume
    tolerance: Tolerance | None  # None: what is not refused as a whole is used
    row_floor: RowLimit
    row_ceiling: RowLimit
    freshness_days: int
    identity: tuple[str, ...]  # canonical key fields; empty means (file, line)
    is_backfill: bool
    timezone: str
    times: Times
    handling: str
    sensitivity: str
    retention_group: str
    path: Path
    made_of: tuple[Path, ...]  # every file that says something of it
    force_code: str = ""  # empty: the file's name says whose it is
    valid_from: date | None = None  # first and last date of the files it reads
    valid_to: date | None = None
    status: str = ACTIVE  # one of STATUSES
    roles: tuple[Role, ...] = ()  # the people that one row of a file may name; empty: a row is one record

    @property
    def file_pattern(self) -> re.Pattern[str]:
        """The pattern of its first kind of file."""
        return self.files[0].pattern

    @property
    def dialect(self) -> Dialect:
        """The dialect of its first CSV file; StopIteration if it reads none."""
        return next(file.dialect for file in self.files if file.dialect)

    @property
    def headings(self) -> tuple[tuple[str, str], ...]:
        """(as written in the file, canonical name) of the columns that are read, in the contract's order."""
        return tuple((c.physical, c.name) for c in self.columns if c.physical and not c.is_ignored)

    @property
    def physicals(self) -> tuple[str, ...]:
        """The headings that a file is to have, each once; those left out on purpose are among them."""
        return tuple(dict.fromkeys(name for column in self.columns for name in self.headings_of(column)))

    def headings_of(self, column: Column) -> tuple[str, ...]:
        """The headings that a column is read from: one, one for each role, or none."""
        if column.is_per_role:
            return tuple(column.physical.replace(ROLE, role.heading) for role in self.roles)
        return (column.physical,) if column.physical and not column.is_role else ()

    @property
    def optional_headings(self) -> frozenset[str]:
        """The headings that a file may leave out."""
        optional = (column for column in self.columns if column.is_optional)
        return frozenset(name for column in optional for name in self.headings_of(column))

    @property
    def is_file_line_identity(self) -> bool:
        """True when the row's identity is its place in its file, so equal rows are separate records."""
        return not self.identity


@dataclass(frozen=True, slots=True)
class FileMatch:
    """A file that a contract reads."""

    contract: FeedContract
    force_code: str
    period: str  # "YYYY-MM"; "YYYY-MM-DD" where the file is dated
    file: FileFormat
    mode: str  # one of columns.MODES


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file we know and leave alone on purpose."""

    reason: str

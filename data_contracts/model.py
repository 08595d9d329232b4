"""The words of a contract as frozen records: Force, Field, Canonical, Rule, FeedContract, FileMatch, Skipped.

Not here: reading them from YAML (yaml_reader, odcs), finding them (registry), judging rows (checks,
expectations).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,62}")
FORCE_CODE = re.compile(r"[a-z]+(?:-[a-z]+){0,9}")
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


# A number as a contract means it: plain decimal, no exponent, no blanks, no "nan". Same in Python and RE2.
NUMBER_PATTERN = r"^[+-]?[0-9]{1,15}(?:[.][0-9]{1,15})?$"


class TimeSource(StrEnum):
    """Where one of the three times of a row comes from when the feed has no timestamp of its own."""

    MONTH_START = "month_start"  # 00:00 local time on the first day of the row's month
    MONTH_END = "month_end"  # 00:00 local time on the first day of the next month: exclusive
    RECORDED_AT = "recorded_at"  # a declared backfill: known when it was recorded
    DELIVERY_AS_OF = "delivery_as_of"  # known when it reached us


class VolumeAction(StrEnum):
    """What an unusual number of rows does to a delivery."""

    NOTE = "note"
    HOLD = "hold"


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
class Dialect:
    """How the file is written. Declared, never guessed."""

    delimiter: str
    quote: str
    escape: str
    encoding: str
    has_header: bool


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
class Volume:
    """Rows expected: low to high times the median of up to `window` earlier deliveries of that force."""

    low: float
    high: float
    window: int
    action: VolumeAction


class RowLimit(NamedTuple):
    """A number of rows and why that number."""

    rows: int
    reason: str


@dataclass(frozen=True, slots=True)
class Times:
    """Sources of the times of each row; `month_field` is the canonical field that holds YYYY-MM."""

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
    file_pattern: re.Pattern[str]  # full match on the relative path; groups `period` and `force`
    dialect: Dialect
    headings: tuple[tuple[str, str], ...]  # (as written in the file, canonical name), in file order
    optional_headings: frozenset[str]  # physical headings a file may leave out
    rules: tuple[Rule, ...]
    volume: Volume
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

    @property
    def is_file_line_identity(self) -> bool:
        """True when the row's identity is its place in its file, so equal rows are separate records."""
        return not self.identity


@dataclass(frozen=True, slots=True)
class FileMatch:
    """A file that a contract reads."""

    contract: FeedContract
    force_code: str
    period: str  # "YYYY-MM"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file we know and leave alone on purpose."""

    reason: str


class DeclaredFeed(NamedTuple):
    """A feed that a pack could use, and the sentence a page prints while it is not held."""

    feed: str
    title: str
    held_sentence: str

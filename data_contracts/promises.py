"""What a contract promises, piece by piece, and what it means when a piece is added, changed or taken away.

One piece has a key that stays while its value may change: the heading of a field, a code, a kind of file. Not here:
comparing two contracts (diff), holding contracts against the last release (released).
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from data_contracts.columns import Column, FileFormat, Unmapped
from data_contracts.model import Canonical, FeedContract, Field, Rule, Severity


class Weight(StrEnum):
    """What a change does."""

    BREAKING = "breaking"  # something that worked no longer does
    ADDITIVE = "additive"  # something new works, and all that did still does


DELIVERIES, READERS, FORCES, MODELS = "deliveries", "readers of the feed", "contracts of forces", "models"
B, A = Weight.BREAKING, Weight.ADDITIVE


class Kind(NamedTuple):
    """A kind of piece: what it is called, who feels a break, and what adding, changing and removing one means."""

    called: str
    whom: str
    added: Weight
    changed: Weight
    removed: Weight


FILE = Kind("file", DELIVERIES, A, B, B)
FIELD = Kind("field", READERS, A, B, B)
HEADING = Kind("heading of", DELIVERIES, A, B, A)
NEEDED = Kind("needed heading", DELIVERIES, B, B, A)
FORMAT = Kind("format of", DELIVERIES, A, B, A)
FILLED = Kind("required value of", DELIVERIES, B, B, A)
CODE = Kind("code", DELIVERIES, A, B, B)
STRICT = Kind("refusal of unknown codes of", DELIVERIES, B, B, A)
EMPTY = Kind("word for empty", DELIVERIES, A, B, B)
READING = Kind("reading of", READERS, A, B, A)
RULE = Kind("rule", DELIVERIES, B, B, A)
NOTE = Kind("note", READERS, A, A, A)
WHO = Kind("role", DELIVERIES, A, B, B)
SETTING = Kind("setting", READERS, A, B, B)
CANONICAL_FIELD = Kind("field", FORCES, A, B, B)
CANONICAL_NEED = Kind("required field", FORCES, B, B, A)
CANONICAL_CODE = Kind("code", FORCES, A, B, B)
FEATURE = Kind("feature", MODELS, A, B, B)


@dataclass(frozen=True, slots=True)
class Promise:
    """One piece. name: what tells it from others of its kind; value: what may change about it."""

    kind: Kind
    name: str
    value: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by in two contracts."""
        return self.kind.called, self.name


class Limits(NamedTuple):
    """Numbers whose direction matters: a higher floor, a lower ceiling, fewer days of freshness and smaller shares of
    rows that may be refused, or lose their key, are tighter."""

    floor: int
    ceiling: int
    freshness_days: int
    valid: str
    tolerated_rows: float
    tolerated_keys: float


_TOLD = ("physical", "name", "logical_type", "required", "format", "code_map", "codes", "unmapped", "null_words",
         "is_ignored", "is_optional")  # fmt: skip


def promises_of(contract: FeedContract) -> Iterator[Promise]:
    """Every promise of a source's or force's contract."""
    read = [column for column in contract.columns if not column.is_ignored]
    everywhere = set.intersection(*(set(column.null_words) for column in read)) if read else set[str]()
    yield from (Promise(EMPTY, word) for word in sorted(everywhere))
    for column in contract.columns:
        yield from _heading(contract, column)
    yield from (Promise(WHO, role.heading, role.says) for role in contract.roles)
    for column in read:
        yield from _column(column, everywhere)
    yield from (_file(file) for file in contract.files)
    yield from (_rule(rule) for rule in contract.rules if rule.field)
    canonical = f"{contract.canonical.feed}/{contract.canonical.version}"
    settings = {
        "canonical": canonical, "identity": contract.identity, "timezone": contract.timezone, "times": contract.times,
        "isBackfill": contract.is_backfill, "handling": contract.handling, "sensitivity": contract.sensitivity,
        "retentionGroup": contract.retention_group, "status": contract.status,
    }  # fmt: skip
    yield from (Promise(SETTING, name, str(value)) for name, value in settings.items())


def limits_of(contract: FeedContract) -> Limits:
    """The numbers of a contract."""
    first, last = contract.valid_from, contract.valid_to
    tolerated = contract.tolerance or (1.0, 1.0)  # none said: whatever is not refused as a whole is used
    return Limits(
        contract.row_floor.rows,
        contract.row_ceiling.rows,
        contract.freshness_days,
        f"{first or ''}..{last or ''}",
        *tolerated,
    )


def promises_of_canonical(canonical: Canonical) -> Iterator[Promise]:
    """Every promise of a canonical feed to the contracts, models and readers that stand on it."""
    for field in canonical.fields:
        yield Promise(CANONICAL_FIELD, field.name, _meaning(field))
        if field.required:
            yield Promise(CANONICAL_NEED, field.name)
        if field.is_feature_allowed:
            yield Promise(FEATURE, field.name)
        yield from (Promise(CANONICAL_CODE, f"{field.name}={code}") for code in field.code_list)


def _meaning(field: Field) -> str:
    """What a field is, but for its words: those may be bettered at any time."""
    return f"{field.logical_type}, {field.unit}, {field.classification}, {field.retention_group}"


def _heading(contract: FeedContract, column: Column) -> Iterator[Promise]:
    if not column.is_optional:
        yield from (Promise(NEEDED, name) for name in contract.headings_of(column))


def _column(column: Column, everywhere: set[str]) -> Iterator[Promise]:
    """What is promised of one field; `everywhere`: words for "empty" that all columns share."""
    name = column.name
    yield Promise(FIELD, name, column.logical_type)
    yield Promise(HEADING, name, column.physical)
    if column.format:
        yield Promise(FORMAT, name, column.format)
    if column.required:
        yield Promise(FILLED, name)
    yield from (Promise(CODE, f"{name}={written}", code) for written, code in column.code_map)
    if column.is_coded and column.unmapped is Unmapped.QUARANTINE:
        yield Promise(STRICT, name)
    yield from (Promise(EMPTY, f"{name}={word}") for word in column.null_words if word not in everywhere)
    rest = {
        key: value
        for key, value in asdict(column).items()
        if key not in _TOLD and value not in (None, "", (), False)
    }
    if rest:
        yield Promise(READING, name, _text(rest))


def _file(file: FileFormat) -> Promise:
    rest = {
        key: _text(value)
        for key, value in asdict(file).items()
        if key != "pattern" and value not in (None, "", False)
    }
    return Promise(FILE, file.pattern.pattern, _text(rest))


def _rule(rule: Rule) -> Promise:
    kind = NOTE if rule.severity is Severity.NOTE else RULE
    return Promise(
        kind, f"{rule.code} on {rule.field}", f"{rule.severity} {rule.kind} {_text(asdict(rule.args))}"
    )


def _text(value: Any) -> str:
    """A value as text, the same in every run."""
    if isinstance(value, dict):
        return ", ".join(
            f"{key}={_text(value[key])}" for key in sorted(value) if value[key] not in (None, "", (), 0.0)
        )
    return getattr(value, "pattern", None) or str(value)

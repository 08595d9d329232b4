"""A first contract as a record: every column with its guess, the files, the limits, and what is still to be answered.

Not here: the parts of it (columns_drafted, file_names, limits), its YAML (contract_text), reading samples
(orchestration/onboarding).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data_contracts.columns import ALWAYS_BOUND
from data_contracts.drafting import limits, twins
from data_contracts.drafting.columns_drafted import DraftedColumn, drafted, left_out
from data_contracts.drafting.file_names import NamePattern, pattern_of
from data_contracts.drafting.fit import Wanted, wanted_fields
from data_contracts.drafting.limits import Limit
from data_contracts.drafting.looks import look_at
from data_contracts.drafting.matching import Match, match
from data_contracts.drafting.sample import DraftError, FileShape, Sample, merged
from data_contracts.drafting.timeline import span_in_days
from data_contracts.drafting.yaml_words import is_writable
from data_contracts.model import Canonical

OCCURRED = "occurred_from"


@dataclass(frozen=True, slots=True)
class DraftedFile:
    """One kind of file that brings the feed."""

    name: str  # of the sample
    shape: FileShape
    named: NamePattern
    n_rows: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A first contract. questions: what no guess could be made for; it does not hold until they are answered."""

    force_code: str
    canonical: Canonical
    columns: tuple[DraftedColumn, ...]
    files: tuple[DraftedFile, ...]
    empty_words: tuple[str, ...]
    floor: Limit
    ceiling: Limit
    freshness: Limit
    retention_group: str
    is_fictional: bool
    questions: tuple[str, ...]

    @property
    def feed(self) -> str:
        """The feed it is for."""
        return self.canonical.feed

    @property
    def n_doubts(self) -> int:
        """Columns that a person must look at."""
        return sum(column.is_doubtful for column in self.columns)


def draft(samples: Sequence[Sample], canonical: Canonical, force_code: str) -> Draft:
    """Draft a contract. Raises DraftError, one sentence, for samples that no contract can be made of."""
    _refuse_useless(samples)
    reader = samples[0].shape.reader
    columns = merged(tuple(samples))
    looks, empty = look_at(columns, reader)
    matches = match(looks, canonical)
    found = _columns(matches, canonical, empty, reader)
    span = next(
        (
            span_in_days(c, m.look.moments)
            for c, m in zip(columns, matches, strict=True)
            if m.field == "recorded_at"
        ),
        None,
    )
    files = tuple(_file(sample, force_code, span) for sample in samples)
    rows = [sample.n_rows for sample in samples]
    return Draft(
        force_code=force_code, canonical=canonical, columns=found, files=files, empty_words=empty,
        floor=limits.row_floor(rows, [file.named.mode for file in files]), ceiling=limits.row_ceiling(rows),
        freshness=limits.freshness([file.named.day for file in files if file.named.day]),
        retention_group=Counter(field.retention_group for field in canonical.fields).most_common(1)[0][0],
        is_fictional=any(not column.name and column.confidence == 1.0 for column in found),
        questions=tuple(_questions(found, canonical)),
    )  # fmt: skip


def _refuse_useless(samples: Sequence[Sample]) -> None:
    for sample in samples:
        if not sample.columns:
            raise DraftError(f"{sample.name} has no headings; send a sample with a heading and some rows")
        if sample.n_rows == 0:
            raise DraftError(
                f"{sample.name} holds no rows below its headings; send a sample with some, twenty or more"
            )
        if bad := next((h for h in sample.headings if not is_writable(h)), None):
            raise DraftError(
                f"{sample.name} has the heading {bad!a}, which no contract can hold; ask for letters that can be read"
            )


def _columns(
    matches: Sequence[Match], canonical: Canonical, empty: tuple[str, ...], reader: str
) -> tuple[DraftedColumn, ...]:
    """Every column, in the order of the canonical feed with its key first; those left out come last."""
    wanted = {field.name: field for field in wanted_fields(canonical)}
    required = {field.name for field in canonical.fields if field.required} | {*ALWAYS_BOUND, OCCURRED}
    bound = [
        drafted(m, wanted[m.field], m.field in required, empty, reader=reader) for m in matches if m.field
    ]
    bound += _twice_bound(matches, canonical, wanted, empty, reader)
    order = list(wanted)
    bound.sort(key=lambda column: order.index(column.name))
    return (*bound, *(left_out(m) for m in matches if not m.field))


def _twice_bound(
    matches: Sequence[Match],
    canonical: Canonical,
    wanted: dict[str, Wanted],
    empty: tuple[str, ...],
    reader: str,
) -> list[DraftedColumn]:
    """Times of the spine that have no heading of their own, bound to that of a field that says the same."""
    by_field = {m.field: m for m in matches if m.field}
    spine, own = twins.SAME.get(canonical.feed, ("", ""))
    made: dict[str, DraftedColumn] = {}
    if own in by_field and spine not in by_field:
        why = f"the same moment as {own}"
        made[spine] = _again(by_field[own], wanted[spine], empty, reader, why, "")
    if OCCURRED not in by_field and OCCURRED not in made:
        nearest = (*twins.NEAREST.get(canonical.feed, ()), "recorded_at")
        if near := next((name for name in nearest if name in by_field), ""):
            doubt = f"no heading says when it happened; {near} comes nearest"
            made[OCCURRED] = _again(by_field[near], wanted[OCCURRED], empty, reader, "", doubt)
    return list(made.values())


def _again(
    found: Match, wanted: Wanted, empty: tuple[str, ...], reader: str, why: str, doubt: str
) -> DraftedColumn:
    column = drafted(found, wanted, wanted.name == OCCURRED, empty, reader=reader)
    said: dict[str, Any] = {
        name: getattr(column, name) for name in ("heading", "name", "logical_type", "format", "other_formats")
    }
    return DraftedColumn(
        **said, is_required=wanted.name == OCCURRED, confidence=column.confidence if why else 0.3,
        reasons=(why,) if why else (), doubts=(*((doubt,) if doubt else ()), *column.doubts),
    )  # fmt: skip


def _file(sample: Sample, force_code: str, span: float | None) -> DraftedFile:
    named = pattern_of(sample.name, force_code, span)
    doubts = tuple(f"{doubt.about}: {doubt.sentence}" for doubt in (*sample.doubts, *named.doubts))
    return DraftedFile(sample.name, sample.shape, named, sample.n_rows, doubts)


def _questions(columns: Sequence[DraftedColumn], canonical: Canonical) -> list[str]:
    """What a contract needs and no column was found for."""
    bound = {column.name for column in columns}
    asked = [
        f"{name} has no heading, and every row needs it; ask the force for the column"
        for name in (*ALWAYS_BOUND, OCCURRED)
        if name not in bound
    ]
    return asked + [
        f"{field.name} is required and no heading was found for it; bind a heading, or give a constant"
        for field in canonical.fields
        if field.required and field.name not in bound
    ]

"""The contract's expectations on what each force last delivered, in pandas batches of bounded size.

Landing judges every row in SQL; here another engine, Great Expectations, is asked the same of a batch of what SQL
accepted, so that an error of ours in one of them shows. Only counts come out, never a value. Not here: the expectations
(data_contracts/expectations), what was found before (findings), the checks that show it (orchestration/feed_checks).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

from data_contracts import expectations
from data_contracts.model import ContractError, FeedContract, Severity
from data_contracts.registry import Registry
from orchestration.landing.manifest import Manifest, ManifestRow
from orchestration.landing.meaning import Shift, by_slot, shifts
from orchestration.landing.outcome import LANDED
from orchestration.landing.quoting import literal
from orchestration.landing.store import contract_hash
from orchestration.steps.findings import Findings
from orchestration.warehouse import connect_scratch

BATCH = 2_000  # rows of one delivery


@dataclass(frozen=True, slots=True)
class Validation:
    """What the expectations found in one batch. failures: (rule, field, severity, rows that break it)."""

    delivery_id: str
    feed: str
    force_code: str
    file_name: str
    n_rows: int
    n_expectations: int
    failures: tuple[tuple[str, str, str, int], ...]

    @property
    def agrees(self) -> bool:
        """Whether no accepted row breaks a rule for which SQL refuses rows."""
        return all(severity == Severity.NOTE for _, _, severity, _ in self.failures)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return {**asdict(self), "failures": [list(failure) for failure in self.failures]}

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Validation":
        """The inverse of as_json."""
        return cls(**{**raw, "failures": tuple((c, f, s, n) for c, f, s, n in raw["failures"])})


def newest_in_use(rows: Iterable[ManifestRow]) -> list[ManifestRow]:
    """Of each person-level feed of each force the last delivery that is used and has rows."""
    found: dict[tuple[str, str], ManifestRow] = {}
    for row in sorted(rows, key=lambda r: (r.delivery_date, r.outcome.delivery_id)):
        if row.is_typed and row.state == LANDED and row.part and row.outcome.rows_accepted:
            found[(row.outcome.feed, row.outcome.force_code)] = row
    return [found[slot] for slot in sorted(found)]


def validate_newest(
    manifest: Manifest, registry: Registry, spill: Path, findings: Findings
) -> Iterator[Validation]:
    """A batch of each held against the contract that it was read by; one whose contract is gone is left out."""
    contracts = {contract_hash(contract): contract for contract in registry.contracts}
    with closing(connect_scratch(1, "1GB", spill)) as con:
        for row in newest_in_use(manifest.rows):
            if contract := contracts.get(row.outcome.contract_hash):
                name = f"{row.outcome.delivery_id}-{row.outcome.contract_hash}"
                yield Validation.from_json(findings.of(name, partial(_asked, con, row, contract)))


def _asked(con: duckdb.DuckDBPyConnection, row: ManifestRow, contract: FeedContract) -> dict[str, Any]:
    return _validated(con, row, contract).as_json()


def _validated(con: duckdb.DuckDBPyConnection, row: ManifestRow, contract: FeedContract) -> Validation:
    """Rows are taken at equal steps of their line numbers, the same ones each time."""
    o = row.outcome
    part, step = literal(row.part or ""), max(1, -(-o.rows_accepted // BATCH))
    frame = con.execute(
        f"select * from read_parquet({part}) "
        f"where delivery_id = {literal(o.delivery_id)} and line_number % {step} = 0 order by line_number"
    ).df()
    try:
        summary = expectations.validate(contract, frame, period=None)
    except ContractError as problem:
        failed = (("NOT_EVALUATED", str(problem), str(Severity.BLOCK), len(frame)),)
        return Validation(o.delivery_id, o.feed, o.force_code, o.file_name, len(frame), 0, failed)
    failures = tuple(
        (f.code, f.field, str(f.severity), f.n_unexpected)
        for f in summary.failures
        if f.code != expectations.ROW_COUNT  # a batch is not the delivery
    )
    return Validation(
        o.delivery_id, o.feed, o.force_code, o.file_name, len(frame), summary.n_expectations, failures
    )


def shifted(manifest: Manifest, registry: Registry, spill: Path) -> list[Shift]:
    """Columns whose values are spread unlike before, in the newest delivery of each person-level feed."""
    contracts = {contract_hash(contract): contract for contract in registry.contracts}
    found: list[Shift] = []
    with closing(connect_scratch(1, "1GB", spill)) as con:
        for _, rows in sorted(by_slot(manifest.rows).items()):
            if contract := contracts.get(max(rows, key=lambda r: r.delivery_date).outcome.contract_hash):
                found += shifts(con, rows, contract)
    return found

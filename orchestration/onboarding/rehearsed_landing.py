"""The landing half of a rehearsal: rows accepted and refused, rates beside floors, how each field is filled, its codes.

Not here: running the night (rehearsal).
"""

import time
from collections.abc import Iterable
from typing import Any

import duckdb

from data_contracts.model import FeedContract
from orchestration.landing.manifest import ManifestRow
from orchestration.landing.outcome import REFUSED
from orchestration.landing.quoting import identifier, literals
from orchestration.onboarding.rehearsed import Rehearsal
from orchestration.steps.land import land, store_of


def landing_half(rehearsal: Rehearsal) -> dict[str, Any]:
    """Land the new files on the copy, and report."""
    night, hand = rehearsal.night, rehearsal.hand
    before = {kept.outcome.delivery_id for kept in store_of(night).known()}
    began = time.perf_counter()
    with night.stage("land"):
        landed = land(night)
    seconds = time.perf_counter() - began
    slot = (hand.force_code, hand.feed)
    rows = [row for row in landed.manifest.rows if (row.outcome.force_code, row.outcome.feed) == slot]
    new = [row for row in rows if row.outcome.delivery_id not in before]
    contract = hand.contracts[-1]
    parts = sorted({row.part for row in new if row.part})
    return {
        "deliveries": [_delivery(row, hand.contracts) for row in new],
        "landed_before": len(rows) - len(new),
        "rows_in": sum(row.outcome.rows_in for row in new),
        "rows_accepted": sum(row.outcome.rows_accepted for row in new),
        "rows_refused": sum(row.outcome.rows_refused for row in new),
        "rows_loaded": sum(row.rows_loaded for row in new),
        "filled": _filled(parts, contract),
        "codes": _codes(parts, contract),
        "not_read": [ignored.sentence for ignored in landed.report.left_alone]
        + [refusal.sentence for refusal in landed.report.refused_files],
        "seconds_added": round(seconds, 3),
        "holds": bool(new) and all(row.outcome.state != REFUSED for row in new),
    }


def _delivery(row: ManifestRow, contracts: Iterable[FeedContract]) -> dict[str, Any]:
    o = row.outcome
    contract = next((c for c in contracts if c.version == o.contract_version), next(iter(contracts)))
    floor, ceiling = contract.row_floor.rows, contract.row_ceiling.rows
    return {
        "file": o.file_name, "mode": o.mode, "period": o.period, "state": row.state, "reason": o.reason,
        "rows_in": o.rows_in, "rows_accepted": o.rows_accepted, "rows_refused": o.rows_refused,
        "rows_loaded": row.rows_loaded, "rows_exact_duplicate": row.rows_exact_duplicate,
        "rows_superseded": row.rows_superseded, "floor": floor, "ceiling": ceiling,
        "is_within_limits": floor <= o.rows_in <= ceiling,
        "refused_rows": [{"reason_code": r.reason_code, "reason": r.reason, "rows": r.n_rows} for r in o.refused_rows],
        "notes": list(o.notes),
    }  # fmt: skip


def _filled(parts: list[str], contract: FeedContract) -> dict[str, float]:
    """Share of accepted rows that have a value, by field that is bound."""
    names = [column.name for column in contract.columns if not column.is_ignored]
    if not parts:
        return {}
    shares = ", ".join(f"count({identifier(name)}) / count(*)" for name in names)
    with duckdb.connect(":memory:") as con:
        found = con.execute(f"select {shares} from read_parquet([{literals(parts)}])").fetchone() or ()
    return {name: round(share, 4) for name, share in zip(names, found, strict=False)}


def _codes(parts: list[str], contract: FeedContract) -> dict[str, dict[str, int]]:
    """Accepted rows by canonical code, for each coded field that is bound: codes never seen stand there with 0."""
    coded = [column for column in contract.columns if column.is_coded and not column.is_ignored]
    if not parts:
        return {}
    found: dict[str, dict[str, int]] = {}
    with duckdb.connect(":memory:") as con:
        for column in coded:
            name = identifier(column.name)
            rows = con.execute(
                f"select cast({name} as varchar), count(*) from read_parquet([{literals(parts)}]) "
                f"where {name} is not null group by all order by all"
            ).fetchall()
            found[column.name] = dict.fromkeys(column.codes, 0) | dict(rows)
    return found

"""A bounded, repeatable sample of what landed, as a pandas frame, and what the expectations found in it.

Not here: the expectations (data_contracts/expectations), the check (orchestration/checks).
"""

import hashlib
from typing import Any

import duckdb
import pandas as pd

from data_contracts import expectations
from data_contracts.model import FeedContract
from orchestration.landing.manifest import Manifest
from orchestration.landing.quoting import literals
from orchestration.landing.store import contract_hash
from orchestration.steps.findings import Findings

SAMPLE_ROWS = 20_000


def landed_sample(manifest: Manifest, feed: str, rows: int = SAMPLE_ROWS) -> pd.DataFrame:
    """Up to `rows` landed rows of a feed, spread over all deliveries by line number: the same for the same input."""
    parts = sorted({r.part for r in manifest.rows if r.outcome.feed == feed and r.part})
    if not parts:
        return pd.DataFrame()
    total = sum(r.rows_loaded for r in manifest.rows if r.outcome.feed == feed)
    step = max(1, -(-total // rows))
    query = f"select * from read_parquet([{literals(parts)}]) where line_number % {step} = 0"
    with duckdb.connect(":memory:") as con:
        return con.execute(query).df()


def judged_sample(manifest: Manifest, contract: FeedContract, findings: Findings) -> dict[str, Any]:
    """n (expectations), failed (a record for each broken rule: counts, never a value) and rows of the sample; empty
    where nothing landed."""
    parts = sorted(
        f"{r.part}|{r.rows_loaded}" for r in manifest.rows if r.outcome.feed == contract.feed and r.part
    )
    if not parts:
        return {}
    said = "\n".join([contract_hash(contract), *parts])

    def ask() -> dict[str, Any]:
        frame = landed_sample(manifest, contract.feed)
        if frame.empty:
            return {}
        summary = expectations.validate(contract, frame, period=None)
        failed = [
            {"rule": f.code, "field": f.field, "n_unexpected": f.n_unexpected, "fraction": f.fraction}
            for f in summary.failures
        ]
        return {"n": summary.n_expectations, "failed": failed, "rows": len(frame)}

    return findings.of(f"{contract.feed}-{hashlib.sha256(said.encode()).hexdigest()[:16]}", ask)

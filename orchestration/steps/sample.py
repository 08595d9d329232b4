"""A bounded, repeatable sample of what landed, as a pandas frame: what the expectations are held against.

Not here: the expectations (data_contracts/expectations), the check (orchestration/checks).
"""

import duckdb
import pandas as pd

from orchestration.landing.manifest import Manifest
from orchestration.landing.quoting import literals

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

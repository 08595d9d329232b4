"""The refused rows of a delivery as a file for the force that sent it: line, reason, and the row as it came.

It holds personal data, so who took it out, and why, goes to the audit log before it is written. Not here: how cells are
made harmless (exports), which rows are refused (landing).
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from governance import audit
from orchestration.exports import Cell, write_csv
from orchestration.feed_release import ReleaseRefusal, found_delivery
from orchestration.landing.store import Store
from orchestration.layout import Layout

COLUMNS = ("line_number", "reason_code", "reason", "raw")


def export_refused(layout: Layout, name: str, to: Path, by: str, reason: str) -> dict[str, Any]:
    """Write the refused rows of a delivery to a new CSV file; ReleaseRefusal where that cannot be."""
    if not by.strip() or not reason.strip():
        raise ReleaseRefusal("Rows leave the house with a name (--by) and a reason (--reason) only.")
    if to.suffix.lower() != ".csv" or to.exists() or not to.parent.is_dir():
        raise ReleaseRefusal(f"{to} must be a new file that ends in .csv, in a folder that is there.")
    store = Store(layout.landed, layout.quarantine)
    outcome = found_delivery(store.known(), name).outcome
    path = store.quarantine_path(outcome.feed, outcome.force_code, outcome.delivery_id)
    if not path.is_file():
        raise ReleaseRefusal(f"{outcome.file_name} has no refused rows in quarantine.")
    detail = {"file": outcome.file_name, "feed": outcome.feed, "force": outcome.force_code, "to": to.name}
    event = audit.AuditEvent("disclosure", by, datetime.now(UTC), (outcome.delivery_id,), reason, detail)
    audit.append(layout.audit, event)
    n = write_csv(to, COLUMNS, _rows(path))
    return {"delivery_id": outcome.delivery_id, "file": outcome.file_name, "rows": n, "to": str(to)}


def _rows(path: Path) -> Iterator[list[Cell]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(columns=list(COLUMNS)):
        for row in batch.to_pylist():
            yield [row[name] for name in COLUMNS]

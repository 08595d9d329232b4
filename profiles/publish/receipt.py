"""The receipt beside a pack: what went in, under which contracts and code, and which warnings it carries.

Here: its content and its bytes.
Not here: who released the pack and when (the slip, governance/). No clock time stands in it.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from profiles.pack.model import ProfilePack, canonical_json
from profiles.pack.strategic.tables import Row, StrategicTables

_DELIVERY = ("feed", "period", "file_name", "delivery_id", "content_sha256", "state")
_SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def build(
    pack: ProfilePack,
    tables: StrategicTables,
    pdf_path: Path,
    code_version: str,
    warnings: Sequence[str] = (),
) -> dict[str, Any]:
    """The receipt of one pack as plain data."""
    held = [row for row in tables.feeds if row["is_held"] and row["is_used"]]
    return {
        "receipt_version": 1,
        "pack_id": pack.pack_id,
        "profile": pack.head.profile,
        "file_name": pack.head.file_name,
        "force_code": pack.head.force_code,
        "as_of": pack.head.as_of,
        "state": pack.head.state,
        "code_version": code_version,
        "pdf_sha256": sha256_of(pdf_path),
        "content_sha256": hashlib.sha256(pack.content_json().encode("utf-8")).hexdigest(),
        "contracts": {row["feed"]: row["contract_version"] for row in held},
        "rows": {row["feed"]: {name: row[name] for name in _SUMS} for row in held},
        "inputs": [_delivery(row) for row in tables.deliveries],
        "warnings": [*_carried(tables), *warnings],
    }


def receipt_json(receipt: dict[str, Any]) -> str:
    """Canonical JSON of a receipt."""
    return canonical_json(receipt)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _delivery(row: Row) -> dict[str, Any]:
    return {
        name: row[name].isoformat() if hasattr(row[name], "isoformat") else row[name] for name in _DELIVERY
    }


def _carried(tables: StrategicTables) -> list[str]:
    """Warnings every reader of the pack also sees on its data page."""
    found = []
    for row in tables.deliveries:
        if row["state"] == "refused":
            found.append(f"{row['file_name']} was refused: {row['reason']}")
        elif row["is_volume_suspect"]:
            found.append(f"{row['file_name']} holds far fewer rows than usual: {row['rows_in']}")
    found.extend(
        f"{row['feed']} is late by {row['age_days']} days"
        for row in tables.feeds
        if row["is_stale"] and row["is_used"]
    )
    return found

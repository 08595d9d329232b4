"""The receipt beside the packs of a force: what went in, under which contracts and code, and which warnings it carries.

Here: its content and its bytes.
Not here: who released the pack and when (the slip, governance/). No clock time stands in it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from profiles.pack.build import Built
from profiles.pack.model import canonical_json
from profiles.pack.tables.deliveries import Delivery

FILE, VERSION = "receipt.json", 2
_DELIVERY = ("source_force", "feed", "period", "file_name", "delivery_id", "content_sha256", "state")
_SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def entry(
    built: Built, files: Sequence[Path], code_version: str, warnings: Sequence[str] = ()
) -> dict[str, Any]:
    """What the receipt says of one pack; `files` are those of the pack, its PDF first."""
    pack, deliveries = built.pack, built.book.rows(Delivery)
    return {
        "pack_id": pack.pack_id,
        "profile": pack.head.profile,
        "state": pack.head.state,
        "code_version": code_version,
        "pdf_sha256": sha256_of(files[0]),
        "content_sha256": hashlib.sha256(pack.content_json().encode("utf-8")).hexdigest(),
        "files": {path.name: sha256_of(path) for path in files},
        "contracts": dict(text.rsplit(" ", 1) for text in pack.head.contract_versions),
        "rows": _rows(deliveries.items),
        "inputs": [_delivery(row) for row in deliveries],
        "warnings": [*built.room.warnings(built.book), *warnings],
    }


def of_folder(force_code: str, as_of: date, packs: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The receipt of one force's folder: an entry a pack, by the name of its file."""
    return {
        "receipt_version": VERSION,
        "force_code": force_code,
        "as_of": as_of.isoformat(),
        "packs": {name: packs[name] for name in sorted(packs)},
    }


def read(folder: Path) -> dict[str, dict[str, Any]]:
    """The entries of the receipt in a folder; none where there is no receipt that can be read."""
    try:
        found = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return dict(found["packs"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def receipt_json(receipt: dict[str, Any]) -> str:
    """Canonical JSON of a receipt."""
    return canonical_json(receipt)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _rows(deliveries: Sequence[Delivery]) -> dict[str, dict[str, int]]:
    """The account of rows by feed."""
    found: dict[str, dict[str, int]] = {}
    for row in deliveries:
        sums = found.setdefault(row.feed, dict.fromkeys(_SUMS, 0))
        for name in _SUMS:
            sums[name] += getattr(row, name)
    return found


def _delivery(row: Delivery) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in _DELIVERY}
    return {**found, "period": row.period.isoformat()}

"""Release and withdrawal of a pack, as the command line offers them: the act, its printed slip, its audit line.

Not here: the rules of release (governance/release), the page of the slip (report_templates/slip.html.j2).
"""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from governance import audit
from governance.release import (
    IssueSlip,
    ReleaseError,
    ReleaseRequest,
    read_slip,
    release,
    slip_path,
    withdraw,
)

__all__ = ["ReleaseError", "release_pack", "withdraw_pack"]
AUDIT = "audit.jsonl"


def _audit_log(pack: Path) -> Path:
    """OUT/audit.jsonl for OUT/packs/<as-of>/<force>/<profile>.pdf."""
    return pack.resolve().parents[3] / AUDIT


def _printed(slip: IssueSlip) -> bytes:
    """The one-page PDF of a slip."""
    from profiles.publish.pdf import write_pdf
    from profiles.publish.slip import render_slip

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "slip.pdf"
        write_pdf(render_slip(slip), path, slip.released_at.date())
        return path.read_bytes()


def _on_shelf(pack: Path) -> Path:
    if pack.suffix != ".pdf" or not pack.is_file():
        raise ReleaseError(
            f"{pack} is not a pack on the shelf; name its PDF, OUT/packs/<as-of>/<force>/vawg.pdf."
        )
    return pack


def release_pack(
    pack: Path, author: str, reviewer: str, reason: str, recipients: Sequence[str]
) -> dict[str, Any]:
    """Release a draft; ReleaseError, leaving a draft, when anything is amiss."""
    receipt = _on_shelf(pack).with_name("receipt.json")
    request = ReleaseRequest(author=author, reviewer=reviewer, reason=reason, recipients=recipients)
    slip = release(pack, receipt, request, datetime.now(UTC), _printed)
    _record(pack, "disclosure", slip.reviewer, slip.reason, slip.pack_id)
    return {"pack_id": slip.pack_id, "slip": str(slip_path(pack)), "copies": len(slip.copies)}


def withdraw_pack(pack: Path, by: str, reason: str) -> dict[str, Any]:
    """Withdraw a released pack; the answer names whom to call."""
    withdrawal = withdraw(_on_shelf(pack), by, reason, datetime.now(UTC))
    slip = read_slip(pack)
    _record(pack, "alteration", by, reason, withdrawal.pack_id)
    return {"pack_id": withdrawal.pack_id, "recipients": [c.recipient for c in slip.copies] if slip else []}


def _record(pack: Path, kind: audit.EventType, actor: str, reason: str, pack_id: str) -> None:
    event = audit.AuditEvent(
        event_type=kind, actor=actor, at=datetime.now(UTC), subject_ids=(pack_id,), justification=reason,
        detail={"file": pack.name},
    )  # fmt: skip
    audit.append(_audit_log(pack), event)

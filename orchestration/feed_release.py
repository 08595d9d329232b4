"""Releasing a delivery that was set aside, as the command line offers it: the act, and its line in the audit log.

The next night uses the delivery, and so does every later one. Not here: the file (governance/feed_releases), which
deliveries are set aside and why (landing/standing, landing/vanishing).
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_contracts.registry import Registry
from governance import audit
from governance.feed_releases import FeedRelease, add_feed_release
from orchestration.landing.outcome import LANDED
from orchestration.landing.store import Kept, Store
from orchestration.layout import Layout

LEAST = 6  # digits by which a delivery may be named


class ReleaseRefusal(Exception):  # noqa: N818 - the name says what is the case
    """It cannot be released; the message is one sentence for a person."""


def release_delivery(
    layout: Layout, registry: Registry, name: str, by: str, reason: str, *, is_undone: bool = False
) -> dict[str, Any]:
    """Release a delivery of a world, or (is_undone) take the release back; ReleaseRefusal where that cannot be.

    name: its id, or enough of the id's first digits.
    """
    if not by.strip() or not reason.strip():
        raise ReleaseRefusal("A release needs a name (--by) and a reason (--reason).")
    kept = found_delivery(Store(layout.landed, layout.quarantine).known(), name)
    outcome = kept.outcome
    if outcome.state != LANDED:
        raise ReleaseRefusal(
            f"{outcome.file_name} was refused and has no rows to use: {outcome.reason.rstrip('.')}. "
            "Send it again, corrected."
        )
    if not registry.is_typed(outcome.feed):
        raise ReleaseRefusal(f"{outcome.file_name} is street-level open data, which is never held.")
    now = datetime.now(UTC)
    said = FeedRelease(
        schema="release/1", delivery_id=outcome.delivery_id, decision="hold" if is_undone else "release",
        reason=reason, by=by, decided_at=now,
    )  # fmt: skip
    path = add_feed_release(layout.feed_releases, said)
    detail = {
        "file": outcome.file_name,
        "feed": outcome.feed,
        "force": outcome.force_code,
        "decision": said.decision,
    }
    audit.append(
        layout.audit,
        audit.AuditEvent("alteration", said.by, now, (outcome.delivery_id,), said.reason, detail),
    )
    return {
        "delivery_id": outcome.delivery_id, "file": outcome.file_name, "feed": outcome.feed,
        "force": outcome.force_code, "decision": said.decision, "by": said.by, "reason": said.reason, "kept": str(path),
    }  # fmt: skip


def found_delivery(kept: Sequence[Kept], name: str) -> Kept:
    """The last reading of the delivery that is meant."""
    if len(name) < LEAST:
        raise ReleaseRefusal(f"Name the delivery by at least the first {LEAST} digits of its id.")
    found = {
        k.outcome.delivery_id: k
        for k in sorted(kept, key=lambda k: k.received_at)
        if k.outcome.delivery_id.startswith(name)
    }
    if not found:
        raise ReleaseRefusal(
            f"No delivery of this world has an id that begins with {name!r}; the summary of the last night lists them."
        )
    if len(found) > 1:
        raise ReleaseRefusal(f"{len(found)} deliveries have an id that begins with {name!r}; say more of it.")
    return next(iter(found.values()))


def in_words(answer: dict[str, Any], out: Path) -> str:
    """The answer for a person."""
    done = (
        "is released: the next night uses it"
        if answer["decision"] == "release"
        else "is held again, if it was before"
    )
    kept = f"Kept in {answer['kept']} and in {out / 'audit.jsonl'}."
    return f"{answer['file']} ({answer['force']}, {answer['feed']}) {done}. {kept}"

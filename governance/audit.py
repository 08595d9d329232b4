"""The audit log: what was done with personal data, in a chain that shows any later change.

Here: adding an event, and checking the chain. Not here: how a run went (`orchestration/ledger.py`), or what
the events are about: they carry identifiers only, never names.

Kinds of event are those of section 62 of the Data Protection Act 2018. One JSON line an event, in canonical
form: {"event", "h", "n", "prev"}, where h = SHA-256(previous h ‖ canonical {"event", "n"}). Cutting lines
off the end leaves a valid shorter chain, so heads are also printed elsewhere, and `verify` takes one to
look for.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, Literal

from governance import durable

EventType = Literal["collection", "alteration", "consultation", "disclosure", "combination", "erasure"]
EVENT_TYPES: Final = ("collection", "alteration", "consultation", "disclosure", "combination", "erasure")
NEEDS_JUSTIFICATION: Final = ("consultation", "disclosure")
GENESIS: Final = "0" * 64


class AuditError(Exception):
    """The log cannot be added to; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One act of processing: who, when, on which records (identifiers), and why."""

    event_type: EventType
    actor: str
    at: datetime
    subject_ids: tuple[str, ...] = ()
    justification: str = ""
    detail: Mapping[str, str | int | bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse an event that the law would call incomplete."""
        if self.event_type not in EVENT_TYPES:
            raise AuditError(f"{self.event_type!r} is no kind of audit event; use one of {EVENT_TYPES}.")
        if not self.actor.strip() or self.at.tzinfo is None:
            raise AuditError("An audit event needs who acted, and a time with its time zone.")
        if self.event_type in NEEDS_JUSTIFICATION and not self.justification.strip():
            raise AuditError(f"A {self.event_type} needs a justification.")

    def plain(self) -> dict[str, Any]:
        """As it stands in the log, the time in UTC."""
        return {
            "type": self.event_type,
            "actor": self.actor,
            "at": self.at.astimezone(UTC).isoformat(),
            "subject_ids": list(self.subject_ids),
            "justification": self.justification,
            "detail": dict(self.detail),
        }


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found. A torn last line is an event that was never acknowledged: no fault of the chain."""

    n_events: int
    head: str
    first_bad_line: int | None
    reason: str
    is_torn: bool

    @property
    def is_intact(self) -> bool:
        """True if no line was changed, moved or taken out, and the head looked for was found."""
        return not self.reason


def append(path: Path, event: AuditEvent) -> str:
    """Add one event and return the new head, once it is on the disk.

    What a crash left of an unfinished line is cut off, and its length and hash go on record with the event.
    Raises AuditError, adding nothing, where the last whole line is not one of ours.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with durable.locked(path.parent), path.open("a+b") as file:
        last, torn = _last_line(file)
        number, previous = _position(path, last)
        plain = event.plain()
        if torn:
            plain["torn"] = {"n_bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}
            file.truncate(file.seek(0, os.SEEK_END) - len(torn))
        head = _chain(previous, number + 1, plain)
        file.write(durable.canonical({"event": plain, "h": head, "n": number + 1, "prev": previous}) + b"\n")
        file.flush()
        os.fsync(file.fileno())
        if previous == GENESIS:
            durable.sync_folder(path.parent)
    return head


def verify(path: Path, expected_head: str = "") -> Verification:
    """Walk the chain; name the first bad line, or say that `expected_head` is nowhere in it."""
    head, n_events, is_torn, was_seen = GENESIS, 0, False, expected_head in ("", GENESIS)
    with path.open("rb") if path.exists() else BytesIO() as file:
        for line in file:
            if is_torn := not line.endswith(b"\n"):
                break
            entry, reason = _check(line, n_events + 1, head)
            if entry is None:
                return Verification(n_events, head, n_events + 1, reason, False)
            n_events, head = n_events + 1, entry["h"]
            was_seen = was_seen or head == expected_head
    reason = "" if was_seen else "the head looked for is not in the log: lines were cut off its end"
    return Verification(n_events, head, None, reason, is_torn)


def _check(line: bytes, number: int, previous: str) -> tuple[dict[str, Any] | None, str]:
    """The entry on a line, or what is wrong with it."""
    entry = _parse(line)
    if entry is None:
        return None, f"line {number} is not an entry in canonical form"
    if entry["n"] != number or entry["prev"] != previous:
        return None, f"line {number} does not follow the line before it"
    if entry["h"] != _chain(previous, number, entry["event"]):
        return None, f"line {number} was changed: its hash does not fit"
    return entry, ""


def _parse(line: bytes) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
        is_ours = isinstance(entry, dict) and set(entry) == {"event", "h", "n", "prev"}
        is_ours = is_ours and type(entry["n"]) is int and durable.canonical(entry) + b"\n" == line
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if is_ours else None


def _chain(previous: str, number: int, event: Mapping[str, Any]) -> str:
    return hashlib.sha256(previous.encode() + durable.canonical({"event": event, "n": number})).hexdigest()


def _position(path: Path, last: bytes) -> tuple[int, str]:
    """Number and hash of the last whole line; the chain starts at 0 and GENESIS."""
    if not last:
        return 0, GENESIS
    entry = _parse(last)
    if entry is None or entry["h"] != _chain(entry["prev"], entry["n"], entry["event"]):
        raise AuditError(f"The last line of {path.name} is damaged; verify the log before adding to it.")
    return entry["n"], entry["h"]


def _last_line(file: IO[bytes]) -> tuple[bytes, bytes]:
    """The last whole line and the torn rest after it, reading no more of the file than that."""
    end = file.seek(0, os.SEEK_END)
    start, tail = end, b""
    while start > 0 and tail.count(b"\n") < 2:
        start = max(0, start - 65_536)
        file.seek(start)
        tail = file.read(end - start)
    whole, newline, torn = tail.rpartition(b"\n")
    return whole.rpartition(b"\n")[2] + newline, torn

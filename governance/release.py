"""Release: the act by which a person, and not the night, makes a draft pack one that may be acted on.

Here: the states DRAFT, RELEASED and WITHDRAWN, two people for every release, and the issue slip beside the
pack that says which copy went to whom. Not here: making a pack or the page that a slip is printed on
(`profiles/publish/`; the caller passes the rendering in), or the record that a copy was opened (`audit`).

Nothing of this stands in the pack: its bytes are those of the draft (rulings 1 and 2). The slip's JSON is
the act itself; it is written last, once, and never again.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from governance import durable

SLIP_SCHEMA: Final = "issue-slip/1"
WITHDRAWAL_SCHEMA: Final = "withdrawal/1"


class ReleaseState(StrEnum):
    """Where a pack stands; it never goes back."""

    DRAFT = "DRAFT"
    RELEASED = "RELEASED"
    WITHDRAWN = "WITHDRAWN"


class ReleaseError(Exception):
    """The act is refused; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One numbered copy and the person or unit that answers for it."""

    copy_number: int
    recipient: str


@dataclass(frozen=True, slots=True)
class ReleaseRequest:
    """Who puts the pack forward, who else has checked it, why, and for whom."""

    author: str
    reviewer: str
    reason: str
    recipients: Sequence[str]
    audit_head: str = ""


@dataclass(frozen=True, slots=True)
class IssueSlip:
    """What stands on the slip; `released_at` is UTC."""

    pack_id: str
    pack_file: str
    pack_sha256: str
    copies: tuple[Copy, ...]
    author: str
    reviewer: str
    reason: str
    released_at: datetime
    audit_head: str = ""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a released pack back, when (UTC), and why."""

    pack_id: str
    pack_sha256: str
    withdrawn_by: str
    reason: str
    withdrawn_at: datetime


def slip_path(pack: Path) -> Path:
    """Where the slip of a pack lies: vawg.pdf → vawg.slip.json."""
    return pack.with_name(f"{pack.stem}.slip.json")


def slip_pdf_path(pack: Path) -> Path:
    """Where the printed slip lies: vawg.pdf → vawg.slip.pdf."""
    return pack.with_name(f"{pack.stem}.slip.pdf")


def withdrawal_path(pack: Path) -> Path:
    """Where a withdrawal lies: vawg.pdf → vawg.withdrawn.json."""
    return pack.with_name(f"{pack.stem}.withdrawn.json")


def release(
    pack: Path,
    receipt: Path,
    request: ReleaseRequest,
    released_at: datetime,
    render: Callable[[IssueSlip], bytes],
) -> IssueSlip:
    """Release a draft: check people and bytes, then write the printed slip and, last, the slip itself.

    `render` makes the one-page PDF of a slip. Raises ReleaseError, leaving a draft, if anything is amiss.
    """
    _check_request(request)
    pack_id, expected = _read_receipt(receipt, pack.stem)
    with _held(pack):
        if (state := state_of(pack)) is not ReleaseState.DRAFT:
            raise ReleaseError(f"{pack.name} is already {state}; only a draft can be released.")
        if (actual := _sha256(pack)) != expected:
            raise ReleaseError(f"{pack.name} is not the file its receipt describes; run the night again.")
        slip = IssueSlip(
            pack_id=pack_id,
            pack_file=pack.name,
            pack_sha256=actual,
            copies=tuple(Copy(n, name.strip()) for n, name in enumerate(request.recipients, start=1)),
            author=request.author.strip(),
            reviewer=request.reviewer.strip(),
            reason=request.reason.strip(),
            released_at=_utc(released_at),
            audit_head=request.audit_head,
        )
        durable.replace(slip_pdf_path(pack), render(slip))
        durable.create(slip_path(pack), _record(SLIP_SCHEMA, slip))
    return slip


def withdraw(pack: Path, withdrawn_by: str, reason: str, withdrawn_at: datetime) -> Withdrawal:
    """Take a released pack back, for good; ReleaseError in any other state, or without who and why."""
    if not withdrawn_by.strip() or not reason.strip():
        raise ReleaseError("A withdrawal needs the person who decides it and a reason.")
    with _held(pack):
        slip = read_slip(pack)
        if slip is None or withdrawal_path(pack).exists():
            raise ReleaseError(f"{pack.name} is {state_of(pack)}; only a released pack can be withdrawn.")
        withdrawal = Withdrawal(
            slip.pack_id, slip.pack_sha256, withdrawn_by.strip(), reason.strip(), _utc(withdrawn_at)
        )
        durable.create(withdrawal_path(pack), _record(WITHDRAWAL_SCHEMA, withdrawal))
    return withdrawal


def state_of(pack: Path) -> ReleaseState:
    """Where the pack stands; ReleaseError if it is not the file that its slip was written for."""
    slip = read_slip(pack)
    if slip is None:
        return ReleaseState.DRAFT
    if withdrawal_path(pack).exists():
        return ReleaseState.WITHDRAWN
    if _sha256(pack) != slip.pack_sha256:
        raise ReleaseError(f"{pack.name} was changed after its release; withdraw it and tell its recipients.")
    return ReleaseState.RELEASED


def read_slip(pack: Path) -> IssueSlip | None:
    """The slip beside a pack, None where there is none; ReleaseError where it cannot be read."""
    path = slip_path(pack)
    if not path.exists():
        return None
    found = _json(path, SLIP_SCHEMA)
    try:
        found["copies"] = tuple(Copy(**each) for each in found["copies"])
        found["released_at"] = datetime.fromisoformat(found["released_at"])
        return IssueSlip(**found)
    except (KeyError, TypeError, ValueError) as error:
        raise ReleaseError(f"{path.name} is damaged; restore it from the backup.") from error


def _check_request(request: ReleaseRequest) -> None:
    if not request.author.strip() or not request.reviewer.strip():
        raise ReleaseError("A release needs an author and a reviewer.")
    if _same(request.author) == _same(request.reviewer):
        raise ReleaseError("The reviewer must be another person than the author.")
    if not request.reason.strip():
        raise ReleaseError("A release needs a reason.")
    names = [_same(name) for name in request.recipients]
    if not names or not all(names) or len(set(names)) != len(names):
        raise ReleaseError("A release needs at least one recipient, each named once.")


def _same(name: str) -> str:
    """Two spellings of one person's name or number compare equal."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _held(pack: Path) -> AbstractContextManager[None]:
    if not pack.is_file():
        raise ReleaseError(f"There is no pack at {pack}.")
    return durable.locked(pack.parent)


def _read_receipt(receipt: Path, name: str) -> tuple[str, str]:
    """Number and hash of the pack of that name, from the receipt of its folder."""
    found = _json(receipt, None)
    try:
        entry = found["packs"][name]
        return str(entry["pack_id"]), str(entry["pdf_sha256"])
    except (KeyError, TypeError) as error:
        raise ReleaseError(
            f"{receipt.name} is no receipt of a pack called {name}: run the night again."
        ) from error


def _json(path: Path, schema: str | None) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReleaseError(f"{path.name} beside the pack cannot be read.") from error
    if not isinstance(found, dict) or (schema and found.pop("schema", None) != schema):
        raise ReleaseError(f"{path.name} beside the pack is not what it should be.")
    return found


def _record(schema: str, content: IssueSlip | Withdrawal) -> bytes:
    plain = {key: v.isoformat() if isinstance(v, datetime) else v for key, v in asdict(content).items()}
    return durable.canonical({"schema": schema, **plain}) + b"\n"


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ReleaseError("The time of the act must say its time zone.")
    return moment.astimezone(UTC)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

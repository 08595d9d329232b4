"""What became of one delivery: the record that pages, summaries and the warehouse all read. States are rows, not logs.

Not here: how rows are judged (conform), how outcomes are kept beside their rows (store).
"""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

LANDED = "landed"
REFUSED = "refused"
RECEIVED, CHECKED, ACCEPTED = "received", "checked", "accepted"  # how far a delivery came


@dataclass(frozen=True, slots=True)
class RefusedRows:
    """Rows of one delivery refused for one reason; `first_line` is the first such line in the file."""

    reason_code: str
    reason: str
    n_rows: int
    first_line: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """One delivery: rows_in = rows_accepted + rows_refused, always (rulings.md 8)."""

    feed: str
    force_code: str
    period: str
    file_name: str
    delivery_id: str
    content_sha256: str
    contract_version: str
    contract_hash: str
    state: str
    rows_in: int
    rows_accepted: int
    rows_refused: int
    reason_code: str = ""
    reason: str = ""
    part: str = ""
    refused_rows: tuple[RefusedRows, ...] = ()
    notes: tuple[str, ...] = field(default=())
    mode: str = "full"  # full | delta | history
    reached: str = (
        ACCEPTED  # received | checked (bytes, manifest and heading are fine) | accepted (its rows too)
    )
    manifest_sha256: str = (
        ""  # of the manifest it was held against; empty: it came without one and is unverified
    )
    extract_from: str = ""  # as its manifest says, ISO 8601 in UTC
    extract_to: str = ""
    is_whole: bool = False  # a full extract of everything: what it lacks has gone
    n_swapped: int = 0  # refused rows with a date that would be one with day and month changed over

    def __post_init__(self) -> None:
        """Conservation is not left to tests: a record that breaks it cannot be made."""
        if self.rows_in != self.rows_accepted + self.rows_refused:
            raise ValueError(
                f"{self.file_name}: {self.rows_in} in, {self.rows_accepted} + {self.rows_refused} out"
            )

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Outcome":
        """The inverse of as_json."""
        rows = tuple(RefusedRows(**r) for r in raw["refused_rows"])
        return cls(**{**raw, "refused_rows": rows, "notes": tuple(raw["notes"])})


def delivery_id_of(feed: str, force_code: str, content: str) -> str:
    """Identity of a delivery: its content (a hash, and what else tells it apart), for this feed and force."""
    return hashlib.sha256(f"{feed}|{force_code}|{content}".encode()).hexdigest()[:16]

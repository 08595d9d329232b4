"""What can be found at a landing path: a candidate to read, a refusal, or something left alone.

Here: the plain records that `archive` yields, and the limits it works within. Not here: how they are found
(`folder`, `zip_members`) or how bytes are looked at (`byte_gate`).
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, runtime_checkable

from orchestration.landing.byte_gate import ByteReport

MIB = 1024**2
GIB = 1024**3

Recogniser = Callable[[PurePosixPath], object | None]


class LandingError(Exception):
    """The landing path as a whole cannot be used: one sentence saying what, where and how to mend it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a landing may hold before it is refused; the defaults hold a national archive."""

    max_ratio: int = 200
    ratio_floor_bytes: int = MIB  # below this size a high ratio harms nobody: repeated lines pack well
    max_member_bytes: int = 2 * GIB
    max_total_bytes: int = 8 * GIB
    max_members: int = 20_000
    chunk_bytes: int = MIB


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recognised file, readable at `local_path`; `match` is what the recogniser answered.

    `report` says what its bytes are; whether a parser may have them follows from its contract (byte_faults).
    """

    relative_path: PurePosixPath
    local_path: Path
    size: int
    sha256: str
    match: object
    report: ByteReport


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not opened, or not to its end; `sentence` is for a person and quotes no content."""

    relative_path: PurePosixPath
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """A file left alone: NOT_RECOGNISED, or SKIPPED on purpose with the reason that the registry gives."""

    relative_path: PurePosixPath
    code: str
    sentence: str


Found = Candidate | Refusal | Ignored


@runtime_checkable
class SkippedOnPurpose(Protocol):
    """What a recogniser answers for a file that it knows and leaves alone."""

    @property
    def reason(self) -> str:
        """Why, in plain words."""


def shown(name: object) -> str:
    """A name safe in a sentence or a terminal: control and direction marks replaced, 120 characters."""
    text = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c)[0] == "C" else c for c in str(name))
    return text if len(text) <= 120 else f"{text[:60]}…{text[-59:]}"


def refusal(path: PurePosixPath, code: str, complaint: str) -> Refusal:
    """A refusal whose sentence opens with the name of the file."""
    return Refusal(path, code, f"{shown(path)} {complaint}")


def is_read(match: object | None) -> bool:
    """Whether the recogniser's answer means that some contract reads the file."""
    return match is not None and not isinstance(match, SkippedOnPurpose)


def left_alone(path: PurePosixPath, match: object | None) -> Ignored | None:
    """Ignored where the recogniser does not know the path or skips it; None if it is to be read."""
    if match is None:
        return Ignored(path, "NOT_RECOGNISED", f"{shown(path)} is not a file that any contract describes.")
    if isinstance(match, SkippedOnPurpose):
        return Ignored(path, "SKIPPED", f"{shown(path)} is left alone on purpose: {match.reason}")
    return None

"""The front door of landing: what lies at a path, opened before any parser sees it.

Here: telling a folder from a zip from a mistake, and handing out what is in it one file at a time. Not
here: how a folder is walked (`folder`), a zip unpacked (`zip_members`), bytes judged (`byte_gate`), or
which files are wanted: that is the registry's word, passed in.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orchestration.landing.byte_gate import ByteGate, ByteReport, inspect_bytes
from orchestration.landing.folder import walk_folder
from orchestration.landing.found import (
    Candidate,
    Found,
    Ignored,
    LandingError,
    Limits,
    Recogniser,
    Refusal,
)
from orchestration.landing.zip_members import open_zip, walk_zip

__all__ = [
    "ByteGate",
    "ByteReport",
    "Candidate",
    "Found",
    "Ignored",
    "Landing",
    "LandingError",
    "Limits",
    "Refusal",
    "inspect_bytes",
    "open_landing",
]


@dataclass(frozen=True, slots=True)
class Landing:
    """An opened landing; iterate it to get every file once, in order of path.

    A zip's members are unpacked into `work` while iterating and are the caller's to delete; iterating again
    unpacks again, over the same names.
    """

    path: Path
    kind: Literal["folder", "zip"]
    work: Path
    recognise: Recogniser
    limits: Limits

    def __iter__(self) -> Iterator[Found]:
        """Candidates, refusals and ignored files; LandingError if the whole turns out unusable."""
        if self.kind == "folder":
            return walk_folder(self.path, self.recognise, self.limits)
        return walk_zip(self.path, self.work, self.recognise, self.limits)


def open_landing(path: Path, work: Path, registry_match: Recogniser, limits: Limits | None = None) -> Landing:
    """Open a folder or a zip; nothing is read yet but a zip's directory.

    `registry_match` answers None for a path that it does not know, an object with a `reason` for one to skip,
    and anything else for one to read. Raises LandingError, one sentence, where nothing at all can be read.
    """
    chosen = limits or Limits()
    try:
        is_folder, is_file = path.is_dir(), path.is_file()
        exists = path.exists()
    except OSError as error:
        raise LandingError(f"The landing path {path} cannot be reached ({error.strerror}).") from error
    if is_folder:
        if not os.access(path, os.R_OK | os.X_OK):
            raise LandingError(f"The landing folder {path} cannot be read (no permission).")
        return Landing(path, "folder", work, registry_match, chosen)
    if is_file:
        open_zip(path, chosen).close()
        return Landing(path, "zip", work, registry_match, chosen)
    if exists:
        raise LandingError(
            f"The landing path {path} is neither a folder nor a file; point at a folder or a zip."
        )
    raise LandingError(f"The landing path {path} does not exist; check the name, or make the folder first.")

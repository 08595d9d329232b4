"""Writing a small record so that after a power cut it is there in full or not at all.

Here: creating and replacing one file durably, canonical JSON, and a lock on a folder. Not here: what the
records say (`decisions`, `release`, `audit`).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def canonical(content: Any) -> bytes:
    """The one way in which content becomes bytes: sorted keys, no blanks, UTF-8, no NaN."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def create(path: Path, content: bytes) -> None:
    """Make a new file; raise FileExistsError, touching nothing, where one stands already."""
    aside = _write_aside(path, content)
    try:
        os.link(aside, path)  # unlike a rename, this never replaces
    finally:
        aside.unlink()
    sync_folder(path.parent)


def replace(path: Path, content: bytes) -> None:
    """Make a file or put new content in the place of an old one, in one step."""
    _write_aside(path, content).replace(path)
    sync_folder(path.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait for, then hold, the folder for the block, against every process that does the same."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_aside(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    aside.unlink(missing_ok=True)
    with aside.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return aside


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

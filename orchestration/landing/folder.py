"""A landing folder: plain files only, each read once, in the same order every night.

Here: walking without following links, refusing what is not a plain file with one name, hashing. Not here:
zip files (`zip_members`), what a file must contain (`byte_gate`, `header`). Files stay where they are; a
file that changes while it is read is refused, because what was hashed must be what is parsed.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from orchestration.landing.byte_gate import ByteGate
from orchestration.landing.found import (
    Candidate,
    Found,
    LandingError,
    Limits,
    Recogniser,
    Refusal,
    is_read,
    left_alone,
    refusal,
)

ARCHIVE_SUFFIXES = (".zip", ".gz", ".7z", ".tar", ".tgz", ".bz2", ".xz", ".rar")
MAX_DEPTH = 16


def list_folder(root: Path, limits: Limits) -> tuple[tuple[PurePosixPath, os.stat_result | Refusal], ...]:
    """Every entry that is not a folder, by relative path; an unreadable folder stands there as its refusal.

    Raises LandingError if the root cannot be listed or holds more entries than the limits allow.
    """
    entries: list[tuple[PurePosixPath, os.stat_result | Refusal]] = []
    waiting = [PurePosixPath()]
    while waiting:
        folder = waiting.pop()
        try:
            for entry in os.scandir(root / folder):
                path, status = folder / entry.name, entry.stat(follow_symlinks=False)
                if not stat.S_ISDIR(status.st_mode):
                    entries.append((path, status))
                elif len(path.parts) < MAX_DEPTH:
                    waiting.append(path)
                else:
                    entries.append((path, refusal(path, "TOO_DEEP", f"is a folder {MAX_DEPTH} deep.")))
        except OSError as error:
            if not folder.parts:
                why = error.strerror
                raise LandingError(f"The landing folder {root} cannot be read ({why}).") from error
            entries.append((folder, refusal(folder, "UNREADABLE", f"cannot be listed ({error.strerror}).")))
        if len(entries) + len(waiting) > limits.max_members:
            raise LandingError(
                f"The landing folder {root} holds more than {limits.max_members:,} files; "
                "point at the folder of one delivery."
            )
    return tuple(sorted(entries, key=lambda pair: pair[0].parts))


def walk_folder(root: Path, recognise: Recogniser, limits: Limits) -> Iterator[Found]:
    """Yield what the folder holds, in order of path."""
    total = 0
    for path, status in list_folder(root, limits):
        match = None if isinstance(status, Refusal) else recognise(path)
        found = status if isinstance(status, Refusal) else _entry(path, status) or _archive(path, match)
        if found is not None:
            yield found
            continue
        if (ignored := left_alone(path, match)) is not None:
            yield ignored
            continue
        read = _read(root, path, match, limits, limits.max_total_bytes - total)
        total += read.size if isinstance(read, Candidate) else 0
        yield read


def _entry(path: PurePosixPath, status: os.stat_result) -> Refusal | None:
    """Refuse whatever is not a plain file with one name, before anything is opened."""
    if stat.S_ISLNK(status.st_mode):
        return refusal(path, "SYMLINK", "is a symbolic link; put the file itself there.")
    if not stat.S_ISREG(status.st_mode):
        return refusal(path, "NOT_A_FILE", "is a device, pipe or socket, not a file.")
    if status.st_nlink > 1:
        return refusal(path, "HARD_LINK", "has a second name elsewhere (a hard link); put a copy there.")
    return None


def _archive(path: PurePosixPath, match: object | None) -> Refusal | None:
    """Refuse an archive, unless a contract names it as the file it reads."""
    if path.suffix.lower() in ARCHIVE_SUFFIXES and not is_read(match):
        return refusal(path, "NESTED_ARCHIVE", "is an archive inside the landing folder; unpack it there.")
    return None


def _read(
    root: Path, path: PurePosixPath, match: object, limits: Limits, bytes_left: int
) -> Candidate | Refusal:
    """Hash and inspect one file in one pass, and make sure that it is the file that was listed."""
    local = root / path
    gate = ByteGate()
    try:
        handle = os.open(local, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb", buffering=0) as file:  # noqa: PTH123 - a handle, not a path
            before = os.fstat(handle)
            if (refused := _entry(path, before)) is not None:
                return refused
            if before.st_size > min(limits.max_member_bytes, bytes_left):
                return refusal(
                    path, "TOO_LARGE", f"has {before.st_size:,} bytes, more than may land at once."
                )
            while gate.size <= before.st_size and (chunk := file.read(limits.chunk_bytes)):
                gate.update(chunk)
            after = os.fstat(handle)
    except OSError as error:
        return refusal(path, "UNREADABLE", f"cannot be read ({error.strerror}).")
    if (gate.size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        return refusal(
            path, "CHANGED", "was still being written while it was read; send it again when whole."
        )
    report = gate.report()
    return Candidate(path, local, report.size, report.sha256, match, report)

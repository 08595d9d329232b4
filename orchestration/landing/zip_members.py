"""A landing zip: each wanted member is streamed to its own file under a name of ours, never by its own.

Here: unpacking within limits, and catching a member whose bytes are not what the directory of the zip says.
Not here: what that directory alone gives away (`zip_names`), or plain folders (`folder`).
"""

import copy
import os
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

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
from orchestration.landing.zip_names import judge_members, member_path


def open_zip(path: Path, limits: Limits) -> ZipFile:
    """Open an archive and count its members; LandingError where it cannot be used as a whole."""
    try:
        archive = ZipFile(path)
    except (BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise LandingError(
            f"The landing file {path} is not a readable zip (damaged, cut short or of another kind); "
            "fetch it again, or point at a folder."
        ) from error
    except OSError as error:
        raise LandingError(f"The landing file {path} cannot be read ({error.strerror}).") from error
    if len(archive.infolist()) > limits.max_members:
        archive.close()
        raise LandingError(
            f"The landing file {path} holds more than {limits.max_members:,} members; split it."
        )
    return archive


def walk_zip(path: Path, work: Path, recognise: Recogniser, limits: Limits) -> Iterator[Found]:
    """Yield what the archive holds, in order of name; wanted members are unpacked into `work` as they come.

    Raises LandingError before unpacking anything if the wanted members together are too large for the limits
    or for the disk, and while unpacking if the disk fails.
    """
    with open_zip(path, limits) as archive:
        wanted: list[tuple[ZipInfo, object]] = []
        settled: list[tuple[str, Found]] = []
        infos = [info for info in archive.infolist() if not _is_plain_folder(info)]
        refused = judge_members(infos, path.stat().st_size, limits, lambda name: is_read(recognise(name)))
        for number, info in enumerate(infos):
            name = PurePosixPath(info.filename)
            match = None if number in refused else recognise(name)
            found = refused.get(number) or left_alone(name, match)
            if found is None:
                wanted.append((info, match))
            else:
                settled.append((info.filename, found))
        _make_room(path, work, sum(info.file_size for info, _ in wanted), limits)
        waiting: list[tuple[str, Found | tuple[ZipInfo, object]]] = [*settled]
        waiting += [(pair[0].filename, pair) for pair in wanted]
        for number, (_, item) in enumerate(sorted(waiting, key=lambda pair: pair[0].split("/"))):
            if isinstance(item, tuple):
                yield _unpack(archive, *item, work / f"{number:05d}.csv", limits)
            else:
                yield item


def _is_plain_folder(info: ZipInfo) -> bool:
    """A folder entry carries nothing; one with bytes or an odd name is judged like any member."""
    return info.is_dir() and info.file_size == 0 and ".." not in info.filename and "\\" not in info.filename


def _make_room(path: Path, work: Path, needed: int, limits: Limits) -> None:
    if needed > limits.max_total_bytes:
        raise LandingError(
            f"The landing file {path} would unpack to {needed:,} bytes, more than the "
            f"{limits.max_total_bytes:,} that may land at once; split it."
        )
    try:
        work.mkdir(parents=True, exist_ok=True, mode=0o700)
        free = shutil.disk_usage(work).free
    except OSError as error:
        raise LandingError(f"The work folder {work} cannot be made ({error.strerror}).") from error
    if free < needed:
        raise LandingError(
            f"Unpacking {path} needs {needed:,} bytes in {work}, where {free:,} are free; make room."
        )


def _unpack(
    archive: ZipFile, info: ZipInfo, match: object, target: Path, limits: Limits
) -> Candidate | Refusal:
    """Stream one member to `target`; on any refusal nothing is left there."""
    name = member_path(info)
    try:
        with _fresh(target) as out:
            problem, gate = _stream(archive, info, out, limits)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise LandingError(f"Unpacking to {target.parent} failed ({error.strerror}); make room.") from error
    if problem:
        target.unlink()
        return refusal(name, *problem)
    report = gate.report()
    return Candidate(name, target, report.size, report.sha256, match, report)


def _fresh(target: Path) -> IO[bytes]:
    """A new file at `target`, never one that something else already stands at or points to."""
    target.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    return open(os.open(target, flags, 0o600), "wb", buffering=0)  # noqa: PTH123 - a handle, not a path


def _stream(
    archive: ZipFile, info: ZipInfo, out: IO[bytes], limits: Limits
) -> tuple[tuple[str, str] | None, ByteGate]:
    """Write, hash and inspect in one pass; answer with a problem if the bytes are not what was declared."""
    gate = ByteGate()
    believing_nothing = copy.copy(info)
    believing_nothing.file_size = info.file_size + limits.chunk_bytes  # else the library stops where told to
    try:
        with archive.open(believing_nothing) as member:
            while chunk := member.read(limits.chunk_bytes):
                gate.update(chunk)
                if gate.size > info.file_size:
                    return ("SIZE_LIES", "unpacks to more than its header says, as zip bombs do."), gate
                out.write(chunk)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        return ("DAMAGED", "is damaged in the archive (it fails its own checksum); send it again."), gate
    if gate.size != info.file_size:
        return ("SIZE_LIES", "unpacks to less than its header says; send the archive again."), gate
    return None, gate

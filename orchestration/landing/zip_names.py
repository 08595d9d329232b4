"""What the directory of a zip says about its members, judged before a byte of them is unpacked.

Here: names that point outside, that collide or that are not plain files, and sizes that no honest export has.
Not here: what unpacking itself brings to light (`zip_members`).
"""

import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from orchestration.landing.folder import ARCHIVE_SUFFIXES
from orchestration.landing.found import Limits, Refusal, refusal

_DRIVE = re.compile(r"^[A-Za-z]:")
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000
LOCAL_HEADER_BYTES = 30


def member_path(info: ZipInfo) -> PurePosixPath:
    """The name as it stands in the archive (before the library tidies it), for use in sentences only."""
    return PurePosixPath(info.orig_filename or "(no name)")


def judge_members(
    infos: Iterable[ZipInfo],
    archive_bytes: int,
    limits: Limits,
    is_named: Callable[[PurePosixPath], bool] = lambda path: False,
) -> dict[int, Refusal]:
    """Refusals by position in `infos`; a member that is not in the answer may be unpacked.

    is_named: whether a contract reads a member that is an archive itself; others of that kind are refused.
    """
    members = list(infos)
    names = [info.orig_filename for info in members]
    exact, folded = Counter(names), Counter(_folded(name) for name in names)
    overlapping = _overlapping(members, archive_bytes)
    refused: dict[int, Refusal] = {}
    for number, info in enumerate(members):
        problem = (
            _name_problem(info)
            or _collision(info, exact, folded)
            or _kind_problem(info, is_named)
            or _size_problem(info, archive_bytes, limits, number in overlapping)
        )
        if problem:
            refused[number] = refusal(member_path(info), *problem)
    return refused


def _name_problem(info: ZipInfo) -> tuple[str, str] | None:
    name = info.orig_filename
    if name.startswith(("/", "\\")) or _DRIVE.match(name):
        return "PATH_ABSOLUTE", "names a place outside the archive (an absolute path)."
    if ".." in re.split(r"[/\\]", name):
        return "PATH_OUTSIDE", "points outside the archive with '..'."
    if "\\" in name:
        return "PATH_BACKSLASH", "has a backslash in its name; make the zip with forward slashes."
    if any(unicodedata.category(letter) == "Cc" for letter in name) or len(name.encode()) > 1024:
        return "PATH_UNSAFE", "has a control character in its name, or a name over 1,024 bytes."
    if "" in name.rstrip("/").split("/") or "." in name.split("/"):
        return "PATH_UNSAFE", "has an empty or '.' part in its name."
    return None


def _collision(info: ZipInfo, exact: Counter[str], folded: Counter[str]) -> tuple[str, str] | None:
    name = info.orig_filename
    if exact[name] > 1:
        return (
            "DUPLICATE_NAME",
            f"stands {exact[name]} times in the archive; which one is meant cannot be told.",
        )
    if folded[_folded(name)] > 1:
        return "CASE_COLLISION", "differs from another member only in capitals or accents."
    return None


def _kind_problem(info: ZipInfo, is_named: Callable[[PurePosixPath], bool]) -> tuple[str, str] | None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "SYMLINK", "is a symbolic link; put the file itself into the zip."
    if kind not in (0, stat.S_IFREG):
        return "NOT_A_FILE", "is a device, pipe or socket, not a file."
    if info.flag_bits & _FLAG_ENCRYPTED:
        return "ENCRYPTED", "is encrypted; send it unencrypted over the agreed channel."
    path = PurePosixPath(info.filename)
    if path.suffix.lower() in ARCHIVE_SUFFIXES and not is_named(path):
        return "NESTED_ARCHIVE", "is an archive inside the archive; put its files there instead."
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return "METHOD", "is packed with an unusual method; make the zip with the ordinary one (deflate)."
    return None


def _size_problem(
    info: ZipInfo, archive_bytes: int, limits: Limits, overlaps: bool
) -> tuple[str, str] | None:
    if info.header_offset < 0 or _end(info) > archive_bytes:
        return "TRUNCATED", "runs past the end of the archive; send the archive again."
    if overlaps:
        return "OVERLAP", "shares its bytes with another member, as zip bombs do."
    if info.file_size > limits.max_member_bytes:
        return "TOO_LARGE", f"would unpack to {info.file_size:,} bytes, more than may land at once."
    if info.file_size > max(limits.ratio_floor_bytes, limits.max_ratio * info.compress_size):
        return "BOMB", f"would unpack to more than {limits.max_ratio} times its size, as zip bombs do."
    return None


def _overlapping(members: list[ZipInfo], archive_bytes: int) -> set[int]:
    """Members that share packed bytes; one that runs past the archive is judged apart and spoils no other."""
    whole = [number for number, info in enumerate(members) if _end(info) <= archive_bytes]
    found: set[int] = set()
    farthest: int | None = None
    for number in sorted(whole, key=lambda number: members[number].header_offset):
        if farthest is not None and members[number].header_offset < _end(members[farthest]):
            found.update((number, farthest))
        if farthest is None or _end(members[number]) > _end(members[farthest]):
            farthest = number
    return found


def _end(info: ZipInfo) -> int:
    """The least offset at which a member's packed bytes can end."""
    return info.header_offset + LOCAL_HEADER_BYTES + info.compress_size


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()

"""The shelf: OUT/packs/<as-of>/<force>/, each force's folder swapped in whole or not at all.

Here: the atomic swap, its recovery after a crash, and finding the pack before.
Not here: what is in the folder.
"""

import ctypes
import errno
import os
import shutil
from datetime import date
from pathlib import Path

from governance.release import ReleaseError, ReleaseState, state_of
from profiles.pack.frame import PreviousPack
from profiles.publish import receipt

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_ASIDE = ".before-"
_STAGED = ".staged-"


def pack_folder(out: Path, as_of: date, force_code: str) -> Path:
    """Where the packs of one force and date stand."""
    return out / "packs" / as_of.isoformat() / force_code


def staged_folder(shelf_dir: Path) -> Path:
    """The folder beside `shelf_dir` that is written into first."""
    return shelf_dir.with_name(_STAGED + shelf_dir.name)


def stage(shelf_dir: Path) -> Path:
    """An empty folder beside `shelf_dir` to write into; what an interrupted run left there is cleared."""
    recover(shelf_dir)
    staged = staged_folder(shelf_dir)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    return staged


def place(staged_dir: Path, shelf_dir: Path) -> None:
    """Make `staged_dir` the new `shelf_dir` in one step. Both on one file system; readers see the old or
    the new whole."""
    recover(shelf_dir)
    _sync_tree(staged_dir)
    shelf_dir.parent.mkdir(parents=True, exist_ok=True)
    if not shelf_dir.exists():
        staged_dir.rename(shelf_dir)
    elif _exchange(staged_dir, shelf_dir):
        shutil.rmtree(staged_dir)
    else:
        aside = shelf_dir.with_name(_ASIDE + shelf_dir.name)
        shelf_dir.rename(aside)
        staged_dir.rename(shelf_dir)
        shutil.rmtree(aside)
    _sync(shelf_dir.parent)


def clear(shelf_dir: Path) -> None:
    """Remove what a failed pack left beside the shelf."""
    shutil.rmtree(staged_folder(shelf_dir), ignore_errors=True)


def recover(shelf_dir: Path) -> None:
    """Finish or undo a swap that a crash cut in two (only the two-step swap can be)."""
    aside = shelf_dir.with_name(_ASIDE + shelf_dir.name)
    if not aside.exists():
        return
    if shelf_dir.exists():
        shutil.rmtree(aside)
    else:
        aside.rename(shelf_dir)


def previous(out: Path, force_code: str, file_name: str, as_of: date) -> PreviousPack | None:
    """The newest pack of an earlier as-of date; a released one, once releases are on the shelf, goes before
    a draft."""
    found: list[PreviousPack] = []
    for folder in sorted((out / "packs").glob("????-??-??")):
        known = _read(folder / force_code, file_name)
        if known is not None and known.as_of < as_of:
            found.append(known)
    return max(found, key=lambda pack: (pack.is_released, pack.as_of), default=None)


def _read(folder: Path, file_name: str) -> PreviousPack | None:
    """The pack a folder holds, by its receipt; None when there is none that stands."""
    entry = receipt.read(folder).get(file_name)
    if entry is None:
        return None
    try:
        day, state = date.fromisoformat(folder.parent.name), state_of(folder / f"{file_name}.pdf")
        pack_id = str(entry["pack_id"])
    except (OSError, ValueError, KeyError, ReleaseError):
        return None
    if state is ReleaseState.WITHDRAWN:
        return None
    return PreviousPack(pack_id, day, is_released=state is ReleaseState.RELEASED)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one system call; False where the system or file system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EPERM):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _sync_tree(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

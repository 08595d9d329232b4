"""A lock that the kernel lets go of the moment its process ends, however it ends.

Here: one non-blocking `flock` on one file. Not here: who holds it and what that means
(`orchestration/ledger.py`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class LockTaken(Exception):  # noqa: N818 - a state, not a fault
    """Another process (or another place in this one) holds the lock."""


_held: set[int] = set()


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock for the block; raise LockTaken at once where another holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise LockTaken(str(path)) from error
    _held.add(handle)
    try:
        yield
    finally:
        _held.discard(handle)
        os.close(handle)


def _let_go_in_a_child() -> None:
    """A forked helper that outlives its parent must not keep the parent's lock alive."""
    for handle in _held:
        with suppress(OSError):
            os.close(handle)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_in_a_child)

"""Which process, on which boot of which machine: enough to tell a live run from a dead one.

Here: the identity written into a lease, and whether its owner still lives. Not here: the lease itself and
what is done about a dead owner (`orchestration/ledger.py`).
"""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROC = Path("/proc")
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProcessIdentity:
    """A process id means nothing without the boot and the start that it belongs to: ids are used again."""

    pid: int
    boot_id: str
    started: str

    @classmethod
    def of_this_process(cls) -> "ProcessIdentity":
        """Identity of the caller; parts that the platform does not tell are 'unknown'."""
        pid = os.getpid()
        return cls(pid, boot_id(), _stat(pid)[1])

    def is_alive(self) -> bool:
        """True if this very process still runs: same boot, same start, not merely waiting to be reaped."""
        if UNKNOWN not in (self.boot_id, boot_id()) and self.boot_id != boot_id():
            return False
        if not _answers(self.pid):
            return False
        state, started = _stat(self.pid)
        return state != "Z" and (UNKNOWN in (started, self.started) or started == self.started)


@cache
def boot_id() -> str:
    """The kernel's random id of this boot, or 'unknown' where there is none (not Linux)."""
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return UNKNOWN


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stat(pid: int) -> tuple[str, str]:
    """State letter and start time (clock ticks since boot) from the kernel's process table."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return UNKNOWN, UNKNOWN
    fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
    return fields[0], fields[19]

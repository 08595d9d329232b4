"""CPU seconds of this process, children included; and the start-up cost of a library in a fresh process.

Not here: what is measured.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable


def cpu() -> float:
    """User and system seconds so far, of this process and its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds of one call."""
    wall, spent = time.perf_counter(), cpu()
    work()
    return cpu() - spent, time.perf_counter() - wall


def import_seconds(module: str) -> float:
    """CPU seconds to import a module in a fresh interpreter, less those of an empty one."""

    def run(code: str) -> float:
        return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True))[0]

    return max(0.0, run(f"import {module}") - run("pass"))

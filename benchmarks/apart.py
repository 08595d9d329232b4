"""One piece of work in a process of its own: what it costs in CPU seconds and memory, without what ran before it.

Imports and start-up are over before the clock starts. Not here: what is measured.
"""

import multiprocessing
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.clock import timed


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall seconds of the work, and the largest memory of its process in MB (10^6 bytes)."""

    cpu: float
    wall: float
    peak_mb: float


def _peak_mb() -> float:
    """The largest memory of this process alone; elsewhere than on Linux that of its parent may stand in for it."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _child(pipe: Connection, work: Callable[..., Any], told: tuple[Any, ...]) -> None:
    os.dup2(
        os.open(os.devnull, os.O_WRONLY), 1
    )  # DuckDB draws its progress there in a process that was spawned
    cpu, wall = timed(lambda: work(*told))
    pipe.send(Cost(cpu, wall, _peak_mb()))


def cost_of(work: Callable[..., Any], *told: Any) -> Cost:
    """The cost of work(*told); EOFError when its process dies."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, work, told))
    process.start()
    theirs.close()
    try:
        found: Cost = ours.recv()
    finally:
        process.join()
    return found

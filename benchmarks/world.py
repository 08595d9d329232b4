"""Worlds of every scale as a user makes them, with seconds, rows and memory; and the gates at two random seeds.

Each world is made by the command line in a process of its own, measured with all its children, and deleted again. Not
here: what a gate is (synthetic_world/gates), fixed seeds (tests).
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from synthetic_world.gates.gates import Verdict, judged
from synthetic_world.make import Order, bytes_needed, make
from synthetic_world.population.atlas import make_world
from synthetic_world.truth import FOLDER

YEARS: Final = {
    "nine": 3.0,
    "national": 3.0,
}  # of history, for which their limits are written; five for the others
LIMITS: Final = {  # seconds, GB, and the rows of the specification that they are for; None: whatever they are
    "ci": (5, None, None), "demo": (25, None, None), "nine": (120, 5, 16e6), "national": (720, 12, 78e6),
}  # fmt: skip
GATES_AT: Final = "demo"
_EVERY: Final = 0.2  # seconds between looks at memory
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Made:
    """One world."""

    scale: str
    seed: int
    seconds: float
    cpu: float
    rows: int
    peak_gb: float

    def line(self) -> str:
        """For a person; a limit grows with the rows, where it was written for fewer."""
        seconds, memory, rows = LIMITS[self.scale]
        grown = max(1.0, self.rows / rows) if rows else 1.0
        limits = f"{seconds * grown:5.0f} s" + (f", {memory * grown:4.1f} GB" if memory else "")
        is_within = self.seconds <= seconds * grown and self.peak_gb <= (memory or 1e9) * grown
        return (
            f"  {self.scale:<9}{self.rows:>13,} rows {self.seconds:7.1f} s {self.cpu:8.1f} s CPU {self.peak_gb:6.2f} GB"
            f"   {'within' if is_within else 'OVER'} {limits}"
        )


def bench_worlds(scales: Sequence[str], work: Path) -> Iterator[str]:
    """Lines for a person, as they come."""
    seed = secrets.randbelow(2**32)
    yield f"Worlds, seed {seed}; limits of the specification are scaled by rows, and are for two quiet cores"
    for scale in scales:
        world = make_world(scale, seed, YEARS.get(scale, 5))
        if shutil.disk_usage(work).free < bytes_needed(world):
            yield f"  {scale:<9}left out: it needs {bytes_needed(world) / 1e9:.0f} GB of disk"
            continue
        yield _measured(scale, seed, work / scale).line()
        shutil.rmtree(work / scale)


def _measured(scale: str, seed: int, out: Path) -> Made:
    program = Path(sys.executable).with_name("force-profiles")
    command = [program, "world", "make", "--scale", scale, "--seed", seed, "--years", YEARS.get(scale, 5)]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*map(str, command), "--out", str(out), "--json", "--quiet"], stdout=subprocess.PIPE, text=True
    )
    watch = _Watch(process.pid)
    answer, _ = process.communicate()
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"The world {scale} could not be made.")
    return Made(scale, seed, seconds, watch.stop(), json.loads(answer)["rows"], watch.peak / 1e9)


class _Watch:
    """The most memory that a process and its children held at one time, and the CPU seconds they took."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self._cpu, self._goes_on = pid, 0, dict[int, float](), True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """End, and say the CPU seconds."""
        self._goes_on = False
        self._thread.join()
        return sum(self._cpu.values())

    def _look(self) -> None:
        while self._goes_on:
            family = list(_family(self.pid))
            self.peak = max(self.peak, sum(_resident(one) for one in family))
            self._cpu |= {one: seconds for one in family if (seconds := _cpu_seconds(one))}
            time.sleep(_EVERY)


def _family(pid: int) -> Iterator[int]:
    """A process and all that came from it; nothing where the system has no /proc."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in path.read_text().split():
                yield from _family(int(child))
        except OSError:
            continue


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0.0


def bench_gates(work: Path, n_seeds: int = 2) -> Iterator[str]:
    """Lines for a person: every gate with its range and what was found, at seeds that nobody chose."""
    seeds = [secrets.randbelow(2**32) for _ in range(n_seeds)]
    verdicts = [_verdicts(seed, work / f"gates-{seed}") for seed in seeds]
    yield f"Gates of a {GATES_AT} world at random seeds {', '.join(map(str, seeds))}"
    for of_gate in zip(*verdicts, strict=True):
        gate = of_gate[0].gate
        found = "   ".join(_found(one) for one in of_gate)
        yield f"  {gate.name:<52}{gate.low:>8g} to {gate.high:<7g}{found}"


def _verdicts(seed: int, out: Path) -> list[Verdict]:
    make(out, Order(GATES_AT, seed, is_book_only=True))
    found = judged(out / FOLDER, make_world(GATES_AT, seed))
    shutil.rmtree(out)
    return found


def _found(one: Verdict) -> str:
    words = {True: "passed", False: "OUTSIDE", None: "too small to tell"}
    return f"{'-' if one.found is None else format(one.found, '.4f'):>10} {words[one.is_passed]}"

"""Makes forces side by side, in as many processes as there are cores and room in memory for.

No force hangs on another, so how many are made at once changes nothing in what is made. Not here: one force
(force_files), the world they are of (make).
"""

import os
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from synthetic_world.memory import without_pandas
from synthetic_world.model import World
from synthetic_world.records.force_files import Made, make_force

ALONE: Final = 500_000  # resident-years below which one process is quicker than several
MEMORY: Final = 500  # bytes at its highest that one process takes for each resident and year of its force
SHARE: Final = 0.5  # of the memory of the machine that all processes together may take


def make_forces(
    world: World, folder: Path, processes: int | None = None, *, is_book_only: bool = False
) -> Iterator[Made]:
    """Every force's files, in whatever order they are done. processes: None for as many as pay."""
    n = min(processes or _processes(world), len(world.asked))
    if n == 1:
        yield from (make_force(world, code, folder, is_book_only) for code in world.asked)
        return
    needs = {code: _population(world, code) * world.years * MEMORY for code in world.asked}
    waiting, running = sorted(needs, key=lambda code: -needs[code]), dict[Future[Made], str]()
    with ProcessPoolExecutor(n, get_context("spawn"), initializer=_follow, initargs=(os.getpid(),)) as pool:
        try:
            while waiting or running:
                free = _room() - sum(needs[code] for code in running.values())
                while len(running) < n and (code := next_of(waiting, needs, free, is_idle=not running)):
                    waiting.remove(code)
                    running[pool.submit(make_force, world, code, folder, is_book_only)] = code
                    free -= needs[code]
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    del running[done]
                    yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def next_of(waiting: Sequence[str], needs: Mapping[str, float], free: float, *, is_idle: bool) -> str | None:
    """The largest of those that wait that fits into free memory; where nobody is at work, the largest of all."""
    fitting = (code for code in waiting if needs[code] <= free)
    return next(fitting, waiting[0] if waiting and is_idle else None)


def _processes(world: World) -> int:
    """As many as there are cores, for a world that is worth more than one."""
    is_small = sum(_population(world, code) for code in world.asked) * world.years < ALONE
    return 1 if is_small else min(os.cpu_count() or 1, len(world.asked))


def _room() -> float:
    """Bytes of memory that all processes together may take."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * SHARE


def _population(world: World, code: str) -> int:
    return next(force.population for force in world.atlas if force.force_code == code)


def _follow(parent: int) -> None:
    """A process of the pool ends when the one that started it is gone, however that went."""
    without_pandas()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()

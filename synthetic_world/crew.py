"""Makes forces side by side, in as many processes as there are cores and room in memory for.

No force hangs on another, so how many are made at once changes nothing in what is made. Not here: one force
(force_files), the world they are of (make).
"""

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import accumulate
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
    start = get_context("spawn")
    with ProcessPoolExecutor(n, start, initializer=_follow, initargs=(os.getpid(),)) as pool:
        largest_first = sorted(world.asked, key=lambda code: -_population(world, code))
        waiting = [pool.submit(make_force, world, code, folder, is_book_only) for code in largest_first]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _processes(world: World) -> int:
    """As many as there are cores, if the largest forces of the world fit in memory side by side."""
    sizes = sorted((_population(world, code) * world.years for code in world.asked), reverse=True)
    if sum(sizes) < ALONE:
        return 1
    room = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * SHARE
    fitting = sum(total * MEMORY <= room for total in accumulate(sizes))
    return max(1, min(os.cpu_count() or 1, len(sizes), fitting))


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

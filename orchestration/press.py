"""Pack jobs in child processes: a few at a time, each worker reused; one that dies or hangs costs its own job only.

A worker waits on its pipe, so it ends by itself when this process is gone, however that came about.
Not here: what a job does (steps/publish).
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

Job = TypeVar("Job")
_PATIENCE = 5.0  # seconds for an idle child to end
LOST = "the process that made it ended without a word (out of memory?)"


@dataclass(slots=True)
class _Worker:
    """One child: its pipe, the job it is at, and when that must be done."""

    process: SpawnProcess
    pipe: "Connection[Any, Any]"
    job: Any = None
    deadline: float = 0.0


def _serve(pipe: "Connection[Any, Any]", work: Callable[[Any], Any]) -> None:
    """The life of a child: take a job, answer, until the pipe closes."""
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = (True, work(job))
        except Exception as error:
            words = str(error).splitlines()
            answer = (
                False,
                f"{type(error).__name__}: {words[0].rstrip('.') if words else 'no reason given'}",
            )
        pipe.send(answer)


def _start(work: Callable[[Any], Any]) -> _Worker:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _end(worker: _Worker, patience: float = 0.0) -> None:
    """A child ends by itself once its pipe is closed, and clears up behind it; one that takes longer is killed."""
    worker.pipe.close()
    worker.process.join(patience)
    worker.process.kill()
    worker.process.join()


def _answer(worker: _Worker) -> tuple[bool, Any, bool]:
    """Whether the job is done, its answer or the reason there is none, and whether the worker is lost."""
    try:
        is_done, answer = worker.pipe.recv()
    except (EOFError, OSError):
        return False, LOST, True
    return bool(is_done), answer, False


def _hand_out(pool: list[_Worker], waiting: list[Any], seconds: float) -> None:
    for worker in pool:
        if worker.job is None and waiting:
            worker.job, worker.deadline = waiting.pop(0), time.monotonic() + seconds
            with contextlib.suppress(OSError):  # it died idle: its answer will say so
                worker.pipe.send(worker.job)


def press(
    work: Callable[[Job], Any], jobs: Sequence[Job], workers: int, seconds: float
) -> Iterator[tuple[Job, bool, Any]]:
    """Do every job in a child; yields (job, is done, answer or the reason there is none) as they end.

    A job that takes longer than `seconds` is ended with its worker; a new worker takes the next job.
    """
    waiting: list[Any] = list(jobs)
    pool = [_start(work) for _ in range(min(workers, len(waiting)))]
    try:
        while True:
            _hand_out(pool, waiting, seconds)
            busy = [w for w in pool if w.job is not None]
            if not busy:
                return
            patience = max(0.0, min(w.deadline for w in busy) - time.monotonic())
            ready = wait([w.pipe for w in busy], timeout=patience)
            for worker in busy:
                if worker.pipe in ready:
                    is_done, answer, is_lost = _answer(worker)
                elif worker.deadline <= time.monotonic():
                    is_done, answer, is_lost = (
                        False,
                        f"it was not finished within {seconds:.0f} seconds",
                        True,
                    )
                else:
                    continue
                job, worker.job = worker.job, None
                if is_lost:
                    _end(worker)
                    pool[pool.index(worker)] = _start(work)
                yield job, is_done, answer
    finally:
        for worker in pool:
            _end(worker, _PATIENCE if worker.job is None else 0.0)

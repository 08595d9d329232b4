"""Running a night from start to end in this process, whatever happens: the lease, the graph, the summary.

Not here: the command line (cli), the stages (steps).
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from orchestration.ledger import AlreadyRunning, LedgerError
from orchestration.night import Night, NightError, Reporter
from orchestration.settings import Settings, SettingsError
from orchestration.summary import summarise, write_summary

KNOWN = (NightError, SettingsError, LedgerError)
_QUIET = {
    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}}
}  # the summary says it in one sentence


@dataclass(slots=True)
class Shift:
    """The outcome of one run: its summary, and the exit code that goes with it."""

    summary: dict[str, Any]
    exit_code: int
    nights: list[Night] = field(default_factory=list)


def _run_job(
    settings: Settings, reporter: Reporter, job: str, config: dict[str, Any], seen: list[Night]
) -> str:
    """Run a job in this process; returns the sentence that ended it, or nothing."""
    import dagster as dg

    from orchestration.build import build_defs

    definitions = build_defs(settings, reporter, seen.append)
    with dg.DagsterInstance.ephemeral() as instance:
        try:
            result = definitions.resolve_job_def(job).execute_in_process(
                run_config={**config, **_QUIET},
                instance=instance,
                run_id=str(uuid.uuid4()),
                raise_on_error=False,
            )
        except dg.DagsterError as error:
            return _sentence(error)
        if result.success:
            return ""
        return next((n.failed.split(": ", 1)[-1] for n in seen if n.failed), "") or _first_failure(result)


def _first_failure(result: Any) -> str:
    """The innermost error of the first failed step, as one sentence."""
    for event in result.all_events:
        data = event.event_specific_data if event.is_failure else None
        error = getattr(data, "error", None)
        while error is not None and error.cause is not None:
            error = error.cause
        if error is not None:
            return str(error.message.strip().splitlines()[0])
    return "The night failed; the run's log says where."


def _sentence(error: BaseException) -> str:
    """The innermost known error's words; other errors keep their type."""
    chain: list[BaseException] = [error]
    while (cause := chain[-1].__cause__) is not None:
        chain.append(cause)
    known = [e for e in chain if isinstance(e, KNOWN)]
    if any(isinstance(e, AlreadyRunning) for e in known):
        raise known[-1]
    return str(known[-1]) if known else f"{type(chain[-1]).__name__}: {chain[-1]}"


def run(
    settings: Settings, reporter: Reporter, job: str = "nightly", config: dict[str, Any] | None = None,
    clock: Callable[[], float] = time.perf_counter, started: float | None = None,
) -> Shift:  # fmt: skip
    """Run a job and write its summary. started: the clock's reading when the process began, to count start-up.

    Raises AlreadyRunning when another night holds the lease.
    """
    began = clock() if started is None else started
    seen: list[Night] = []
    problem = _run_job(settings, reporter, job, config or {}, seen)
    night = seen[0] if seen else None
    summary = summarise(night, night.run_id if night else "none", problem, clock() - began)
    if night:
        write_summary(summary, night.layout.run(night.run_id))
        _tidy(night)
    return Shift(summary, 1 if problem else 0, seen)


def _tidy(night: Night) -> None:
    import shutil

    shutil.rmtree(night.work, ignore_errors=True)

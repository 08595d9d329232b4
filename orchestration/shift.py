"""Running a night from start to end in this process, whatever happens: the lease, the graph, the summary.

Not here: the command line (cli), the stages (steps).
"""

import uuid
from dataclasses import dataclass
from typing import Any

from orchestration.night import Night, Reporter
from orchestration.resources import night_of_run
from orchestration.settings import Settings

_QUIET = {
    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}}
}  # the summary says it in one sentence


@dataclass(slots=True)
class Shift:
    """The outcome of one run: its summary, and the exit code that goes with it."""

    summary: dict[str, Any]
    exit_code: int
    night: Night


def _run_job(night: Night, job: str, config: dict[str, Any]) -> None:
    """Run a job of the open night in this process; what ended it early is in the night afterwards."""
    import dagster as dg

    from orchestration.build import build_defs

    definitions = build_defs(night.settings, night.reporter, night)
    with dg.DagsterInstance.ephemeral() as instance:
        result = definitions.resolve_job_def(job).execute_in_process(
            run_config={**config, **_QUIET}, instance=instance, run_id=night.run_id, raise_on_error=False
        )
    if not result.success and not night.failed:
        night.failed = f"night: {_first_failure(result)}"


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


def run(
    settings: Settings,
    reporter: Reporter,
    job: str = "nightly",
    config: dict[str, Any] | None = None,
    started: float | None = None,
) -> Shift:
    """Run a job and write its summary. started: perf_counter when the process began, to count start-up.

    Raises SettingsError for a wrong setting and AlreadyRunning when another night holds the lease.
    """
    with night_of_run(settings, str(uuid.uuid4()), reporter, started) as (night, summary):
        _run_job(night, job, config or {})
    return Shift(summary, 1 if summary["problem"] else 0, night)

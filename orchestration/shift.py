"""Running a night from start to end in this process, whatever happens: the lease, the graph, the summary.

Not here: the command line (cli), the stages (steps).
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from orchestration.night import Night, Reporter
from orchestration.resources import nights_of_run
from orchestration.settings import Settings

_QUIET = {
    "loggers": {"console": {"config": {"log_level": "CRITICAL"}}}
}  # the summary says it in one sentence


@dataclass(slots=True)
class Shift:
    """The outcome of one run: its summary, the exit code that goes with it, and its nights, one a landing place."""

    summary: dict[str, Any]
    exit_code: int
    nights: tuple[Night, ...]

    @property
    def night(self) -> Night:
        """The first night."""
        return self.nights[0]


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
    """Run a job on each landing place and write one summary. started: perf_counter when the process began.

    The places know nothing of each other, but that no pack of one is put over a pack of the other.

    Raises SettingsError for a wrong setting and AlreadyRunning when another night holds the lease.
    """
    with nights_of_run(settings, str(uuid.uuid4()), reporter, started) as (nights, summary):
        taken: set[tuple[date, str]] = set()
        for night in nights:
            night.taken = set(taken)
            _run_job(night, job, config or {})
            taken |= {(night.as_of, one.force_code) for one in night.facts.get("made", []) if one.pdf}
    return Shift(summary, 1 if summary["problem"] else 0, nights)

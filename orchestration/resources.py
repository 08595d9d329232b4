"""What assets are handed: the running night. The lease is taken when a run starts and given back when it ends.

However a run is started (command line, schedule, browser), it opens and closes here: one lease, one summary.
Not here: what a night is (night), which settings it has (settings), what a summary says (summary).
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg

from orchestration.demo import demo_landing
from orchestration.layout import Layout, world_of
from orchestration.night import Night, Reporter, open_night
from orchestration.pages.written import write_pages
from orchestration.settings import Settings
from orchestration.steps.land import manifest_of
from orchestration.summary import summarise, write_summary


@contextmanager
def night_of_run(
    settings: Settings, run_id: str, reporter: Reporter, started: float | None = None
) -> Iterator[tuple[Night, dict[str, Any]]]:
    """Hold a run's night open; at its end write summary.json and clear its scratch.

    Yields the night and a dict that holds the summary afterwards. started: perf_counter when the process began.
    Raises SettingsError for a wrong setting and AlreadyRunning when another night holds the lease.
    """
    began = time.perf_counter() if started is None else started
    landing = settings.landing or demo_landing(
        settings.out, settings.scale, lambda said: reporter.stage("world", said)
    )
    layout = Layout(settings.out, world_of(landing))
    summary: dict[str, Any] = {}
    with open_night(settings.told(landing=landing), landing, layout, run_id, reporter) as night:
        yield night, summary
        summary |= summarise(night, night.failed.partition(": ")[2], time.perf_counter() - began)
        summary["warnings"] += _pages(night, summary)
        write_summary(summary, layout.run(run_id))
        shutil.rmtree(night.work, ignore_errors=True)


def _pages(night: Night, summary: dict[str, Any]) -> list[str]:
    """Write the pages of the run; what they are about has happened, so a page that fails is a warning and no more."""
    try:
        write_pages(night, summary, manifest_of(night) if "as_of" in night.facts else None)
    except Exception as error:  # whatever it is, the summary must still be written
        return [
            f"The pages of this run were not written ({type(error).__name__}); its summary.json is whole."
        ]
    return []


def _a_step_failed(context: dg.InitResourceContext) -> bool:
    """Has a step of this run failed, by Dagster's own record? A failed check fails no stage of ours."""
    assert context.instance is not None  # noqa: S101 - a run has one
    return bool(context.instance.all_logs(context.run_id or "", of_type=dg.DagsterEventType.STEP_FAILURE))


def night_resource(settings: Settings, reporter: Reporter) -> dg.ResourceDefinition:
    """A resource that opens the night of a run, for runs that Dagster itself starts (schedule, browser)."""

    @dg.resource(description="The running night: its paths, its lease, its memory between stages.")
    def night(context: dg.InitResourceContext) -> Iterator[Night]:
        with night_of_run(settings, context.run_id or "unnamed", reporter) as (opened, _):
            yield opened
            if not opened.failed and _a_step_failed(context):
                opened.failed = "night: A check failed; the run's log says which."

    return night

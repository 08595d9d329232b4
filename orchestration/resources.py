"""What assets are handed: the running night. The lease is taken when a run starts and given back when it ends.

However a run is started (command line, schedule, browser), it opens and closes here: one lease, one summary, and a
night for each landing place. Not here: what a night is (night), which settings it has (settings), what a summary says
(summary).
"""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg

from orchestration.demo import demo_landing
from orchestration.layout import Layout, world_of
from orchestration.night import Night, Reporter, open_nights
from orchestration.pages.written import write_pages
from orchestration.settings import DEMO, Settings, SettingsError
from orchestration.steps.land import manifest_of
from orchestration.summary import summarise, write_summary


def places_of(settings: Settings, reporter: Reporter) -> list[Path]:
    """The landing places of a run: the one that was named, the demo world, or both where a scale was named too."""
    named = [settings.landing] if settings.landing else []
    if settings.scale or not named:
        scale = settings.scale or DEMO
        named.append(demo_landing(settings.out, scale, lambda said: reporter.stage("world", said)))
    return list({place.resolve(): place for place in named}.values())


@contextmanager
def nights_of_run(
    settings: Settings, run_id: str, reporter: Reporter, started: float | None = None
) -> Iterator[tuple[tuple[Night, ...], dict[str, Any]]]:
    """Hold a run's nights open; at its end write summary.json and clear its scratch.

    Yields the nights and a dict that holds the summary afterwards. started: perf_counter when the process began.
    Raises SettingsError for a wrong setting and AlreadyRunning when another night holds the lease.
    """
    began = time.perf_counter() if started is None else started
    places = places_of(settings, reporter)
    summary: dict[str, Any] = {}
    with open_nights(
        settings, [(p, Layout(settings.out, world_of(p))) for p in places], run_id, reporter
    ) as nights:
        yield nights, summary
        summary |= summarise(nights, time.perf_counter() - began)
        summary["warnings"] += _pages(nights, summary)
        write_summary(summary, nights[0].layout.run(run_id))
        for night in nights:
            shutil.rmtree(night.work, ignore_errors=True)


def _pages(nights: Sequence[Night], summary: dict[str, Any]) -> list[str]:
    """Write the pages of the run; what they are about has happened, so a page that fails is a warning and no more."""
    try:
        write_pages(
            [(night, manifest_of(night).rows if "as_of" in night.facts else ()) for night in nights], summary
        )
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
        if settings.landing and settings.scale:
            raise SettingsError(
                "A run that Dagster starts takes one landing place: name a place or a scale, not both, or start the "
                "night with `force-profiles night`."
            )
        with nights_of_run(settings, context.run_id or "unnamed", reporter) as ((opened,), _):
            yield opened
            if not opened.failed and _a_step_failed(context):
                opened.failed = "night: A check failed; the run's log says which."

    return night

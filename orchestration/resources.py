"""What assets are handed: the running night. The lease is taken when a run starts and given back when it ends.

Not here: what a night is (night), which settings it has (settings).
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.demo import demo_landing
from orchestration.layout import Layout, world_of
from orchestration.night import Night, Reporter, open_night
from orchestration.settings import Settings


def landing_of(settings: Settings) -> tuple[Settings, Layout]:
    """Settings with a landing place (the demo's when none was named), and the paths of its world."""
    landing = settings.landing or demo_landing(settings.out, settings.scale)
    return settings.told(landing=landing), Layout(settings.out, world_of(landing))


def night_resource(settings: Settings, reporter: Reporter) -> dg.ResourceDefinition:
    """A resource that opens the night of a run, for runs that Dagster itself starts (schedule, browser)."""

    @dg.resource(description="The running night: its paths, its lease, its memory between stages.")
    def night(context: dg.InitResourceContext) -> Iterator[Night]:
        told, layout = landing_of(settings)
        assert told.landing is not None  # noqa: S101 - landing_of names one
        with open_night(told, told.landing, layout, context.run_id or "unnamed", reporter) as opened:
            yield opened

    return night

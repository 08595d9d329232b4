"""Puts the house together: every way of running (command line, schedule, tests) goes through build_defs().

Not here: anything that does work.
"""

import dagster as dg

from orchestration.assets.conflate import linkage
from orchestration.assets.land import landed
from orchestration.assets.profile import generation_asset
from orchestration.assets.publish import packs
from orchestration.assets.score import people_scores, scores
from orchestration.assets.train import heads, linkage_model, normal_ranges
from orchestration.assets.warehouse import warehouse_assets
from orchestration.checks import CHECKS
from orchestration.dbt import DbtProject, dbt_cache
from orchestration.jobs import JOBS
from orchestration.night import Night, Reporter, Silent
from orchestration.resources import night_resource
from orchestration.schedules import nightly_schedule
from orchestration.settings import REPOSITORY, Settings, from_environment, silence_telemetry


def build_defs(
    settings: Settings | None = None, reporter: Reporter | None = None, night: Night | None = None
) -> dg.Definitions:
    """All definitions. settings: the environment's when None; night: one that is open already (command line)."""
    silence_telemetry()
    told = settings or from_environment()
    project = DbtProject(REPOSITORY / "dbt_project", dbt_cache(told))
    warehouse = warehouse_assets(project)
    tables = sorted(
        key for key in warehouse.keys if key.path[0] == "profile" or key.path[-1].startswith("score_")
    )
    return dg.Definitions(
        assets=[
            landed,
            linkage,
            warehouse,
            scores,
            people_scores,
            generation_asset(tables),
            packs,
            normal_ranges,
            heads,
            linkage_model,
        ],
        asset_checks=list(CHECKS),
        jobs=list(JOBS),
        schedules=[nightly_schedule],
        resources={"night": night or night_resource(told, reporter or Silent())},
        executor=dg.in_process_executor,
    )

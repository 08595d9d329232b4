"""The staging half of a rehearsal: the feed's own model built with and without the new rows, and its tests.

Not here: running the night (rehearsal), the SQL (dbt_project).
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import duckdb

from orchestration.dbt import BuildTarget, DbtError, DbtProject, NodeResult, dbt_cache
from orchestration.landing.manifest import Manifest
from orchestration.landing.quoting import identifier
from orchestration.night import Night, NightError
from orchestration.onboarding.rehearsed import Rehearsal
from orchestration.settings import REPOSITORY
from orchestration.steps.build import GENERATION, write_inputs
from orchestration.steps.land import manifest_of


def staging_half(rehearsal: Rehearsal) -> dict[str, Any]:
    """Build the feed's staging model without the new deliveries and with them, and report."""
    night, hand = rehearsal.night, rehearsal.hand
    project = DbtProject(REPOSITORY / "dbt_project", dbt_cache(night.settings))
    model = model_of(project.manifest(), hand.feed)
    new = {delivery["file"] for delivery in rehearsal.found["landing"]["deliveries"]}
    whole = manifest_of(night)
    without = replace(whole, rows=tuple(row for row in whole.rows if row.outcome.file_name not in new))
    before, seconds_before, _ = _built(night, project, model, without, "before")
    after, seconds_after, results = _built(night, project, model, whole, "after")
    failed = [result for result in results if result.is_bad]
    return {
        "model": model,
        "rows_before": sum(before.values()),
        "rows_after": sum(after.values()),
        "rows_of_force": after.get(hand.force_code, 0) - before.get(hand.force_code, 0),
        "tests": len(results) - 1,
        "failed": [
            f"{_name(result)}: {result.message.splitlines()[0] if result.message else result.status}"
            for result in failed
        ],
        "seconds_added": round(max(0.0, seconds_after - seconds_before), 3),
        "holds": not failed,
    }


def model_of(manifest: Mapping[str, Any], feed: str) -> str:
    """The staging model that reads the landed rows of a feed as they stand."""
    for node in manifest["nodes"].values():
        sources = {
            source.rsplit(".", 2)[1] + "." + source.rsplit(".", 1)[1]
            for source in node["depends_on"]["nodes"]
            if source.startswith("source.")
        }
        is_table = node["config"]["materialized"] == "table" and "/known/" not in node["path"]
        if node["resource_type"] == "model" and is_table and f"landed.{feed}" in sources:
            return str(node["name"])
    raise NightError(f"No staging model reads the feed {feed}.")


def _built(
    night: Night, project: DbtProject, model: str, manifest: Manifest, name: str
) -> tuple[dict[str, int], float, list[NodeResult]]:
    """Rows by force of the model, the seconds its nodes took, and what became of them."""
    target = night.work / name / GENERATION
    target.parent.mkdir()
    write_inputs(night, manifest)
    build = BuildTarget(
        target.resolve(), (night.work / "inputs.duckdb").resolve(), (night.work / "spill").resolve(),
        night.settings.threads, night.settings.memory_limit, (night.work / f"dbt-{name}").resolve(),
    )  # fmt: skip
    began = time.perf_counter()
    try:
        results = project.build([model], build)
    except DbtError as error:
        raise NightError(f"The staging of the feed could not be built: {error}.") from None
    seconds = sum(result.seconds for result in results) or time.perf_counter() - began
    with duckdb.connect(str(target), read_only=True) as con:
        rows = dict(
            con.execute(f"select force_code, count(*) from {identifier(model)} group by all").fetchall()
        )
    return rows, seconds, results


def _name(result: NodeResult) -> str:
    return result.unique_id.split(".")[2] if result.unique_id.count(".") >= 2 else result.unique_id

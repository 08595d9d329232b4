"""Stages `stage`, `conflate`, `profile` (and the features of `score`): the dbt models, as assets with their tests.

Dagster splits this one definition around the Python assets between its models; each part is one dbt build.
Not here: how dbt is run (orchestration/dbt), swapping the file in (assets/profile).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import dbt_assets

from orchestration.dbt import DbtProject, NodeResult, busy_seconds
from orchestration.dbt_translator import StageTranslator
from orchestration.feature_fields import breaches, denied_fields
from orchestration.night import STAGES, Night, NightError
from orchestration.steps.build import build, row_counts, stage_of


def _names(manifest: Mapping[str, Any]) -> dict[dg.AssetKey, Mapping[str, Any]]:
    translator = StageTranslator()
    nodes = (n for n in manifest["nodes"].values() if n["resource_type"] in ("model", "seed"))
    return {translator.get_asset_key(node): node for node in nodes}


def _events(
    context: dg.AssetExecutionContext,
    results: list[NodeResult],
    manifest: Mapping[str, Any],
    rows: Mapping[str, int],
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    by_id = {r.unique_id: r for r in results}
    keys = {node["unique_id"]: key for key, node in _names(manifest).items()}
    for result in results:  # dbt finished them in this order, so no model comes before what it needs
        if keys.get(result.unique_id) in context.selected_asset_keys:
            name = result.unique_id.rsplit(".", 1)[-1]
            metadata = {"dagster/row_count": rows.get(name, 0), "seconds": result.seconds}
            yield dg.MaterializeResult(asset_key=keys[result.unique_id], metadata=metadata)
    names = {n["name"]: n["unique_id"] for n in manifest["nodes"].values() if n["resource_type"] == "test"}
    for check in context.selected_asset_check_keys:
        tested = by_id.get(names.get(check.name, ""))
        if tested:
            yield dg.AssetCheckResult(
                asset_key=check.asset_key, check_name=check.name, passed=tested.status == "pass",
                severity=dg.AssetCheckSeverity.WARN if tested.status == "warn" else dg.AssetCheckSeverity.ERROR,
                metadata={"rows_that_break_it": tested.failures, "seconds": tested.seconds},
            )  # fmt: skip


def _book_time(night: Night, results: list[NodeResult], manifest: Mapping[str, Any]) -> None:
    """Share the build's wall time among stages by their nodes' time; what dbt spends around them is start-up."""
    share = busy_seconds(results) / max(sum(r.seconds for r in results), 1e-9)
    for result in results:
        node = manifest["nodes"].get(result.unique_id, {})
        owner = manifest["nodes"].get(node.get("attached_node"), node)
        night.spent(stage_of(owner), result.seconds * share)


def warehouse_assets(project: DbtProject) -> dg.AssetsDefinition:
    """The dbt project as assets."""
    manifest = project.manifest()

    @dbt_assets(
        manifest=manifest,
        dagster_dbt_translator=StageTranslator(),
        name="warehouse",
        exclude="tag:training",
    )
    def warehouse(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
        """Build the selected models and run their tests in the night's own file."""
        names = _names(manifest)
        models = sorted(names[key]["name"] for key in context.selected_asset_keys if key in names)
        touched = {stage_of(names[key]) for key in context.selected_asset_keys if key in names}
        stages = [name for name in STAGES if name in touched]
        for name in stages:
            night.lease.stage(name)
            night.say(name, f"{sum(stage_of(names[k]) == name for k in context.selected_asset_keys)} models")
        try:
            if denied := breaches(manifest, denied_fields(night.registry)):
                raise NightError(denied[0])
            results = build(night, project, models)
        except Exception as error:
            night.fail(stages[0], error)
            raise
        _book_time(night, results, manifest)
        for name in stages:
            n = sum(stage_of(names[k]) == name for k in context.selected_asset_keys if k in names)
            night.reporter.done(name, night.seconds[name], f"{n} models")
        yield from _events(context, results, manifest, row_counts(night))

    return warehouse

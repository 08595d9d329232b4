"""How dbt's nodes look in the asset graph: keys `<stage>/<model>`, groups named after the six stages, one owner.

Not here: running dbt (dbt), which assets exist (assets/warehouse).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject

from orchestration.steps.build import stage_of

OWNERS = ["team:force-intelligence-bureau"]
_OF_MANIFEST = (
    "night",
    "as_ofs",
    "sharing",
    "forces",
    "feeds",
    "deliveries",
    "refusals",
)  # tables of the catalogue that are no feed


class StageTranslator(DagsterDbtTranslator):
    """Places each dbt node in its stage; a dbt source is the asset that fills it."""

    def __init__(self) -> None:
        """Several sources of the catalogue are one asset (land/manifest)."""
        super().__init__(
            DagsterDbtTranslatorSettings(
                enable_duplicate_source_asset_keys=True, enable_source_metadata=False
            )
        )

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetSpec:
        """Seeds wait for landing like every model, or Dagster would give them a dbt build of their own."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        if unique_id.startswith("seed."):
            return spec.replace_attributes(deps=[dg.AssetKey(["land", "manifest"])])
        return spec

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """`<stage>/<model>`; for a source, the asset that lands or scores it."""
        name = str(dbt_resource_props["name"])
        if dbt_resource_props["resource_type"] == "source":
            if dbt_resource_props["source_name"] == "scored":
                return dg.AssetKey(["score", name])
            if dbt_resource_props["source_name"] == "linked":
                return dg.AssetKey(["conflate", "linkage"])
            return dg.AssetKey(["land", "manifest" if name in _OF_MANIFEST else name])
        return dg.AssetKey([stage_of(dbt_resource_props), name])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The stage word."""
        return stage_of(dbt_resource_props)

    def get_description(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The model's own words; the SQL is a click away and need not stand here."""
        return str(dbt_resource_props.get("description") or f"dbt model {dbt_resource_props['name']}.")

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> Sequence[str]:
        """Who answers for it."""
        return OWNERS

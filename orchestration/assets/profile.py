"""Stage `profile`, last act: the audited file becomes the current generation.

Not here: the models that make it (assets/warehouse), the packs made from it (assets/publish).
"""

from collections.abc import Sequence

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.build import swap_in


def generation_asset(tables: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The generation, after all profile tables."""

    @dg.asset(
        key=["profile", "generation"], deps=tables, group_name="profile", owners=OWNERS, kinds={"duckdb"},
        description="The night's warehouse file; CURRENT names it from here on.",
    )  # fmt: skip
    def generation(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
        """Swap the pointer: readers see last night or this one, never a mixture."""
        with night.stage("profile"):
            path = swap_in(night)
        return dg.MaterializeResult(metadata={"name": path.name, "bytes": path.stat().st_size})

    return generation

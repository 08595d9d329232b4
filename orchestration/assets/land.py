"""Stage `land`: what the forces sent, what became of it, and what people decided since.

Not here: how files are read (orchestration/landing), what a night does with them (assets/warehouse).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.land import land


def _spec(name: str, description: str, *kinds: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["land", name], description=description, kinds=set(kinds), group_name="land", owners=OWNERS
    )


class LandConfig(dg.Config):
    """only_force: land the files of this force alone (job land_force)."""

    only_force: str | None = None


@dg.multi_asset(
    name="land",
    specs=[
        _spec("street_crime", "Street-level records as received, refused rows set aside.", "csv", "parquet"),
        _spec("manifest", "Every delivery and what became of each of its rows.", "json"),
        _spec("decisions", "People's decisions (decisions/1), back through the front door.", "json"),
    ],
)
def landed(context: dg.AssetExecutionContext, config: LandConfig, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Land everything new at the landing place."""
    with night.stage("land"):
        done = land(night, config.only_force)
    rows = done.manifest.rows
    night.reporter.done(
        "land", night.seconds["land"],
        f"{sum(r.outcome.rows_in for r in rows):,} rows in {len(rows)} deliveries, "
        f"{sum(r.outcome.rows_refused for r in rows):,} rows refused, {done.report.n_reused} landed before",
    )  # fmt: skip
    night.record(
        copies=done.report.copies,
        left_alone=[i.sentence for i in done.report.left_alone],
        refused_files=[r.sentence for r in done.report.refused_files],
    )
    yield dg.MaterializeResult(
        asset_key=["land", "street_crime"],
        metadata={
            "dagster/row_count": sum(r.rows_loaded for r in rows),
            "rows_in": sum(r.outcome.rows_in for r in rows),
            "rows_refused": sum(r.outcome.rows_refused for r in rows),
            "seconds": night.seconds["land"],
        },
    )
    yield dg.MaterializeResult(
        asset_key=["land", "manifest"],
        metadata={
            "dagster/row_count": len(rows),
            "refused": sum(r.state == "refused" for r in rows),
            "volume_suspect": sum(r.is_volume_suspect for r in rows),
            "as_of": night.as_of.isoformat(),
        },
    )
    yield dg.MaterializeResult(
        asset_key=["land", "decisions"], metadata={"dagster/row_count": night.facts.get("decisions", 0)}
    )

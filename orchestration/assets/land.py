"""Stage `land`: what the forces sent, what became of it, and what people decided since.

Not here: how files are read (orchestration/landing), what a night does with them (assets/warehouse).
"""

from collections.abc import Iterator

import dagster as dg

from data_contracts.registry import HERE, canonical_paths
from orchestration.catalogue import landed_feeds
from orchestration.dbt_translator import OWNERS
from orchestration.landing.manifest import Manifest
from orchestration.landing.meaning import sentences
from orchestration.night import Night
from orchestration.steps.land import findings_of, land
from orchestration.steps.validate import shifted, validate_newest

STREET = "street_crime"
# by the names of the files: reading them all is for a night, not for drawing the graph
FEEDS = landed_feeds(path.name.removesuffix(".odcs.yaml") for path in canonical_paths(HERE))


def _spec(name: str, description: str, *kinds: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        ["land", name], description=description, kinds=set(kinds), group_name="land", owners=OWNERS
    )


def _feed_spec(feed: str) -> dg.AssetSpec:
    if feed == STREET:
        said = "Street-level records as received, refused rows set aside."
        return _spec(feed, said, "csv", "parquet")
    said = f"Rows of the feed {feed} of every force, typed, all versions; refused rows set aside."
    return _spec(feed, said, "parquet")


class LandConfig(dg.Config):
    """only_force: land the files of this force alone (job land_force)."""

    only_force: str | None = None


@dg.multi_asset(
    name="land",
    specs=[
        *(_feed_spec(feed) for feed in FEEDS),
        _spec("manifest", "Every delivery and what became of each of its rows.", "json"),
        _spec("decisions", "People's decisions (decisions/1), back through the front door.", "json"),
    ],
)
def landed(context: dg.AssetExecutionContext, config: LandConfig, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Land everything new at the landing place."""
    with night.stage("land"):
        done = land(night, config.only_force)
        night.say("land", "holding the newest deliveries against their contracts")
        spill = night.work / "spill"
        found = validate_newest(done.manifest, night.registry, spill, findings_of(night))
        night.record(
            validations=[one.as_json() for one in found],
            shifts=sentences(shifted(done.manifest, night.registry, spill)),
        )
    rows = done.manifest.rows
    night.reporter.done(
        "land", night.seconds["land"],
        f"{sum(r.outcome.rows_in for r in rows):,} rows in {len(rows)} deliveries, "
        f"{sum(r.outcome.rows_refused for r in rows):,} rows refused, {done.report.n_reused} landed before",
    )  # fmt: skip
    night.record(
        new_deliveries=[outcome.delivery_id for outcome in done.report.outcomes],
        copies=done.report.copies,
        left_alone=[i.sentence for i in done.report.left_alone],
        refused_files=[r.sentence for r in done.report.refused_files],
    )
    yield from _of_feeds(done.manifest, night.seconds["land"])
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


def _of_feeds(manifest: Manifest, seconds: float) -> Iterator[dg.MaterializeResult[None]]:
    """What landing did for each feed."""
    for feed in FEEDS:
        rows = [r for r in manifest.rows if r.outcome.feed == feed]
        yield dg.MaterializeResult(
            asset_key=["land", feed],
            metadata={
                "dagster/row_count": sum(r.rows_loaded for r in rows),
                "deliveries": len(rows),
                "rows_in": sum(r.outcome.rows_in for r in rows),
                "rows_refused": sum(r.outcome.rows_refused for r in rows),
                "rows_exact_duplicate": sum(r.rows_exact_duplicate for r in rows),
                "rows_superseded": sum(r.rows_superseded for r in rows),
                "seconds": seconds,
            },
        )

"""Checks that stand next to their assets: the contract's expectations on what landed, and conservation of rows.

dbt tests become checks by themselves (assets/warehouse). Not here: the rules (data_contracts), how they are run
(data_contracts/expectations).
"""

import dagster as dg

from orchestration.feed_checks import expectations_hold, feeds_are_fit
from orchestration.night import Night
from orchestration.steps.land import findings_of, manifest_of
from orchestration.steps.sample import judged_sample


@dg.asset_check(
    asset=dg.AssetKey(["land", "street_crime"]),
    description="The contract's expectations, notes included, on a bounded sample of what landed (Great Expectations).",
)
def contract_expectations(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """Validate a sample of what landed; counts only, never a value. Nothing to validate is no failure."""
    (contract,) = [c for c in night.registry.contracts if c.feed == "street_crime"]
    found = judged_sample(manifest_of(night), contract, findings_of(night))
    if not found:
        return dg.AssetCheckResult(passed=True, metadata={"rows": 0})
    night.record(expectations=found)
    return dg.AssetCheckResult(
        passed=not found["failed"],
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "rows": found["rows"],
            "expectations": found["n"],
            "failures": dg.MetadataValue.json(found["failed"]),
        },
    )


@dg.asset_check(
    asset=dg.AssetKey(["land", "manifest"]), blocking=True,
    description="rows in = accepted + refused, and accepted = loaded + exact duplicate + superseded, per delivery.",
)  # fmt: skip
def rows_are_conserved(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """No row vanishes between the file and the warehouse."""
    broken = [
        r.outcome.file_name
        for r in manifest_of(night).rows
        if r.outcome.rows_in != r.outcome.rows_accepted + r.outcome.rows_refused
        or r.outcome.rows_accepted != r.rows_loaded + r.rows_exact_duplicate + r.rows_superseded
    ]
    return dg.AssetCheckResult(passed=not broken, metadata={"broken": dg.MetadataValue.json(broken)})


@dg.asset_check(
    asset=dg.AssetKey(["land", "manifest"]),
    description="Deliveries far outside a force's usual volume: shouted, not held (the contract says so).",
)
def volumes_are_usual(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """Name deliveries whose volume is suspect."""
    suspect = {r.outcome.file_name: r.volume_ratio for r in manifest_of(night).rows if r.is_volume_suspect}
    return dg.AssetCheckResult(
        passed=not suspect,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"suspect": dg.MetadataValue.json(suspect)},
    )


@dg.asset_check(
    asset=dg.AssetKey(["land", "manifest"]),
    description="The newest delivery of each feed has its values spread as earlier ones have (PSI); shouted, not held.",
)
def meanings_are_steady(night: dg.ResourceParam[Night]) -> dg.AssetCheckResult:
    """Name columns whose meaning may have changed."""
    found = night.facts.get("shifts", [])
    return dg.AssetCheckResult(
        passed=not found,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"shifted": dg.MetadataValue.json(found)},
    )


CHECKS = (
    meanings_are_steady,
    contract_expectations,
    rows_are_conserved,
    volumes_are_usual,
    feeds_are_fit,
    expectations_hold,
)

"""Stage `score`: verdicts, intervals of places, intervals of outcome shares.

Not here: the judging (profiles/scoring), the features it reads (dbt_project/models/marts/features).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.score import score

_READS = {
    "verdicts": ("Has a series left its normal range? One row per force and series (XmR).",
                 ["feat_strategic__monthly_series"]),
    "place_rates": ("The rate of each place with an interval fit for comparing them all.",
                    ["feat_strategic__place_counts"]),
    "people_verdicts": ("The same for each series of the profiles about people.", ["feat_people__monthly_series"]),
    "outcome_shares": ("The share of each outcome with its interval.", ["feat_strategic__outcome_counts"]),
}  # fmt: skip


@dg.multi_asset(
    name="scores",
    specs=[
        dg.AssetSpec(
            ["score", name], description=description, deps=[dg.AssetKey(["score", f]) for f in features],
            group_name="score", owners=OWNERS, kinds={"python", "parquet"},
        )
        for name, (description, features) in _READS.items()
    ],
)  # fmt: skip
def scores(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Score what dbt has built so far."""
    before = night.seconds["score"]
    with night.stage("score"):
        rows = score(night)
    night.reporter.done("score", night.seconds["score"], f"{sum(rows.values()):,} verdicts and intervals")
    for name, n in rows.items():
        yield dg.MaterializeResult(
            asset_key=["score", name],
            metadata={"dagster/row_count": n, "seconds": night.seconds["score"] - before},
        )

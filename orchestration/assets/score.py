"""Stage `score`: verdicts, intervals of places and of outcome shares, scores of people.

Not here: the judging (profiles/scoring), the features it reads (dbt_project/models/marts/features).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.score import score

_OF_PEOPLE = [
    "feat_vawg_suspect", "feat_vawg_victim", "feat_missing_child", "feat_missing_adult", "feat_visor",
    "feat_harms_at", "feat_events_at", "rule_rfgv", "rule_v100",
]  # fmt: skip
_READS = {
    "verdicts": ("Has a series left its normal range? One row per force and series (XmR).",
                 ["feat_strategic__monthly_series"]),
    "place_rates": ("The rate of each place with an interval fit for comparing them all.",
                    ["feat_strategic__place_counts"]),
    "people_verdicts": ("The same for each series of the profiles about people.", ["feat_people__monthly_series"]),
    "outcome_shares": ("The share of each outcome with its interval.", ["feat_strategic__outcome_counts"]),
    "people_scores": ("Everybody's score and rank by head and force, by rule or by an approved model.", _OF_PEOPLE),
    "people_reasons": ("Reasons of those who may be printed.", _OF_PEOPLE),
    "people_evidence": ("Records behind each reason.", _OF_PEOPLE),
    "people_movers": ("Who came onto a list or left it since a week ago, and why.", _OF_PEOPLE),
    "people_lists": ("Who leads each list, and why.", _OF_PEOPLE),
}  # fmt: skip


# every table waits for every feature: the graph is cut around this one step, and a cut needs one side for each model
_ALL = sorted({feature for _, features in _READS.values() for feature in features})


@dg.multi_asset(
    name="scores",
    specs=[
        dg.AssetSpec(
            ["score", name], description=description, deps=[dg.AssetKey(["score", f]) for f in _ALL],
            group_name="score", owners=OWNERS, kinds={"python", "parquet"},
        )
        for name, (description, _) in _READS.items()
    ],
)  # fmt: skip
def scores(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Score what dbt has built so far."""
    before = night.seconds["score"]
    with night.stage("score"):
        rows = score(night)
    night.reporter.done(
        "score", night.seconds["score"], f"{sum(rows.values()):,} verdicts, intervals and scores"
    )
    for name, n in rows.items():
        yield dg.MaterializeResult(
            asset_key=["score", name],
            metadata={"dagster/row_count": n, "seconds": night.seconds["score"] - before},
        )

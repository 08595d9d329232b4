"""Stage `score`: verdicts and intervals of the open data, then scores of people.

Two assets, because they wait for different things: the first needs nobody scored. Not here: the judging
(profiles/scoring), the features it reads (dbt_project/models/marts/features).
"""

from collections.abc import Mapping, Sequence

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.score import score, score_of_people

_OF_PEOPLE = [
    "feat_vawg_suspect", "feat_vawg_victim", "feat_missing_child", "feat_missing_adult", "feat_visor",
    "feat_harms_at", "feat_events_at", "rule_rfgv", "rule_v100",
]  # fmt: skip
_STRATEGIC = {
    "verdicts": ("Has a series left its normal range? One row per force and series (XmR).",
                 ["feat_strategic__monthly_series"]),
    "place_rates": ("The rate of each place with an interval fit for comparing them all.",
                    ["feat_strategic__place_counts"]),
    "people_verdicts": ("The same for each series of the profiles about people.", ["feat_people__monthly_series"]),
    "outcome_shares": ("The share of each outcome with its interval.", ["feat_strategic__outcome_counts"]),
}  # fmt: skip
_PEOPLE = {
    "people_scores": ("Everybody's score and rank by head and force, by rule or by an approved model.", _OF_PEOPLE),
    "people_reasons": ("Reasons of those who may be printed.", _OF_PEOPLE),
    "people_evidence": ("Records behind each reason.", _OF_PEOPLE),
    "people_movers": ("Who came onto a list or left it since a week ago, and why.", _OF_PEOPLE),
    "people_lists": ("Who leads each list, and why.", _OF_PEOPLE),
}  # fmt: skip


def _specs(reads: Mapping[str, tuple[str, Sequence[str]]]) -> list[dg.AssetSpec]:
    # every table waits for every feature: the graph is cut around this step, and each model needs one side of the cut
    wanted = sorted({feature for _, features in reads.values() for feature in features})
    return [
        dg.AssetSpec(
            ["score", name],
            description=description,
            deps=[dg.AssetKey(["score", feature]) for feature in wanted],
            group_name="score",
            owners=OWNERS,
            kinds={"python", "parquet"},
        )
        for name, (description, _) in reads.items()
    ]


@dg.multi_asset(name="scores", specs=_specs(_STRATEGIC))
def scores(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Score the open data that dbt has built so far."""
    before = night.seconds["score"]
    with night.stage("score"):
        rows = score(night)
    night.reporter.done("score", night.seconds["score"], f"{sum(rows.values()):,} verdicts and intervals")
    for name, n in rows.items():
        yield dg.MaterializeResult(
            asset_key=["score", name],
            metadata={"dagster/row_count": n, "seconds": night.seconds["score"] - before},
        )


@dg.multi_asset(name="people_scores", specs=_specs(_PEOPLE))
def people_scores(context: dg.AssetExecutionContext, night: dg.ResourceParam[Night]):  # type: ignore[no-untyped-def]
    """Score people, by an approved model or by rule."""
    before = night.seconds["score"]
    with night.stage("score"):
        night.say("score", "people")
        rows = score_of_people(night)
    said = f"{rows['people_scores']:,} scores on {rows['people_lists']} lists"
    night.reporter.done("score", night.seconds["score"], said)
    for name, n in rows.items():
        yield dg.MaterializeResult(
            asset_key=["score", name],
            metadata={"dagster/row_count": n, "seconds": night.seconds["score"] - before},
        )

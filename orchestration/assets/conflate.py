"""Stage `conflate`, between its models: who is who, found by the linkage outside the warehouse.

Not here: linking (conflation), what is made of it (dbt_project/models/marts/core).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.conflate import conflate


@dg.asset(
    key=["conflate", "linkage"], deps=[dg.AssetKey(["conflate", "int_mentions"])], group_name="conflate", owners=OWNERS,
    kinds={"python", "parquet"},
    description="The person of each mention, the pairs that hold each person together, ids that last.",
)  # fmt: skip
def linkage(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Link what is new since the last night, cluster what it touches, and give persons their ids."""
    with night.stage("conflate"):
        night.say("conflate", "who is who")
        found = conflate(night)
    night.reporter.done(
        "conflate",
        night.seconds["conflate"],
        f"{found['mentions']:,} mentions are {found['people']:,} persons",
    )
    return dg.MaterializeResult(metadata={"dagster/row_count": found["mentions"], "people": found["people"]})

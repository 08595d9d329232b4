"""Stage `publish`: draft packs on the shelf, one folder a force, each swapped in whole.

Not here: making a pack (steps/publish, profiles/), releasing it (a person, governance/release).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.publish import publish


@dg.asset(
    key=["publish", "packs"], deps=[dg.AssetKey(["profile", "generation"])], group_name="publish", owners=OWNERS,
    kinds={"pdf", "json"}, description="The packs of each force, as drafts: releasing one is a person's act.",
)  # fmt: skip
def packs(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Make and shelve every force's pack; a force whose pack fails is named and the others still appear."""
    with night.stage("publish"):
        made = publish(night)
    night.facts["made"] = made
    problems = [m.problem for m in made if m.problem]
    night.reporter.done("publish", night.seconds["publish"], f"{len(made) - len(problems)} packs")
    return dg.MaterializeResult(
        metadata={
            "packs": len(made) - len(problems),
            "pages": sum(m.pages for m in made),
            "problems": dg.MetadataValue.json(problems),
            "seconds": night.seconds["publish"],
        }
    )

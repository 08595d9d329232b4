"""Job `retrain`: fit again what nights take as given: every head of people's scores, and normal ranges as a rehearsal.

Normal ranges are refitted every night from the warehouse by rule (profiles/scoring/xmr); here only by how much they
would move. Heads are trained on all that is known, judged, and kept as bundles in the shadow: no list changes before
two people approve one. The linkage model is trained on the current generation's mentions and laid aside: a person puts
it in the place of the shipped one. Not here: training (steps/retrain, steps/schooling, profiles/scoring/heads).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
from orchestration.steps.retrain import retrain
from orchestration.steps.schooling import rehearse_linkage
from orchestration.warehouse import Generations, reading
from profiles.scoring import strategic


@dg.asset(
    key=["train", "normal_ranges"], group_name="train", owners=OWNERS, kinds={"python"},
    description="Normal ranges refitted on the current generation, compared with those its packs print.",
)  # fmt: skip
def normal_ranges(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Refit and compare; nothing is written."""
    with reading(Generations(night.layout.generations).current()) as con:
        fitted = {
            (r["force_code"], r["series_code"]): (r["lower"], r["upper"]) for r in strategic.verdicts(con)
        }
        rows = con.execute(
            "select force_code, series_code, lower, upper from prof_strategic__verdicts"
        ).fetchall()
    moved = [f"{row[0]}/{row[1]}" for row in rows if fitted.get((row[0], row[1])) != (row[2], row[3])]
    return dg.MaterializeResult(metadata={"series": len(fitted), "moved": dg.MetadataValue.json(moved)})


@dg.asset(
    key=["train", "heads"], group_name="train", owners=OWNERS, kinds={"python", "lightgbm"},
    description="Every head trained on all that is known, judged against its rule, and kept in the shadow.",
)  # fmt: skip
def heads(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Train, judge and keep; a head that cannot be trained says why and is ranked by rule."""
    with night.stage("score"):
        said = retrain(night)
    night.record(retrained=said)
    return dg.MaterializeResult(metadata={"heads": dg.MetadataValue.json(said)})


@dg.asset(
    key=["train", "linkage"], group_name="train", owners=OWNERS, kinds={"python"},
    description="The linkage model trained anew on the current generation, laid aside with its charts.",
)  # fmt: skip
def linkage_model(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Train and lay aside; tonight's linkage goes on with the model that stands."""
    told = rehearse_linkage(night)
    kept = ("model", "mentions", "folder", "problem")
    return dg.MaterializeResult(metadata={name: told[name] for name in kept})

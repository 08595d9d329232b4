"""Job `retrain`: fit again what nights take as given. Today that is nothing that outlives a night.

Normal ranges are refitted every night from the warehouse by rule (profiles/scoring/xmr), so their asset refits them
from the current generation and reports by how much they would move. The linkage model is trained anew on the current
generation's mentions and laid aside: a person puts it in the place of the shipped one. Both are rehearsals, which
change no pack. Not here: models of scores (profiles/scoring).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
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
        rows = con.execute("select force_code, series_code, lower, upper from prof_vawg__verdicts").fetchall()
    moved = [f"{row[0]}/{row[1]}" for row in rows if fitted.get((row[0], row[1])) != (row[2], row[3])]
    return dg.MaterializeResult(metadata={"series": len(fitted), "moved": dg.MetadataValue.json(moved)})


@dg.asset(
    key=["train", "linkage"], group_name="train", owners=OWNERS, kinds={"python"},
    description="The linkage model trained anew on the current generation, laid aside with its charts.",
)  # fmt: skip
def linkage_model(night: dg.ResourceParam[Night]) -> dg.MaterializeResult[None]:
    """Train and lay aside; tonight's linkage goes on with the model that stands."""
    told = rehearse_linkage(night)
    return dg.MaterializeResult(
        metadata={"model": told["model"], "mentions": told["mentions"], "folder": told["folder"]}
    )

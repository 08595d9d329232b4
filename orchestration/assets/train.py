"""Job `retrain`: fit again what nights take as given. Today that is nothing that outlives a night.

Normal ranges are refitted every night from the warehouse by rule (profiles/scoring/xmr), so this asset refits them
from the current generation and reports by how much they would move: a rehearsal, which changes no pack.
Not here: a trained model (a later issue brings one, with its bundle and card).
"""

import dagster as dg

from orchestration.dbt_translator import OWNERS
from orchestration.night import Night
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

"""Train the linkage model anew from a world's current generation, and lay it aside for a person to judge.

Nights go on with the shipped model (steps/conflate). Not here: training itself (conflation/schooling).
"""

import tempfile
from pathlib import Path
from typing import Any

from conflation.schooling import train_model
from orchestration.night import Night
from orchestration.steps.identity import export_mentions
from orchestration.warehouse import Generations, reading


def rehearse_linkage(night: Night) -> dict[str, Any]:
    """Train on the mentions of the current generation; the model and its charts go to people/rehearsal.

    A world without persons has nothing to train on, and says so.
    """
    current = Generations(night.layout.generations).current()
    with reading(current) as con:
        (n_mentions,) = con.execute("select count(*) from int_mentions").fetchone() or (0,)
    if not n_mentions:
        return {"model": "none: nobody is mentioned in this world", "mentions": 0, "folder": ""}
    with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
        mentions = export_mentions(current, Path(scratch))
        return train_model(
            mentions, night.layout.people / "rehearsal", f"generation {current.stem}", Path(scratch) / "spill"
        )

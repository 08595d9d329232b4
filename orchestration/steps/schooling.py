"""Train the linkage model anew from a world's current generation, and lay it aside for a person to judge.

Nights go on with the shipped model (steps/conflate). Not here: training itself (conflation/schooling).
"""

import tempfile
from pathlib import Path
from typing import Any

from conflation.columns import LinkageError
from conflation.schooling import train_model
from orchestration.night import Night
from orchestration.steps.identity import export_mentions
from orchestration.warehouse import Generations


def rehearse_linkage(night: Night) -> dict[str, Any]:
    """Train on the mentions of the current generation; the model and its charts go to people/rehearsal.

    Where there are too few mentions to learn from, nothing is written and `problem` says so.
    """
    current = Generations(night.layout.generations).current()
    folder = night.layout.people / "rehearsal"
    with tempfile.TemporaryDirectory(prefix="linkage-") as scratch:
        try:
            mentions = export_mentions(current, Path(scratch))
            told = train_model(mentions, folder, f"generation {current.stem}", Path(scratch) / "spill")
        except LinkageError as error:
            return {"model": "", "mentions": 0, "folder": "", "problem": str(error)}
    return told | {"problem": ""}

"""Training the model that a night uses: from mentions, without truth, once in a long while.

Not here: the nights (nightly.py), what is learned and how (learn.py).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from conflation import model
from conflation.cluster import Terms
from conflation.columns import LinkageError
from conflation.comparisons import rarity_columns
from conflation.evidence import KNOWN
from conflation.learn import learn
from conflation.model_charts import write_charts
from conflation.patterns import guards_for
from conflation.sayings import MAP
from conflation.standardise import standardise
from conflation.table import read_table
from conflation.thresholds import BEAR
from conflation.workspace import columns_of, one, workspace

HOUSE_CAP = -2.0  # bits
JOIN = 3.3  # bits, ten to one; people of one name are kept apart by votes (cluster.py), not by a higher bar
WORLDS = 3.0  # breadth of the rules: a model learns from several worlds, and a night has only one to compare


def _on(caps: Mapping[str, float], columns: list[str]) -> dict[str, float]:
    """In the house every guard is on, however seldom its pattern was seen in training."""
    return {guard.name: min(caps.get(guard.name, HOUSE_CAP), HOUSE_CAP) for guard in guards_for(columns)}


def train_model(
    mentions: Path, folder: Path, trained_on: str, scratch: Path, memory: str = "4GB"
) -> dict[str, Any]:
    """Train on a Parquet file of mentions (sayings.IDENTITY) and write the model, with charts, into `folder`.

    Raises: LinkageError where the file has not the columns of mentions.
    """
    with workspace(scratch, memory=memory) as con:
        read_table(con, mentions, "mentions")
        MAP.check_against(columns_of(con, "mentions"), mentions.name)
        standardise(con, "mentions", MAP, None, "standard")
        artefacts, rules = learn(con, "standard", Terms(JOIN, BEAR), WORLDS)
        artefacts = replace(artefacts, caps=_on(artefacts.caps, columns_of(con, "nodes")))
        columns = [name for name in columns_of(con, "standard") if name not in ("record_id", "source")]
        names = {item["output_column_name"] for item in artefacts.settings["comparisons"]}
        rarities = rarity_columns([item for item in KNOWN if item.name in names])
        if not names:
            raise LinkageError(f"{mentions.name} holds nothing that could tell two people apart.")
        about = {
            "trained_on": trained_on,
            "mentions": int(one(con, "select count(*) from mentions")),
            "data_sha256": hashlib.sha256(mentions.read_bytes()).hexdigest(),
            "rules": [list(rule.keys) for rule in rules],
        }
        model_id = model.save(con, folder, artefacts, rarities, columns, about)
        write_charts(artefacts.settings, folder)
    return {"model": model_id, "folder": str(folder), **about}

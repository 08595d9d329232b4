"""Which comparisons a table can bear, and how Splink's settings say them.

Not here: the levels themselves (evidence.py), training (training.py).
"""

from collections.abc import Sequence
from typing import Any

from conflation.evidence import KNOWN, SWAPPED, other
from conflation.levels import Evidence, Level
from conflation.workspace import Connection, ask

FULLNESS = 0.01  # a column that fewer of the mentions have is not compared


def evidence_for(con: Connection, table: str, columns: Sequence[str]) -> list[Evidence]:
    """The comparisons that a standard table can bear: columns that are filled and hold more than one value."""
    others = [other(name) for name in columns if name.startswith("other_")]
    candidates = [item for item in (*KNOWN, *others) if set(item.needs) <= set(columns)]
    if not candidates:
        return []
    asked = ", ".join(
        f"count({item.needs[0]}) >= {FULLNESS} * count(*) and approx_count_distinct({item.needs[0]}) > 1"
        for item in candidates
    )
    kept = ask(con, f"select {asked} from {table}")[0]
    return [item for item, is_kept in zip(candidates, kept, strict=True) if is_kept]


def rarity_columns(evidence: Sequence[Evidence]) -> list[str]:
    """Columns whose term frequencies the levels use."""
    return list(dict.fromkeys(level.rarity for item in evidence for level in item.levels if level.rarity))


def as_splink(item: Evidence, has_both_names: bool) -> dict[str, Any]:
    """One comparison as Splink's settings say it. With both names a level for exchanged names is added."""
    silent, levels = item.silent, list(item.levels)
    if has_both_names and item.name == "surname":
        silent = f"{silent} or {SWAPPED}"  # exchanged names are counted once, under the forename
    if has_both_names and item.name == "forename":
        levels.insert(1, Level("forename and surname exchanged", SWAPPED, 0.004, 0.000001))
    said = [{"sql_condition": silent, "label_for_charts": "not known", "is_null_level": True}]
    return {"output_column_name": item.name, "comparison_levels": said + [_level(level) for level in levels]}


def _level(level: Level) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sql_condition": "ELSE" if level.sql == "else" else level.sql,
        "label_for_charts": level.words,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if level.rarity:
        said |= {
            "tf_adjustment_column": level.rarity,
            "tf_minimum_u_value": 1e-7,
            "tf_adjustment_weight": 1.0,
        }
        said["disable_tf_exact_match_detection"] = (
            True  # the level's own u is what the frequency is held against
        )
    return said

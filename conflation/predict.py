"""Scoring pairs with Splink: within a table, between new and known mentions, within components.

Every function leaves a table of pairs (id_l, id_r, weight) with id_l < id_r, and nothing else in the database. The
weight is Splink's match weight in bits. Not here: what a pair's weight may not be (guards.py).
"""

import logging
from copy import deepcopy
from typing import Any

from conflation.workspace import Connection, ask, columns_of

FLOOR = -3.0  # pairs under this weight are not kept


def score(
    con: Connection, table: str, settings: dict[str, Any], into: str, floor: float | None = FLOOR
) -> None:
    """Score the pairs that the settings' blocking rules make within `table`."""
    linker = _linker(con, table, settings)
    _keep(con, linker.inference.predict(threshold_match_weight=floor, warning_mode="never"), into)


def score_between(
    con: Connection, new: str, known: str, settings: dict[str, Any], into: str, floor: float = FLOOR
) -> None:
    """Score new mentions against known ones and against each other.

    Splink's predict_between joins frequencies itself, so they are handed over as lookups and not as columns.
    """
    from splink import DuckDBAPI

    columns = columns_of(con, new)
    rarities = [name.removeprefix("tf_") for name in columns if name.startswith("tf_")]
    kept = ", ".join(name for name in columns if not name.startswith("tf_"))
    for side, table in (("left", new), ("right", known)):
        ask(con, f"create or replace table between_{side} as select {kept} from {table}")
    api = DuckDBAPI(connection=con)
    left, right = (api.register(con.table(f"between_{side}")) for side in ("left", "right"))
    linker = _linker(con, "between_left", settings)
    for name in rarities:
        both = f"select {name}, tf_{name} from {new} union select {name}, tf_{name} from {known}"
        ask(con, f"create or replace table lookup_{name} as from ({both}) where {name} is not null")
        linker.table_management.register_term_frequency_lookup(
            api.register(con.table(f"lookup_{name}")), name
        )
    found = linker.inference.predict_between(left, right, threshold_match_weight=floor, warning_mode="never")
    _keep(con, found, f"{into}_between")
    score(con, new, settings, f"{into}_within", floor)
    ask(con, f"create or replace table {into} as from {into}_between union all from {into}_within")
    used = [
        f"{into}_between",
        f"{into}_within",
        "between_left",
        "between_right",
        *(f"lookup_{n}" for n in rarities),
    ]
    for name in used:
        ask(con, f"drop table {name}")


def score_components(con: Connection, table: str, settings: dict[str, Any], into: str) -> None:
    """Score every pair within each component of `table`, whatever its weight."""
    told = deepcopy(settings)
    told["blocking_rules_to_generate_predictions"] = ["l.component = r.component"]
    score(con, table, told, into, floor=None)


def _linker(con: Connection, table: str, settings: dict[str, Any]) -> Any:
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection=con)
    return Linker(api.register(con.table(table)), deepcopy(settings), log_level=logging.ERROR)


def _keep(con: Connection, found: Any, into: str) -> None:
    name = found.physical_name
    ask(
        con,
        f"create or replace table {into} as select least(record_id_l, record_id_r) as id_l,"
        f" greatest(record_id_l, record_id_r) as id_r, match_weight as weight from {name}",
    )
    found.drop_table_from_database_and_remove_from_cache()

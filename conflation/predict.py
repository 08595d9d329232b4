"""Scoring pairs with Splink: those of a table, those of new mentions, those that are given.

Every function leaves a table of pairs (id_l, id_r, weight) with id_l < id_r, and nothing else in the database. The
weight is Splink's match weight in bits. Not here: what a pair's weight may not be (guards.py).
"""

import logging
from copy import deepcopy
from typing import Any

from conflation.workspace import Connection, ask, one

FLOOR = -3.0  # pairs under this weight are not kept


def score(
    con: Connection, table: str, settings: dict[str, Any], into: str, floor: float | None = FLOOR
) -> None:
    """Score the pairs that the settings' blocking rules make within `table`."""
    linker = _linker(con, table, settings)
    _keep(con, linker.inference.predict(threshold_match_weight=floor, warning_mode="never"), into)


def block_new(con: Connection, new: str, nodes: str, settings: dict[str, Any], into: str) -> None:
    """Make the pairs `into` (id_l, id_r) that the settings' blocking rules make of `new` mentions and all `nodes`."""
    rules = [
        rule if isinstance(rule, str) else rule["blocking_rule"]
        for rule in settings["blocking_rules_to_generate_predictions"]
    ]
    met = " union all ".join(
        f"select l.record_id as a, r.record_id as b from {new} l join {nodes} r on {rule}" for rule in rules
    )
    pairs = f"select distinct least(a, b) as id_l, greatest(a, b) as id_r from ({met}) where a <> b"
    ask(con, f"create or replace table {into} as {pairs}")


def score_given(
    con: Connection, pairs: str, nodes: str, settings: dict[str, Any], into: str, floor: float | None
) -> None:
    """Score the pairs (id_l, id_r) of `nodes`, whatever their weight unless a floor is given."""
    if not one(con, f"select count(*) from {pairs}"):
        ask(con, f"create or replace table {into} as select id_l, id_r, 0.0::double as weight from {pairs}")
        return
    linker = _linker(con, nodes, settings)
    given = f"select '0' as match_key, id_l as join_key_l, id_r as join_key_r from {pairs}"
    ask(con, f"create or replace table given_pairs as {given}")
    told = linker._db_api.register(con.table("given_pairs"))
    linker.table_management.register_blocked_pairs_for_predict(told)
    _keep(con, linker.inference.predict(threshold_match_weight=floor, warning_mode="never"), into)
    ask(con, "drop table given_pairs")


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

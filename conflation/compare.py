"""Pairs that are given, compared: weighed by Splink, held back by guards, with their vote.

Only the mentions of these pairs are looked at, so few pairs cost little however many mentions there are. Not here:
which pairs are compared (predict.py, within.py).
"""

from conflation import frequencies, guards, predict
from conflation.artefacts import Artefacts
from conflation.workspace import Connection, ask, columns_of


def compare(
    con: Connection, pairs: str, nodes: str, artefacts: Artefacts, into: str, floor: float | None = None
) -> None:
    """Make `into` (id_l, id_r, weight, guard, vote) of the pairs (id_l, id_r) of `nodes`.

    Args:
        floor: leave out pairs that weigh less.
    """
    both = f"select id_l as record_id from {pairs} union select id_r from {pairs}"
    ask(con, f"create or replace table compared_plain as from {nodes} semi join ({both}) using (record_id)")
    frequencies.lay(con, "compared_plain", artefacts.rarities, "compared")
    predict.score_given(con, pairs, "compared", artefacts.settings, "compared_scored", floor)
    guards.apply(con, "compared_scored", "compared", columns_of(con, "compared"), artefacts.caps, into)
    for name in ("compared_plain", "compared", "compared_scored"):
        ask(con, f"drop table {name}")

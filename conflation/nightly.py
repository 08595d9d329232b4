"""Linking a night's mentions with frozen artefacts, looking only at what is new since the last night.

A mention is read by its text; what it says has a digest, and pairs of digests have weights that only the model can
change. So what is kept is valid on any night, and an increment gives what a full linkage would give. Only components
that a new or lost mention touches are clustered again. Not here: what a component's clusters are (link.py), ids of
persons (ledger.py).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conflation import generic, guards, predict
from conflation.artefacts import Artefacts
from conflation.compare import compare
from conflation.kept import may_grow, read_state, write_state
from conflation.link import Decided, cluster, spread
from conflation.model import Model
from conflation.sayings import Told, forget, forget_generic, found_generic, read, tonights_nodes
from conflation.workspace import Connection, ask, columns_of, one, text

TONIGHT = {"known_clusters": "from tonights_clusters", "known_generic": "from generic_values"}
STILL = (  # a node that is gone may come back as a new one, and is then compared again
    "select p.* from {} p semi join still_known l on l.record_id = p.id_l"
    " semi join still_known r on r.record_id = p.id_r"
)


def link_night(
    con: Connection, mentions: str, model: Model, kept: Path, decided: Sequence[Told] = ()
) -> dict[str, Any]:
    """Link the table `mentions` (mention_id and the columns of IDENTITY).

    Leaves `people` (record_id, cluster, concern; a record_id is a mention_id), `pairs`, `nodes` and `nodes_plain` of
    tonight and `copies` (record_id, node), and keeps the state in `kept`.

    Args:
        decided: (mention, mention, "must" or "never"): what people decided.
    """
    folder = kept / model.model_id
    model.lay_tables(con)
    has_state = read_state(con, folder)
    if not has_state:
        forget(con, model)
    read(con, mentions, model)
    if is_spoiled := found_generic(con, model) and has_state:
        forget_generic(con, model)  # some of what is known was read when the value still counted
        read(con, mentions, model)
    n_new = tonights_nodes(con, model, decided)
    is_gone = is_spoiled or _is_gone(con)
    _compare_new(con, model.artefacts, n_new, is_gone)
    n_touched = _cluster_touched(con, model.artefacts, decided)
    spread(con, "copies", "clusters", "people")
    if not has_state or is_gone or not may_grow(folder):
        _keep_all(con, model, folder)
    elif n_new or n_touched or one(con, "select count(*) from sayings"):
        _keep_new(con, folder)
    return {
        "mentions": int(one(con, f"select count(*) from {mentions}")),
        "nodes": int(one(con, "select count(*) from nodes_plain")),
        "new_nodes": n_new,
        "touched_nodes": n_touched,
        "people": int(one(con, "select count(distinct cluster) from people")),
        "generic_values": generic.report(con, "generic_values"),
        "model": model.model_id,
    }


def _is_gone(con: Connection) -> bool:
    """Whether anything known is said by no mention tonight."""
    nodes = "select 1 from known_clusters anti join nodes_plain using (record_id)"
    readings = "select 1 from known_readings anti join readings using (reading)"
    return bool(one(con, f"select exists ({nodes}) or exists ({readings})"))


def _compare_new(con: Connection, artefacts: Artefacts, n_new: int, is_gone: bool) -> None:
    """Make `pairs` and `inner_only` of tonight: those known between nodes that are still there, and `new_pairs`."""
    if n_new and n_new == int(one(con, "select count(*) from nodes_plain")):
        ask(con, "create or replace table laid as from nodes")
        predict.score(con, "laid", artefacts.settings, "new_scored")
        guards.apply(con, "new_scored", "laid", columns_of(con, "laid"), artefacts.caps, "new_pairs")
        ask(con, "drop table laid")
    else:
        predict.block_new(con, "new_nodes", "nodes_plain", artefacts.settings, "new_blocked")
        compare(con, "new_blocked", "nodes_plain", artefacts, "new_pairs", predict.FLOOR)
    known = "from {}"
    if is_gone:
        ask(
            con,
            "create or replace table still_known as select record_id from nodes_plain"
            " semi join known_clusters using (record_id)",
        )
        known = STILL
    ask(
        con,
        f"create or replace table pairs as {known.format('known_pairs')} union all from new_pairs",
    )
    ask(con, f"create or replace table inner_only as {known.format('known_inner_only')}")


def _cluster_touched(con: Connection, artefacts: Artefacts, decided: Sequence[Told]) -> int:
    """Cluster the components that anything new or lost touches; leaves `clusters` and `components` of all nodes."""
    told = decided_nodes(con, decided)
    named = ", ".join(text(node) for pair in (*told.must, *told.never) for node in pair) or "null"
    good = f"select id_l as a, id_r as b from new_pairs where weight >= {artefacts.terms.join}"
    ask(
        con,
        "create or replace table touched_components as select distinct component from known_clusters k where"
        " is_decided or record_id not in (select record_id from nodes_plain)"
        f" or record_id in (select a from ({good}) union select b from ({good})) or record_id in ({named})",
    )
    ask(
        con,
        "create or replace table touched as select record_id from nodes_plain left join known_clusters k"
        " using (record_id) where k.record_id is null or k.component in (select component from touched_components)",
    )
    cluster(con, "touched", "pairs", "nodes_plain", artefacts, told, "touched_clusters")
    ask(
        con,
        "create or replace table tonights_clusters as select *, component in (select component from touched_clusters"
        f" where record_id in ({named})) as is_decided from touched_clusters union all"
        " select * from known_clusters where component not in (select component from touched_components)",
    )
    ask(con, "create or replace table clusters as select record_id, cluster, concern from tonights_clusters")
    return int(one(con, "select count(*) from touched"))


def decided_nodes(con: Connection, decided: Sequence[Told]) -> Decided:
    """Decisions about mentions that are there tonight, as nodes."""
    mentions = {m for a, b, _ in decided for m in (a, b)}
    listed = ", ".join(text(name) for name in sorted(mentions)) or "null"
    node = dict(ask(con, f"select record_id, node from copies where record_id in ({listed})"))
    pairs = {
        kind: tuple((node[a], node[b]) for a, b, said in decided if said == kind and a in node and b in node)
        for kind in ("must", "never")
    }
    return Decided(pairs["must"], pairs["never"])


def _keep_all(con: Connection, model: Model, folder: Path) -> None:
    """Keep all of tonight, and nothing that no mention says any more."""
    columns = ", ".join(model.columns)
    write_state(
        con,
        folder,
        {
            "known_nodes": f"select record_id, {columns} from (from known_nodes union all from new_sayings)"
            " where record_id in (select said from copies)",
            "known_readings": "select * from all_readings semi join readings using (reading)",
            "known_pairs": "from pairs",
            "known_inner_only": "from inner_only",
            **TONIGHT,
        },
    )


def _keep_new(con: Connection, folder: Path) -> None:
    """Keep what tonight adds to a state of which nothing is gone."""
    write_state(
        con,
        folder,
        {
            "known_nodes": "from new_sayings",
            "known_readings": "select record_id as reading, said from sayings",
            "known_pairs": "from new_pairs",
            "known_inner_only": "from inner_only anti join known_inner_only using (id_l, id_r)",
            **TONIGHT,
        },
        is_added=True,
    )

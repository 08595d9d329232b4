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
from conflation.kept import read_state, write_state
from conflation.link import Artefacts, Decided, cluster, spread
from conflation.model import Model
from conflation.sayings import Told, forget, found_generic, read, tonights_nodes
from conflation.workspace import Connection, ask, columns_of, one, text


def link_night(
    con: Connection, mentions: str, model: Model, kept: Path, decided: Sequence[Told] = ()
) -> dict[str, Any]:
    """Link the table `mentions` (mention_id and the columns of IDENTITY).

    Leaves `people` (record_id, cluster, concern; a record_id is a mention_id), `pairs` and `nodes` of tonight and
    `copies` (record_id, node), and keeps the state in `kept`.

    Args:
        decided: (mention, mention, "must" or "never"): what people decided.
    """
    folder = kept / model.model_id
    model.lay_tables(con)
    has_state = read_state(con, folder)
    if not has_state:
        forget(con, model)
    read(con, mentions, model)
    if found_generic(con, model) and has_state:
        forget(con, model)  # what is known was read when the value still counted
        read(con, mentions, model)
        found_generic(con, model)
    n_new = tonights_nodes(con, model, decided)
    _score_new(con, model)
    n_touched = _cluster_touched(con, model.artefacts, decided)
    spread(con, "copies", "people")
    _keep(con, folder)
    return {
        "mentions": int(one(con, f"select count(*) from {mentions}")),
        "nodes": int(one(con, "select count(*) from nodes")),
        "new_nodes": n_new,
        "touched_nodes": n_touched,
        "people": int(one(con, "select count(distinct cluster) from people")),
        "generic_values": generic.report(con, "generic_values"),
        "model": model.model_id,
    }


def _score_new(con: Connection, model: Model) -> None:
    """Make `pairs` of tonight: those known between nodes that are still there, and those of new nodes, guarded."""
    settings, columns = model.artefacts.settings, columns_of(con, "nodes")
    ask(
        con,
        "create or replace table still_known as select * from nodes semi join known_clusters using (record_id)",
    )
    if not one(con, "select count(*) from new_nodes"):
        ask(
            con,
            "create or replace table new_scored as select '' as id_l, '' as id_r, 0.0 as weight where false",
        )
    elif not one(con, "select count(*) from still_known"):
        predict.score(con, "new_nodes", settings, "new_scored")
    else:
        predict.score_between(con, "new_nodes", "still_known", settings, "new_scored")
    guards.apply(con, "new_scored", "nodes", columns, model.artefacts.caps, "new_pairs")
    ask(
        con,
        "create or replace table pairs as select p.* from known_pairs p semi join nodes l on l.record_id = p.id_l"
        " semi join nodes r on r.record_id = p.id_r union all from new_pairs",
    )


def _cluster_touched(con: Connection, artefacts: Artefacts, decided: Sequence[Told]) -> int:
    """Cluster the components that anything new or lost touches; leaves `clusters` and `components` of all nodes."""
    told = decided_nodes(con, decided)
    named = ", ".join(text(node) for pair in (*told.must, *told.never) for node in pair) or "null"
    good = f"select id_l as a, id_r as b from new_pairs where weight >= {artefacts.terms.join}"
    ask(
        con,
        "create or replace table touched_components as select distinct component from known_clusters k where"
        " is_decided or record_id not in (select record_id from nodes)"
        f" or record_id in (select a from ({good}) union select b from ({good})) or record_id in ({named})",
    )
    ask(
        con,
        "create or replace table touched as select n.* from nodes n left join known_clusters k using (record_id)"
        " where k.record_id is null or k.component in (select component from touched_components)",
    )
    ask(
        con,
        "create or replace table touched_pairs as select p.* from pairs p semi join touched l on l.record_id = p.id_l"
        " semi join touched r on r.record_id = p.id_r",
    )
    cluster(con, "touched", "touched_pairs", artefacts, told)
    ask(
        con,
        "create or replace table tonights_clusters as select c.record_id, m.component, c.cluster, c.concern,"
        f" m.component in (select component from components where record_id in ({named})) as is_decided"
        " from clusters c join components m using (record_id) union all"
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


def _keep(con: Connection, folder: Path) -> None:
    columns = ", ".join(columns_of(con, "said_by")[1:])
    ask(
        con,
        f"create or replace table known_nodes as select said as record_id, {columns} from said_by"
        " semi join copies using (said) qualify row_number() over (partition by said) = 1",
    )
    ask(
        con,
        "create or replace table known_readings as select * from all_readings semi join readings using (reading)",
    )
    ask(con, "create or replace table known_pairs as from pairs")
    ask(con, "create or replace table known_clusters as from tonights_clusters")
    ask(con, "create or replace table known_generic as from generic_values")
    write_state(con, folder)

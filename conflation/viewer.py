"""Who is who as one force may see it: what that force may not see neither joins nor parts anybody there.

Pairs are scored once, over everything. Where a hidden mention lies in a component, that component is clustered again
without it; everything else is the shared result. So a record that a force may not see cannot move its persons. Not
here: who may see what (governance/sharing.py).
"""

import hashlib
from collections.abc import Sequence

from conflation.link import Artefacts, Decided, cluster, spread
from conflation.workspace import Connection, ask, one


def people_for_viewer(
    con: Connection, viewer: str, hidden: str, artefacts: Artefacts, decided: Decided
) -> int:
    """Make `viewer_people` (record_id, person_id): the mentions of touched components that the viewer may see.

    Reads what link_night and record_night left: copies, nodes, pairs, tonights_clusters, person_ids. Mentions that are
    not in `viewer_people` and not hidden are whom the shared result says. Gives how many mentions stand in it.

    Args:
        hidden: a table of record_ids that the viewer may not see.
    """
    ask(
        con,
        "create or replace table viewer_components as select distinct k.component from copies c"
        f" semi join {hidden} h on h.record_id = c.record_id join tonights_clusters k on k.record_id = c.node",
    )
    ask(
        con,
        "create or replace table viewer_copies as with seen as (select c.record_id, c.first_node, row_number() over"
        " (partition by c.first_node order by c.record_id) as copy from copies c join tonights_clusters k"
        f" on k.record_id = c.node semi join viewer_components v using (component) anti join {hidden} h"
        " on h.record_id = c.record_id)"
        " select record_id, first_node || case when copy = 2 then '+' else '' end as node, first_node, copy from seen",
    )
    ask(
        con,
        "create or replace table viewer_nodes as select * from nodes where record_id in"
        " (select node from viewer_copies where copy <= 2)",
    )
    ask(
        con,
        "create or replace table viewer_pairs as select p.* from pairs p"
        " semi join viewer_nodes l on l.record_id = p.id_l"
        " semi join viewer_nodes r on r.record_id = p.id_r",
    )
    shared = _kept(con)
    cluster(con, "viewer_nodes", "viewer_pairs", artefacts, decided)
    spread(con, "viewer_copies", "viewer_clusters")
    _restore(con, shared)
    _name(con, viewer)
    return int(one(con, "select count(*) from viewer_people"))


def _kept(con: Connection) -> Sequence[str]:
    """Set aside the shared tables that clustering writes."""
    names = ("clusters", "components", "inner_pairs")
    for name in names:
        ask(con, f"create or replace table shared_{name} as from {name}")
    return names


def _restore(con: Connection, names: Sequence[str]) -> None:
    for name in names:
        ask(con, f"create or replace table {name} as from shared_{name}")
        ask(con, f"drop table shared_{name}")


def _name(con: Connection, viewer: str) -> None:
    """Ids of the viewer's persons, made of the viewer and the first mention seen: they tell of nothing hidden."""
    firsts = ask(con, "select cluster, min(record_id) from viewer_clusters group by cluster order by cluster")
    named = [(cluster_id, viewer_id(viewer, first)) for cluster_id, first in firsts]
    ask(con, "create or replace table viewer_names (cluster varchar, person_id varchar)")
    if named:
        con.executemany("insert into viewer_names values (?, ?)", named)
    ask(
        con,
        "create or replace table viewer_people as select record_id, person_id from viewer_clusters"
        " join viewer_names using (cluster) order by record_id",
    )


def viewer_id(viewer: str, first: str) -> str:
    """A person's id in one force's view."""
    return "V" + hashlib.sha256(f"{viewer}|{first}".encode()).hexdigest()[:12]

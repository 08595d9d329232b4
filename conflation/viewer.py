"""Who is who as one force may see it: what that force may not see neither joins nor parts anybody there.

Pairs are scored once, over everything. Where a hidden mention lies in a component, that component is clustered again
without it; everything else is the shared result. So a record that a force may not see cannot move its persons. Not
here: who may see what (governance/sharing.py).
"""

from conflation.artefacts import Artefacts
from conflation.link import Decided, cluster, spread
from conflation.workspace import Connection, ask, one, text


def people_for_viewer(
    con: Connection, viewer: str, hidden: str, artefacts: Artefacts, decided: Decided
) -> int:
    """Make `viewer_people` (record_id, person_id): the mentions of touched components that the viewer may see.

    Reads what link_night left: copies, nodes_plain, pairs, inner_only, tonights_clusters. Mentions that are
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
        "create or replace table viewer_nodes as select node as record_id from viewer_copies where copy <= 2",
    )
    cluster(con, "viewer_nodes", "pairs", "nodes_plain", artefacts, decided, "viewer_clusters")
    spread(con, "viewer_copies", "viewer_clusters", "viewer_spread")
    named = f"'V' || left(sha256({text(viewer + '|')} || min(record_id)), 12)"  # tells of nothing hidden
    ask(
        con,
        f"create or replace table viewer_people as select record_id, person_id from viewer_spread join"
        f" (select cluster, {named} as person_id from viewer_spread group by cluster) using (cluster)",
    )
    return int(one(con, "select count(*) from viewer_people"))

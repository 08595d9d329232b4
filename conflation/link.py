"""A whole linkage with frozen artefacts: mentions → distinct mentions → pairs → components → clusters.

Mentions that say the same are collapsed first: the first two copies are compared like any other pair, and the rest
follow them. Everything after blocking happens inside components, so that a night need look at touched components
only (nightly.py). Not here: training (training.py), what happens inside a component (components.py, within.py,
settle.py), the people's ids (ledger.py).
"""

from dataclasses import dataclass

import pyarrow as pa

from conflation.artefacts import Artefacts
from conflation.components import components
from conflation.graph import read_graph
from conflation.settle import settle
from conflation.standardise import evidence_columns
from conflation.within import all_pairs, complete, start_inner_only
from conflation.workspace import Connection, ask, write_table


@dataclass(frozen=True)
class Decided:
    """Pairs of nodes that people have joined or kept apart."""

    must: tuple[tuple[str, str], ...] = ()
    never: tuple[tuple[str, str], ...] = ()


NOTHING = Decided()


def collapse(con: Connection, table: str, into: str, singled: str | None = None) -> None:
    """Make `into`: one row for each different mention of `table`, and one more for its second copy.

    Its record_id is the digest of what the mention says, so that a pair of them means the same on any night. Also makes
    {into}_copies: record_id, node (the row that stands for it), first_node (that of the first copy), copy (1 …).

    Args:
        singled: a table of record_ids that a person has decided about; each stands for itself.
    """
    said = ", ".join(f"coalesce({name}, chr(1))" for name in evidence_columns(con, table))
    alone = f"record_id in (select record_id from {singled})" if singled else "false"
    content = f"md5(concat_ws(chr(2), {said})) || case when {alone} then '@' || record_id else '' end"
    ask(
        con,
        f"create or replace table {into}_copies as with numbered as (select record_id, content as first_node,"
        " row_number() over (partition by content order by record_id) as copy"
        f" from (select record_id, {content} as content from {table}))"
        " select record_id, first_node || case when copy = 2 then '+' else '' end as node, first_node, copy"
        " from numbered",
    )
    ask(
        con,
        f"create or replace table {into} as select t.* replace (c.node as record_id) from {table} t"
        f" join {into}_copies c using (record_id) where c.copy <= 2",
    )


def cluster(
    con: Connection,
    nodes: str,
    pairs: str,
    evidence: str,
    artefacts: Artefacts,
    decided: Decided = NOTHING,
    into: str = "clusters",
) -> None:
    """Make the table `into` of `nodes` from their pairs: record_id, component, cluster (its first mention), concern.

    Pairs of a component that `pairs` lacks are scored; they join `inner_only`.

    Args:
        evidence: the table that says what each mention says.
    """
    start_inner_only(con)
    graph = read_graph(con, nodes, all_pairs(pairs))
    must, never = (graph.numbers(listed) for listed in (decided.must, decided.never))
    first = components(graph, artefacts.terms.join, must)
    graph = complete(con, graph, first, evidence, artefacts)
    found = settle(graph, first, artefacts.terms, must, never)
    columns = {
        "record_id": graph.ids,
        "component": graph.named(first),
        "cluster": graph.named(found.cluster),
        "concern": pa.array([found.concerns.get(i) for i in range(graph.size)], pa.string()),
    }
    write_table(con, into, columns)


def spread(con: Connection, copies: str, clusters: str, into: str) -> None:
    """Make `into` (record_id, cluster, concern) for every mention: copies follow the mention that stands for them.

    Where the first two copies were not joined, what they say is too little to join anyone: every copy stays alone.
    """
    ask(
        con,
        f"create or replace table {into} as with second as (select s.first_node, k.cluster from {copies} s"
        f" join {clusters} k on k.record_id = s.node where s.copy = 2)"
        " select c.record_id, case when c.copy > 2 and second.cluster is distinct from k.cluster then c.record_id"
        f" else k.cluster end as cluster, k.concern from {copies} c join {clusters} k on k.record_id = c.node"
        " left join second on second.first_node = c.first_node",
    )

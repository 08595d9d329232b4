"""A whole linkage with frozen artefacts: mentions → distinct mentions → pairs → components → clusters.

Mentions that say the same are collapsed first: the first two copies are compared like any other pair, and the rest
follow them. Everything after blocking happens inside components, so that a night need look at touched components
only (increment.py). Not here: training (training.py), the people's ids (ledger.py).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from conflation import guards, predict
from conflation.cluster import Terms, cluster_component
from conflation.standardise import evidence_columns
from conflation.workspace import Connection, ask, columns_of, one, text

LARGEST = 1_000  # distinct mentions of a component whose pairs are all compared; larger ones are cut at better pairs
STEP = 4.0  # bits


@dataclass(frozen=True)
class Artefacts:
    """What a linkage is done with, frozen: Splink's settings, the caps of the guards, the terms of joining."""

    settings: dict[str, Any]
    caps: Mapping[str, float]
    terms: Terms


@dataclass(frozen=True)
class Decided:
    """Pairs of nodes that people have joined or kept apart."""

    must: tuple[tuple[str, str], ...] = ()
    never: tuple[tuple[str, str], ...] = ()

    def within(self, place: Mapping[str, int]) -> dict[str, list[tuple[int, int]]]:
        """Both lists as places in a component, for those wholly inside it."""
        return {
            name: [(place[a], place[b]) for a, b in pairs if a in place and b in place]
            for name, pairs in (("must", self.must), ("never", self.never))
        }


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


def link(con: Connection, nodes: str, artefacts: Artefacts) -> None:
    """Make the tables `pairs` (id_l, id_r, weight, guard) and `clusters` (record_id, cluster, concern) of `nodes`."""
    predict.score(con, nodes, artefacts.settings, "scored")
    columns = columns_of(con, nodes)
    guards.apply(con, "scored", nodes, columns, artefacts.caps, "pairs")
    ask(con, "drop table scored")
    cluster(con, nodes, "pairs", artefacts)


def cluster(
    con: Connection,
    nodes: str,
    pairs: str,
    artefacts: Artefacts,
    decided: Decided = NOTHING,
    has_inner: bool = False,
) -> None:
    """Make the table `clusters` of `nodes` from their pairs: record_id, cluster (its first mention), concern.

    Also makes `components` and `inner_pairs`, every pair within a component; `has_inner` says that they stand already,
    from a looser linkage of the same mentions.
    """
    mark_components(con, nodes, pairs, artefacts.terms.join, "components", decided)
    if not has_inner:
        compare_within(con, nodes, artefacts)
    _settle(con, artefacts.terms, decided)


def compare_within(con: Connection, nodes: str, artefacts: Artefacts) -> None:
    """Make `inner_pairs`: every pair within a component of more than two."""
    ask(
        con,
        f"create or replace table crowded as select n.*, c.component from {nodes} n join components c using (record_id)"
        " where c.component in (select component from components group by component having count(*) > 2)",
    )
    if one(con, "select count(*) from crowded"):
        predict.score_components(con, "crowded", artefacts.settings, "inner_scored")
    else:
        ask(
            con,
            "create or replace table inner_scored as select '' as id_l, '' as id_r, 0.0 as weight where false",
        )
    guards.apply(con, "inner_scored", nodes, columns_of(con, nodes), artefacts.caps, "inner_pairs")
    for name in ("inner_scored", "crowded"):
        ask(con, f"drop table {name}")


def mark_components(
    con: Connection, nodes: str, pairs: str, join: float, into: str, decided: Decided = NOTHING
) -> None:
    """Make `into` (record_id, component): mentions that good pairs connect; the component is its first mention.

    A component too large to compare within is cut at ever better pairs.
    """
    ids = [row[0] for row in ask(con, f"select record_id from {nodes} order by record_id")]
    place = {record_id: i for i, record_id in enumerate(ids)}
    edges = ask(con, f"select id_l, id_r, weight from {pairs} where weight >= {join}")
    edges += [(a, b, math.inf) for a, b in decided.must if a in place and b in place]
    left = np.fromiter((place[edge[0]] for edge in edges), dtype=np.int64, count=len(edges))
    right = np.fromiter((place[edge[1]] for edge in edges), dtype=np.int64, count=len(edges))
    weights = np.fromiter((edge[2] for edge in edges), dtype=np.float64, count=len(edges))
    labels = _labels(len(ids), left, right)
    least = join
    while len(ids) and (sizes := np.bincount(labels)).max() > LARGEST:
        least += STEP
        kept = ~((sizes[labels] > LARGEST)[left] & (weights < least))
        left, right, weights = left[kept], right[kept], weights[kept]
        labels = _labels(len(ids), left, right)
    first = np.full(labels.max() + 1 if len(ids) else 0, len(ids), dtype=np.int64)
    np.minimum.at(first, labels, np.arange(len(ids)))
    named = [ids[first[label]] for label in labels.tolist()]
    con.register(
        "marked",
        pa.table({"record_id": pa.array(ids, pa.string()), "component": pa.array(named, pa.string())}),
    )
    ask(con, f"create or replace table {into} as from marked")
    con.unregister("marked")


def _labels(n: int, left: Any, right: Any) -> Any:
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n, n))
    return connected_components(graph, directed=False)[1]


def _settle(con: Connection, terms: Terms, decided: Decided) -> None:
    """Make `clusters`. A component whose pairs all bear it is one person; the others are clustered one by one."""
    within = (
        "inner_pairs p join components l on l.record_id = p.id_l join components r on r.record_id = p.id_r"
    )
    ask(
        con,
        f"create or replace table disputed as select l.component from {within} where l.component = r.component"
        f" group by l.component having min(p.weight) < {terms.bear} or min(p.vote) < 0 union"
        f" select component from components where record_id in ({_listed(decided)})",
    )
    members = ask(
        con,
        "select component, list(record_id order by record_id) from components semi join disputed using (component)"
        " group by component order by component",
    )
    pairs: dict[str, list[tuple[str, str, float, int]]] = {component: [] for component, _ in members}
    for component, *pair in ask(
        con,
        f"select l.component, p.id_l, p.id_r, p.weight, p.vote from {within} semi join disputed d"
        " on d.component = l.component where l.component = r.component",
    ):
        pairs[component].append(tuple(pair))
    answers = [
        answer for component, ids in members for answer in _clusters_of(ids, pairs[component], terms, decided)
    ]
    columns = list(zip(*answers, strict=True)) if answers else [(), (), ()]
    names = ("record_id", "cluster", "concern")
    con.register("told", pa.table({n: pa.array(v, pa.string()) for n, v in zip(names, columns, strict=True)}))
    ask(
        con,
        "create or replace table clusters as from told union all"
        " select record_id, component, null from components anti join disputed using (component)",
    )
    con.unregister("told")


def _listed(decided: Decided) -> str:
    names = sorted({name for pair in (*decided.must, *decided.never) for name in pair})
    return ", ".join(text(name) for name in names) or "null"


def _clusters_of(
    ids: list[str], pairs: list[tuple[str, str, float, int]], terms: Terms, decided: Decided
) -> list[tuple[str, str, str | None]]:
    place = {record_id: i for i, record_id in enumerate(ids)}
    left, right = [place[pair[0]] for pair in pairs], [place[pair[1]] for pair in pairs]
    weights, votes = [pair[2] for pair in pairs], [pair[3] for pair in pairs]
    found = cluster_component(len(ids), left, right, weights, terms, votes=votes, **decided.within(place))
    return [
        (ids[i], ids[group[0]], found.concerns.get(number))
        for number, group in enumerate(found.groups)
        for i in group
    ]


def spread(con: Connection, copies: str, into: str) -> None:
    """Make `into` (record_id, cluster, concern) for every mention: copies follow the mention that stands for them.

    Where the first two copies were not joined, what they say is too little to join anyone: every copy stays alone.
    """
    ask(
        con,
        f"create or replace table {into} as with second as (select s.first_node, k.cluster from {copies} s"
        " join clusters k on k.record_id = s.node where s.copy = 2)"
        " select c.record_id, case when c.copy > 2 and second.cluster is distinct from k.cluster then c.record_id"
        f" else k.cluster end as cluster, k.concern from {copies} c join clusters k on k.record_id = c.node"
        " left join second on second.first_node = c.first_node",
    )

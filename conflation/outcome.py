"""What a night's linkage hands back: Parquet tables of mentions, persons, keys and links, in a fixed order of rows.

Not here: linking (nightly.py, exact.py), what is made of these tables (dbt_project/models/marts/core).
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from conflation.workspace import Connection, ask, columns_of, one, text

TABLES: dict[str, dict[str, str]] = {
    "people": {"mention_id": "VARCHAR", "person_id": "VARCHAR", "concern": "VARCHAR"},
    "standard": {
        **{
            "mention_id": "VARCHAR",
            "forename": "VARCHAR",
            "middle": "VARCHAR",
            "surname": "VARCHAR",
            "dob": "VARCHAR",
        },
        **{"sex": "VARCHAR", "pnc_id": "VARCHAR", "cro": "VARCHAR"},
    },
    "keys": {"mention_id": "VARCHAR", "kind": "VARCHAR", "said": "VARCHAR"},
    "states": {
        **{"person_id": "VARCHAR", "state": "VARCHAR", "reason": "VARCHAR"},
        **{"n_said": "BIGINT", "weakest_bits": "DOUBLE"},
    },
    "links": {"person_id": "VARCHAR", "mention_a_id": "VARCHAR", "mention_b_id": "VARCHAR", "bits": "DOUBLE"},
    "generic_values": {
        "column_name": "VARCHAR",
        "value": "VARCHAR",
        "n_mentions": "BIGINT",
        "n_people": "BIGINT",
    },
    "views": {"viewer_force": "VARCHAR", "mention_id": "VARCHAR", "person_id": "VARCHAR"},
    "audiences": {
        **{"viewer_force": "VARCHAR", "owner_force": "VARCHAR", "feed": "VARCHAR"},
        **{"handling": "VARCHAR", "sensitivity": "VARCHAR"},
    },
    "events": {"kind": "VARCHAR", "person_id": "VARCHAR", "other_id": "VARCHAR", "cause": "VARCHAR"},
}
KEYS = ("phone", "email", "address", "postcode")
MOST_BITS = 200.0


def write_outcome(con: Connection, events: Path, folder: Path, overridden: list[str]) -> None:
    """Write every table of TABLES into `folder`. Reads people, person_ids, pairs, copies, nodes_plain,
    views and audiences (which kinds of record each force may see).

    Args:
        overridden: mentions that people decided about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    said = set(columns_of(con, "nodes_plain"))
    ask(
        con,
        "create or replace table of_node as select min(record_id) as mention_id, node, min(person_id) as person_id"
        " from copies join person_ids using (record_id) group by node",
    )
    _trees(con)
    listed = ", ".join(text(mention) for mention in overridden) or "null"
    cells = ", ".join(
        f"n.{name}" if name in said else f"null::varchar as {name}"
        for name in TABLES["standard"]
        if name != "mention_id"
    )
    keys = " union all ".join(
        f"select c.record_id as mention_id, '{kind}' as kind, n.{kind} as said from copies c"
        f" join nodes_plain n on n.record_id = c.node where n.{kind} is not null"
        for kind in KEYS
        if kind in said
    )
    told = {
        "people": "select record_id as mention_id, person_id, concern from people join person_ids using (record_id)",
        "standard": f"select c.record_id as mention_id, {cells} from copies c"
        " join nodes_plain n on n.record_id = c.node",
        "keys": keys,
        "states": _states(listed),
        "links": "from trees",
        "generic_values": "select column_name, value, n_mentions, n_people from generic_values",
        "views": "from views",
        "audiences": "from audiences",
        "events": f"select kind, person_id, other_id, cause from read_parquet({text(str(events))})",
    }
    for name, sql in told.items():
        cells = ", ".join(f"{column}::{kind} as {column}" for column, kind in TABLES[name].items())
        path = text(str(folder / f"{name}.parquet"))
        ask(
            con,
            f"copy (select {cells} from ({sql}) order by all) to {path} (format parquet, compression zstd)",
        )


def _states(overridden: str) -> str:
    """Whether each person is settled, needs attention (and why) or was overridden."""
    return (
        "select i.person_id, case when bool_or(i.record_id in (" + overridden + ")) then 'overridden'"
        " when max(p.concern) is not null or count(distinct n.pnc_id) > 1 then 'needs attention'"
        " else 'settled' end as state,"
        " coalesce(max(p.concern), case when count(distinct n.pnc_id) > 1 then 'more than one PNC ID' end) as reason,"
        " count(distinct c.node) as n_said, min(t.weakest) as weakest_bits from person_ids i"
        " join people p using (record_id) join copies c using (record_id) join nodes_plain n on n.record_id = c.node"
        " left join (select person_id, min(bits) as weakest from trees group by person_id) t using (person_id)"
        " group by i.person_id"
    )


def _trees(con: Connection) -> None:
    """Make `trees`: for each person the pairs that hold it together best (a spanning tree), with their bits."""
    edges = ask(
        con,
        "select a.mention_id, b.mention_id, a.person_id, p.weight from pairs p join of_node a on a.node = p.id_l"
        " join of_node b on b.node = p.id_r where a.person_id = b.person_id order by a.mention_id, b.mention_id",
    )
    names = sorted({name for edge in edges for name in edge[:2]})
    place = {name: i for i, name in enumerate(names)}
    left = np.fromiter((place[e[0]] for e in edges), dtype=np.int64, count=len(edges))
    right = np.fromiter((place[e[1]] for e in edges), dtype=np.int64, count=len(edges))
    bits = np.fromiter((e[3] for e in edges), dtype=np.float64, count=len(edges))
    graph = coo_array(
        (MOST_BITS - np.clip(bits, -MOST_BITS + 1, MOST_BITS - 1), (left, right)), shape=(len(names),) * 2
    )
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    person = {edge[0]: edge[2] for edge in edges}
    rows = [
        (person[names[i]], names[i], names[j], round(MOST_BITS - cost, 4))
        for i, j, cost in zip(tree.row.tolist(), tree.col.tolist(), tree.data.tolist(), strict=True)
    ]
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    kinds = (pa.string(), pa.string(), pa.string(), pa.float64())
    table = {
        name: pa.array(values, kind)
        for name, values, kind in zip(TABLES["links"], columns, kinds, strict=True)
    }
    con.register("tree_rows", pa.table(table))
    ask(con, "create or replace table trees as from tree_rows")
    con.unregister("tree_rows")


def settled_counts(con: Connection, folder: Path) -> dict[str, int]:
    """Persons by state."""
    path = text(str(folder / "states.parquet"))
    counts = ask(con, f"select state, count(*) from read_parquet({path}) group by state order by state")
    return {str(state): int(n) for state, n in counts} | {
        "people": int(one(con, f"select count(*) from read_parquet({path})"))
    }

"""What a night's linkage hands back: Parquet tables of mentions, persons, keys and links, in a fixed order of rows.

Not here: linking (nightly.py, exact.py), what is made of these tables (dbt_project/models/marts/core).
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from conflation.workspace import Connection, ask, columns_of, one, text, write_table

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
    ask(
        con,
        "create or replace table placed as select *, row_number() over (order by mention_id) - 1 as place from of_node",
    )
    edges = con.execute(
        "select a.place as a, b.place as b, weight from pairs p join placed a on a.node = p.id_l"
        " join placed b on b.node = p.id_r where a.person_id = b.person_id"
    ).fetchnumpy()
    left, right, bits = (np.asarray(edges[name]) for name in ("a", "b", "weight"))
    order = np.lexsort((right, left))
    costs = MOST_BITS - np.clip(bits[order], -MOST_BITS + 1, MOST_BITS - 1)
    size = int(one(con, "select count(*) from of_node"))
    graph = coo_array((costs, (left[order], right[order])), shape=(size, size))
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    write_table(
        con,
        "tree_edges",
        {
            "a": pa.array(tree.row),
            "b": pa.array(tree.col),
            "bits": pa.array(np.round(MOST_BITS - tree.data, 4)),
        },
    )
    ask(
        con,
        "create or replace table trees as select a.person_id, a.mention_id as mention_a_id,"
        " b.mention_id as mention_b_id, bits from tree_edges e join placed a on a.place = e.a"
        " join placed b on b.place = e.b",
    )


def settled_counts(con: Connection, folder: Path) -> dict[str, int]:
    """Persons by state."""
    path = text(str(folder / "states.parquet"))
    counts = ask(con, f"select state, count(*) from read_parquet({path}) group by state order by state")
    return {str(state): int(n) for state, n in counts} | {
        "people": int(one(con, f"select count(*) from read_parquet({path})"))
    }

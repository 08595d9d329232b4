"""Linkage without a model: mentions that share a verified identifier, and no others.

It leaves the same tables as a night with a model (nightly.py), so that whatever comes after need not know. Not here:
anything probabilistic.
"""

from typing import Any

import pyarrow as pa

from conflation import generic
from conflation.components import components
from conflation.graph import read_graph
from conflation.sayings import MAP
from conflation.standardise import standardise
from conflation.within import ANY_PAIR
from conflation.workspace import Connection, ask, one, write_table

VERIFIED = ("pnc_id", "cro")


def link_exact(con: Connection, mentions: str) -> dict[str, Any]:
    """Link the table `mentions`; leaves `people`, `pairs`, `nodes_plain` and `copies` as link_night does."""
    standardise(con, mentions, MAP, None, "standard_all")
    generic.find(con, "standard_all", "generic_values")
    generic.strike(con, "standard_all", "generic_values", "nodes_plain")
    ask(con, "create or replace table copies as select record_id, record_id as node from nodes_plain")
    same = [
        f"select first_value(record_id) over (partition by {name} order by record_id) as id_l, record_id as id_r,"
        f" 40.0::double as weight, null::varchar as guard, 1::tinyint as vote from nodes_plain where {name} is not null"
        for name in VERIFIED
    ]
    ask(
        con,
        f"create or replace table pairs as select distinct * from ({' union all '.join(same)}) where id_l <> id_r",
    )
    graph = read_graph(con, "nodes_plain", ANY_PAIR.format("true", "pairs"))
    columns = {"record_id": graph.ids, "cluster": graph.named(components(graph, 0.0))}
    write_table(con, "people", columns | {"concern": pa.nulls(graph.size, pa.string())})
    return {
        "mentions": int(one(con, f"select count(*) from {mentions}")),
        "people": int(one(con, "select count(distinct cluster) from people")),
        "generic_values": generic.report(con, "generic_values"),
        "model": "",
    }

"""Every pair within a component: most stand already, because blocking made them; what is missing is scored here.

What blocking did not make (or found too weak to keep) says how two groups of a component fit, but is no edge, on this
night or another: it stands apart from `pairs`, in `inner_only`. So an increment knows the edges that a full linkage
knows, and no others. Not here: scoring (compare.py), what follows from the pairs (settle.py).
"""

from dataclasses import replace

import numpy as np

from conflation.artefacts import Artefacts
from conflation.compare import compare
from conflation.components import is_inner
from conflation.graph import Graph, Ints, read_pairs
from conflation.workspace import Connection, ask, write_table

INNER_ONLY = {"id_l": "varchar", "id_r": "varchar", "weight": "double", "guard": "varchar", "vote": "tinyint"}
ANY_PAIR = "select id_l, id_r, weight, vote, {} as is_blocked from {}"


def start_inner_only(con: Connection) -> None:
    """Make `inner_only` if it does not stand yet."""
    columns = ", ".join(f"{name} {kind}" for name, kind in INNER_ONLY.items())
    ask(con, f"create table if not exists inner_only ({columns})")


def all_pairs(pairs: str) -> str:
    """SQL of every pair that stands, edges and others."""
    return f"{ANY_PAIR.format('true', pairs)} union all {ANY_PAIR.format('false', 'inner_only')}"


def complete(con: Connection, graph: Graph, first: Ints, evidence: str, artefacts: Artefacts) -> Graph:
    """The graph with every pair within its components; those that were missing join `inner_only`.

    Args:
        first: of each mention the first of its component.
        evidence: the table that says what each mention says.
    """
    left, right = _missing(graph, first)
    if not len(left):
        return graph
    write_table(con, "missing", {"id_l": graph.named(left), "id_r": graph.named(right)})
    compare(con, "missing", evidence, artefacts, "found_within")
    ask(con, f"insert into inner_only select {', '.join(INNER_ONLY)} from found_within")
    found = read_pairs(con, ANY_PAIR.format("false", "found_within"))
    for name in ("missing", "found_within"):
        ask(con, f"drop table {name}")
    names = ("left", "right", "weight", "vote", "is_blocked")
    whole = {
        name: np.concatenate([getattr(graph, name), more]) for name, more in zip(names, found, strict=True)
    }
    return replace(graph, **whole)


def _missing(graph: Graph, first: Ints) -> tuple[Ints, Ints]:
    """Pairs of mentions of one component of more than two that do not stand."""
    inner = is_inner(graph, first)
    sizes = np.bincount(first, minlength=graph.size)
    standing = np.bincount(first[graph.left[inner]], minlength=graph.size)
    lacking = (sizes > 2) & (standing < sizes * (sizes - 1) // 2)
    of = np.flatnonzero(lacking[first])
    of = of[np.argsort(first[of], kind="stable")]
    found: list[tuple[Ints, Ints]] = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for members in np.split(of, np.flatnonzero(np.diff(first[of])) + 1) if len(of) else ():
        a, b = np.triu_indices(len(members), 1)
        found.append((members[a], members[b]))
    left, right = (np.concatenate([pair[side] for pair in found]) for side in (0, 1))
    known = inner & lacking[first[graph.left]]
    standing_keys = graph.left[known] * graph.size + graph.right[known]
    is_new = ~np.isin(left * graph.size + right, standing_keys)
    return left[is_new], right[is_new]

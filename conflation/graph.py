"""Mentions by number and the pairs between them: what components and clusters are found in.

Numbers follow the order of the mentions' ids, so that "the first" means the same by number and by id. Not here: which
mentions belong together (components.py, settle.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from conflation.workspace import Connection, ask

Ints = NDArray[np.int64]
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Graph:
    """Mentions 0 … n-1, and of each pair its two mentions, weight, vote, and whether blocking made it."""

    ids: pa.Array
    left: Ints
    right: Ints
    weight: Numbers
    vote: Numbers
    is_blocked: Numbers

    @property
    def size(self) -> int:
        """How many mentions."""
        return len(self.ids)

    def named(self, numbers: Ints) -> pa.Array:
        """The ids of some mentions."""
        return self.ids.take(pa.array(numbers))

    def numbers(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
        """Pairs of ids as pairs of numbers, those wholly among the mentions."""
        if not pairs:
            return []
        names = pa.array([name for pair in pairs for name in pair], pa.string())
        found = pc.index_in(names, value_set=self.ids).to_pylist()
        return [
            (a, b) for a, b in zip(found[::2], found[1::2], strict=True) if a is not None and b is not None
        ]


def read_graph(con: Connection, nodes: str, pairs: str) -> Graph:
    """Number the mentions of `nodes`, and read the pairs that lie wholly among them.

    Args:
        pairs: SQL of id_l, id_r, weight, vote, is_blocked.
    """
    listed = con.sql(f"select record_id from {nodes} order by record_id").to_arrow_table()
    ids = listed.column("record_id").combine_chunks()
    con.register("numbers", pa.table({"record_id": ids, "number": pa.array(np.arange(len(ids)))}))
    ask(con, "create or replace temp table numbered as from numbers")
    con.unregister("numbers")
    return Graph(ids, *read_pairs(con, pairs))


def read_pairs(con: Connection, pairs: str) -> list[Numbers]:
    """Of the pairs among the mentions numbered last: left, right, weight, vote, is_blocked."""
    found = con.execute(
        f"select l.number as a, r.number as b, weight, vote, is_blocked from ({pairs}) p"
        " join numbered l on l.record_id = p.id_l join numbered r on r.record_id = p.id_r"
    ).fetchnumpy()
    return [np.asarray(found[name]) for name in ("a", "b", "weight", "vote", "is_blocked")]

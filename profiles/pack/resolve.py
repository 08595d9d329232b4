"""Make a printed figure again from its cites: the proof that what is printed is what the tables hold.

Here: looking a cite up and writing the values in the run's form.
Not here: following a value to its source records (trace.py), the gate that stops a pack (checks.py).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from profiles.pack.cite import DEFINITION, FORCE, FRAME, Cite, Key, Run
from profiles.pack.facts import key_of
from profiles.pack.formats import format_named
from profiles.pack.rows import Row, Rows


class Resolver:
    """Values by cite, over the tables, the definition, the frame and the force of one pack."""

    def __init__(self, tables: Mapping[str, Rows[Any]], outside: Mapping[str, Any]) -> None:
        """`outside` holds the trees for `definition`, `frame` and `dim_forces`."""
        self._tables, self._outside = tables, outside
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Key, ...], list[Row]]] = {}

    def rows(self, cite: Cite) -> list[Row]:
        """The rows that meet every condition of a cite; KeyError for a table the pack does not read."""
        names = tuple(name for name, _ in cite.where)
        return self._index(cite.table, names).get(tuple(value for _, value in cite.where), [])

    def value(self, cite: Cite) -> Any:
        """What a cite stands for; LookupError when there is no such row."""
        if cite.table in (DEFINITION, FRAME, FORCE):
            return self._from_tree(cite)
        found = self.rows(cite)
        if cite.how == "count":
            return len(found)
        values = [getattr(row, cite.column) for row in found]
        if cite.how == "values":
            return tuple(values)
        if cite.how == "first" and values:
            return values[0]
        held = [value for value in values if value is not None]
        if cite.how == "sum":
            return sum(held)
        if cite.how in ("smallest", "largest"):
            return (min if cite.how == "smallest" else max)(held, default=None)
        if len(values) != 1:
            raise LookupError(f"{cite.words} names {len(values)} rows, not one.")
        return values[0]

    def again(self, run: Run) -> str:
        """The text that a run's cites give today."""
        return format_named(run.show)(*(self.value(cite) for cite in run.cites))

    def _index(self, table: str, names: tuple[str, ...]) -> dict[tuple[Key, ...], list[Row]]:
        if (table, names) not in self._indexes:
            made: dict[tuple[Key, ...], list[Row]] = defaultdict(list)
            for row in self._tables[table]:
                made[tuple(key_of(getattr(row, name)) for name in names)].append(row)
            self._indexes[table, names] = made
        return self._indexes[table, names]

    def _from_tree(self, cite: Cite) -> Any:
        value = self._outside[cite.table]
        for step in cite.column.split("."):
            value = value[int(step) if isinstance(value, list | tuple) else step]
        return value

"""A standard table while it is being composed: the SQL of its columns, and the maps of values read in Python.

Each distinct value of a column is read once; the answers are joined back. Not here: which columns there are
(standardise.py).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pyarrow as pa

from conflation.workspace import Connection, ask, quoted

Reader = Callable[[str], tuple[str | None, ...]]


@dataclass
class Draft:
    """The columns so far (name → SQL) of the standard form of `table`, whose rows are called `t`."""

    con: Connection
    table: str
    parts: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)

    def cell(self, heading: str) -> str:
        """The column as text."""
        return f"cast(t.{quoted(heading)} as varchar)"

    def read(self, heading: str, fields: tuple[str, ...], reader: Reader) -> list[str]:
        """Read each distinct value of a column into `fields`; gives the SQL of each field."""
        name = f"read_{len(self.maps)}"
        cell = self.cell(heading)
        raw = [
            row[0]
            for row in ask(self.con, f"select distinct {cell} from {self.table} t where {cell} is not null")
        ]
        answers = [reader(value) for value in raw]
        columns = {"raw": pa.array(raw, pa.string())}
        for place, column in enumerate(fields):
            columns[column] = pa.array([answer[place] for answer in answers], pa.string())
        self.con.register(f"{name}_arrow", pa.table(columns))
        ask(self.con, f"create temp table {name} as select * from {name}_arrow")
        self.con.unregister(f"{name}_arrow")
        self.maps.append(name)
        self.joins.append(f"left join {name} on {cell} = {name}.raw")
        return [f"{name}.{column}" for column in fields]

    def write(self, into: str, first: list[str]) -> None:
        """Make the table `into`, its `first` columns before the others."""
        chosen = [*first, *(f"{sql} as {name}" for name, sql in self.parts.items())]
        ask(
            self.con,
            f"create table {into} as select {', '.join(chosen)} from {self.table} t {' '.join(self.joins)}",
        )
        for name in self.maps:
            ask(self.con, f"drop table {name}")

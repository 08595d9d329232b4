"""Wide rows, which name several people in columns of their own, taken apart: one row for each person that one names.

Such a row is numbered by its line and its place on it: 12003 is the fourth role of line 12. A role of which every
column is empty names nobody and is no row. Not here: reading the wide rows (extract), what their columns mean (typed).
"""

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from data_contracts.columns import ROLE, Column, Role
from orchestration.landing.header import Heading
from orchestration.landing.quoting import literal
from orchestration.landing.ready import Ready
from orchestration.landing.values import cleaned_sql

PLACES = 1_000  # numbers that each line has for its roles; the contract language takes no more of them


def one_for_each_role(con: duckdb.DuckDBPyConnection, wide: Ready) -> Ready:
    """The delivery with a row for each person, written over the file of wide rows."""
    columns = {c.cell: c for c in wide.contract.columns if c.physical and not c.is_ignored}
    bound = {name: f"c{n}" for n, name in enumerate(wide.heading.columns) if name}
    source, target = literal(wide.local_path), wide.local_path.with_suffix(".people")
    parts = " union all ".join(
        _of_role(columns, bound, role, place, source) for place, role in enumerate(wide.contract.roles)
    )
    con.execute(
        f"copy ({parts} order by line_number) to {literal(target)} (format parquet, compression lz4_raw)"
    )
    n_rows, n_lines = con.execute(
        f"select count(*), count(distinct line_number // {PLACES}) from read_parquet({literal(target)})"
    ).fetchone() or (0, 0)
    target.replace(wide.local_path)
    refused = tuple(replace(line, line_number=line.line_number * PLACES) for line in wide.refused)
    names = tuple(columns)
    notes = wide.notes
    if nobody := wide.n_lines - len(refused) - n_lines:
        notes = (*notes, f"{nobody:,} row{'' if nobody == 1 else 's'} without anybody in a role")
    return replace(
        wide,
        heading=Heading(names, names, notes),
        n_lines=n_rows + len(refused),
        refused=refused,
        notes=notes,
    )


def line_of(number: int) -> int:
    """The line of the wide row that a row was made of."""
    return number // PLACES


def _of_role(
    columns: Mapping[str, Column], bound: Mapping[str, str], role: Role, place: int, source: str
) -> str:
    """SELECT of the rows of one role, a cell for each column in order."""
    cells = {name: _cell(column, bound, role) for name, column in columns.items()}
    told = " or ".join(
        f"{cleaned_sql(column, cells[name])} is not null"
        for name, column in columns.items()
        if column.is_per_role
    )
    listed = ", ".join(f"{sql} as c{n}" for n, sql in enumerate(cells.values()))
    return f"select line_number * {PLACES} + {place} as line_number, {listed} from read_parquet({source}) where {told}"


def _cell(column: Column, bound: Mapping[str, str], role: Role) -> str:
    if column.is_role:
        return literal(role.says)
    raw = bound.get(column.physical.replace(ROLE, role.heading), "cast(null as varchar)")
    return f"{raw} || {literal('/' + role.heading)}" if column.with_role else raw

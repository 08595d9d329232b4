"""Files as one relation of raw columns c0, c1, … with line numbers, deliveries and times: the source of conformed_sql.

One query reads many files. What differs from file to file stands in the temp table landing_now. Not here: judging the
rows (conform), whether a file may be read so (fast).
"""

from collections.abc import Sequence
from dataclasses import asdict

import duckdb
import numpy as np
import pyarrow as pa

from orchestration.landing.conform import conformed_sql, raw_columns
from orchestration.landing.line_shape import LineShape
from orchestration.landing.quoting import literal, literals
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import MAX_CELL
from orchestration.landing.spine import known_at_of, times_of

BUFFER = (
    32 * 2**20
)  # bytes read at a time; a line longer than the longest cell ends the fast reading of its file
_TIMES = ("occurred_from", "occurred_to", "recorded_at", "known_at")
_KEPT_SPARE = "d.* exclude (n_before, path)"


def declare(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], shapes: Sequence[LineShape] = ()) -> None:
    """The temp table landing_now: one row a file, with its times and the number of records before it.

    shapes: of each file, where it is CSV. Where records run over several lines, landing_lines has the line of each.
    """
    con.execute(
        "create or replace temp table landing_now (path varchar, delivery_id varchar, period varchar, "
        f"n_before bigint, {', '.join(f'{name} timestamp' for name in _TIMES)})"
    )
    rows, n_before = [], 0
    for number, f in enumerate(files):
        rows.append([str(f.local_path), f.delivery_id, f.period, n_before, *_times(f)])
        n_before += shapes[number].n_records(f.n_lines) if shapes else 0
    lists = ", ".join("unnest(?)" for _ in rows[0])
    con.execute(
        f"insert into landing_now select {lists}", [list(column) for column in zip(*rows, strict=True)]
    )
    if any(len(shape.inner) for shape in shapes):
        lines = np.concatenate([s.first_lines(f.n_lines) for f, s in zip(files, shapes, strict=True)])
        running = pa.array(np.arange(1, len(lines) + 1, dtype=np.int64))
        con.register("landing_lines", pa.table({"rn": running, "line_number": pa.array(lines)}))


def _times(ready: Ready) -> list[object]:
    if ready.contract.is_typed:
        return [None, None, None, known_at_of(ready.contract, ready.period, ready.mode)]
    return list(asdict(times_of(ready.period, ready.contract)).values())


def lines_sql(files: Sequence[Ready], shapes: Sequence[LineShape]) -> str:
    """The records of CSV files, numbered by the line they begin on.

    That is the running row number less the records of the files before, and one for the heading; where records run
    over several lines, it is looked up.
    """
    dialect = files[0].dialect
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in raw_columns(len(files[0].heading.columns)))
    is_looked_up = any(len(shape.inner) for shape in shapes)
    number = "l.line_number" if is_looked_up else "cast(c.rn - d.n_before + 1 as bigint)"
    lines = "left join landing_lines as l on c.rn = l.rn" if is_looked_up else ""
    return f"""(
        select {_KEPT_SPARE}, {number} as line_number, c.*
        from (
            select row_number() over () as rn, * from read_csv(
                [{literals(f.local_path for f in files)}], columns = {{{columns}}}, header = true, auto_detect = false,
                delim = {literal(dialect.delimiter)}, quote = {literal(dialect.quote)},
                escape = {literal(dialect.escape)}, encoding = 'utf-8', strict_mode = true,
                max_line_size = {MAX_CELL}, buffer_size = {BUFFER}, filename = 'path')
        ) as c
        inner join landing_now as d on c.path = d.path
        {lines}
    )"""


def records_sql(files: Sequence[Ready]) -> str:
    """The records that readers took out of files, which carry their numbers."""
    names = ", ".join(raw_columns(len(files[0].heading.columns)))
    return f"""(
        select {_KEPT_SPARE}, c.*
        from (
            select line_number, {names}, path
            from read_parquet([{literals(f.local_path for f in files)}], filename = 'path')
        ) as c
        inner join landing_now as d on c.path = d.path
    )"""


def judged_sql(files: Sequence[Ready], source: str) -> str:
    """Every row of the source as it would land, with its verdict."""
    first = files[0]
    return conformed_sql(first.contract, first.force_code, first.heading.columns, source)

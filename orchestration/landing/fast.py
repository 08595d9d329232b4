"""The fast reader: DuckDB reads many well-formed files of one force at once. It never guesses and never repairs.

Whatever is not perfectly plain (a row refused, a line count that does not agree, a parse error) it hands back by
delivery id, and the careful reader takes those. The check is independent of DuckDB: the byte gate counted lines.
"""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from orchestration.landing.conform import conformed_sql, raw_columns
from orchestration.landing.quoting import literal, literals
from orchestration.landing.ready import Ready
from orchestration.landing.spine import times_of


def _source_sql(files: Sequence[Ready]) -> str:
    """A relation of raw columns with line numbers: the running row number less the lines of the files before."""
    dialect = files[0].contract.dialect
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in raw_columns(len(files[0].heading.columns)))
    return f"""(
        select d.* exclude (n_before, path), cast(c.rn - d.n_before + 1 as bigint) as line_number, c.*
        from (
            select row_number() over () as rn, * from read_csv(
                [{literals(f.local_path for f in files)}], columns = {{{columns}}}, header = true, auto_detect = false,
                delim = {literal(dialect.delimiter)}, quote = {literal(dialect.quote)},
                escape = {literal(dialect.escape)}, encoding = 'utf-8', strict_mode = true, filename = 'path')
        ) as c
        inner join landing_now as d on c.path = d.path
    )"""


def _declare(con: duckdb.DuckDBPyConnection, files: Sequence[Ready]) -> None:
    """The temp table landing_now: one row a file, with the times and the number of lines before it."""
    con.execute("""create or replace temp table landing_now (path varchar, delivery_id varchar, period varchar,
        n_before bigint, occurred_from timestamp, occurred_to timestamp, recorded_at timestamp, known_at timestamp)""")
    n_before = 0
    for f in files:
        times = asdict(times_of(f.period, f.contract))
        con.execute(
            "insert into landing_now values (?, ?, ?, ?, ?, ?, ?, ?)",
            [str(f.local_path), f.delivery_id, f.period, n_before, *times.values()],
        )
        n_before += f.n_lines


def read_fast(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> set[str]:
    """Write the rows of all files to one Parquet file at `target`; returns the delivery ids that are NOT plain.

    All files share contract, force and heading. When any is returned, `target` must be thrown away: the line
    numbers of the files after it cannot be trusted.
    """
    first = files[0]
    _declare(con, files)
    query = conformed_sql(first.contract, first.force_code, first.heading.columns, _source_sql(files))
    try:
        con.execute(
            f"copy (select * exclude reason_code from ({query}) where reason_code is null) to {literal(target)} "
            "(format parquet, compression snappy)"
        )
        found = con.execute(
            "select delivery_id, count(*), min(line_number), max(line_number) "
            f"from read_parquet({literal(target)}) group by delivery_id"
        ).fetchall()
    except duckdb.Error:
        return {f.delivery_id for f in files}
    held = {row[0]: row[1:] for row in found}
    return {f.delivery_id for f in files if f.n_lines and held.get(f.delivery_id) != (f.n_lines, 2, f.n_lines + 1)}

"""Files as one relation of raw columns c0, c1, … with line numbers, deliveries and times: the source of conformed_sql.

One query reads many files. What differs from file to file stands in the temp table landing_now. Not here: judging the
rows (conform), whether a file may be read so (fast).
"""

from collections.abc import Sequence
from dataclasses import asdict

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from orchestration.landing.conform import conformed_sql, raw_columns
from orchestration.landing.line_shape import LineShape, Longs
from orchestration.landing.quoting import literal, literals
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import MAX_CELL
from orchestration.landing.spine import known_at_of, known_by_of, times_of
from orchestration.landing.values import listed_type
from orchestration.landing.zones import declare_zone

BUFFER = (
    32 * 2**20
)  # bytes read at a time; a line longer than the longest cell ends the fast reading of its file
_TIMES = ("occurred_from", "occurred_to", "recorded_at", "known_at", "known_by")
_KEPT = f"d.delivery_id, d.period, {', '.join(f'd.{name}' for name in _TIMES)}"
_JOINED = "inner join landing_now as d on c.file_index = d.file_index"
_MOST_LISTED = 64  # deliveries that are worth a type of their own


def declare(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], shapes: Sequence[LineShape] = ()) -> None:
    """The temp table landing_now: one row a file, with its times and the number of records before it.

    shapes: of each file, where it is CSV. Where records run over several lines, landing_lines has the line of each.
    """
    ids = [f.delivery_id for f in files]
    con.execute(
        "create or replace temp table landing_now (file_index ubigint, n_before bigint, delivery_id "
        f"{listed_type(*ids) if len(ids) <= _MOST_LISTED else 'varchar'}, period varchar, "
        f"{', '.join(f'{name} timestamp' for name in _TIMES)})"
    )
    rows, n_before = [], 0
    for number, f in enumerate(files):
        rows.append([number, n_before, f.delivery_id, f.period, *_times(f)])
        n_before += shapes[number].n_records(f.n_lines) if shapes else 0
    lists = ", ".join("unnest(?)" for _ in rows[0])
    con.execute(
        f"insert into landing_now select {lists}", [list(column) for column in zip(*rows, strict=True)]
    )
    if files[0].contract.is_typed:
        declare_zone(con, files[0].contract.timezone)
    if is_listed(shapes):
        firsts = [s.first_lines(f.n_lines) for f, s in zip(files, shapes, strict=True)]
        list_lines(
            con,
            np.concatenate(firsts),
            np.concatenate([_is_single(f, s.inner) for f, s in zip(firsts, shapes, strict=True)]),
        )


def list_lines(con: duckdb.DuckDBPyConnection, lines: Longs, is_single: npt.NDArray[np.bool_]) -> None:
    """The relation landing_lines: of each record in turn the line it begins on, and whether it is that line alone."""
    con.register(
        "landing_lines", pa.table({"line_number": pa.array(lines), "is_single": pa.array(is_single)})
    )


def _is_single(firsts: Longs, inner: Longs) -> npt.NDArray[np.bool_]:
    found = np.ones(len(firsts), np.bool_)
    found[inner - 1] = False
    return found


def is_listed(shapes: Sequence[LineShape]) -> bool:
    """Whether the line of each record must be looked up."""
    return any(len(shape.inner) for shape in shapes)


def _times(ready: Ready) -> list[object]:
    contract, period = ready.contract, ready.period
    if contract.is_typed:
        return [None, None, None, known_at_of(contract, period, ready.mode), known_by_of(contract, period)]
    return [*asdict(times_of(period, contract)).values(), None]


def lines_sql(files: Sequence[Ready]) -> str:
    """The records of CSV files of which each is one line, numbered by it.

    That is the running row number less the records of the files before, and one for the heading.
    """
    rows = f"select row_number() over () as rn, file_index, * from {_csv_sql(files)}"
    number = "cast(c.rn - d.n_before + 1 as bigint) as line_number"
    return f"(select {_KEPT}, {number}, {_raw('c', files)} from ({rows}) as c {_JOINED})"


def listed_lines_sql(files: Sequence[Ready]) -> str:
    """The records of CSV files whose lines stand in landing_lines, in order."""
    rows = f"select l.*, c.file_index, c.* from {_csv_sql(files)} as c positional join landing_lines as l"
    return f"(select {_KEPT}, c.line_number, c.is_single, {_raw('c', files)} from ({rows}) as c {_JOINED})"


def records_sql(files: Sequence[Ready]) -> str:
    """The records that readers took out of files, which carry their numbers."""
    return f"(select {_KEPT}, c.line_number, {_raw('c', files)} from {_parquet_sql(files)} as c {_JOINED})"


def missing_records_sql(files: Sequence[Ready], accepted: str) -> str:
    """The same for those that are not among the accepted rows."""
    return f"""
        from {records_sql(files)} as r
        anti join read_parquet({accepted}) as a on r.delivery_id = a.delivery_id and r.line_number = a.line_number
    """


def _csv_sql(files: Sequence[Ready]) -> str:
    dialect = files[0].dialect
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in raw_columns(len(files[0].heading.columns)))
    return f"""read_csv(
                [{literals(f.local_path for f in files)}], columns = {{{columns}}}, header = true, auto_detect = false,
                delim = {literal(dialect.delimiter)}, quote = {literal(dialect.quote)},
                escape = {literal(dialect.escape)}, encoding = 'utf-8', strict_mode = true,
                max_line_size = {MAX_CELL}, buffer_size = {BUFFER})"""


def _parquet_sql(files: Sequence[Ready]) -> str:
    names = ", ".join(raw_columns(len(files[0].heading.columns)))
    return f"(select line_number, file_index, {names} from read_parquet([{literals(f.local_path for f in files)}]))"


def _raw(relation: str, files: Sequence[Ready]) -> str:
    return ", ".join(f"{relation}.{name}" for name in raw_columns(len(files[0].heading.columns)))


def judged_sql(files: Sequence[Ready], source: str, tidy: str = "false") -> str:
    """Every row of the source as it would land, with its verdict. tidy: SQL about a row of the source (see plain)."""
    first = files[0]
    return conformed_sql(first.contract, first.force_code, first.heading.columns, source, tidy)

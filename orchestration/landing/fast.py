"""The fast reader: DuckDB reads many well-formed files of one force at once. It never guesses and never repairs.

A file that does not show exactly one record on each line (a parse error, a line end inside quotes) is handed back
as doubtful, and the careful reader takes it. The check is independent of DuckDB: the byte gate counted the lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import numpy as np

from orchestration.landing.careful import MAX_CELL
from orchestration.landing.conform import conformed_sql, raw_columns
from orchestration.landing.quoting import literal, literals
from orchestration.landing.ready import Ready
from orchestration.landing.spine import times_of

BUFFER = (
    32 * 2**20
)  # bytes read at a time; a line longer than the longest cell ends the fast reading of its file


@dataclass(frozen=True, slots=True)
class FastReading:
    """doubtful: delivery ids not to be trusted; refused: (line number, reason code) of refused rows by delivery."""

    doubtful: frozenset[str]
    refused: Mapping[str, Sequence[tuple[int, str]]]


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
                escape = {literal(dialect.escape)}, encoding = 'utf-8', strict_mode = true,
                max_line_size = {MAX_CELL}, buffer_size = {BUFFER}, filename = 'path')
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


def read_fast(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> FastReading:
    """Write the accepted rows of all files to one Parquet file at `target`, and say which rows and files were not.

    All files share contract, force and heading. When any delivery is doubtful, `target` must be thrown away: the
    line numbers of the files after it cannot be trusted.
    """
    first = files[0]
    _declare(con, files)
    query = conformed_sql(first.contract, first.force_code, first.heading.columns, _source_sql(files))
    try:
        con.execute(
            f"copy (select * exclude reason_code from ({query}) where reason_code is null) to {literal(target)} "
            "(format parquet, compression snappy)"
        )
        stray = _stray_delimiters(con, files)
        if stray:
            return FastReading(stray, {})
        held = _held(con, f"select delivery_id, line_number from read_parquet({literal(target)})")
        if all(held.get(f.delivery_id) == _whole(f) for f in files):
            return FastReading(frozenset(), {})
        judged = f"select delivery_id, line_number, reason_code from ({query})"
        seen = _held(con, judged)
        rows = con.execute(f"from ({judged}) where reason_code is not null order by all").fetchall()
    except duckdb.Error:
        return FastReading(frozenset(f.delivery_id for f in files), {})
    refused: dict[str, list[tuple[int, str]]] = {}
    for delivery_id, line_number, code in rows:
        refused.setdefault(delivery_id, []).append((line_number, code))
    return FastReading(
        frozenset(f.delivery_id for f in files if seen.get(f.delivery_id) != _whole(f)), refused
    )


def _count(path: Path, wanted: bytes) -> int:
    """How often one byte stands in a file."""
    with path.open("rb", buffering=0) as handle:
        chunks = iter(lambda: handle.read(2**20), b"")
        return sum(int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == wanted[0])) for chunk in chunks)


def _stray_delimiters(con: duckdb.DuckDBPyConnection, files: Sequence[Ready]) -> frozenset[str]:
    """Deliveries with a delimiter too many. DuckDB forgives an empty field after the last, which shifts a row.

    Delimiters in the file = those between fields + those inside quoted fields; the bytes say the first, DuckDB the
    last. Files without a quotation mark need no query.
    """
    dialect, width = files[0].contract.dialect, len(files[0].heading.columns)
    between = {f.delivery_id: (width - 1) * (f.n_lines + 1) for f in files}
    found = {f.delivery_id: _count(f.local_path, dialect.delimiter.encode()) for f in files}
    suspect = [f for f in files if found[f.delivery_id] != between[f.delivery_id]]
    if not suspect:
        return frozenset()
    mark = literal(dialect.delimiter)
    inside = " + ".join(
        f"coalesce(strlen({c}) - strlen(replace({c}, {mark}, '')), 0)" for c in raw_columns(width)
    )
    _declare(con, suspect)
    rows = con.execute(
        f"select delivery_id, sum({inside}) from {_source_sql(suspect)} group by delivery_id"
    ).fetchall()
    for delivery_id, n in rows:
        between[delivery_id] += int(n)
    for f in suspect:  # a heading may be quoted too
        between[f.delivery_id] += sum(name.count(dialect.delimiter) for name in f.heading.physical)
    return frozenset(f.delivery_id for f in suspect if found[f.delivery_id] != between[f.delivery_id])


def _whole(ready: Ready) -> tuple[int, int, int]:
    """What a well-formed file must show: a record on every line after the heading."""
    return ready.n_lines, 2, ready.n_lines + 1


def _held(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, tuple[int, int, int]]:
    """Rows, first and last line number by delivery."""
    found = con.execute(
        f"select delivery_id, count(*), min(line_number), max(line_number) from ({rows}) group by delivery_id"
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in found}

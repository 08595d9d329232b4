"""Reading many files of one force at once, in one query: well-formed CSV as it lies there, and extracted records.

The fast reader of CSV never guesses and never repairs. A file that does not show exactly the records that its bytes
promise is handed back as doubtful, and the careful reader takes it. The check is independent of DuckDB: the byte gate
counted the lines, and the quotation marks say which of them are no ends of a record (line_shape).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.landing.line_shape import LineShape, shape_of
from orchestration.landing.quoting import literal
from orchestration.landing.ready import Ready
from orchestration.landing.relation import declare, judged_sql, lines_sql, records_sql

Notes = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """doubtful: delivery ids not to be trusted; the others by delivery.

    n_rows: records; refused: (line number, reason code) of refused rows; noted: (code, rows) of what only the summary
    tells.
    """

    doubtful: frozenset[str]
    refused: Mapping[str, Sequence[tuple[int, str]]]
    noted: Notes = field(default_factory=dict)
    n_rows: Mapping[str, int] = field(default_factory=dict)


def read_fast(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> Reading:
    """Write the accepted rows of all files to one Parquet file at `target`, and say which rows and files were not.

    All files share contract, force and heading. When any delivery is doubtful, `target` must be thrown away: the
    line numbers of the files after it cannot be trusted.
    """
    shapes = [shape_of(f.local_path, f.dialect) for f in files]
    width = len(files[0].heading.columns)
    doubtful = frozenset(
        f.delivery_id
        for f, s in zip(files, shapes, strict=True)
        if not (s.is_sound and s.has_fields(width, f.n_lines))
    )
    if doubtful:
        return Reading(doubtful, {})
    declare(con, files, shapes)
    query = judged_sql(files, lines_sql(files, shapes))
    n_rows = {f.delivery_id: s.n_records(f.n_lines) for f, s in zip(files, shapes, strict=True)}
    whole = {f.delivery_id: _whole(f, s) for f, s in zip(files, shapes, strict=True)}
    try:
        _write(con, query, target)
        held = _held(con, f"from read_parquet({literal(target)})")
        if held == whole:
            return Reading(frozenset(), {}, _noted(con, files, target), n_rows)
        seen = _held(con, query)
        refused = _refused(con, query)
    except duckdb.Error:
        return Reading(frozenset(whole), {})
    doubtful = frozenset(name for name, shown in whole.items() if seen.get(name) != shown)
    return Reading(doubtful, refused, _noted(con, files, target), n_rows)


def read_extracted(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> Reading:
    """The same for records that readers took out of files: those are whole, so no file is doubtful."""
    declare(con, files)
    query = judged_sql(files, records_sql(files))
    _write(con, query, target)
    (accepted,) = con.execute(f"select count(*) from read_parquet({literal(target)})").fetchone() or (0,)
    is_all = accepted == sum(f.n_lines - len(f.refused) for f in files)
    return Reading(frozenset(), {} if is_all else _refused(con, query), _noted(con, files, target))


def _write(con: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    con.execute(
        f"copy (select * exclude reason_code from ({query}) where reason_code is null) to {literal(target)} "
        "(format parquet, compression snappy)"
    )


def _refused(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, list[tuple[int, str]]]:
    refused: dict[str, list[tuple[int, str]]] = {}
    rows = con.execute(
        f"select delivery_id, line_number, reason_code from ({query}) where reason_code is not null order by all"
    ).fetchall()
    for delivery_id, line_number, code in rows:
        refused.setdefault(delivery_id, []).append((line_number, code))
    return refused


def _noted(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> Notes:
    """Accepted rows by delivery and note; rows that land as text carry none."""
    if not files[0].contract.is_typed:
        return {}
    rows = con.execute(
        f"select delivery_id, noted, count(*) from read_parquet({literal(target)}) where noted is not null group by all"
    ).fetchall()
    found: dict[str, Counter[str]] = {}
    for delivery_id, codes, n in rows:
        for code in codes.split(" "):
            found.setdefault(delivery_id, Counter())[code] += n
    return {delivery_id: sorted(codes.items()) for delivery_id, codes in found.items()}


def _whole(ready: Ready, shape: LineShape) -> tuple[int, int, int]:
    """What a well-formed file must show: records, and the lines on which the first and the last begin."""
    return shape.n_records(ready.n_lines), 2, shape.last_line(ready.n_lines)


def _held(con: duckdb.DuckDBPyConnection, rows: str) -> dict[str, tuple[int, int, int]]:
    """Rows, first and last line number by delivery."""
    found = con.execute(
        f"select delivery_id, count(*), min(line_number), max(line_number) from ({rows}) group by delivery_id"
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in found}

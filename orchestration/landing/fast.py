"""Reading many files of one force at once, in one query: well-formed CSV as it lies there, and extracted records.

The fast reader of CSV never guesses and never repairs. A file that does not show exactly the records that its bytes
promise is handed back as doubtful, and the careful reader takes it. The check is independent of DuckDB: the byte gate
counted the lines, and the quotation marks say which of them are no ends of a record (line_shape). One query reads and
judges all rows; those that it does not take are looked at again (doubted).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from orchestration.landing.doubted import refused_lines, refused_records
from orchestration.landing.line_shape import LineShape, shape_of
from orchestration.landing.quoting import literal
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import RefusedLine
from orchestration.landing.relation import (
    declare,
    is_listed,
    judged_sql,
    lines_sql,
    listed_lines_sql,
    records_sql,
)

Notes = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """doubtful: delivery ids not to be trusted; the others by delivery.

    refused: the rows that broke a rule; n_rows: records; noted: (code, rows) of what only the summary tells.
    """

    doubtful: frozenset[str]
    refused: Mapping[str, Sequence[RefusedLine]]
    noted: Notes = field(default_factory=dict)
    n_rows: Mapping[str, int] = field(default_factory=dict)


def read_fast(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> Reading:
    """Write the accepted rows of all files to one Parquet file at `target`, and say which rows and files were not.

    All files share contract, force and heading. When any delivery is doubtful, `target` must be thrown away: the
    line numbers of the files after it cannot be trusted.
    """
    shapes = {f.delivery_id: shape_of(f.local_path, f.dialect) for f in files}
    width = len(files[0].heading.columns)
    doubtful = {
        f.delivery_id
        for f in files
        if not (shapes[f.delivery_id].is_sound and shapes[f.delivery_id].has_fields(width, f.n_lines))
    }
    if doubtful:
        return Reading(frozenset(doubtful), {})
    refused: dict[str, Sequence[RefusedLine]] = {}
    try:
        held = _write_lines(con, files, [shapes[f.delivery_id] for f in files], target)
        for f in files:
            found = _missing(con, f, shapes[f.delivery_id], held.get(f.delivery_id), target)
            if found is None:
                doubtful.add(f.delivery_id)
            else:
                refused[f.delivery_id] = found
    except duckdb.Error:
        return Reading(frozenset(shapes), {})
    n_rows = {f.delivery_id: shapes[f.delivery_id].n_records(f.n_lines) for f in files}
    return Reading(frozenset(doubtful), refused, _noted(con, files, target), n_rows)


def read_extracted(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], target: Path) -> Reading:
    """The same for records that readers took out of files: those are whole, so no file is doubtful."""
    declare(con, files)
    _write(con, judged_sql(files, records_sql(files)), target, _left_out(files))
    (accepted,) = con.execute(f"select count(*) from read_parquet({literal(target)})").fetchone() or (0,)
    is_all = accepted == sum(f.n_lines - len(f.refused) for f in files)
    return Reading(
        frozenset(), {} if is_all else refused_records(con, files, target), _noted(con, files, target)
    )


def _write_lines(
    con: duckdb.DuckDBPyConnection, files: Sequence[Ready], shapes: Sequence[LineShape], target: Path
) -> dict[str, tuple[int, int, int]]:
    """Write the accepted rows of CSV files; returns their number, first and last line by delivery."""
    declare(con, files, shapes)
    is_tidy = all(f.is_tidy for f in files)
    if is_listed(shapes):
        query = judged_sql(files, listed_lines_sql(files), "is_single" if is_tidy else "false")
    else:
        query = judged_sql(files, lines_sql(files), "true" if is_tidy else "false")
    _write(con, query, target, _left_out(files))
    rows = con.execute(
        "select delivery_id, count(*), min(line_number), max(line_number) "
        f"from read_parquet({literal(target)}) group by delivery_id"
    ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _write(con: duckdb.DuckDBPyConnection, query: str, target: Path, left_out: str) -> None:
    con.execute(
        f"copy (select * exclude ({left_out}) from ({query}) where reason_code is null) to {literal(target)} "
        "(format parquet, compression snappy)"
    )


def _left_out(files: Sequence[Ready]) -> str:
    """What of a verdict does not land."""
    return "reason_code, is_swapped" if files[0].contract.is_typed else "reason_code"


def _missing(
    con: duckdb.DuckDBPyConnection,
    ready: Ready,
    shape: LineShape,
    held: tuple[int, int, int] | None,
    target: Path,
) -> list[RefusedLine] | None:
    """The refused rows of a file; None where the rows that are missing are not just those that break a rule."""
    if held == (shape.n_records(ready.n_lines), 2, shape.last_line(ready.n_lines)):
        return []
    firsts = shape.first_lines(ready.n_lines)
    rows = con.execute(
        f"select line_number from read_parquet({literal(target)}) where delivery_id = ?", [ready.delivery_id]
    )
    lines = np.asarray(rows.fetchnumpy()["line_number"], np.int64)
    is_missing = np.zeros(ready.n_lines + 2, np.bool_)  # by line
    is_missing[firsts] = True
    if int(lines.max(initial=2)) >= len(is_missing) or not is_missing[lines].all():
        return None
    is_missing[lines] = False
    scratch = target.with_name(f".{ready.delivery_id}.csv.tmp")
    return refused_lines(con, ready, np.flatnonzero(is_missing), firsts, scratch)


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

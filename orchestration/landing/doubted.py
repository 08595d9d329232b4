"""Rows that the first query over a group of files did not take: looked at once more, alone, for the reason of each.

Most files have few of them, so nothing is read twice but these. Not here: the first query (fast), counting and keeping
what was refused (judged).
"""

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt

from orchestration.landing.byte_gate import CHUNK
from orchestration.landing.conform import raw_columns
from orchestration.landing.quoting import literal
from orchestration.landing.raw_rows import raw_text
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import RAW_KEPT, RefusedLine
from orchestration.landing.relation import (
    declare,
    judged_sql,
    list_lines,
    listed_lines_sql,
    missing_records_sql,
)

BATCH = 20_000  # rows looked at in one query
Longs = npt.NDArray[np.int64]
Refused = dict[str, list[RefusedLine]]


def refused_lines(
    con: duckdb.DuckDBPyConnection, ready: Ready, lines: Longs, firsts: Longs, scratch: Path
) -> list[RefusedLine] | None:
    """The refused rows on these lines of a CSV file; None where one of them is fine, so that no number can be trusted.

    firsts: the line on which each record of the file begins. scratch: a file of our own, removed afterwards.
    """
    found: list[RefusedLine] = []
    heading = next(_records_at(ready.local_path, np.array([1]), np.array([2])))
    try:
        for some in batched(zip(lines, _records_of(ready.local_path, lines, firsts), strict=True), BATCH):
            numbers, records = zip(*some, strict=True)
            scratch.write_bytes(b"".join(_ended(line) for line in (heading, *records)))
            reasons = _reasons(con, replace(ready, local_path=scratch), numbers)
            if len(reasons) != len(numbers):
                return None
            found += map(_refused_line, numbers, reasons, records)
    finally:
        scratch.unlink(missing_ok=True)
    return found


def _reasons(con: duckdb.DuckDBPyConnection, ready: Ready, numbers: Sequence[int]) -> list[tuple[str, bool]]:
    """Of those that are refused: the reason, and whether a date is swapped."""
    declare(con, [ready])
    list_lines(con, np.array(numbers, np.int64), np.zeros(len(numbers), np.bool_))
    query = judged_sql([ready], listed_lines_sql([ready]))
    return con.execute(
        f"select reason_code, {_swapped(ready)} from ({query}) where reason_code is not null order by line_number"
    ).fetchall()


def _swapped(ready: Ready) -> str:
    return "is_swapped" if ready.contract.is_typed else "false"


def _refused_line(number: int, found: tuple[str, bool], record: bytes) -> RefusedLine:
    code, is_swapped = found
    return RefusedLine(
        int(number), code, record.rstrip(b"\r\n")[:RAW_KEPT].decode("utf-8", "replace"), is_swapped
    )


def _ended(line: bytes) -> bytes:
    return line if line.endswith(b"\n") else line + b"\n"


def _records_of(path: Path, lines: Longs, firsts: Longs) -> Iterator[bytes]:
    """The bytes of the records that begin on these lines."""
    following = np.append(firsts, np.iinfo(np.int64).max)
    return _records_at(path, lines, following[np.searchsorted(firsts, lines) + 1])


def _records_at(path: Path, lines: Longs, ends: Longs) -> Iterator[bytes]:
    """The bytes from the start of each line to the start of its end line."""
    starts = _starts(path, np.sort(np.concatenate([lines, ends])))
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        for line, end in zip(lines.tolist(), ends.tolist(), strict=True):
            yield whole[starts[line] : starts.get(end, len(whole))]


def _starts(path: Path, lines: Longs) -> dict[int, int]:
    """Where each of these lines begins, in bytes; lines after the last are left out. lines: in order."""
    found, n_ends, at = {1: 0}, 0, 0
    with path.open("rb", buffering=0) as handle:
        while chunk := handle.read(CHUNK):
            ends = np.flatnonzero(np.frombuffer(chunk, np.uint8) == 10)
            wanted = lines[(lines - 2 >= n_ends) & (lines - 2 < n_ends + len(ends))]
            found |= dict(zip(wanted.tolist(), (ends[wanted - 2 - n_ends] + at + 1).tolist(), strict=True))
            n_ends, at = n_ends + len(ends), at + len(chunk)
    return found


def refused_records(con: duckdb.DuckDBPyConnection, files: Sequence[Ready], accepted: Path) -> Refused:
    """The refused rows of extracted files, by delivery: those that are not among the accepted."""
    names = raw_columns(len(files[0].heading.columns))
    declare(con, files)
    con.execute(
        f"create or replace temp table landing_missing as {missing_records_sql(files, literal(accepted))}"
    )
    query = judged_sql(files, "landing_missing")
    rows = con.execute(f"""
        select
            r.delivery_id, r.line_number, r.reason_code, {_swapped(files[0])},
            {", ".join(f"m.{name}" for name in names)}
        from ({query}) as r
        inner join landing_missing as m on r.delivery_id = m.delivery_id and r.line_number = m.line_number
        order by r.delivery_id, r.line_number
    """)
    found: Refused = {}
    while some := rows.fetchmany(BATCH):
        for delivery_id, number, code, is_swapped, *cells in some:
            found.setdefault(delivery_id, []).append(RefusedLine(number, code, raw_text(cells), is_swapped))
    return found

"""Turning what a reader found into outcomes: limits on rows, the share of refused rows, and the careful reading.

Not here: finding and grouping files (inbox), keeping (store), the SQL that judges values (conform).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from data_contracts.model import FeedContract, Severity
from orchestration.landing.careful import RAW_KEPT, REASONS, Record, RefusedLine, read_carefully
from orchestration.landing.conform import conformed_sql, raw_columns
from orchestration.landing.outcome import LANDED, REFUSED, Outcome, RefusedRows
from orchestration.landing.quoting import literal
from orchestration.landing.ready import Ready
from orchestration.landing.spine import times_of
from orchestration.landing.store import contract_hash

REFUSE_ABOVE = 0.20  # of a delivery's rows; more than this and the file is not what it says it is
_QUARANTINE = pa.schema(
    [("feed", pa.string()), ("force_code", pa.string()), ("delivery_id", pa.string()), ("file_name", pa.string()),
     ("line_number", pa.int64()), ("reason_code", pa.string()), ("reason", pa.string()), ("raw", pa.string())]
)  # fmt: skip


def outcome_of(ready: Ready, *, rows_in: int, **said: Any) -> Outcome:
    """An outcome for a delivery that was read; `said` overrides state, counts and reason."""
    facts: dict[str, Any] = {
        "feed": ready.contract.feed, "force_code": ready.force_code, "period": ready.period,
        "file_name": ready.file_name, "delivery_id": ready.delivery_id, "content_sha256": ready.content_sha256,
        "contract_version": ready.contract.version, "contract_hash": contract_hash(ready.contract),
        "state": LANDED, "rows_in": rows_in, "rows_accepted": rows_in, "rows_refused": 0, "notes": ready.notes,
    }  # fmt: skip
    return Outcome(**{**facts, **said})


def refused(
    ready: Ready, rows_in: int, code: str, reason: str, rows: tuple[RefusedRows, ...] = ()
) -> Outcome:
    """The whole delivery is refused: all its rows count as refused, for one reason."""
    said: dict[str, Any] = {"state": REFUSED, "rows_accepted": 0, "rows_refused": rows_in}
    return outcome_of(ready, rows_in=rows_in, reason_code=code, reason=reason, refused_rows=rows, **said)


def breaks_row_limits(contract: FeedContract, rows: int) -> tuple[str, str] | None:
    """(code, sentence) when a delivery has too few or too many rows, else None."""
    floor, ceiling = contract.row_floor, contract.row_ceiling
    if rows < floor.rows:
        return "ROWS_TOO_FEW", f"it has {rows:,} rows and at least {floor.rows:,} are needed: {floor.reason}"
    if rows > ceiling.rows:
        return (
            "ROWS_TOO_MANY",
            f"it has {rows:,} rows and at most {ceiling.rows:,} are taken: {ceiling.reason}",
        )
    return None


def _source(con: duckdb.DuckDBPyConnection, ready: Ready, records: Sequence[Record]) -> str:
    """Register well-formed records as a relation like the fast reader's."""
    names = raw_columns(len(ready.heading.columns))
    columns: dict[str, Any] = {"line_number": pa.array([r.line_number for r in records], pa.int64())}
    for i, name in enumerate(names):
        columns[name] = pa.array([r.fields[i] for r in records], pa.string())
    con.register("landing_records", pa.table(columns))
    times = ", ".join(
        f"timestamp {literal(str(v))} as {k}"
        for k, v in asdict(times_of(ready.period, ready.contract)).items()
    )
    return (
        f"(select {literal(ready.delivery_id)} as delivery_id, {literal(ready.period)} as period, {times}, * "
        "from landing_records)"
    )


def _counted(lines: Iterable[RefusedLine], reasons: dict[str, str]) -> tuple[RefusedRows, ...]:
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for line in lines:
        counts[line.reason_code] += 1
        first[line.reason_code] = min(line.line_number, first.get(line.reason_code, line.line_number))
    return tuple(RefusedRows(code, reasons[code], n, first[code]) for code, n in sorted(counts.items()))


def _quarantine(path: Path, ready: Ready, lines: Sequence[RefusedLine], reasons: dict[str, str]) -> None:
    rows = [
        [ready.contract.feed, ready.force_code, ready.delivery_id, ready.file_name, line.line_number,
         line.reason_code, reasons[line.reason_code], line.raw]
        for line in sorted(lines, key=lambda x: x.line_number)
    ]  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in _QUARANTINE]
    pq.write_table(pa.table(columns, schema=_QUARANTINE), path)


def _verdict_on_whole(ready: Ready, rows_in: int, counted: tuple[RefusedRows, ...]) -> tuple[str, str] | None:
    blocking = {r.code for r in ready.contract.rules if r.severity is Severity.BLOCK}
    worst = max(counted, key=lambda r: r.n_rows, default=None)
    for found in counted:
        if found.reason_code in blocking:
            return found.reason_code, f"{found.reason} (first on line {found.first_line:,})"
    n_refused = sum(r.n_rows for r in counted)
    if worst and n_refused > REFUSE_ABOVE * rows_in:
        return "TOO_MANY_REFUSED", (
            f"{n_refused:,} of its {rows_in:,} rows were refused, most because {worst.reason} "
            f"(first on line {worst.first_line:,}); correct the export and send it again"
        )
    return breaks_row_limits(ready.contract, rows_in)


def judge_delivery(
    ready: Ready, rows_in: int, bad: Sequence[RefusedLine], quarantine: Path, part: str = ""
) -> Outcome:
    """The outcome of a delivery with these refused lines, which go to quarantine; the whole may be refused."""
    reasons = {**REASONS, **{r.code: r.reason for r in ready.contract.rules}}
    counted = _counted(bad, reasons)
    if bad:
        _quarantine(quarantine, ready, bad, reasons)
    if whole := _verdict_on_whole(ready, rows_in, counted):
        return refused(ready, rows_in, *whole, rows=counted)
    said: dict[str, Any] = {
        "rows_accepted": rows_in - len(bad),
        "rows_refused": len(bad),
        "refused_rows": counted,
    }
    return outcome_of(ready, rows_in=rows_in, part=part, **said)


def lines_of(path: Path, wanted: Mapping[int, str]) -> list[RefusedLine]:
    """The lines with these numbers, as refused lines with these reason codes."""
    with path.open("rb") as handle:
        return [
            RefusedLine(n, wanted[n], line.rstrip(b"\r\n")[:RAW_KEPT].decode("utf-8", "replace"))
            for n, line in enumerate(handle, start=1)
            if n in wanted
        ]


def land_carefully(
    con: duckdb.DuckDBPyConnection, ready: Ready, target: Path, quarantine: Path, part: str
) -> Outcome:
    """Read one troubled file; accepted rows go to `target` (unless the whole is refused), the rest to quarantine."""
    found = list(read_carefully(ready))
    records = [item for item in found if isinstance(item, Record)]
    bad = [item for item in found if isinstance(item, RefusedLine)]
    query = conformed_sql(
        ready.contract, ready.force_code, ready.heading.columns, _source(con, ready, records)
    )
    broken = con.execute(
        f"select line_number, reason_code from ({query}) where reason_code is not null"
    ).fetchall()
    raw = {record.line_number: record.raw for record in records}
    bad += [RefusedLine(number, code, raw[number]) for number, code in broken]
    outcome = judge_delivery(ready, len(found), bad, quarantine, part)
    if outcome.state == LANDED:
        con.execute(
            f"copy (select * exclude reason_code from ({query}) where reason_code is null order by line_number) "
            f"to {literal(target)} (format parquet, compression snappy)"
        )
    return outcome

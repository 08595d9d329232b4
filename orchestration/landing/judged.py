"""Turning what a reader found into outcomes: limits on rows, the share of refused rows, quarantine.

Not here: finding files (inbox), landing a group of them (groups), keeping (store), the SQL of a verdict (conform).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from data_contracts.model import FeedContract, Severity
from orchestration.landing.outcome import CHECKED, LANDED, REFUSED, Outcome, RefusedRows
from orchestration.landing.raw_rows import FIRST_RECORD
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import REASONS, RefusedLine
from orchestration.landing.role_columns import line_of
from orchestration.landing.sent_manifest import SentManifest, rows_complaint
from orchestration.landing.store import contract_hash

COUNTED = ("csv", "parquet")  # readers whose rows a manifest counts
REFUSE_ABOVE = 0.20  # of a delivery's rows; more than this and the file is not what it says it is
FEW = 10  # so few refused rows of a person-level delta say nothing of the file, unless they are all
_QUARANTINE = pa.schema(
    [("feed", pa.string()), ("force_code", pa.string()), ("delivery_id", pa.string()), ("file_name", pa.string()),
     ("line_number", pa.int64()), ("reason_code", pa.string()), ("reason", pa.string()), ("raw", pa.string())]
)  # fmt: skip


def outcome_of(ready: Ready, *, rows_in: int, **said: Any) -> Outcome:
    """An outcome for a delivery that was read; `said` overrides state, counts and reason."""
    facts: dict[str, Any] = {
        "feed": ready.contract.feed, "force_code": ready.force_code, "period": ready.period, "mode": ready.mode,
        "file_name": ready.file_name, "delivery_id": ready.delivery_id, "content_sha256": ready.content_sha256,
        "contract_version": ready.contract.version, "contract_hash": contract_hash(ready.contract),
        "state": LANDED, "rows_in": rows_in, "rows_accepted": rows_in, "rows_refused": 0, "notes": ready.notes,
        "is_whole": ready.file.is_whole and ready.mode == "full", **_sent(ready.sent),
    }  # fmt: skip
    return Outcome(**{**facts, **said})


def _sent(sent: SentManifest | None) -> dict[str, str]:
    """What an outcome keeps of a manifest."""
    if sent is None:
        return {}
    return {
        "manifest_sha256": sent.digest,
        "extract_from": sent.extract_from,
        "extract_to": sent.extract_to,
    }


def refused(
    ready: Ready,
    rows_in: int,
    code: str,
    reason: str,
    rows: tuple[RefusedRows, ...] = (),
    reached: str = CHECKED,
) -> Outcome:
    """The whole delivery is refused: all its rows count as refused, for one reason."""
    said: dict[str, Any] = {"state": REFUSED, "rows_accepted": 0, "rows_refused": rows_in, "reached": reached}
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


def _place(ready: Ready, line: int) -> str:
    """Where a refused row stands, in words: records that are not lines are counted from 1."""
    number = line_of(line) if ready.contract.roles else line
    if ready.file.reader == "csv":
        return f"first on line {number:,}"
    return f"first in record {number - FIRST_RECORD + 1:,}"


def _verdict_on_whole(
    ready: Ready, rows_in: int, counted: tuple[RefusedRows, ...], n_swapped: int
) -> tuple[str, str] | None:
    blocking = {r.code for r in ready.contract.rules if r.severity is Severity.BLOCK}
    # wide rows were counted before they were taken apart (groups)
    is_counted = ready.file.reader in COUNTED and not ready.contract.roles
    if is_counted and (short := rows_complaint(ready.sent, rows_in)):
        return short
    worst = max(counted, key=lambda r: r.n_rows, default=None)
    for found in counted:
        if found.reason_code in blocking:
            return found.reason_code, f"{found.reason} ({_place(ready, found.first_line)})"
    n_refused = sum(r.n_rows for r in counted)
    is_few = ready.contract.is_typed and n_refused < FEW and n_refused < rows_in
    if n_swapped > REFUSE_ABOVE * rows_in and not is_few:
        return "DATE_SWAP_SUSPECT", (
            f"{n_swapped:,} of its {rows_in:,} rows have a month above 12, so day and month have changed places; "
            "correct the export and send it again"
        )
    if worst and n_refused > REFUSE_ABOVE * rows_in and not is_few:
        return "TOO_MANY_REFUSED", (
            f"{n_refused:,} of its {rows_in:,} rows were refused, most because {worst.reason} "
            f"({_place(ready, worst.first_line)}); correct the export and send it again"
        )
    return breaks_row_limits(ready.contract, rows_in)


def judge_delivery(
    ready: Ready,
    bad: Sequence[RefusedLine],
    quarantine: Path,
    part: str = "",
    noted: Sequence[tuple[str, int]] = (),
) -> Outcome:
    """The outcome of a delivery with these refused lines, which go to quarantine; the whole may be refused.

    noted: (code of a rule, accepted rows that it has something to say about).
    """
    reasons = {**REASONS, **{r.code: r.reason for r in ready.contract.rules}}
    rows_in = ready.n_lines
    counted = _counted(bad, reasons)
    if bad:
        _quarantine(quarantine, ready, bad, reasons)
    n_swapped = sum(line.is_swapped for line in bad)
    if whole := _verdict_on_whole(ready, rows_in, counted, n_swapped):
        return refused(ready, rows_in, *whole, rows=counted)
    notes = (f"{n:,} row{'' if n == 1 else 's'}: {reasons[code]}" for code, n in noted)
    said: dict[str, Any] = {
        "rows_accepted": rows_in - len(bad),
        "rows_refused": len(bad),
        "refused_rows": counted,
        "n_swapped": n_swapped,
        "notes": (*ready.notes, *notes),
    }
    return outcome_of(ready, rows_in=rows_in, part=part, **said)

"""The careful reader: Python reads one troubled file line by line; each bad line is named and costs only itself.

It yields well-formed records with the number of the line each begins on, and refused lines with a reason. Values
are judged afterwards by the same SQL as the fast reader's (conform). An unbalanced quote costs its own line only:
reading resumes on the next.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.landing.ready import Ready

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
MAX_CELL = 65_536  # characters
MAX_JOINED_LINES = 50  # a quoted field may run over this many lines
RAW_KEPT = 2_000  # characters of a refused line kept in quarantine

REASONS = {
    "ENC_NOT_UTF8": "the line is not valid text in the agreed encoding",
    "CONTROL_CHARACTER": "the line holds a control character",
    "CELL_TOO_LONG": "a field is longer than 65,536 characters",
    "QUOTE_UNBALANCED": "a quotation mark is opened and never closed",
    "FIELD_COUNT": "the line does not have the agreed number of fields",
}


@dataclass(frozen=True, slots=True)
class Record:
    """A well-formed record: the line it begins on and its fields in file order, empty ones as None."""

    line_number: int
    fields: tuple[str | None, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that is no record, and why (a key of REASONS)."""

    line_number: int
    reason_code: str
    raw: str


def _decoded(path: Path, encoding: str) -> Iterator[tuple[int, str | None, bytes]]:
    """Physical lines without their ends: number, text (None when not valid), bytes."""
    codec = "utf-8-sig" if encoding.lower().replace("-", "") == "utf8" else encoding
    with path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            raw = line.rstrip(b"\r\n")
            try:
                yield number, raw.decode(codec if number == 1 else encoding), raw
            except UnicodeDecodeError:
                yield number, None, raw


def _parse(text: str, delimiter: str, quote: str) -> list[str] | None:
    """The fields of one whole record, or None when its quotes are not balanced."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


def _judge(line_number: int, text: str, fields: list[str], width: int) -> Record | RefusedLine:
    kept = text[:RAW_KEPT]
    if any(len(f) > MAX_CELL for f in fields):
        return RefusedLine(line_number, "CELL_TOO_LONG", kept)
    if CONTROL.search(text):
        return RefusedLine(line_number, "CONTROL_CHARACTER", kept)
    if len(fields) != width:
        return RefusedLine(line_number, "FIELD_COUNT", kept)
    return Record(line_number, tuple(f or None for f in fields), kept)


def _joined(
    lines: list[tuple[int, str | None, bytes]], at: int, delimiter: str, quote: str, width: int
) -> tuple[str, list[str], int] | None:
    """A record whose quoted field runs over several lines: its text, fields and how many lines; None if none fits."""
    text = lines[at][1] or ""
    for n in range(1, min(MAX_JOINED_LINES, len(lines) - at)):
        following = lines[at + n][1]
        if following is None or len(text) > MAX_CELL * 2:
            return None
        text = f"{text}\n{following}"
        fields = _parse(text, delimiter, quote)
        if fields is not None:
            return (text, fields, n + 1) if len(fields) == width else None
    return None


def read_carefully(ready: Ready) -> Iterator[Record | RefusedLine]:
    """Every record and every refused line after the heading, in file order. Blank lines are no rows."""
    csv.field_size_limit(MAX_CELL * 4)
    dialect, width = ready.contract.dialect, len(ready.heading.columns)
    lines = list(_decoded(ready.local_path, dialect.encoding))
    at = 1
    while at < len(lines):
        number, text, raw = lines[at]
        step = 1
        if not raw.strip():
            pass
        elif text is None:
            yield RefusedLine(number, "ENC_NOT_UTF8", raw[:RAW_KEPT].decode("ascii", "backslashreplace"))
        elif (fields := _parse(text, dialect.delimiter, dialect.quote)) is not None:
            yield _judge(number, text, fields, width)
        elif joined := _joined(lines, at, dialect.delimiter, dialect.quote, width):
            yield _judge(number, joined[0], joined[1], width)
            step = joined[2]
        else:
            yield RefusedLine(number, "QUOTE_UNBALANCED", text[:RAW_KEPT])
        at += step

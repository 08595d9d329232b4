"""The careful reader: Python reads one troubled file line by line; each bad line is named and costs only itself.

Well-formed records carry the number of the line they begin on, refused lines their reason. Values are judged
afterwards by the same SQL as the fast reader's (conform). An unbalanced quote costs its own line only: reading resumes
on the next.
"""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from data_contracts.model import Dialect
from orchestration.landing.line_shape import MAX_JOINED_LINES
from orchestration.landing.raw_rows import RawRows
from orchestration.landing.ready import Ready
from orchestration.landing.refused_line import CONTROL, MAX_CELL, RAW_KEPT
from orchestration.landing.transcribe import NOT_TEXT

Line = tuple[int, str | None, bytes, str]  # number, text (None when not valid), bytes, line end


def _decoded(path: Path) -> Iterator[Line]:
    """Physical lines, their ends apart."""
    with path.open("rb") as handle:
        for number, line in enumerate(handle, start=1):
            raw = line.rstrip(b"\r\n")
            end = line[len(raw) :].decode("ascii")
            try:
                yield number, raw.decode("utf-8-sig" if number == 1 else "utf-8"), raw, end
            except UnicodeDecodeError:
                yield number, None, raw, end


def _parse(text: str, delimiter: str, quote: str) -> list[str] | None:
    """The fields of one whole record, or None when its quotes are not balanced."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:
        return None
    return rows[0] if rows else []


def _trouble(text: str, fields: list[str], width: int) -> str:
    """Why a record whose quotes are balanced is no row, or nothing."""
    if any(len(f) > MAX_CELL for f in fields):
        return "CELL_TOO_LONG"
    if CONTROL.search(text):
        return "CONTROL_CHARACTER"
    return "" if len(fields) == width else "FIELD_COUNT"


class _Lines:
    """Physical lines of a file with a look ahead, so that a file of any size is read in little memory."""

    def __init__(self, path: Path) -> None:
        self._source = _decoded(path)
        self._waiting: deque[Line] = deque()

    def ahead(self, n: int) -> Line | None:
        """The n-th line from here (0: the next one), None after the end."""
        while len(self._waiting) <= n and (line := next(self._source, None)):
            self._waiting.append(line)
        return self._waiting[n] if n < len(self._waiting) else None

    def drop(self, n: int) -> None:
        """Go on by n lines."""
        for _ in range(n):
            self._waiting.popleft()


def _joined(lines: _Lines, dialect: Dialect, width: int) -> tuple[str, list[str], int] | None:
    """A record whose quoted field runs over several lines: its text, fields and how many lines; None if none fits."""
    text = ""
    for n in range(MAX_JOINED_LINES):
        following = lines.ahead(n)
        if following is None or following[1] is None or len(text) > MAX_CELL * 2:
            return None
        text += following[1]
        fields = _parse(text, dialect.delimiter, dialect.quote)
        if fields is not None:
            return (text, fields, n + 1) if len(fields) == width else None
        text += following[3]
    return None


def read_carefully(ready: Ready, rows: RawRows) -> None:
    """Every record and every refused line after the heading, in file order. Blank lines are no rows."""
    csv.field_size_limit(2**31 - 1)  # a field that is too long is told so by us
    dialect, width = ready.dialect, len(ready.heading.columns)
    lines = _Lines(ready.local_path)
    lines.ahead(0)
    lines.drop(1)
    while found := lines.ahead(0):
        number, text, raw, _ = found
        step = 1
        if not raw.strip():
            pass
        elif text is None:
            shown = raw.removeprefix(NOT_TEXT)[:RAW_KEPT].decode("ascii", "backslashreplace")
            rows.refuse("ENC_NOT_UTF8", shown, number)
        elif (fields := _parse(text, dialect.delimiter, dialect.quote)) is not None:
            _take(rows, number, text, fields, width)
        elif joined := _joined(lines, dialect, width):
            _take(rows, number, joined[0], joined[1], width)
            step = joined[2]
        else:
            rows.refuse("QUOTE_UNBALANCED", text, number)
        lines.drop(step)


def _take(rows: RawRows, number: int, text: str, fields: list[str], width: int) -> None:
    if trouble := _trouble(text, fields, width):
        rows.refuse(trouble, text, number)
    else:
        rows.add(fields, number)

"""A CSV file that is not plain UTF-8 to its end, copied line by line into one that is, for the readers to take.

Here: other encodings, and closing lines that are no rows (totals). A line that is not valid text stays one line and
stays invalid, so that the careful reader refuses it by number: nothing is ever replaced by a guess. Not here: what an
encoding must look like (byte_faults), rows (fast, careful).
"""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from data_contracts.model import Dialect
from orchestration.landing.byte_gate import CHUNK, ByteGate, ByteReport
from orchestration.landing.refused_line import MAX_CELL

TAIL = 2**16  # bytes at the end of a file in which closing lines are looked for
MOST_CARRIED = 64 * 2**20  # bytes without a line end that are kept waiting for one
NOT_TEXT = b"\xff"  # makes any line invalid as UTF-8
_MARKS = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-8": codecs.BOM_UTF8}


def is_needed(dialect: Dialect, trailer: re.Pattern[str] | None) -> bool:
    """Whether a file so written must be copied before it is read."""
    return trailer is not None or codec_name(dialect.encoding) != "utf-8"


def codec_name(encoding: str) -> str:
    """One name for each way to write an encoding."""
    return codecs.lookup(encoding).name


def _codec(path: Path, encoding: str) -> tuple[str, int]:
    """Codec without a byte order mark of its own, and how many bytes the file's mark takes."""
    codec = codec_name(encoding)
    with path.open("rb") as handle:
        head = handle.read(3)
    if codec == "utf-16":
        codec = "utf-16-be" if head.startswith(codecs.BOM_UTF16_BE) else "utf-16-le"
    mark = _MARKS.get(codec, b"")
    return codec, len(mark) if mark and head.startswith(mark) else 0


def first_line(path: Path, encoding: str) -> str:
    """The first line without its end; UnicodeDecodeError when it is not valid text."""
    codec, at = _codec(path, encoding)
    with path.open("rb") as handle:
        handle.seek(at)
        block = handle.read(4 * MAX_CELL)
    end = _find(block, "\n".encode(codec), last=False)
    return (block if end < 0 else block[:end]).decode(codec).rstrip("\r\n")


def _find(block: bytes, newline: bytes, *, last: bool) -> int:
    """Where the first or last line end begins, at a whole character of the encoding; -1 if there is none."""
    width = len(newline)
    at = block.rfind(newline) if last else block.find(newline)
    while at >= 0 and at % width:
        at = block.rfind(newline, 0, at + width - 1) if last else block.find(newline, at + 1)
    return at


def _blocks(handle: IO[bytes], n_bytes: int, newline: bytes) -> Iterator[bytes]:
    """The next n_bytes in blocks that end with a line end, the last one as it comes."""
    carried = b""
    while n_bytes > 0 and (chunk := handle.read(min(CHUNK, n_bytes))):
        n_bytes -= len(chunk)
        carried += chunk
        end = _find(carried, newline, last=True) + len(newline)
        if end < len(newline):
            end = len(carried) - len(carried) % len(newline) if len(carried) > MOST_CARRIED else 0
        if end:
            yield carried[:end]
            carried = carried[end:]
    if carried:
        yield carried


def _lines(block: bytes, newline: bytes) -> Iterator[bytes]:
    while block:
        end = _find(block, newline, last=False) + len(newline)
        if end < len(newline):
            end = len(block)
        yield block[:end]
        block = block[end:]


def _utf8(block: bytes, codec: str) -> bytes:
    try:
        return block.decode(codec).encode("utf-8")
    except UnicodeDecodeError:
        pass
    written = []
    for line in _lines(block, "\n".encode(codec)):
        try:
            written.append(line.decode(codec).encode("utf-8"))
        except UnicodeDecodeError:
            shown = line.decode(codec, "backslashreplace").rstrip("\r\n").replace("\n", " ")
            written.append(NOT_TEXT + shown.encode("utf-8", "backslashreplace") + b"\n")
    return b"".join(written)


def _kept(path: Path, codec: str, dialect: Dialect, trailer: re.Pattern[str]) -> int:
    """How many bytes of the file come before its closing lines."""
    newline, size = "\n".encode(codec), path.stat().st_size
    start = max(0, size - TAIL)
    start -= start % len(newline)
    with path.open("rb") as handle:
        handle.seek(start)
        lines = list(_lines(handle.read(), newline))
    if start:
        lines = lines[1:]  # it may be the end of a line that began before
    kept, at = size, size
    for line in reversed(lines):
        at -= len(line)
        text = line.decode(codec, "replace").strip()  # looked at, never read as a row
        if text and not trailer.match(_first_cell(text, dialect)):
            break
        if text or kept < size:
            kept = at
    return kept


def _first_cell(text: str, dialect: Dialect) -> str:
    try:
        row = next(csv.reader([text], delimiter=dialect.delimiter, quotechar=dialect.quote), [""])
    except csv.Error:
        return ""
    return row[0].strip() if row else ""


def transcribe(path: Path, target: Path, dialect: Dialect, trailer: re.Pattern[str] | None) -> ByteReport:
    """Write the copy; its report says what the copy holds (not what was hashed)."""
    codec, mark = _codec(path, dialect.encoding)
    kept = path.stat().st_size if trailer is None else _kept(path, codec, dialect, trailer)
    gate = ByteGate()
    with path.open("rb", buffering=0) as source, target.open("wb", buffering=0) as out:
        source.seek(mark)
        for block in _blocks(source, kept - mark, "\n".encode(codec)):
            written = block if codec == "utf-8" else _utf8(block, codec)
            gate.update(written)
            out.write(written)
    return gate.report()

"""How the bytes of a CSV file fall into records, told by its quotation marks alone: an account that no parser gives.

Here: delimiters between fields, and line ends within quotes, which make a record of several lines. Not here: reading
records (fast, careful).
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from data_contracts.model import Dialect
from orchestration.landing.byte_gate import CHUNK

MAX_JOINED_LINES = 50  # a quoted field may run over this many lines
_NEWLINE, _RETURN = 10, 13
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class LineShape:
    """n_delimiters: those outside quotes. inner: the record (0: the heading) of each line end within quotes, in order.

    is_sound: every quotation mark opens at the start of a field and is closed, no record has too many lines and the
    heading has one, and no CR stands without its LF: parsers read all that in different ways.
    """

    n_delimiters: int
    inner: Longs
    is_sound: bool

    def n_records(self, n_lines: int) -> int:
        """Records after the heading, given the physical lines after it."""
        return n_lines - len(self.inner)

    def last_line(self, n_lines: int) -> int:
        """The line on which the last record begins (1: the heading)."""
        within = int(np.count_nonzero(self.inner == self.n_records(n_lines)))
        return n_lines + 1 - within

    def first_lines(self, n_lines: int) -> Longs:
        """The line on which each record begins."""
        records = np.arange(1, self.n_records(n_lines) + 1, dtype=np.int64)
        return records + 1 + np.searchsorted(self.inner, records, side="left")

    def has_fields(self, width: int, n_lines: int) -> bool:
        """Whether delimiters stand between as many fields as there are headings, in the heading and every record.

        DuckDB forgives an empty field after the last, which shifts a row.
        """
        return self.n_delimiters == (width - 1) * (self.n_records(n_lines) + 1)


class _Account:
    """The running account of one file, chunk by chunk."""

    def __init__(self, dialect: Dialect) -> None:
        self.quote, self.delimiter = ord(dialect.quote), dialect.delimiter.encode()[0]
        self.is_doubled = (
            dialect.quote == dialect.escape
        )  # else a mark may be one that neither opens nor closes
        self.n_delimiters = self.n_outer = self.n_lone = self.n_misplaced = 0
        self.is_open = self.is_quoted = False
        self.inner: list[Longs] = []
        self._before = b"\n"

    def take(self, chunk: bytes) -> None:
        codes = np.frombuffer(chunk, np.uint8)
        self.n_lone += _lone_returns(codes) - (self._before == b"\r" and chunk.startswith(b"\n"))
        before, self._before = self._before, chunk[-1:]
        delimiters, quotes = codes == self.delimiter, codes == self.quote
        if not self.is_open and not quotes.any():
            self.n_delimiters += int(np.count_nonzero(delimiters))
            self.n_outer += int(np.count_nonzero(codes == _NEWLINE))
            return
        self.is_quoted = True
        opened = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ np.uint8(self.is_open)
        self.n_misplaced += self._misplaced(codes, np.flatnonzero(quotes & (opened == 1)), before)
        self.n_delimiters += int(np.count_nonzero(delimiters & (opened == 0)))
        ends = np.flatnonzero(codes == _NEWLINE)
        within = np.flatnonzero(opened[ends])
        self.inner.append((self.n_outer + within - np.arange(len(within))).astype(np.int64))
        self.n_outer += len(ends) - len(within)
        self.is_open = bool(opened[-1])

    def _misplaced(self, codes: Bytes, opening: Longs, before: bytes) -> int:
        """Opening marks that follow neither a delimiter, a line end nor a mark that closed just now."""
        follows = codes[opening - 1]
        if len(opening) and opening[0] == 0:
            follows = np.concatenate([np.frombuffer(before, np.uint8), follows[1:]])
        return int(np.count_nonzero(~np.isin(follows, (self.delimiter, self.quote, _NEWLINE))))


def shape_of(path: Path, dialect: Dialect) -> LineShape:
    """The shape of a file in UTF-8."""
    account = _Account(dialect)
    with path.open("rb", buffering=0) as handle:
        mark = handle.read(len(codecs.BOM_UTF8))
        if mark != codecs.BOM_UTF8:
            account.take(mark)
        while chunk := handle.read(CHUNK):
            account.take(chunk)
    inner = np.concatenate(account.inner) if account.inner else np.zeros(0, np.int64)
    longest = int(np.unique(inner, return_counts=True)[1].max()) if len(inner) else 0
    is_closed = not account.is_open and (account.is_doubled or not account.is_quoted)
    is_plain = is_closed and not (account.n_lone or account.n_misplaced)
    return LineShape(
        account.n_delimiters, inner, is_plain and longest < MAX_JOINED_LINES and not (inner == 0).any()
    )


def _lone_returns(codes: Bytes) -> int:
    """CRs of a chunk that no LF follows in it."""
    places = np.flatnonzero(codes == _RETURN)
    if len(places) and places[-1] == len(codes) - 1:
        return len(places) - int(np.count_nonzero(codes[places[:-1] + 1] == _NEWLINE))
    return len(places) - int(np.count_nonzero(codes[places + 1] == _NEWLINE))

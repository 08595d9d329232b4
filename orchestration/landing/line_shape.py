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
_WORD, _ALL = 64, np.uint64(2**64 - 1)
Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]


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
    """The running account of one file, chunk by chunk, a bit for each byte: 64 bytes are weighed in one step."""

    def __init__(self, dialect: Dialect) -> None:
        self.quote, self.delimiter = ord(dialect.quote), dialect.delimiter.encode()[0]
        self.is_doubled = (
            dialect.quote == dialect.escape
        )  # else a mark may be one that neither opens nor closes
        self.n_delimiters = self.n_outer = self.n_lone = self.n_misplaced = 0
        self.is_open = self.is_quoted = False
        self.inner: list[Longs] = []
        self.before = _NEWLINE  # the byte before the chunk

    def take(self, chunk: bytes) -> None:
        codes = np.frombuffer(chunk, np.uint8)
        before, self.before = self.before, chunk[-1]
        if before == _RETURN or _RETURN in chunk:
            self.n_lone += _lone_returns(codes, before)
        if not self.is_open and self.quote not in chunk:
            self.n_delimiters += int(np.count_nonzero(codes == self.delimiter))
            self.n_outer += int(np.count_nonzero(codes == _NEWLINE))
            return
        self.is_quoted = True
        delimiters, quotes, ends = (_bits(codes, sign) for sign in (self.delimiter, self.quote, _NEWLINE))
        within = _running_parity(quotes, self.is_open)
        self.n_delimiters += _count(delimiters & ~within)
        may_open = _shifted_up(delimiters | quotes | ends, before in (self.delimiter, self.quote, _NEWLINE))
        self.n_misplaced += _count(quotes & within & ~may_open)
        if (ends & within).any():
            self._take_inner(codes, within)
        self.n_outer += _count(ends & ~within)
        last = len(codes) - 1
        self.is_open = bool(within[last // _WORD] >> np.uint64(last % _WORD) & np.uint64(1))

    def _take_inner(self, codes: Bytes, within: Words) -> None:
        """Note of each line end within quotes in which record it stands."""
        ends = np.flatnonzero(codes == _NEWLINE)
        is_inner = within[ends // _WORD] >> (ends % _WORD).astype(np.uint64) & np.uint64(1)
        inner = np.flatnonzero(is_inner)
        self.inner.append((self.n_outer + inner - np.arange(len(inner))).astype(np.int64))


def _bits(codes: Bytes, sign: int) -> Words:
    """A bit for each byte that is this sign, the first byte in the lowest bit; zeros after the last."""
    packed = np.packbits(codes == sign, bitorder="little")
    whole: Words = np.concatenate([packed, np.zeros(-len(packed) % 8, np.uint8)]).view(np.uint64)
    return whole


def _count(bits: Words) -> int:
    return int(np.bitwise_count(bits).sum())


def _shifted_up(bits: Words, first: bool) -> Words:
    """Each bit at the place after its own; `first` comes in at the lowest."""
    moved: Words = bits << np.uint64(1)
    moved[1:] |= bits[:-1] >> np.uint64(_WORD - 1)
    moved[0] |= np.uint64(first)
    return moved


def _running_parity(bits: Words, is_odd: bool) -> Words:
    """Whether the number of bits up to and with each place is odd, given that it was so before."""
    parity = bits.copy()
    for step in (1, 2, 4, 8, 16, 32):
        parity ^= parity << np.uint64(step)
    ends = (parity >> np.uint64(_WORD - 1)).astype(np.uint8)
    before = np.bitwise_xor.accumulate(np.concatenate([np.array([is_odd], np.uint8), ends[:-1]]))
    return parity ^ np.where(before, _ALL, np.uint64(0))


def shape_of(path: Path, dialect: Dialect) -> LineShape:
    """The shape of a file in UTF-8."""
    account = _Account(dialect)
    with path.open("rb", buffering=0) as handle:
        mark = handle.read(len(codecs.BOM_UTF8))
        if mark and mark != codecs.BOM_UTF8:
            account.take(mark)
        while chunk := handle.read(CHUNK):
            account.take(chunk)
    inner = np.concatenate(account.inner) if account.inner else np.zeros(0, np.int64)
    longest = int(np.unique(inner, return_counts=True)[1].max()) if len(inner) else 0
    is_closed = not account.is_open and (account.is_doubled or not account.is_quoted)
    is_plain = is_closed and not (account.n_lone or account.before == _RETURN or account.n_misplaced)
    return LineShape(
        account.n_delimiters, inner, is_plain and longest < MAX_JOINED_LINES and not (inner == 0).any()
    )


def _lone_returns(codes: Bytes, before: int) -> int:
    """CRs that no LF follows: those of a chunk and the one that may stand before it; a last one waits."""
    returns = np.concatenate([[before == _RETURN], codes[:-1] == _RETURN])
    return int(np.count_nonzero(returns & (codes != _NEWLINE)))

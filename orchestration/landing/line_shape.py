"""How the bytes of a CSV file fall into records, told by its quotation marks alone: an account that no parser gives.

Here: delimiters, and line ends within quotes, which make a record of several lines. Not here: reading records (fast,
careful).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from data_contracts.model import Dialect
from orchestration.landing.byte_gate import CHUNK

MAX_JOINED_LINES = 50  # a quoted field may run over this many lines
_NEWLINE, _RETURN = 10, 13


@dataclass(frozen=True, slots=True)
class LineShape:
    """inner: for each line end within quotes, the record it stands in (0: the heading), in file order.

    is_sound: every quotation mark that is opened is closed, no record has too many lines and the heading has one, and
    no CR stands without its LF, which parsers read in different ways.
    """

    n_delimiters: int
    inner: npt.NDArray[np.int64]
    is_sound: bool

    def n_records(self, n_lines: int) -> int:
        """Records after the heading, given the physical lines after it."""
        return n_lines - len(self.inner)

    def last_line(self, n_lines: int) -> int:
        """The line on which the last record begins (1: the heading)."""
        within = int(np.count_nonzero(self.inner == self.n_records(n_lines)))
        return n_lines + 1 - within

    def steps(self, n_lines: int, n_before: int) -> list[tuple[int, int]]:
        """(running number of a record, how many lines more than records come before the next one), where that changes.

        n_before: records of the files before. The count begins anew after the last record.
        """
        records, counts = np.unique(self.inner, return_counts=True)
        last = self.n_records(n_lines)
        found = zip(records.tolist(), np.cumsum(counts).tolist(), strict=True)
        changes = [(n_before + record, more) for record, more in found if record < last]
        return [*changes, (n_before + last, 0)] if changes else []


def shape_of(path: Path, dialect: Dialect) -> LineShape:
    """The shape of a file in UTF-8. With an escape of its own a quotation mark says nothing here: inner is empty."""
    quote = ord(dialect.quote) if dialect.quote == dialect.escape else None
    delimiter = dialect.delimiter.encode()[0]
    n_delimiters = n_outer = n_lone = 0
    is_open = False
    before = b""
    inner: list[npt.NDArray[np.int64]] = []
    with path.open("rb", buffering=0) as handle:
        while chunk := handle.read(CHUNK):
            codes = np.frombuffer(chunk, np.uint8)
            n_delimiters += int(np.count_nonzero(codes == delimiter))
            n_lone += _returns(codes) - (before == b"\r" and chunk.startswith(b"\n"))
            before = chunk[-1:]
            quotes = codes == quote if quote is not None else np.zeros(0, bool)
            if not is_open and not quotes.any():
                n_outer += int(np.count_nonzero(codes == _NEWLINE))
                continue
            opened = np.bitwise_xor.accumulate(quotes.view(np.uint8)) ^ np.uint8(is_open)
            ends = np.flatnonzero(codes == _NEWLINE)
            within = np.flatnonzero(opened[ends])
            inner.append(n_outer + within - np.arange(len(within)))
            n_outer += len(ends) - len(within)
            is_open = bool(opened[-1])
    found = np.concatenate(inner).astype(np.int64) if inner else np.zeros(0, np.int64)
    longest = int(np.unique(found, return_counts=True)[1].max()) if len(found) else 0
    is_sound = not is_open and not n_lone and longest < MAX_JOINED_LINES and not (found == 0).any()
    return LineShape(n_delimiters, found, is_sound)


def _returns(codes: npt.NDArray[np.uint8]) -> int:
    """CRs of a chunk that no LF follows in it."""
    places = np.flatnonzero(codes == _RETURN)
    if len(places) and places[-1] == len(codes) - 1:
        return len(places) - int(np.count_nonzero(codes[places[:-1] + 1] == _NEWLINE))
    return len(places) - int(np.count_nonzero(codes[places + 1] == _NEWLINE))

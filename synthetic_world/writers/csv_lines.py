"""CSV: a stretch of a journal as bytes, in the contract's headings, order, dialect and encoding.

Lines are put together as whole columns, and a stretch that several files share is made once. Not here: what stands in
a cell (values), names of files (naming), headings of other kinds of file.
"""

import codecs
import re
from collections.abc import Iterator
from functools import reduce
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.columns import Dialect
from data_contracts.model import FeedContract
from synthetic_world.records.placeholders import letters
from synthetic_world.writers.values import Hand, written

CHUNK: Final = 100_000  # rows made at once
_PLAIN: Final = ("date", "timestamp", "integer", "number")


def _bare(problem: UnicodeError) -> tuple[str, int]:
    """A letter that an encoding does not have, without its accent."""
    import unicodedata

    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    letters = unicodedata.normalize("NFKD", problem.object[problem.start : problem.end])
    bare = "".join(one for one in letters if ord(one) < 128)
    return bare or "?", problem.end


codecs.register_error("bare", _bare)


class CsvFeed:
    """One feed of one force as CSV. Stretches are given by rows of the journal."""

    def __init__(self, contract: FeedContract, dialect: Dialect, table: pa.Table, hand: Hand) -> None:
        """Write rows of a journal's table by a contract."""
        self.contract, self.dialect, self.table, self.hand = contract, dialect, table, hand
        self.end = "\r\n" if hand.habits.line_end == "crlf" else "\n"
        self._made: tuple[int, int, pa.Array] | None = None

    def chunks(self, first: int, last: int) -> Iterator[memoryview | bytes]:
        """The bytes of a file with the rows from `first` up to before `last`."""
        yield self._mark() + self._encoded(self._heading().encode())
        for start in range(first, last, CHUNK):
            yield self._encoded(self._bytes(start, min(start + CHUNK, last)))
        if self.hand.habits.totals:
            yield self._encoded(self._totals(last - first).encode())

    def prepare(self, first: int, last: int) -> None:
        """Make a stretch that many files will take parts of."""
        self._made = (first, last, self._lines(first, last))

    def _bytes(self, first: int, last: int) -> memoryview | bytes:
        made = self._made
        if made is None or not made[0] <= first <= last <= made[1]:
            made = (first, last, self._lines(first, last))
        lines = made[2]
        offsets, letters = lines.buffers()[1], lines.buffers()[2]
        if letters is None or first == last:
            return b""
        at = np.frombuffer(offsets, np.int32)[lines.offset :]
        return memoryview(letters)[int(at[first - made[0]]) : int(at[last - made[0]])]

    def _lines(self, first: int, last: int) -> pa.Array:
        """One text a row, with its line end."""
        rows = self.table.slice(first, last - first)
        by_heading = {}
        for column in self.contract.columns:
            if column.physical and column.physical not in by_heading:
                cells = written(column, rows, self.hand)
                by_heading[column.physical] = self._quoted(cells, column.logical_type in _PLAIN)
        cells = [by_heading[name] for name in self.contract.physicals]
        cells[-1] = pc.binary_join_element_wise(pc.fill_null(cells[-1], ""), self.end, "")
        return pc.binary_join_element_wise(
            *cells, self.dialect.delimiter, null_handling="replace", null_replacement=""
        )

    def _quoted(self, cells: pa.Array, is_plain: bool) -> pa.Array:
        """Cells as they stand in a line: in quotation marks where they hold a sign of the dialect."""
        if pa.types.is_dictionary(cells.type):
            words = pa.DictionaryArray.from_arrays(cells.indices, self._quoted(cells.dictionary, is_plain))
            return words.cast(pa.string())
        if is_plain or cells.null_count == len(cells):
            return cells
        special = self._special(cells)
        if special is None:
            return cells
        quote = self.dialect.quote
        doubled = pc.replace_substring(cells, quote, self.dialect.escape + quote)
        return pc.if_else(special, pc.binary_join_element_wise(quote, doubled, quote, ""), cells)

    def _special(self, cells: pa.Array) -> pa.Array | None:
        """Where a cell has to be quoted; None for nowhere."""
        whole = letters(cells)
        signs = [
            one
            for one in (self.dialect.delimiter, self.dialect.quote, "\n")
            if re.search(re.escape(one.encode()), whole)
        ]
        if not signs:
            return None
        found = [pc.fill_null(pc.match_substring(cells, one), False) for one in signs]
        return reduce(pc.or_, found)

    def _heading(self) -> str:
        words = self._quoted(pa.array(self.contract.physicals, pa.string()), is_plain=False).to_pylist()
        return self.dialect.delimiter.join(words) + self.end

    def _totals(self, n: int) -> str:
        rest = self.dialect.delimiter * (len(self.contract.physicals) - 2)
        return f"Total{self.dialect.delimiter}{n}{rest}{self.end}"

    def _mark(self) -> bytes:
        if self.dialect.encoding.startswith("utf-16"):
            return codecs.BOM_UTF16_LE
        return codecs.BOM_UTF8 if self.hand.habits.byte_mark else b""

    def _encoded(self, text: memoryview | bytes) -> memoryview | bytes:
        if self.dialect.encoding == "utf-8":
            return text
        encoding = "utf-16-le" if self.dialect.encoding.startswith("utf-16") else self.dialect.encoding
        return str(text, "utf-8").encode(encoding, "bare")

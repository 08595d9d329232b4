"""What the bytes of a file say before any parser sees them.

Here: the counts that a reader is held against and the first bytes, gathered chunk by chunk in the pass that also
hashes. Not here: headings and rows (`header`, `fast`, `careful`), what a file ought to be and the faults that follow
from that (`byte_faults`): that is its contract's word, and this only reports.
"""

import codecs
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

CHUNK: Final = 1024**2
HEAD: Final = 16  # bytes of a file that tell its kind
ODD_SIGNS: Final = ("\t", "\u00a0", "\u2007", "\u202f", "\u0130", "\u212a")
_ODD_ENDS: Final = tuple((sign.encode()[-1], sign.encode()) for sign in ODD_SIGNS if not sign.isascii())


@dataclass(frozen=True, slots=True)
class ByteReport:
    """The whole file in a few numbers.

    `n_newlines` counts LF bytes; `n_lines` the physical lines, also a last one without an end. Where
    `is_utf8` is False, `first_bad_line` (1 = heading) says where. `has_controls`: there are bytes below 32
    other than TAB, LF and CR; `has_nul`: one of them is zero. `has_odd_signs`: it may hold a blank other than the plain
    one, or a letter outside ASCII that becomes one within it when capitals are made small. `head`: the first bytes.
    """

    size: int
    sha256: str
    n_newlines: int
    n_carriage_returns: int
    ends_with_newline: bool
    has_utf8_bom: bool
    is_utf8: bool
    first_bad_line: int | None
    has_controls: bool
    has_nul: bool
    has_odd_signs: bool
    head: bytes

    @property
    def n_lines(self) -> int:
        """Physical lines, counting a last line that has no end."""
        return self.n_newlines + (0 if self.ends_with_newline or self.size == 0 else 1)


class ByteGate:
    """Feed it every chunk in order, then ask for the report."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self.size = 0
        self._sha = hashlib.sha256()
        self._head, self._last = b"", b""
        self._newlines = self._returns = 0
        self._has_nul = self._has_controls = self._has_odd_signs = False
        self._pending = b""  # the first bytes of a letter whose rest is in the next chunk
        self._first_bad_line: int | None = None

    def update(self, chunk: bytes) -> None:
        """Take the next chunk, of any size."""
        if not chunk:
            return
        self.size += len(chunk)
        self._sha.update(chunk)
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
        self._decode(chunk, final=False)
        self._count(chunk)
        self._last = chunk[-1:]

    def _count(self, chunk: bytes) -> None:
        """Line ends and control bytes; a chunk holding only LF below 32 costs two passes, CRLF three."""
        codes = np.frombuffer(chunk, np.uint8)
        low = int(np.count_nonzero(codes < 32))
        newlines = int(np.count_nonzero(codes == 10)) if low else 0
        returns = int(np.count_nonzero(codes == 13)) if low > newlines else 0
        if low > newlines + returns:
            self._has_odd_signs = self._has_odd_signs or b"\t" in chunk
            if low > newlines + returns + chunk.count(b"\t"):
                self._has_controls = True
                self._has_nul = self._has_nul or b"\0" in chunk
        self._newlines += newlines
        self._returns += returns

    def _decode(self, chunk: bytes, *, final: bool) -> None:
        """Follow UTF-8 across chunk ends, until the first byte that breaks it."""
        if self._first_bad_line is not None or not (final or self._pending or not chunk.isascii()):
            return
        n_pending, text = len(self._pending), self._pending + chunk
        self._look_for_odd_signs(text)
        try:
            self._pending = text[codecs.utf_8_decode(text, "strict", final)[1] :]
        except UnicodeDecodeError as error:
            start = max(0, error.start - n_pending)
            self._first_bad_line = self._newlines + chunk.count(b"\n", 0, start) + 1

    def _look_for_odd_signs(self, text: bytes) -> None:
        """Look for the last byte first: it is rare, and quicker to find."""
        if not self._has_odd_signs:
            codes = np.frombuffer(text, np.uint8)
            self._has_odd_signs = any((codes == last).any() and sign in text for last, sign in _ODD_ENDS)

    def report(self) -> ByteReport:
        """Everything seen; the gate is then done."""
        self._decode(b"", final=True)
        return ByteReport(
            size=self.size,
            sha256=self._sha.hexdigest(),
            n_newlines=self._newlines,
            n_carriage_returns=self._returns,
            ends_with_newline=self._last == b"\n",
            has_utf8_bom=self._head.startswith(codecs.BOM_UTF8),
            is_utf8=self._first_bad_line is None,
            first_bad_line=self._first_bad_line,
            has_controls=self._has_controls,
            has_nul=self._has_nul,
            has_odd_signs=self._has_odd_signs,
            head=self._head,
        )


def inspect_bytes(path: Path, chunk_bytes: int = CHUNK) -> ByteReport:
    """Report on a file on disk in one read pass; OSError where it cannot be read."""
    gate = ByteGate()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(chunk_bytes):
            gate.update(chunk)
    return gate.report()

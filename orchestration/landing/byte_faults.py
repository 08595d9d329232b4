"""Faults of bytes: a file that is not what its contract says is shown to no parser.

A zip or UTF-16 is no fault in itself; it is one where the contract promises something else. Not here: looking at the
bytes (`byte_gate`), headings and rows.
"""

import codecs
from dataclasses import dataclass
from typing import Final

from orchestration.landing.byte_gate import HEAD, ByteReport

_UTF16: Final = {"utf-16-le": (codecs.BOM_UTF16_LE,), "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)}
_WIDE: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MAGIC: Final = (
    (b"PK\x03\x04", "a zip file or workbook (xlsx)"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file, or an encrypted one"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"PAR1", "a Parquet file"),
    (b"<?xml", "an XML file"),
    (b"<html", "a web page"),
    (b"<!doctype html"[:HEAD], "a web page"),
)
_WANTED: Final = {  # what a container begins with, and its name
    "xlsx": ((b"PK\x03\x04",), "a workbook (xlsx)"),
    "zip": ((b"PK\x03\x04", b"PK\x05\x06"), "a zip file"),
    "parquet": ((b"PAR1",), "a Parquet file"),
}


@dataclass(frozen=True, slots=True)
class ByteFault:
    """Why no parser may be shown a file: EMPTY, ENC_UTF16, ENC_MISMATCH, NOT_<kind>, NUL_BYTE or LINE_ENDS."""

    code: str
    complaint: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What a contract says a file is: csv, jsonl, xml (text), xlsx, zip or parquet, and how its text is written."""

    kind: str = "csv"
    encoding: str = "utf-8"


def fault_of(report: ByteReport, expected: Expected) -> ByteFault | None:
    """The fault of a file that ought to be `expected`, or None when a parser may have it."""
    if report.size == 0 or report.head == codecs.BOM_UTF8:
        return ByteFault("EMPTY", "is empty; send it again")
    if expected.kind in _WANTED:
        starts, name = _WANTED[expected.kind]
        if report.head.startswith(starts):
            return None
        return ByteFault(
            f"NOT_{expected.kind.upper()}", f"is not {name} but {_seen(report)}; send the file as agreed"
        )
    if expected.kind == "xml":  # the parser knows the encodings that XML declares
        return None
    if expected.encoding in _UTF16:
        return _fault_of_utf16(report, _UTF16[expected.encoding])
    return _fault_of_text(report, expected.kind)


def _seen(report: ByteReport) -> str:
    """What a file looks like."""
    if report.head.startswith(_WIDE):
        return "text in UTF-16 or UTF-32"
    found = (kind for magic, kind in _MAGIC if report.head.lower().startswith(magic.lower()))
    return next(found, "something unknown" if report.has_nul or not report.is_utf8 else "plain text")


def _fault_of_utf16(report: ByteReport, marks: tuple[bytes, ...]) -> ByteFault | None:
    is_marked = report.head.startswith(marks) and not report.head.startswith(codecs.BOM_UTF32_LE)
    others = (*_WIDE, codecs.BOM_UTF8, *(magic for magic, _ in _MAGIC))
    if is_marked or (report.has_nul and not report.head.startswith(others)):
        return None
    return ByteFault("ENC_MISMATCH", f"is not written in UTF-16 as agreed but looks like {_seen(report)}")


def _fault_of_text(report: ByteReport, kind: str) -> ByteFault | None:
    if report.head.startswith(_WIDE):
        return ByteFault("ENC_UTF16", "is written in UTF-16 or UTF-32; save it as UTF-8")
    for magic, name in _MAGIC:
        if report.head.lower().startswith(magic.lower()):
            wanted = "CSV" if kind == "csv" else "JSON"
            return ByteFault(f"NOT_{kind.upper()}", f"is not text but {name}; send the {wanted} itself")
    if report.has_nul:
        return ByteFault("NUL_BYTE", "holds a NUL byte, so it is damaged or not text; export it again")
    if report.n_carriage_returns > 2 * report.n_newlines:  # a stray CR inside quotes is no fault of the ends
        return ByteFault("LINE_ENDS", "ends its lines with CR alone; save it with LF or CRLF line ends")
    return None

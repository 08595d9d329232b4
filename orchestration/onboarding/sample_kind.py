"""What kind of file a sample is, by its first bytes; its text decoded, by evidence and not by its name.

Not here: the kinds themselves (sample_csv, sample_sheets, sample_json, sample_markup, sample_parquet).
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

from data_contracts.drafting.sample import Doubt, DraftError
from orchestration.landing.byte_gate import ByteReport, inspect_bytes
from orchestration.landing.found import MIB

MOST_BYTES = 200 * MIB
_REFUSED = (
    (b"%PDF", "a PDF; ask for the data itself"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel file, or an encrypted one; ask for xlsx without a password, or for CSV",
    ),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file; unpack it first"),
    (b"\xfd7zXZ", "packed with xz; unpack it first"),
    (b"<html", "a web page; ask for the data itself"),
    (b"<!doctype html", "a web page; ask for the data itself"),
)
_UNUSED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # bytes that cp1252 has no sign for


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file. encoding: as a contract names it."""

    text: str
    encoding: str
    doubts: tuple[Doubt, ...]


def report_of(path: Path) -> ByteReport:
    """What its bytes say; DraftError for a file that cannot be a sample at all."""
    name = path.name
    try:
        if not path.is_file():
            raise DraftError(f"{name} is not a file; name a sample of one delivery")
        if path.stat().st_size > MOST_BYTES:
            raise DraftError(
                f"{name} has more than {MOST_BYTES:,} bytes; give its first 100,000 rows as a sample"
            )
        report = inspect_bytes(path)
        with path.open("rb") as handle:
            head = handle.read(64).lstrip().lower()
    except OSError as problem:
        raise DraftError(f"{name} cannot be read ({problem.strerror})") from None
    if report.size == 0:
        raise DraftError(f"{name} is empty; send a sample with some rows")
    for magic, what in _REFUSED:
        if head.startswith(magic.lower()):
            raise DraftError(f"{name} is {what}")
    return report


def kind_of(path: Path, report: ByteReport) -> str:
    """zip, parquet, or text."""
    if report.head.startswith(b"PK"):
        return "zip"
    return "parquet" if report.head.startswith(b"PAR1") else "text"


def decoded(path: Path, report: ByteReport) -> Text:
    """The text of a file; DraftError where no encoding that a contract may name fits."""
    raw = path.read_bytes()
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise DraftError(f"{path.name} is written in UTF-32; ask for UTF-8")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Text(_as(raw, "utf-16", path), "utf-16", ())
    if report.has_nul:
        return _without_mark(raw, path)
    if report.is_utf8:
        text = raw.decode("utf-8-sig")
        doubt = Doubt(
            "encoding", "only plain letters were seen, which are the same in many encodings; utf-8 was taken"
        )
        return Text(text, "utf-8", (doubt,) if text.isascii() and not report.has_utf8_bom else ())
    return _single_bytes(raw, path)


def _as(raw: bytes, encoding: str, path: Path) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as problem:
        raise DraftError(
            f"{path.name} is not valid {encoding} (byte {problem.start:,}); export it again"
        ) from None


def _without_mark(raw: bytes, path: Path) -> Text:
    """Text full of NUL bytes: UTF-16 whose mark is missing, or no text."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    if odd > 0.3 * len(raw) / 2 and odd > 20 * even:
        doubt = Doubt(
            "encoding", "it has no byte order mark; its bytes look like UTF-16 with the low byte first"
        )
        return Text(_as(raw, "utf-16-le", path), "utf-16-le", (doubt,))
    if even > 20 * odd:
        raise DraftError(
            f"{path.name} looks like UTF-16 with the high byte first and has no mark; ask for one, or for UTF-8"
        )
    raise DraftError(f"{path.name} holds NUL bytes, so it is damaged or not text; export it again")


def _single_bytes(raw: bytes, path: Path) -> Text:
    """Text with one byte a letter: cp1252, unless it holds bytes that cp1252 has nothing for."""
    if found := sorted(_UNUSED & set(raw)):
        raise DraftError(
            f"{path.name} is neither UTF-8 nor cp1252 (it holds the byte 0x{found[0]:02x}); "
            "ask the force how it is encoded"
        )
    text = raw.decode("cp1252")
    shown = "".join(dict.fromkeys(letter for letter in text if ord(letter) > 127))[:12]
    return Text(
        text, "cp1252", (Doubt("encoding", f"it is not UTF-8; read as cp1252 its other letters are {shown}"),)
    )

"""What the byte gate sees, whatever the size of the chunks it is fed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.landing.byte_faults import Expected, fault_of
from orchestration.landing.byte_gate import ByteGate, ByteReport, inspect_bytes

ROW = "1,O’Néill,🚓\r\n"


def report(content: bytes, chunk: int = 7) -> ByteReport:
    gate = ByteGate()
    for at in range(0, len(content), chunk):
        gate.update(content[at : at + chunk])
    return gate.report()


FAULTS = [
    (b"", "EMPTY"),
    (b"\xef\xbb\xbf", "EMPTY"),
    ("a,b\n1,2\n".encode("utf-16"), "ENC_UTF16"),
    (b"\xfe\xff" + "a,b\n".encode("utf-16-be"), "ENC_UTF16"),
    ("a,b\n1,2\n".encode("utf-32"), "ENC_UTF16"),
    ("a,b\n1,2\n".encode("utf-16-le"), "NUL_BYTE"),
    (b"a,b\n1,\x002\n", "NUL_BYTE"),
    (b"PK\x03\x04" + b"\0" * 30, "NOT_CSV"),
    (b"%PDF-1.7\n", "NOT_CSV"),
    (b"\x1f\x8b\x08\0", "NOT_CSV"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "NOT_CSV"),
    (b"<!DOCTYPE html><html>", "NOT_CSV"),
    (b"a,b\r1,2\r3,4\r", "LINE_ENDS"),
    (b"a,b\n1,2\r3,4\r5,6\r", "LINE_ENDS"),
    (b"a,b\n1,2\n", None),
    (b"a,b\r\n1,2\r\n", None),
    (b'a,b\n"one\rtwo",2\n', None),
    (b'a,b\r\n"one\rtwo",2\r\n', None),
    (b"a,b", None),
    (b"PK,b\n1,2\n", None),
    (b"caf\xe9,b\n", None),  # not UTF-8, but its contract may say so
]


@pytest.mark.parametrize("chunk", [1, 3, 1000])
@pytest.mark.parametrize(("content", "code"), FAULTS)
def test_faults(content: bytes, code: str | None, chunk: int) -> None:
    fault = fault_of(report(content, chunk), Expected())
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("content", "newlines", "lines", "ends"),
    [
        (b"", 0, 0, False),
        (b"a", 0, 1, False),
        (b"a\n", 1, 1, True),
        (b"a\r\nb", 1, 2, False),
        (b"\n\n", 2, 2, True),
    ],
)
def test_lines_are_counted(content: bytes, newlines: int, lines: int, ends: bool) -> None:
    found = report(content)
    assert (found.n_newlines, found.n_lines, found.ends_with_newline) == (newlines, lines, ends)


def test_a_byte_order_mark_is_flagged_and_no_fault() -> None:
    found = report("\ufeffa,b\n1,2\n".encode())
    assert (found.has_utf8_bom, found.is_utf8, fault_of(found, Expected())) == (True, True, None)
    assert not report(b"a,b\n").has_utf8_bom


@pytest.mark.parametrize("chunk", range(1, 40))
def test_letters_across_chunk_ends_are_whole(chunk: int) -> None:
    assert report((ROW * 20).encode(), chunk).is_utf8


@pytest.mark.parametrize("chunk", [1, 2, 5, 16, 10_000])
@pytest.mark.parametrize("bad", [b"\xe9,\n", b"\xe2\x80\n", b"\xf0\x9f\x9a"])
def test_the_first_bad_line_is_named(chunk: int, bad: bytes) -> None:
    content = (ROW * 9).encode() + b"x," + bad
    found = report(content, chunk)
    assert (found.is_utf8, found.first_bad_line) == (False, 10)


@pytest.mark.parametrize(
    ("byte", "is_control"), [(1, True), (11, True), (31, True), (9, False), (32, False), (127, False)]
)
def test_control_characters_are_flagged(byte: int, is_control: bool) -> None:
    assert report(b"a,b\r\n1," + bytes([byte]) + b"\r\n").has_controls is is_control


@given(st.binary(max_size=200), st.integers(1, 50))
def test_chunks_do_not_matter(content: bytes, chunk: int) -> None:
    found = report(content, chunk)
    assert found == report(content, 10_000)
    assert (found.size, found.n_newlines) == (len(content), content.count(b"\n"))
    assert found.n_carriage_returns == content.count(b"\r")
    try:
        content.decode()
        assert found.first_bad_line is None
    except UnicodeDecodeError as error:
        assert found.first_bad_line == content.count(b"\n", 0, error.start) + 1


def test_a_file_on_disk_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(ROW.encode() * 1000)
    assert inspect_bytes(tmp_path / "a.csv", 4096) == report(ROW.encode() * 1000)

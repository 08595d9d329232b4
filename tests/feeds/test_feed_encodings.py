"""CSV as forces write it: other encodings, closing totals, blanks in headings. A bad byte costs its own row."""

import codecs
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.model import Dialect
from orchestration.landing import transcribe

Land = Callable[..., Any]
NAME = "samples_20261001_delta.csv"
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
NAMED = "O’Néill; “Ünal”"


@pytest.fixture
def written(shire: Any, files: Any) -> Callable[..., None]:
    """Testshire writes CSV in an encoding: declare it, and put these bytes there."""

    def put(encoding: str, content: bytes | str, delimiter: str = ";", **more: str) -> None:
        dialect = {**files.dialect, "encoding": encoding, "delimiter": delimiter}
        shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": dialect, **more}])
        shire.put(NAME, content.encode(encoding) if isinstance(content, str) else content)

    return put


def text_of(files: Any, n: int = 3, text: str = f'"{NAMED}"', **more: Any) -> str:
    return str(files.csv(files.rows(n, Text=text), ";", **more))


ENCODED = [
    ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("cp1252", b""), ("utf-16-le", b""), ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16", codecs.BOM_UTF16_LE),
]  # fmt: skip


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize(("encoding", "mark"), ENCODED)
def test_names_come_through_whole(
    written: Any, files: Any, land: Land, encoding: str, mark: bytes, end: str
) -> None:
    codec = "utf-16-le" if encoding == "utf-16" else encoding
    written(encoding, mark + text_of(files, end=end).encode(codec))
    landed = land()
    landed.is_conserved()
    assert landed.outcome.notes == ()
    assert landed.rows("line_number, text") == [(2, NAMED), (3, NAMED), (4, NAMED)]


def test_utf_16_with_its_mark_may_be_big_endian(written: Any, files: Any, land: Land) -> None:
    written("utf-16", codecs.BOM_UTF16_BE + text_of(files).encode("utf-16-be"))
    assert land().rows("distinct text") == [(NAMED,)]


MISMATCHES = [
    ("utf-8", "utf-16", "ENC_UTF16"), ("cp1252", "utf-16", "ENC_UTF16"), ("utf-8", "utf-16-le", "NUL_BYTE"),
    ("utf-16-le", "utf-8", "ENC_MISMATCH"), ("utf-16", "utf-8", "ENC_MISMATCH"),
    ("utf-16-le", "utf-32", "ENC_MISMATCH"),
]  # fmt: skip


@pytest.mark.parametrize(("agreed", "sent", "code"), MISMATCHES)
def test_an_encoding_is_never_guessed(
    written: Any, files: Any, land: Land, agreed: str, sent: str, code: str
) -> None:
    written(agreed, text_of(files).encode(sent))
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_accepted) == ("refused", code, 0)


def test_a_cell_without_end_is_told_so(written: Any, files: Any, land: Land) -> None:
    rows = [*files.rows(8), files.row(Ref="S/9", Text="x" * 3_000_000), files.row(Ref="S/10")]
    written("utf-8", files.csv(rows, ";"))
    assert land().refused() == [(10, "CELL_TOO_LONG")]


def test_utf_16_of_the_other_end_is_refused(written: Any, files: Any, land: Land) -> None:
    written("utf-16-le", codecs.BOM_UTF16_BE + text_of(files).encode("utf-16-be"))
    assert land().outcome.reason_code == "ENC_MISMATCH"
    written("utf-16-le", codecs.BOM_UTF8 + text_of(files).encode("utf-16-le"))
    assert land(home="again").outcome.reason_code == "ENC_MISMATCH"


@pytest.mark.parametrize(("encoding", "bad"), [
    ("cp1252", b"\x81"), ("cp1252", b"\xc3\x81"), ("utf-8", b"\xe9"), ("utf-16-le", b"\x00\xd8"),
    ("utf-16-le", b"\x3d\xd8\x0a\x0a"),
])  # fmt: skip
def test_a_bad_byte_costs_its_own_row(
    written: Any, files: Any, land: Land, encoding: str, bad: bytes
) -> None:
    lines = text_of(files, 20).encode(encoding).split("\n".encode(encoding))
    at = lines[6].index("Grade".encode(encoding)) if b"Grade" in lines[6] else len("S/1;".encode(encoding))
    lines[6] = lines[6][:at] + bad + lines[6][at:]
    written(encoding, "\n".encode(encoding).join(lines))
    landed = land()
    landed.is_conserved()
    assert landed.refused() == [(7, "ENC_NOT_UTF8")]
    assert landed.rows("distinct text") == [(NAMED,)]
    assert [line for (line,) in landed.rows("line_number")] == [n for n in range(2, 22) if n != 7]


def test_an_odd_byte_at_the_end_costs_the_last_row(written: Any, files: Any, land: Land) -> None:
    written("utf-16-le", text_of(files, 20).encode("utf-16-le").removesuffix(b"\r\0\n\0")[:-1])
    assert land().refused() == [(21, "ENC_NOT_UTF8")]


def test_a_nul_within_utf_16_text_refuses_its_row(written: Any, files: Any, land: Land) -> None:
    rows = [*files.rows(8), files.row(Ref="S/9", Text="a\0b")]
    written("utf-16-le", files.csv(rows, ";").encode("utf-16-le"))
    assert land().refused() == [(10, "CONTROL_CHARACTER")]


TOTALS = [
    "Total;3\r\n",
    "Total rows: 3;;;\r\n\r\n",
    "\r\n\r\nTotal;\r\nTotals checked;x\r\n",
    '"Total";1',
    "total;\n",
]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("total", TOTALS)
def test_closing_totals_are_no_rows(written: Any, files: Any, land: Land, total: str, encoding: str) -> None:
    written(encoding, text_of(files) + total, trailer="^[Tt]otal.*$")
    landed = land()
    landed.is_conserved()
    assert (landed.outcome.rows_in, landed.outcome.rows_refused) == (3, 0)
    assert landed.rows("line_number, source_record_id") == [(2, "S/1"), (3, "S/2"), (4, "S/3")]


def test_totals_are_cut_at_the_end_only_and_need_not_be_there(written: Any, files: Any, land: Land) -> None:
    rows = [*files.rows(4), files.row(Ref="Total S/5"), files.row(Ref="S/6")]
    written("utf-8", files.csv(rows, ";"), trailer="^Total.*$")
    assert [ref for (ref,) in land().rows("source_record_id")] == [
        "S/1",
        "S/2",
        "S/3",
        "S/4",
        "Total S/5",
        "S/6",
    ]


def test_a_file_of_totals_alone_is_a_quiet_night(written: Any, files: Any, land: Land) -> None:
    written("cp1252", text_of(files, 0) + "Total;0\r\n", trailer="^Total.*$")
    outcome = land().outcome
    assert (outcome.state, outcome.rows_in) == ("landed", 0)


def test_blanks_in_headings_make_no_difference(written: Any, files: Any, land: Land) -> None:
    headings = [
        " Ref",
        "Logged  ",
        "Action",
        "\u00a0Text",
        "Grade",
        "SEEN",
        "Sure ",
        "People",
        "K m".replace(" ", ""),
        "synthetic",
    ]
    content = text_of(files).split("\r\n", 1)[1]
    written("cp1252", ";".join(headings) + "\r\n" + content)
    landed = land()
    assert landed.outcome.notes == () and landed.rows("distinct text") == [(NAMED,)]


def test_columns_without_a_heading_are_left_out(written: Any, files: Any, land: Land) -> None:
    lines = files.csv(files.rows(3), ";", "\n").splitlines()
    written("utf-8", "\n".join(f"{line};{'' if n == 0 else 'x'};" for n, line in enumerate(lines)) + "\n")
    landed = land()
    assert landed.outcome.notes == ("2 columns without a heading left out",)
    assert landed.outcome.rows_accepted == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(st.binary(max_size=12), max_size=8),
    encoding=st.sampled_from(["cp1252", "utf-16-le", "utf-16"]),
    block=st.integers(1, 9),
)
def test_a_copy_has_the_lines_of_the_file_whatever_its_bytes(
    tmp_path: Any, lines: list[bytes], encoding: str, block: int
) -> None:
    """Every line of the file is one line of the copy: the same text, or not valid text at all."""
    codec = "utf-16-le" if encoding == "utf-16" else encoding
    newline = "\n".encode(codec)
    content = "heading\n".encode(codec) + newline.join(lines)
    (tmp_path / "in").write_bytes(content)
    dialect = Dialect(";", '"', '"', encoding, True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transcribe, "CHUNK", block)
        transcribe.transcribe(tmp_path / "in", tmp_path / "out", dialect, None)
    width = len(newline)
    whole = [content[at : at + width] == newline for at in range(0, len(content), width)]
    cut = [0, *((n + 1) * width for n, is_end in enumerate(whole) if is_end), len(content)]
    theirs = [content[a:b] for a, b in pairwise(cut) if a < b]
    ours = (tmp_path / "out").read_bytes().split(b"\n")
    ours = ours if ours[-1] else ours[:-1]
    assert len(ours) == len(theirs)
    for raw, line in zip(theirs, ours, strict=True):
        try:
            assert raw.decode(codec).removesuffix("\n").encode() == line
        except UnicodeDecodeError:
            assert line.startswith(transcribe.NOT_TEXT)

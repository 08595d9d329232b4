"""Whole files that are not what they should be: refused with one sentence, or taken where nothing is lost."""

import codecs
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data_contracts.model import RowLimit
from orchestration.landing import groups, judged

Land = Callable[..., Any]


def renamed(headings: tuple[str, ...], **changes: str) -> list[str]:
    return [changes.get(name.replace(" ", "_"), name) for name in headings]


def landed_as(land: Land, street: Any, tmp_path: Path, content: bytes) -> Any:
    street.put(tmp_path / "in", content)
    landed = land(tmp_path / "in", tmp_path)
    landed.is_conserved()
    return landed


def test_a_renamed_column_is_refused_with_the_nearest_name(land: Land, street: Any, tmp_path: Path) -> None:
    rows = [{**street.row(), "Crime category": "Burglary"}] * 4
    content = street.file(rows, renamed(street.headings, Crime_type="Crime category"))
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_in, outcome.rows_refused) == (
        "refused",
        "HEADER",
        4,
        4,
    )
    assert "'Crime type' is missing" in outcome.reason
    assert "did 'Crime category' replace it?" in outcome.reason


def test_a_repeated_column_is_refused(land: Land, street: Any, tmp_path: Path) -> None:
    """Bound by position it would load happily."""
    content = street.file([street.row()], renamed(street.headings, LSOA_name="LSOA code"))
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert (outcome.state, outcome.reason_code) == ("refused", "HEADER")
    assert "'lsoa code' stands in it more than once" in outcome.reason


@pytest.mark.parametrize("missing", ["Crime ID", "Month", "Context"])
def test_a_missing_column_is_refused_by_name(land: Land, street: Any, tmp_path: Path, missing: str) -> None:
    content = street.file([street.row()], [name for name in street.headings if name != missing])
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert outcome.state == "refused" and f"'{missing}'" in outcome.reason


@pytest.mark.parametrize("reader", ["either", "careful"])
def test_columns_in_another_order_are_bound_by_name(
    land: Land, street: Any, only: Any, tmp_path: Path, reader: str
) -> None:
    content = street.file([street.row()] * 3, list(reversed(street.headings)))
    with only(reader):
        landed = landed_as(land, street, tmp_path, content)
    columns = "longitude, latitude, lsoa_code, lsoa_name, crime_type"
    assert landed.rows(f"distinct {columns}") == [
        ("-1.450000", "54.360000", "X01300001", "Saltmere Quay 001A", "Burglary")
    ]


@pytest.mark.parametrize("reader", ["either", "careful"])
def test_an_extra_column_is_left_out_and_noted(
    land: Land, street: Any, only: Any, tmp_path: Path, reader: str
) -> None:
    headings = [*street.headings[:5], "Ward", *street.headings[5:]]
    with only(reader):
        landed = landed_as(
            land, street, tmp_path, street.file([{**street.row(), "Ward": "North"}] * 3, headings)
        )
    assert landed.outcome.notes == ("extra column 'Ward' was left out",)
    assert landed.rows("distinct longitude, latitude") == [("-1.450000", "54.360000")]


def test_headings_differ_harmlessly_in_case_and_blanks(land: Land, street: Any, tmp_path: Path) -> None:
    headings = [f" {name.upper()} " for name in street.headings]
    rows = [dict(zip(headings, street.row().values(), strict=True))]
    assert landed_as(land, street, tmp_path, street.file(rows, headings)).outcome.rows_accepted == 1


NAMED = "O’Néill Lane"
ENCODED = [
    ("utf-8", b"", "landed", "", 10),
    ("utf-8", codecs.BOM_UTF8, "landed", "", 10),
    ("utf-16", b"", "refused", "ENC_UTF16", 0),
    ("utf-16-le", b"", "refused", "NUL_BYTE", 0),
    ("cp1252", b"", "refused", "TOO_MANY_REFUSED", 0),
]


@pytest.mark.parametrize(("encoding", "mark", "state", "code", "accepted"), ENCODED)
def test_encodings(
    land: Land, street: Any, tmp_path: Path, encoding: str, mark: bytes, state: str, code: str, accepted: int
) -> None:
    text = street.file([street.row(Location=NAMED)] * 10).decode()
    landed = landed_as(land, street, tmp_path, mark + text.encode(encoding))
    outcome = landed.outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_accepted) == (state, code, accepted)
    assert landed.rows("distinct location_name") == ([(NAMED,)] if accepted else [])


def test_a_line_in_another_encoding_is_refused_by_number_and_never_repaired(
    land: Land, street: Any, tmp_path: Path
) -> None:
    lines = street.file([street.row(Location=NAMED)] * 10, end="\n").split(b"\n")
    lines[6] = lines[6].decode().encode("cp1252")
    landed = landed_as(land, street, tmp_path, b"\n".join(lines))
    assert landed.refused() == [(7, "ENC_NOT_UTF8")]
    assert landed.rows("distinct location_name") == [(NAMED,)]
    assert "\\x92" in landed.refused("raw")[0][0]


def test_a_heading_in_another_encoding_is_one_sentence(land: Land, street: Any, tmp_path: Path) -> None:
    content = street.file([street.row()]).replace(b"Crime type", b"Crime t\xffpe")
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert (outcome.reason_code, outcome.rows_in) == ("HEADER", 1)
    assert "not valid text" in outcome.reason


WHOLE = [
    (b"", "EMPTY", 0, "is empty"),
    (codecs.BOM_UTF8, "EMPTY", 0, "is empty"),
    (b"%PDF-1.7 ...", "NOT_CSV", 0, "a PDF"),
    (b"PK\x03\x04 ...", "NOT_CSV", 0, "a zip file or workbook"),
]


@pytest.mark.parametrize(("content", "code", "rows", "words"), WHOLE)
def test_what_no_parser_is_shown(
    land: Land, street: Any, tmp_path: Path, content: bytes, code: str, rows: int, words: str
) -> None:
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_in) == ("refused", code, rows)
    assert words in outcome.reason


def test_a_nul_byte_refuses_the_file(land: Land, street: Any, tmp_path: Path) -> None:
    content = street.file([street.row()] * 50).replace(b"Burglary", b"Burg\0lary", 1)
    assert landed_as(land, street, tmp_path, content).outcome.reason_code == "NUL_BYTE"


def test_other_control_characters_refuse_their_line(land: Land, street: Any, tmp_path: Path) -> None:
    rows = [street.row(Location="a\x1bb" if n == 4 else "a\tb") for n in range(12)]
    landed = landed_as(land, street, tmp_path, street.file(rows))
    assert landed.refused() == [(6, "CONTROL_CHARACTER")]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_heading_without_rows_is_under_the_floor(land: Land, street: Any, tmp_path: Path, end: str) -> None:
    content = street.file([], end="\n").strip() + end.encode()
    outcome = landed_as(land, street, tmp_path, content).outcome
    assert (outcome.state, outcome.reason_code, outcome.rows_in) == ("refused", "ROWS_TOO_FEW", 0)
    assert "at least 1" in outcome.reason


@pytest.mark.parametrize(("rows", "code"), [(4, "ROWS_TOO_FEW"), (5, ""), (9, ""), (10, "ROWS_TOO_MANY")])
@pytest.mark.parametrize("reader", ["either", "careful"])
def test_floor_and_ceiling(
    land: Land, street: Any, only: Any, tmp_path: Path, monkeypatch: Any, rows: int, code: str, reader: str
) -> None:
    limits, floor, ceiling = judged.breaks_row_limits, RowLimit(5, "why five"), RowLimit(9, "why nine")
    for module in (groups, judged):
        monkeypatch.setattr(
            module,
            "breaks_row_limits",
            lambda contract, n: limits(replace(contract, row_floor=floor, row_ceiling=ceiling), n),
        )
    street.put(tmp_path / "in", street.file([street.row()] * rows))
    with only(reader):
        landed = land(tmp_path / "in", tmp_path)
    assert landed.outcome.reason_code == code
    assert landed.outcome.rows_refused == (rows if code else 0)


@pytest.mark.parametrize(("bad", "state"), [(20, "landed"), (21, "refused")])
@pytest.mark.parametrize("reader", ["either", "careful"])
def test_more_than_a_fifth_refused_refuses_the_whole(
    land: Land, street: Any, only: Any, tmp_path: Path, bad: int, state: str, reader: str
) -> None:
    rows = [street.row(Crime_type="Mischief" if n < bad else "Burglary") for n in range(100)]
    with only(reader):
        landed = landed_as(land, street, tmp_path, street.file(rows))
    outcome = landed.outcome
    assert outcome.state == state
    assert len(landed.refused()) == bad
    if state == "refused":
        assert (outcome.reason_code, outcome.rows_refused, landed.rows()) == ("TOO_MANY_REFUSED", 100, [])
        assert "21 of its 100 rows" in outcome.reason and "first on line 2" in outcome.reason


def test_one_bad_file_changes_nothing_for_the_others(land: Land, street: Any, tmp_path: Path) -> None:
    """Whichever file of a force is bad, the rest land as if it had not been there."""
    good = {p: street.file([street.row(Month=p)] * 5) for p in ("2026-07", "2026-08", "2026-10")}
    for period, content in good.items():
        street.put(tmp_path / "alone", content, period=period)
    alone = land(tmp_path / "alone", tmp_path / "a")
    spoilt = street.file([street.row(Month="2026-09")] * 5)
    bad = [b"", spoilt[:-40] + b'"', spoilt.replace(b"Burglary", b"Arson"), spoilt.replace(b"Month", b"Mon")]
    for number, content in enumerate(bad):
        place = tmp_path / str(number)
        for period, fine in good.items():
            street.put(place, fine, period=period)
        street.put(place, content, period="2026-09")
        landed = land(place, place / "home")
        columns = "force_code, delivery_id, line_number, month, crime_type"
        assert [r for r in landed.rows(columns) if r[3] != "2026-09"] == alone.rows(columns)
        (one,) = [k.outcome for k in landed.store.known() if k.outcome.period == "2026-09"]
        assert one.reason or one.refused_rows

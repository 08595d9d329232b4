"""Workbooks that are none, or that mean harm: one sentence each, and nothing of them is followed or evaluated."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from books import NAME, RELATIONS, SHEET, book, declare, edited, row, with_shared_texts
from openpyxl import load_workbook
from openpyxl.workbook.defined_name import DefinedName

Land = Callable[..., Any]


@pytest.fixture
def excel(shire: Any, files: Any) -> Any:
    return declare(shire, files)


@pytest.mark.parametrize(("content", "words"), [
    (b"Ref,Logged\r\n1,2\r\n", "not a workbook (xlsx) but plain text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "an old Excel or Word file, or an encrypted one"),
    (b"<html><table>", "a web page"),
    (b"PAR1", "a Parquet file"),
])  # fmt: skip
def test_another_kind_of_file_is_shown_to_no_parser(
    excel: Any, shire: Any, land: Land, content: bytes, words: str
) -> None:
    shire.put(NAME, content)
    outcome = land().outcome
    assert (outcome.reason_code, outcome.rows_in) == ("NOT_XLSX", 0)
    assert words in outcome.reason


BOMB = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", RELATIONS, "_rels/.rels"])
def test_no_part_may_declare_a_document_type(excel: Any, shire: Any, land: Land, part: str) -> None:
    content = with_shared_texts(book(excel, row(excel, Text="PLAIN")), 1)
    text = zipfile.ZipFile(io.BytesIO(content)).read(part)
    start = text.index(b"?>") + 2 if text.startswith(b"<?xml") else 0
    root = text[start:].lstrip()[:12]
    shire.put(NAME, edited(content, (part, root, BOMB + root)))
    assert land().outcome.reason_code == "XML_DOCTYPE"


def test_a_part_that_unpacks_without_end_is_refused_unread(excel: Any, shire: Any, land: Land) -> None:
    grown = (SHEET, b"<sheetData>", b"<sheetData>" + b" " * 2**23)
    shire.put(NAME, edited(book(excel, row(excel)), grown))
    outcome = land().outcome
    assert outcome.reason_code == "BOMB" and SHEET in outcome.reason


@pytest.mark.parametrize(("old", "new", "code"), [
    (b'r="A3"', b'r="AAAA3"', "NOT_XLSX"),
    (b'r="A3"', b'r="XFE3"', "NOT_XLSX"),
    (b'row r="3"', b'row r="1048577"', "NOT_XLSX"),
    (b'row r="3"', b'row r="1"', "NOT_XLSX"),
    (b"</sheetData>", b"</sheetDate>", "XML_BROKEN"),
])  # fmt: skip
def test_a_sheet_that_no_spreadsheet_writes_is_one_sentence(
    excel: Any, shire: Any, land: Land, old: bytes, new: bytes, code: str
) -> None:
    shire.put(NAME, edited(book(excel, row(excel)), (SHEET, old, new)))
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code) == ("refused", code)
    assert outcome.reason.startswith(("its ", "a cell of it", "it "))


def test_the_calendar_of_1904_is_refused(excel: Any, shire: Any, land: Land) -> None:
    since_1904 = ("xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"')
    shire.put(NAME, edited(book(excel, row(excel)), since_1904))
    assert land().outcome.reason_code == "CALENDAR_1904"


def test_links_and_names_that_lead_out_are_never_followed(excel: Any, shire: Any, land: Land) -> None:
    made = load_workbook(io.BytesIO(book(excel, row(excel))))
    made.defined_names["evil"] = DefinedName("evil", attr_text="'\\\\server\\share\\[x.xlsx]A'!$A$1")
    made["Samples"]["D3"].hyperlink = "https://example.example/steal"
    out = io.BytesIO()
    made.save(out)
    shire.put(NAME, out.getvalue())
    assert land().outcome.rows_in == 1


def test_a_workbook_cut_short_is_refused_wherever_it_ends(excel: Any, shire: Any, land: Land) -> None:
    content = book(excel, *[row(excel, Ref=f"S/{n}") for n in range(30)])
    for n, at in enumerate(range(0, len(content) - 1, len(content) // 12)):
        (shire.landing / "testshire").mkdir(exist_ok=True)
        shire.put(NAME, content[:at])
        outcome = land(home=f"cut{n}").outcome
        assert outcome.state == "refused" and outcome.rows_accepted == 0, at

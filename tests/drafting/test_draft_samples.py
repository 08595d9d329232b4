"""Reading samples of every kind: what is found out, what is doubted, and the sentence for what no contract can say."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data_contracts.drafting.sample import DraftError, Sample
from data_contracts.registry import read_canonicals
from orchestration.onboarding.samples import Wish, read_samples

ROWS = [
    ["Crime Ref", "Offence", "Updated"],
    ["T/1", "Théft; other", "13/02/2026"],
    ["T/2", "ABH, s47", "14/02/2026"],
]


def read(path: Path, content: bytes, feed: str = "crime", **wish: str) -> Sample:
    path.write_bytes(content)
    (sample,) = read_samples([path], read_canonicals()[feed], Wish(**wish))
    return sample


def lines(delimiter: str, quote: str = '"', rows: list[list[str]] = ROWS) -> str:
    def cell(text: str) -> str:
        return f"{quote}{text}{quote}" if delimiter in text or quote in text else text

    return "".join(delimiter.join(map(cell, row)) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", list(",;|\t~^"))
@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_signs_of_a_csv_are_found(tmp_path: Path, delimiter: str, quote: str) -> None:
    sample = read(tmp_path / "a.csv", lines(delimiter, quote).encode())
    assert sample.shape.dialect is not None and sample.shape.dialect.delimiter == delimiter
    assert sample.headings == ("Crime Ref", "Offence", "Updated") and sample.n_rows == 2
    assert sample.columns[1].texts == ("Théft; other", "ABH, s47")


ENCODED = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8"),
    ("cp1252", "cp1252"),
    ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16-le"),
]


@pytest.mark.parametrize(("written", "told"), ENCODED)
def test_the_encoding_is_found_by_its_bytes(tmp_path: Path, written: str, told: str) -> None:
    sample = read(tmp_path / "a.csv", lines("|").encode(written))
    assert sample.shape.dialect is not None and sample.shape.dialect.encoding == told
    assert "Théft; other" in sample.columns[1].texts
    assert any(d.about == "encoding" for d in sample.doubts) == (told in ("cp1252", "utf-16-le"))


def test_a_backslash_before_a_quotation_mark_is_an_escape(tmp_path: Path) -> None:
    content = (
        'Crime Ref,Offence,Updated\n"T/1","the \\"shop\\", again",13/02/2026\n"T/2","plain",14/02/2026\n'
    )
    sample = read(tmp_path / "a.csv", content.encode())
    assert sample.shape.dialect is not None and sample.shape.dialect.escape == "\\"
    assert sample.columns[1].texts[0] == 'the "shop", again'


def test_line_ends_within_quotes_are_no_ends_of_rows(tmp_path: Path) -> None:
    content = 'Crime Ref,Offence,Updated\n"T/1","two\nlines, one\u2028cell",13/02/2026\nT/2,x,14/02/2026\n'
    assert read(tmp_path / "a.csv", content.encode()).columns[1].texts[0] == "two\nlines, one\u2028cell"


def test_a_row_of_totals_is_no_row(tmp_path: Path) -> None:
    sample = read(tmp_path / "a.csv", (lines(",") + "Total,2,\r\n").encode())
    assert (
        sample.n_rows == 2
        and sample.shape.trailer == "^Total"
        and "trailer" in {d.about for d in sample.doubts}
    )


def test_uneven_lines_and_a_second_sign_are_said(tmp_path: Path) -> None:
    rows = lines(",", rows=ROWS * 3) + "T/9,x\r\n"
    assert any("do not have 3 fields" in d.sentence for d in read(tmp_path / "a.csv", rows.encode()).doubts)
    both = "a;b,c;d,e;f\n1;2,3;4,5;6\n7;8,9;1,2;3\n"
    assert any(
        "divide evenly" in d.sentence
        for d in read(tmp_path / "b.csv", both.replace("1", "x").encode()).doubts
    )


BAD: list[tuple[str, bytes, str]] = [
    ("empty.csv", b"", "is empty"),
    ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
    ("old.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "old Excel file"),
    ("a.csv.gz", b"\x1f\x8b" + bytes(50), "packed with gzip"),
    (
        "a.csv",
        b"Crime report of the week\nRef,Offence,Date\nT/1,x,13/02/2026\nT/2,y,14/02/2026\n",
        "a title, no heading",
    ),
    ("b.csv", b"T/1,13/02/2026,5\nT/2,14/02/2026,6\nT/3,15/02/2026,7\n", "has no headings"),
    ("c.csv", b"Ref,ref ,Date\nT/1,x,13/02/2026\n", "twice"),
    ("d.csv", b"just words\nmore words\n", "no sign that divides"),
    ("e.csv", b"Ref,Text\nT/1,caf\xe9 \x81\n", "neither UTF-8 nor cp1252"),
    ("f.csv", b"Ref,Text\n" + bytes(5) + b"T/1,x\n", "NUL bytes"),
    ("g.json", b'[{"a": 1}]', "one object on each line"),
    ("h.jsonl", b"{not json\n", "no line that is one JSON object"),
    ("i.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x><r><a>&a;</a></r></x>", "document type"),
    ("j.zip", b"PK\x03\x04 broken", "damaged"),
    ("k.parquet", b"PAR1 broken", "cannot be read as Parquet"),
    ("l.csv", "Ref,Text\nT/1,x\n".encode("utf-16-be"), "high byte first"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), BAD, ids=[name for name, _, _ in BAD])
def test_what_no_contract_can_say_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(DraftError, match=sentence) as told:
        read(tmp_path / name, content)
    assert name in str(told.value) and "\n" not in str(told.value)


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(out)
    return out.getvalue()


def test_the_sheet_that_fits_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    content = book(("Stock", [["Item", "Shelf"], ["Pens", "4"]]), ("Crimes", [["Weekly extract"], *ROWS]))
    sample = read(tmp_path / "a.xlsx", content)
    assert (sample.shape.sheet, sample.shape.heading_rows, sample.n_rows) == ("Crimes", 2, 2)
    assert any("'Stock'" in d.sentence for d in sample.doubts) and any(
        d.about == "headingRows" for d in sample.doubts
    )
    assert read(tmp_path / "a.xlsx", content, sheet="Stock").headings == ("Item", "Shelf")
    with pytest.raises(DraftError, match="holds no such table; it holds 'Stock', 'Crimes'"):
        read(tmp_path / "a.xlsx", content, sheet="Crime")


def test_json_lines_are_paths_and_nested_lists_are_tables_of_their_own(tmp_path: Path) -> None:
    line = {
        "crimeNo": "T/1",
        "at": {"postcode": "QA1 1AA", "lat": 54.50},
        "people": [{"role": "victim", "surname": "Hale"}],
    }
    content = (json.dumps(line) + "\n") * 3
    crimes = read(tmp_path / "a.jsonl", content.encode())
    assert crimes.shape.records == "" and crimes.headings == ("crimeNo", "at.postcode", "at.lat")
    assert crimes.columns[2].texts[0] == "54.5"
    people = read(tmp_path / "a.jsonl", content.encode(), "crime_party")
    assert people.shape.records == "people" and "^.crimeNo" in people.headings


def test_parquet_keeps_its_dates_and_leaves_lists_out(tmp_path: Path) -> None:
    from datetime import date, datetime

    out = io.BytesIO()
    table = {
        "Ref": ["T/1"],
        "Seen": [date(2026, 2, 13)],
        "At": [datetime(2026, 2, 13, 4, 5)],
        "Tags": [["a"]],
        "On": [True],
    }
    pq.write_table(pa.table(table), out)
    sample = read(tmp_path / "a.parquet", out.getvalue())
    assert {c.heading: (c.texts[0], c.native_format) for c in sample.columns} == {
        "Ref": ("T/1", ""), "Seen": ("2026-02-13", "yyyy-MM-dd"), "At": ("2026-02-13 04:05:00", "yyyy-MM-dd HH:mm:ss"),
        "On": ("true", ""),
    }  # fmt: skip
    assert "Tags" in sample.facts[0]


def test_xml_in_a_zip_is_told_by_its_records(tmp_path: Path) -> None:
    record = '<Crime No="T/1"><Offence>Theft</Offence><Place><Postcode>QA1 1AA</Postcode></Place></Crime>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("crime.xml", f"<X>{record * 3}</X>")
        archive.writestr("stock.xml", "<X><Item><Name>Pens</Name></Item><Item><Name>Ink</Name></Item></X>")
    sample = read(tmp_path / "T_20261103.zip", out.getvalue())
    assert (sample.shape.records, sample.shape.member) == ("Crime", "^crime[.]xml$")
    assert sample.headings == ("@No", "Offence", "Place/Postcode") and sample.n_rows == 3


def test_two_samples_of_one_feed_are_read_together_and_must_agree(tmp_path: Path) -> None:
    from data_contracts.drafting.sample import merged

    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(lines(",").encode())
    (tmp_path / "c.csv").write_bytes(lines(",").replace("Updated", "Amended").encode())
    canonical = read_canonicals()["crime"]
    assert len(merged(tuple(read_samples([tmp_path / "a.csv", tmp_path / "b.csv"], canonical)))[0].texts) == 4
    with pytest.raises(DraftError, match="do not have the same headings"):
        merged(tuple(read_samples([tmp_path / "a.csv", tmp_path / "c.csv"], canonical)))

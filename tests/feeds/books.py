"""Workbooks of Testshire for tests: as a spreadsheet writes them, and as nobody should.

Not here: the tests (test_feed_workbooks, test_feed_workbooks_hostile).
"""

import io
import zipfile
from typing import Any

NAME = "Testshire 2026-10-01.xlsx"
FILE = {
    "pattern": "^testshire/Testshire (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[.]xlsx$",
    "reader": "xlsx", "mode": "delta", "sheet": "Samples", "headingRows": 2,
}  # fmt: skip
BANNER = [["Testshire Police: samples", None, "printed 01/10/2026"]]


def declare(shire: Any, files: Any) -> Any:
    """Testshire writes serial numbers for its days and moments."""
    columns = files.sample_columns(recorded_at="excel-serial", seen_date="excel-serial")
    shire.contract([FILE], columns)
    return files


def row(files: Any, **changes: Any) -> dict[str, Any]:
    return {**files.good, "Logged": 46296.395833333336, "Seen": 46295, "People": 3, "Km": 1.5, **changes}


def book(files: Any, *rows: dict[str, Any], **more: Any) -> bytes:
    return bytes(files.workbook({"Samples": files.sheet(rows, BANNER), **more}))


SHEET, RELATIONS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
TEXTS_PART = (
    b'<Relationship Id="rId99" Target="/xl/sharedStrings.xml" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
)
RICH = (
    b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>not this</t></si>'
    b"<si><r><t>Seen </t></r><r><rPr><b/></rPr><t>twice_x000A_here</t></r><rPh><t>no</t></rPh></si></sst>"
)


def edited(content: bytes, *changes: tuple[str, bytes, bytes], **added: bytes) -> bytes:
    """A workbook with some parts changed (part, old, new) and some added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        parts = {name: before.read(name) for name in before.namelist()}
        for part, old, new in changes:
            assert old in parts[part]
            parts[part] = parts[part].replace(old, new, 1)
        for name, text in (parts | {f"xl/{name}.xml": text for name, text in added.items()}).items():
            after.writestr(name, text)
    return out.getvalue()


def with_shared_texts(content: bytes, place: int) -> bytes:
    """The text PLAIN moved to the table of shared texts."""
    cell = b't="inlineStr"><is><t>PLAIN</t></is>'
    shared = (SHEET, cell, b't="s"><v>%d</v>' % place)
    return edited(content, shared, (RELATIONS, b"</Relationships>", TEXTS_PART), sharedStrings=RICH)

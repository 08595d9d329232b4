"""A workbook (xlsx) with a sheet for each feed: a merged banner, the heading, the rows; and a hidden sheet.

The least that a workbook is made of, as plain text. Not here: what stands in a cell (values), the zip (packed).
"""

import re
from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from data_contracts.columns import Column
from data_contracts.formats import EXCEL_SERIAL
from synthetic_world.writers.cells import Cells, Row
from synthetic_world.writers.packed import zipped

HIDDEN: Final = "Lookups"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_NUMBER: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]+)?")


def workbook(sheets: Sequence[tuple[str, Cells]], title: str) -> bytes:
    """The workbook with these sheets, in order; `title` stands in the banner of each."""
    names = [*(name for name, _ in sheets), HIDDEN]
    targets = [("worksheet", f"worksheets/sheet{n + 1}.xml") for n in range(len(names))]
    tables = [_sheet(cells, f"{title}: {name}") for name, cells in sheets] + [_hidden()]
    parts = [
        ("[Content_Types].xml", _types(len(names))),
        ("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", _book(names)),
        ("xl/_rels/workbook.xml.rels", _relations(targets)),
        *((f"xl/worksheets/sheet{n + 1}.xml", table) for n, table in enumerate(tables)),
    ]
    return zipped((name, (_HEAD + text).encode()) for name, text in parts)


def _types(n: int) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{k + 1}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for k in range(n)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{sheets}</Types>'
    )


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{k + 1}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for k, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{k + 1}"{_state(name)} r:id="rId{k + 1}"/>'
        for k, name in enumerate(names)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _state(name: str) -> str:
    return ' state="hidden"' if name == HIDDEN else ""


def _sheet(cells: Cells, title: str) -> str:
    width = len(cells.columns)
    plain = [_is_number(column) for column in cells.columns]
    heading: Row = list(cells.contract.physicals)
    lines = [f'<row r="1">{_text("A", 1, title)}</row>', _line(2, heading, [False] * width)]
    lines += [_line(n + 3, row, plain) for n, row in enumerate(cells.rows)]
    merged = f'<mergeCells count="1"><mergeCell ref="A1:{letters(width - 1)}1"/></mergeCells>'
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData>{merged}</worksheet>'


def _hidden() -> str:
    lines = "".join(
        _line(n + 1, [text], [False]) for n, text in enumerate(("Lookup", "do not edit", "v7 FINAL"))
    )
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>'


def _is_number(column: Column) -> bool:
    return column.format == EXCEL_SERIAL or (
        column.logical_type in ("integer", "number") and not column.code_map
    )


def _line(number: int, row: Row, plain: Sequence[bool]) -> str:
    cells = "".join(
        _number(letters(k), number, text) if is_plain else _text(letters(k), number, text)
        for k, (text, is_plain) in enumerate(zip(row, plain, strict=True))
        if text
    )
    return f'<row r="{number}">{cells}</row>'


def _number(column: str, number: int, text: str) -> str:
    if not _NUMBER.fullmatch(text):
        return _text(column, number, text)
    return f'<c r="{column}{number}"><v>{text}</v></c>'


def _text(column: str, number: int, text: str) -> str:
    return f'<c r="{column}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def letters(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(65 + rest) + found
    return found

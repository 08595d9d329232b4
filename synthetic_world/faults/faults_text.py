"""Damage to text as a whole: encodings (1), grammar (3), headings (6), empty (7), volume (13).

Lines in the log count from 1, the heading's. Not here: damage to values (faults_cells), to bytes and archives
(faults_bytes).
"""

from collections.abc import Mapping
from typing import Final

from synthetic_world.records.damage import Damage, NoDamage, Result, Sheet, Target

_HUGE: Final = 3_000_000
_WRONG: Final = {",": ";", ";": ",", "|": ","}


def utf8_mark(target: Target) -> Result:
    """A byte order mark before the text."""
    return Result("a byte order mark put before the text", b"\xef\xbb\xbf" + target.content)


def utf16(target: Target) -> Result:
    """The whole file in another encoding than agreed."""
    sheet = Sheet.of(target)
    if sheet.marks == b"\xff\xfe":
        return Result("written as UTF-8 instead of UTF-16", sheet.text().encode("utf-8"))
    return Result("written as UTF-16 with its mark", b"\xff\xfe" + sheet.text().encode("utf-16-le"))


def cp1252_bytes(target: Target) -> Result:
    """Bytes of an old encoding in some rows of a UTF-8 file."""
    sheet = Sheet.of(target)
    if sheet.dialect.encoding != "utf-8":
        raise NoDamage("the file is not UTF-8")
    rows = target.rows(sheet.n_rows)
    parts = sheet.encoded().split(sheet.end.encode())
    if len(parts) != len(sheet.lines) + 1:
        raise NoDamage("its rows hold line breaks")
    for row in rows:
        at = len(parts[row + 1]) // 2
        parts[row + 1] = parts[row + 1][:at] + "O\u2019N\xe9ill".encode("cp1252") + parts[row + 1][at:]
    return Result("bytes of cp1252 put into rows", sheet.end.encode().join(parts), _lines(rows))


def ragged(target: Target) -> Result:
    """Rows with a field too many or too few."""
    sheet = Sheet.of(target)
    rows = target.rows(sheet.n_rows)
    for row in rows:
        line = sheet.lines[row + 1]
        sheet.lines[row + 1] = line[:-1] if row % 2 else [*line, "surplus"]
    return Result("a field added or left out", sheet.encoded(), _lines(rows))


def open_quote(target: Target) -> Result:
    """A quotation mark that is never closed."""
    sheet = Sheet.of(target)
    rows = target.rows(sheet.n_rows)
    lines = sheet.text().split(sheet.end)
    if len(lines) != len(sheet.lines) + 1:
        raise NoDamage("its rows hold line breaks")
    for row in rows:
        cells = lines[row + 1].split(sheet.dialect.delimiter)
        cells[len(cells) // 2] = (
            sheet.dialect.quote + "open" + cells[len(cells) // 2].replace(sheet.dialect.quote, "")
        )
        lines[row + 1] = sheet.dialect.delimiter.join(cells)
    return Result(
        "a quotation mark opened and not closed", sheet.encoded(sheet.end.join(lines)), _lines(rows)
    )


def line_break(target: Target) -> Result:
    """Line breaks inside quoted cells: awkward, but legal."""
    return _cell(target, "\nsecond line", "a line break put inside a quoted cell")


def huge_cell(target: Target) -> Result:
    """A cell of three megabytes."""
    return _cell(target, "x" * int(target.number("size", _HUGE)), "a cell made huge")


def _cell(target: Target, ending: str, what: str) -> Result:
    sheet = Sheet.of(target)
    rows = target.rows(sheet.n_rows)
    for row in rows:
        line = sheet.lines[row + 1]
        place = max(range(len(line)), key=lambda at: len(line[at]))
        line[place] += ending
    return Result(what, sheet.encoded(), _lines(rows))


def other_delimiter(target: Target) -> Result:
    """Another delimiter than agreed, throughout."""
    sheet = Sheet.of(target)
    text = sheet.text().replace(sheet.dialect.delimiter, _WRONG.get(sheet.dialect.delimiter, ","))
    return Result("another delimiter throughout", sheet.encoded(text))


def carriage_returns(target: Target) -> Result:
    """Lines ended by carriage returns alone."""
    sheet = Sheet.of(target)
    return Result("lines ended by CR alone", sheet.encoded(sheet.text().replace(sheet.end, "\r")))


def renamed(target: Target) -> Result:
    """A heading spelt anew."""
    sheet, at = _with_place(target)
    name = sheet.lines[0][at]
    sheet.lines[0][at] = f"{name} (new)"
    return Result(f"the heading {name} renamed", sheet.encoded(), (1,))


def removed(target: Target) -> Result:
    """A column left out."""
    sheet, at = _with_place(target)
    name = sheet.lines[0][at]
    sheet.lines = [line[:at] + line[at + 1 :] for line in sheet.lines]
    return Result(f"the column {name} left out", sheet.encoded(), (1,))


def reordered(target: Target) -> Result:
    """Columns in reverse order: awkward, but bound by name."""
    sheet = Sheet.of(target)
    sheet.lines = [line[::-1] for line in sheet.lines]
    return Result("columns in reverse order", sheet.encoded(), (1,))


def duplicated(target: Target) -> Result:
    """A column that stands there twice."""
    sheet, at = _with_place(target)
    sheet.lines = [[*line, line[at] if len(line) > at else ""] for line in sheet.lines]
    return Result(f"the column {sheet.lines[0][at]} twice", sheet.encoded(), (1,))


def case_twin(target: Target) -> Result:
    """Two headings that differ in their capitals only."""
    sheet, at = _with_place(target)
    sheet.lines = [[*line, ""] for line in sheet.lines]
    sheet.lines[0][-1] = sheet.lines[0][at].swapcase()
    return Result(f"a twin of {sheet.lines[0][at]} in other capitals", sheet.encoded(), (1,))


def added(target: Target) -> Result:
    """A column nobody agreed on."""
    sheet = Sheet.of(target)
    sheet.lines = [[*line, "1"] for line in sheet.lines]
    sheet.lines[0][-1] = "Extra Column"
    return Result("a column added", sheet.encoded(), (1,))


def _with_place(target: Target) -> tuple[Sheet, int]:
    """The file and the column that the plan names, else one drawn."""
    sheet = Sheet.of(target)
    named = target.parameters.get("field")
    for column in target.contract.columns:
        if column.name == named:
            return sheet, sheet.place(column)
    return sheet, int(target.random.integers(len(sheet.lines[0])))


def zero_bytes(target: Target) -> Result:
    """A file of nothing."""
    return Result("emptied", b"")


def heading_only(target: Target) -> Result:
    """A heading and no rows."""
    sheet = Sheet.of(target)
    sheet.lines = sheet.lines[:1]
    return Result("all rows taken out", sheet.encoded())


def volume(target: Target) -> Result:
    """Ten times the rows, each with a number of its own."""
    sheet, times = Sheet.of(target), int(target.number("times", 10))
    key = next(column for column in target.contract.columns if column.name == "source_record_id")
    at, rows = sheet.place(key), sheet.lines[1:]
    for copy in range(1, times):
        sheet.lines += [[*line[:at], f"{line[at]}-{copy}", *line[at + 1 :]] for line in rows]
    return Result(f"{times} times the rows", sheet.encoded())


def _lines(rows: list[int]) -> tuple[int, ...]:
    return tuple(row + 2 for row in rows)


KINDS: Final[Mapping[tuple[int, str], Damage]] = {
    (1, "utf8_mark"): utf8_mark, (1, "utf16"): utf16, (1, "cp1252_bytes"): cp1252_bytes,
    (3, "ragged"): ragged, (3, "open_quote"): open_quote, (3, "line_break"): line_break,
    (3, "other_delimiter"): other_delimiter, (3, "carriage_returns"): carriage_returns, (3, "huge_cell"): huge_cell,
    (6, "renamed"): renamed, (6, "removed"): removed, (6, "reordered"): reordered, (6, "duplicated"): duplicated,
    (6, "case_twin"): case_twin, (6, "added"): added,
    (7, "zero_bytes"): zero_bytes, (7, "heading_only"): heading_only,
    (13, "volume"): volume,
}  # fmt: skip

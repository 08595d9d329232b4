"""The cells of one sheet as text, row by row: nothing is evaluated, and a formula or an error is told apart.

Numbers are plain decimals as they stand in the file; a date is the serial number that it is. Not here: finding the
sheet and its shared texts (workbook), safe parsing (markup).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from orchestration.landing.markup import LocalNames, Readable, new_parser, parse
from orchestration.landing.raw_rows import Unreadable

MOST_ROWS, MOST_COLUMNS = 2**20, 2**14  # of a sheet, by its format
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]{1,2}")
_REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def plain_text(text: str) -> str:
    """A text with the characters that a workbook writes as _xHHHH_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _plain(number: str) -> str:
    """A number without exponent; one beyond any sense stays as it is."""
    return format(Decimal(number), "f") if _EXPONENT.fullmatch(number) else number


@dataclass(slots=True)
class Cell:
    """One cell that is not empty. trouble: a reason code, or nothing."""

    column: int  # from 0
    text: str
    trouble: str = ""


class _Cells:
    """Handlers of one sheet: finished rows pile up in `rows` as (row number, cells)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.rows: list[tuple[int, list[Cell]]] = []
        self._texts, self._local = texts, LocalNames()
        self._columns: dict[str, int] = {}
        self._number, self._cells = 0, list[Cell]()
        self._column, self._kind, self._value = -1, "n", list[str]()
        self._is_formula, self._aids = False, 0
        self.parser = new_parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        if local == "v" or (local == "t" and not self._aids):
            self.parser.CharacterDataHandler = self._value.append
        elif local == "c":
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else self._column_of(reference)
            self._kind = attributes.get("t", "n")
            self._is_formula = False
        elif local == "f":
            self._is_formula = True
        elif local == "row":
            self._row(attributes.get("r"))
        elif local == "rPh":
            self._aids += 1

    def _end(self, name: str) -> None:
        local = self._local[name]
        if local in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif local == "c":
            self._settle()
        elif local == "rPh":
            self._aids -= 1
        elif local == "row" and self._cells:
            self.rows.append((self._number, self._cells))

    def _row(self, number: str | None) -> None:
        following = self._number + 1 if number is None else int(number) if number.isdecimal() else 0
        if not self._number < following <= MOST_ROWS:
            raise Unreadable("NOT_XLSX", "its rows are not numbered as in a workbook; save it again")
        self._number, self._cells, self._column = following, [], -1

    def _column_of(self, reference: str) -> int:
        found = _REFERENCE.fullmatch(reference)
        letters = found[1] if found else ""
        if letters not in self._columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            if not 0 < number <= MOST_COLUMNS:
                raise Unreadable("NOT_XLSX", "a cell of it has no place in a workbook; save it again")
            self._columns[letters] = number - 1
        return self._columns[letters]

    def _settle(self) -> None:
        value = "".join(self._value)
        self._value.clear()
        trouble = "CELL_FORMULA" if self._is_formula else "CELL_ERROR" if self._kind == "e" else ""
        if not value and not trouble:
            return
        if self._kind == "s":
            value = self._shared(value)
        elif self._kind == "n":
            value = _plain(value)
        elif self._kind == "b":
            value = {"1": "true", "0": "false"}.get(value, value)
        elif self._kind in ("inlineStr", "str"):
            value = plain_text(value)
        if value.strip() or trouble:
            self._cells.append(Cell(self._column, value, trouble))

    def _shared(self, value: str) -> str:
        if value.isdecimal() and int(value) < len(self._texts):
            return self._texts[int(value)]
        raise Unreadable("NOT_XLSX", "a cell of it refers to a text that it does not hold; save it again")


def rows_of(source: Readable, texts: Sequence[str]) -> Iterator[tuple[int, list[Cell]]]:
    """Rows that are not empty, with their numbers. texts: the shared texts of the workbook."""
    cells = _Cells(texts)
    for _ in parse(cells.parser, source):
        yield from cells.rows
        cells.rows.clear()

"""Writing tables that people open in a spreadsheet: what would be read there as a formula comes out as text.

A cell that begins with one of = + - @ or a tab, return, line feed or NUL gets an apostrophe before it (OWASP ASVS
1.2.10), except for plain numbers; inside, everything stays as received. Every CSV that leaves the house goes through
here. Not here: what is exported (feed_refused); Parquet, which holds no formulas.
"""

import csv
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

_STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\0",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
)  # their wide forms too
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.][0-9]+)?")
Cell = str | int | float | None


def neutral(cell: Cell) -> str:
    """A cell as text that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    text = cell.replace("\0", "\u2400")
    begins = cell.lstrip(" \u00a0").startswith(_STARTS) and not _NUMBER.fullmatch(cell)
    return f"'{text}" if begins else text


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a CSV file in UTF-8 with its mark, all cells quoted; returns the number of rows. Raises OSError.

    The file stands there whole or not at all, and only its owner may read it.
    """
    aside = path.with_name(f".{path.name}.part")
    n = 0
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8-sig", newline="", errors="backslashreplace") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow([neutral(cell) for cell in headings])
        for row in rows:
            writer.writerow([neutral(cell) for cell in row])
            n += 1
    aside.replace(path)
    return n

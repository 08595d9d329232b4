"""Workbook samples: each visible sheet that has a heading with rows below it. Read by landing's own safe reader.

Not here: choosing among sheets (samples).
"""

from collections.abc import Sequence
from pathlib import Path

from data_contracts.drafting.sample import Doubt, DraftError, FileShape, Sample
from orchestration.landing.package import Package
from orchestration.landing.raw_rows import Unreadable
from orchestration.landing.sheet_cells import Cell, rows_of
from orchestration.landing.workbook import shared_texts, sheets_of
from orchestration.onboarding.sample_columns import columns_of, headings_of

MOST_ABOVE = 20  # rows above the data, by the contract language
Row = tuple[int, list[Cell]]


def read_sheets(path: Path, package: Package) -> list[Sample]:
    """A sample for each visible sheet that looks like a table; one may have headings only."""
    found = []
    status = path.stat()
    texts = shared_texts(path, (status.st_size, status.st_mtime_ns))
    for sheet in sheets_of(package):
        if not sheet.is_hidden:
            with package.part(sheet.part) as source:
                rows = list(rows_of(source, texts))
            if sample := _sample(path.name, sheet.name, rows):
                found.append(sample)
    if not found:
        raise DraftError(f"{path.name} has no visible sheet with headings; send the workbook with its data")
    return found


def _sample(name: str, sheet: str, rows: Sequence[Row]) -> Sample | None:
    at = _heading_at(rows)
    if at is None:
        return None
    number, cells = rows[at]
    width = max(cell.column for cell in cells) + 1
    names, facts = headings_of(f"{name}, sheet {sheet}", _flat(cells, width))
    below = rows[at + 1 :]
    doubts = (
        [] if number == 1 else [Doubt("headingRows", f"row {number} of the sheet was taken for its headings")]
    )
    if troubled := sum(any(cell.trouble for cell in row) for _, row in below):
        doubts.append(Doubt("sheet", f"{troubled:,} rows hold a formula or an error, and would be refused"))
    columns = columns_of(names, (_flat(row, width) for _, row in below))
    return Sample(
        name, FileShape("xlsx", sheet=sheet, heading_rows=number), columns, len(below), tuple(doubts), facts
    )


def _heading_at(rows: Sequence[Row]) -> int | None:
    """The first row near the top that is words alone, as wide as what stands below it."""
    for at, (number, cells) in enumerate(rows[: MOST_ABOVE + 1]):
        if number > MOST_ABOVE:
            return None
        below = max((len(row) for _, row in rows[at + 1 : at + 20]), default=3)
        texts = [cell.text.strip() for cell in cells]
        is_words = all(any(letter.isalpha() for letter in text) for text in texts)
        if len(cells) >= max(2, 0.6 * below) and is_words and len(set(texts)) == len(texts):
            return at
    return None


def _flat(cells: Sequence[Cell], width: int) -> list[str]:
    row = [""] * width
    for cell in cells:
        if cell.column < width:
            row[cell.column] = cell.text
    return row


def refused(path: Path, why: Unreadable) -> DraftError:
    """What landing says of a file, as a sentence for a person who drafts."""
    return DraftError(f"{path.name}: {why.sentence}")

"""The same content as tables: every row behind a pack as CSV files in one archive, and its links as one CSV.

Rows beyond a page's cap stand here. Cells that a spreadsheet would run are written as text. Tables about people who may
need protecting go into an archive of their own, to be held by the safeguarding desk. Bytes depend on content alone.
Not here: what the rows mean (profiles/pack/tables).
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from profiles.pack.book import Book
from profiles.pack.rows import Row, Rows, columns_of
from profiles.pack.tables import victims
from profiles.pack.tables.subject import LinkRow

RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
APART: Final[frozenset[type[Row]]] = frozenset(
    {victims.VictimCounts, victims.VictimGap, victims.ProtectionCover}
)
_STAMP = (1980, 1, 1, 0, 0, 0)
_LINKS = ("from_type", "from_id", "link", "to_type", "to_id", "records", "intelligence_only", "held_by")


def write_tables(book: Book, folder: Path, name: str) -> tuple[Path, ...]:
    """Write `<name>.tables.zip`, and where there are any `<name>.safeguarding.zip` and `<name>.links.csv`."""
    rest = {t: rows for t, rows in book.tables.items() if rows.is_held and t not in APART}
    apart = {t: rows for t, rows in book.tables.items() if rows.is_held and t in APART and len(rows)}
    made = [_archive(folder / f"{name}.tables.zip", rest)]
    if apart:
        made.append(_archive(folder / f"{name}.safeguarding.zip", apart))
    links = book.tables.get(LinkRow)
    if links is not None and len(links):
        made.append(_links(folder / f"{name}.links.csv", links))
    return tuple(made)


def safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; lists as text, dates as ISO days."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        value = "; ".join("" if item is None else str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # spreadsheets take UTF-8 for UTF-8 only with the mark


def _archive(path: Path, tables: dict[type[Row], Rows[Any]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for row_type, rows in sorted(tables.items(), key=lambda item: item[1].table):
            names = list(columns_of(row_type))
            content = _csv(names, ([getattr(row, name) for name in names] for row in rows))
            archive.writestr(zipfile.ZipInfo(f"{row_type.section}.csv", _STAMP), content)
    return path


def _links(path: Path, rows: Rows[LinkRow]) -> Path:
    """One line a link, in the columns that a chart of links imports."""
    lines = (
        ("Person", row.person_ref, f"{row.basis}: {row.sublabel}" if row.sublabel else row.basis,
         "Place" if row.kind == "place" else "Person", row.linked_ref, row.n_records, row.is_intelligence_only,
         row.source_force)
        for row in rows
    )  # fmt: skip
    path.write_bytes(_csv(_LINKS, lines))
    return path

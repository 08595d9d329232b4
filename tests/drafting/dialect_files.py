"""The file that a drawn dialect makes of canonical rows, in each kind of file, and as columns of text.

Not here: the dialect itself (dialect). Cells are made by the fictional world's own writers, which invert a contract.
"""

import csv
import io
import json
import random
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from dialect import Dialect, Extra

from data_contracts.columns import Column
from synthetic_world.records.personality import personality
from synthetic_world.writers.values import Hand, written

ZONE = "Europe/London"
SUFFIX = {"csv": "csv", "xlsx": "xlsx", "jsonl": "jsonl", "parquet": "parquet", "xml": "xml"}
NATIVE = {"date": "excel-serial", "timestamp": "excel-serial"}
Cells = dict[str, list[str]]


def cells_of(dialect: Dialect, table: pa.Table, seed: int = 0) -> Cells:
    """A text for each heading and row; empty where there is none, or the word that the force writes then."""
    luck = random.Random(seed)
    hand = Hand(replace(personality("northmoor", 0), dirt={}), ZONE)
    found: Cells = {}
    for column in dialect.columns:
        texts = written(column, table, hand).to_pylist()
        words_empty = dialect.null_word if column.logical_type != "boolean" and luck.random() < 0.6 else ""
        found[column.physical] = [text if text else words_empty for text in texts]
    found |= {extra.heading: _extra(extra, len(table), luck) for extra in dialect.extras}
    return {heading: found[heading] for heading in dialect.order}


def _extra(extra: Extra, n: int, luck: random.Random) -> list[str]:
    match extra.said:
        case {"constant": text}:
            return [str(text)] * n
        case {"serial": first}:
            return [str(first + k) for k in range(n)]
        case {"choice": words}:
            return [str(luck.choice(words)) for _ in range(n)]
        case {"number": [low, high]}:
            return [str(luck.randint(low, high)) for _ in range(n)]
        case {"day": year}:
            return [f"{luck.randint(1, 28):02d}/{luck.randint(1, 12):02d}/{year}" for _ in range(n)]
    raise ValueError(extra)


def file_of(dialect: Dialect, table: pa.Table, seed: int = 0) -> tuple[str, bytes]:
    """Name and bytes of the file."""
    cells = cells_of(dialect, table, seed)
    writers = {"csv": _csv, "xlsx": _workbook, "jsonl": _json_lines, "parquet": _parquet, "xml": _markup}
    return f"{dialect.file_stem}.{SUFFIX[dialect.reader]}", writers[dialect.reader](dialect, cells, table)


def _csv(dialect: Dialect, cells: Cells, table: pa.Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator="\r\n")
    writer.writerow(cells)
    writer.writerows(zip(*cells.values(), strict=True))
    mark = "\ufeff" if dialect.encoding == "utf-16-le" else ""
    return (mark + out.getvalue()).encode(dialect.encoding, "replace")


def _natives(dialect: Dialect, table: pa.Table) -> Mapping[str, list[Any]]:
    """Dates and times as such, by heading, where the dialect keeps them so. Times are local."""
    if not dialect.is_native:
        return {}
    kept = [c for c in dialect.columns if c.logical_type in ("date", "timestamp")]
    hand = Hand(replace(personality("northmoor", 0), dirt={}), ZONE)
    return {c.physical: _moments(written(_iso(c), table, hand).to_pylist(), c.logical_type) for c in kept}


def _iso(column: Column) -> Column:
    return replace(column, format="yyyy-MM-dd" if column.logical_type == "date" else "yyyy-MM-ddTHH:mm:ss")


def _moments(texts: list[str | None], kind: str) -> list[date | datetime | None]:
    read = date.fromisoformat if kind == "date" else datetime.fromisoformat
    return [read(text) if text else None for text in texts]


def _workbook(dialect: Dialect, cells: Cells, table: pa.Table) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = dialect.feed.title()
    sheet.append([f"{dialect.force_code.title()} Police - {dialect.feed} extract"])
    sheet.append(list(cells))
    natives = _natives(dialect, table)
    for row in zip(*(natives.get(heading, texts) for heading, texts in cells.items()), strict=True):
        sheet.append([value or None for value in row])
    book.create_sheet("Lookups").append(["do not edit"])
    book.save(out)
    return out.getvalue()


def _json_lines(dialect: Dialect, cells: Cells, table: pa.Table) -> bytes:
    lines = []
    for row in zip(*cells.values(), strict=True):
        made: dict[str, Any] = {}
        for heading, text in zip(cells, row, strict=True):
            *path, last = heading.split(".")
            below = made
            for step in path:
                below = below.setdefault(step, {})
            if text:
                below[last] = text
        lines.append(json.dumps(made, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode()


def _parquet(dialect: Dialect, cells: Cells, table: pa.Table) -> bytes:
    out, natives = io.BytesIO(), _natives(dialect, table)
    columns = {
        h: pa.array(natives[h]) if h in natives else pa.array([t or None for t in texts], pa.string())
        for h, texts in cells.items()
    }
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _markup(dialect: Dialect, cells: Cells, table: pa.Table) -> bytes:
    rows = []
    for row in zip(*cells.values(), strict=True):
        fields = "".join(f"<{h}>{escape(t)}</{h}>" for h, t in zip(cells, row, strict=True) if t)
        rows.append(f"<Record>{fields}</Record>")
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<Export>", *rows, "</Export>", ""]).encode()


def zipped(name: str, content: bytes) -> bytes:
    """A zip that holds one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()

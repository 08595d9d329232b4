"""Reads a table from a CSV or Parquet file into columns of text, numbers or dates, or says in a sentence why not.

Here: bytes to columns. CSV is read as text, strictly: nothing is guessed but the delimiter (from the first line) and
the encoding (UTF-8, UTF-16 with its mark, otherwise Windows-1252). Not here: what a column is (columns).
"""

import csv
from pathlib import Path
from typing import Any, Final

MOST_BYTES: Final = 8_000_000_000
_DELIMITERS: Final = ",;\t|"


class TableError(ValueError):
    """A table that cannot be used: one sentence saying what, where, and how to mend it."""


def read_table(path: Path) -> Any:
    """The file as a pyarrow Table; every CSV column is text. Raises TableError."""
    if not path.is_file():
        raise TableError(f"There is no file {path}; name a CSV or Parquet file.")
    if path.stat().st_size == 0:
        raise TableError(f"{path.name} is empty; a table needs a heading and rows.")
    if path.stat().st_size > MOST_BYTES:
        raise TableError(f"{path.name} is over {MOST_BYTES // 10**9} GB; give a sample of it.")
    with path.open("rb") as stream:
        start = stream.read(4)
    try:
        table = _parquet(path) if start == b"PAR1" else _csv(path)
    except OSError as problem:
        raise TableError(f"{path.name} cannot be read ({problem.strerror or problem}).") from None
    return _checked(table, path)


def _parquet(path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(path)
    except pa.ArrowException as problem:
        raise TableError(f"{path.name} is not a whole Parquet file ({_first_line(problem)}).") from None


def _csv(path: Path) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    encoding, heading = _heading(path)
    delimiter = max(_DELIMITERS, key=lambda mark: (heading.count(mark), -_DELIMITERS.index(mark)))
    names = next(csv.reader([heading], delimiter=delimiter), [])
    try:
        return arrow_csv.read_csv(
            path,
            read_options=arrow_csv.ReadOptions(encoding=encoding),
            parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name.lstrip("\ufeff"): pa.string() for name in names},
                strings_can_be_null=False,
                check_utf8=True,
            ),
        )
    except (pa.ArrowException, UnicodeError) as problem:
        raise TableError(
            f"{path.name} cannot be read as CSV with {_named(delimiter)} between columns ({_first_line(problem)}); "
            "mend that line, or give the table as Parquet."
        ) from None


def _heading(path: Path) -> tuple[str, str]:
    """Encoding and first line of a text file."""
    with path.open("rb") as stream:
        start = stream.read(1 << 20)
    is_utf16 = start[:2] in (b"\xff\xfe", b"\xfe\xff")
    encoding = "utf-16" if is_utf16 else "utf-8" if _is_utf8(path) else "cp1252"
    text = start.decode(encoding, errors="replace").lstrip("\ufeff")
    if "\0" in text:
        raise TableError(f"{path.name} is not text: it holds zero bytes. Give a CSV or Parquet file.")
    return encoding, text.splitlines()[0] if text.strip() else ""


def _is_utf8(path: Path) -> bool:
    from codecs import getincrementaldecoder

    decoder = getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            while block := stream.read(1 << 22):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _checked(table: Any, path: Path) -> Any:
    names = [str(name).strip() for name in table.column_names]
    if not names or not table.num_rows:
        raise TableError(f"{path.name} has a heading and no rows.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(f"{path.name} has two columns called {twice[0]!r}; give each its own name.")
    return table.rename_columns(names)


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0][:160].rstrip(".") if str(problem).strip() else "damaged"


def _named(delimiter: str) -> str:
    return {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}[delimiter]

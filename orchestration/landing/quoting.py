"""The one helper that puts names and texts into SQL.

Values that can be parameters are parameters; this is for the places where DuckDB takes none (COPY, read_csv, views).
"""

from collections.abc import Iterable
from pathlib import Path


def identifier(name: str) -> str:
    """A name in double quotes, inner quotes doubled."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: str | Path) -> str:
    """A text in single quotes, inner quotes doubled; NUL is refused because DuckDB would cut the text there."""
    text = str(value)
    if "\0" in text:
        raise ValueError("a text for SQL must not contain NUL")
    return "'" + text.replace("'", "''") + "'"


def literals(values: Iterable[str | Path]) -> str:
    """Texts in single quotes, separated by commas."""
    return ", ".join(literal(value) for value in values)

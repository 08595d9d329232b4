"""One in-memory DuckDB in which a linkage runs: bounded, silent, and gone when it is closed.

Intermediate tables of a linkage are personal data, so none of them may reach a file that outlives it. Not here:
the night's warehouse (orchestration/warehouse.py).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

Connection = duckdb.DuckDBPyConnection


def ask(con: Connection, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Run one statement and take its whole answer: an answer left open would hold the connection."""
    answer: list[tuple[Any, ...]] = con.execute(sql, values or []).fetchall()
    return answer


def one(con: Connection, sql: str, values: list[Any] | None = None) -> Any:
    """The single value that a query answers with."""
    return ask(con, sql, values)[0][0]


def columns_of(con: Connection, table: str) -> list[str]:
    """The columns of a table, in its order."""
    return [row[0] for row in ask(con, f"describe {table}")]


def write_table(con: Connection, into: str, columns: Mapping[str, Any]) -> None:
    """Make the table `into` of whole columns (of pyarrow)."""
    con.register("whole_columns", pa.table(dict(columns)))
    ask(con, f"create or replace table {into} as from whole_columns")
    con.unregister("whole_columns")


def quoted(name: str) -> str:
    """An identifier, quoted."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("'", "''") + "'"


@contextmanager
def workspace(scratch: Path, threads: int = 2, memory: str = "3GB") -> Iterator[Connection]:
    """A connection to a new in-memory database that spills into `scratch` and nowhere else.

    Args:
        scratch: folder for spilled blocks; it is made, and DuckDB empties it again.
        memory: DuckDB's own limit; the process needs a few hundred megabytes more.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(":memory:")
    try:
        ask(con, f"set threads = {int(threads)}")
        ask(con, f"set memory_limit = {text(memory)}")
        ask(con, f"set temp_directory = {text(str(scratch))}")
        ask(con, "set preserve_insertion_order = false")
        ask(con, "set enable_progress_bar = false")
        yield con
    finally:
        con.close()

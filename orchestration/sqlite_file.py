"""A SQLite file that several processes write: one transaction on its own connection, each waiting for the others.

Not here: what is in it (ledger).
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 30.0  # seconds that a statement waits for another process


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Committed on the way out, rolled back on an error; sqlite3.Error where the file cannot be used."""
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        _write_ahead(connection)
        connection.execute("pragma synchronous = full")
        with connection:
            yield connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """On a new file the switch does not wait while another process makes it, as other statements do: try again."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.02)

"""Reading a table of records: CSV or Parquet, every value as text where the file is text.

Not here: the landing of deliveries (orchestration/landing/), which has contracts.
"""

from pathlib import Path

import duckdb

from conflation.columns import LinkageError
from conflation.workspace import Connection, ask, one, text


def read_table(con: Connection, path: Path, into: str) -> None:
    """Read a CSV or Parquet file into the table `into`.

    Raises: LinkageError for a file that is missing, empty, or of another kind.
    """
    if not path.is_file():
        raise LinkageError(f"There is no file {path}.")
    readers = {
        ".csv": f"read_csv({text(str(path))}, all_varchar = true, header = true, sample_size = -1)",
        ".parquet": f"read_parquet({text(str(path))})",
    }
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise LinkageError(f"{path.name} is neither .csv nor .parquet.")
    try:
        ask(con, f"create table {into} as from {reader}")
    except duckdb.Error as error:
        raise LinkageError(f"{path.name} cannot be read: {str(error).splitlines()[0]}") from None
    if not one(con, f"select count(*) from {into}"):
        raise LinkageError(f"{path.name} has no rows.")

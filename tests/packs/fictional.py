"""A small fictional DuckDB file that satisfies every table a pack about people prints, and its variants.

Three invented forces; Northmoor's packs are made. Rows are the typed rows of profiles/pack/tables, so a column that is
added there must be filled here. Not here: what stands in the rows (fictional_<subject>.py), tests.
"""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import fictional_missing
import fictional_vawg
import fictional_visor

from profiles.definitions import load_definition
from profiles.pack.build import Built, build_pack, read_book
from profiles.pack.frame import Frame, PreviousPack
from profiles.pack.room import room_of
from profiles.pack.rows import Row, columns_of, table_name

AS_OF = date(2026, 11, 17)
PREVIOUS = PreviousPack("VAWG-0123456789ab", date(2026, 10, 20), is_released=True)
FORCE = "northmoor"
ROWS: dict[str, Callable[[], list[Row]]] = {
    "vawg": fictional_vawg.rows,
    "missing": fictional_missing.rows,
    "visor": fictional_visor.rows,
}
Change = Callable[[list[Row]], list[Row]]


def connect(
    profile: str, change: Change = lambda rows: rows, path: str = ":memory:"
) -> duckdb.DuckDBPyConnection:
    """A database with the tables of one profile; `change` alters the rows before they are written."""
    con = duckdb.connect(path)
    con.execute(
        "CREATE TABLE dim_forces(force_code VARCHAR, force_name VARCHAR, is_fictional BOOLEAN, population INT, "
        "n_lsoas INT)"
    )
    con.execute("INSERT INTO dim_forces VALUES ('northmoor', 'Northmoor Constabulary', true, 512000, 300)")
    write(con, profile, change(ROWS[profile]()))
    return con


def write(con: duckdb.DuckDBPyConnection, profile: str, rows: Sequence[Row]) -> None:
    """Create every table of a profile and fill it."""
    for row_type in room_of(profile).rows:
        columns = columns_of(row_type)
        named = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        con.execute(f"CREATE TABLE {table_name(profile, row_type)} ({named})")
        values = [[_plain(getattr(row, name)) for name in columns] for row in rows if type(row) is row_type]
        if values:
            marks = ", ".join("?" for _ in columns)
            con.executemany(f"INSERT INTO {table_name(profile, row_type)} VALUES ({marks})", values)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def built(
    profile: str,
    change: Change = lambda rows: rows,
    previous: PreviousPack | None = PREVIOUS,
    audience: str = "force",
) -> Built:
    """The pack of one profile, with the book it was made from."""
    frame = Frame(as_of=AS_OF, previous=previous, audience=audience)  # type: ignore[arg-type]
    with connect(profile, change) as con:
        return build_pack(read_book(con, load_definition(profile), FORCE, frame))


def without(*row_types: type[Row]) -> Change:
    """Rows of these types taken away."""
    return lambda rows: [row for row in rows if type(row) not in row_types]


def only_first(*row_types: type[Row]) -> Change:
    """One row of each of these types."""

    def change(rows: list[Row]) -> list[Row]:
        seen: set[type[Row]] = set()
        kept = []
        for row in rows:
            if type(row) in row_types and type(row) in seen:
                continue
            seen.add(type(row))
            kept.append(row)
        return kept

    return change


def each(row_type: type[Row], **values: Any) -> Change:
    """These columns set in every row of a type; a callable gets the row."""

    def change(rows: list[Row]) -> list[Row]:
        return [
            dataclasses.replace(row, **{k: v(row) if callable(v) else v for k, v in values.items()})
            if type(row) is row_type
            else row
            for row in rows
        ]

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(rows: list[Row]) -> list[Row]:
        for one in changes:
            rows = one(rows)
        return rows

    return change


def printed(built: Built, folder: Path, name: str = "pack.pdf") -> Path:
    """The PDF of a pack."""
    from profiles.publish.pdf import write_pdf
    from profiles.publish.render import render_html

    path = folder / name
    write_pdf(render_html(built.pack), path, AS_OF)
    return path

"""Read one force's profile tables from a generation, in a fixed order, as plain rows.

Here: the SELECTs a pack needs, and nothing computed.
Not here: what the tables mean (dbt_project/models/marts/profiles).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]


@dataclass(frozen=True)
class StrategicTables:
    """All rows of one force, keyed by column name, in the order the pack prints them."""

    force: Row
    trends: tuple[Row, ...]
    verdicts: tuple[Row, ...]
    places: tuple[Row, ...]
    place_notes: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    feeds: tuple[Row, ...]
    deliveries: tuple[Row, ...]
    refusals: tuple[Row, ...]


_ORDER = {
    "trends": ("prof_strategic__trends", "series_order, series_code, month"),
    "verdicts": ("prof_strategic__verdicts", "series_code"),
    "places": ("prof_strategic__places", "place_level, rate DESC, place_name"),
    "place_notes": ("prof_strategic__place_notes", "place_level"),
    "outcomes": ("prof_strategic__outcomes", "crime_type, outcome_group"),
    "feeds": ("prof_strategic__feeds", "is_held DESC, feed"),
    "deliveries": ("prof_strategic__deliveries", "feed, period, file_name, delivery_id"),
    "refusals": ("prof_strategic__refusals", "n_rows DESC, period, file_name, reason_code"),
}


def read_strategic(con: "duckdb.DuckDBPyConnection", force_code: str) -> StrategicTables:
    """Rows of one force; LookupError when the force is not in the generation."""
    forces = _rows(con, "dim_forces", "force_code", force_code)
    if not forces:
        raise LookupError(f"The warehouse holds no force called {force_code!r}.")
    parts = {name: _rows(con, table, order, force_code) for name, (table, order) in _ORDER.items()}
    return StrategicTables(force=forces[0], **parts)


def _rows(con: "duckdb.DuckDBPyConnection", table: str, order: str, force_code: str) -> tuple[Row, ...]:
    # all columns last: rows that tie still come in one order
    cursor = con.execute(
        f"SELECT * FROM {table} WHERE force_code = ? ORDER BY {order}, COLUMNS(*)", [force_code]
    )
    names = [column[0] for column in cursor.description or ()]
    return tuple(
        {name: _plain(value) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()
    )


def _plain(value: Any) -> Any:
    """Timestamps to dates, Decimals to numbers, lists to tuples: what the builders expect."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(_plain(item) for item in value)
    if isinstance(value, Decimal):
        return (
            int(value)
            if value == value.to_integral_value() and value.as_tuple().exponent == 0
            else float(value)
        )
    return float(value) if not isinstance(value, bytes) else value.hex()

"""Term frequencies: how rare each value is, taken once, frozen in the model, and laid on the mentions as tf_ columns.

A value that the frozen table does not hold is as rare as one seen once. Not here: values so common that they say
nothing (generic.py).
"""

from collections.abc import Sequence

from conflation.workspace import Connection, ask

NAMES = ("forename", "surname")
COMMON_COUNT, COMMON_SHARE = 5, 0.0002  # a spelling seen so often is a name of its own


def take(con: Connection, table: str, columns: Sequence[str]) -> None:
    """Make the tables frequency_<column> (value, n, share of the mentions that have the column)."""
    for column in columns:
        ask(
            con,
            f"create or replace table frequency_{column} as select {column} as value, count(*) as n,"
            f" count(*) / sum(count(*)) over () as share from {table} where {column} is not null group by {column}",
        )


def _common(column: str) -> str:
    return f"coalesce(f_{column}.n >= {COMMON_COUNT} and f_{column}.share >= {COMMON_SHARE}, false)"


def lay(con: Connection, table: str, columns: Sequence[str], into: str) -> None:
    """Copy `table` into `into`, with a column tf_<column> for each of `columns` and is_common_<column> for names."""
    ask(con, f"create or replace table {into} as {laid_sql(table, columns)}")


def laid_sql(table: str, columns: Sequence[str]) -> str:
    """SQL of a table with its frequencies laid on."""
    joins, chosen = [], ["t.*"]
    for column in columns:
        rarest = f"(select coalesce(min(share), 1.0) from frequency_{column})"
        chosen.append(
            f"case when t.{column} is null then null else coalesce(f_{column}.share, {rarest}) end as tf_{column}"
        )
        if column in NAMES:
            chosen.append(f"{_common(column)} as is_common_{column}")
        joins.append(f"left join frequency_{column} f_{column} on t.{column} = f_{column}.value")
    return f"select {', '.join(chosen)} from {table} t {' '.join(joins)}"

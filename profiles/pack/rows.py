"""Rows of the tables that packs print: typed, documented, and able to say where each value stands.

Here: the base of every row, collections of rows, and reading them from a generation.
Not here: which tables there are (profiles/pack/tables/), what they mean in SQL (dbt_project/models/marts/profiles).
"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from profiles.pack.cite import Cite, How, Key
from profiles.pack.facts import Fact, key_of

if TYPE_CHECKING:
    import duckdb

_SQL = {str: "varchar", int: "bigint", float: "double", bool: "boolean", date: "date"}


class TableError(RuntimeError):
    """A table is not there, or has not the columns its row declares; one sentence."""


def column(words: str) -> Any:
    """Declare a column, with the words its SQL model must carry."""
    return field(metadata={"words": words})


def coded(words: str, *codes: str) -> Any:
    """Declare a column that holds one of some codes; any other is refused when it is read."""
    return field(metadata={"words": f"{words}: {', '.join(codes[:-1])} or {codes[-1]}.", "codes": codes})


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of prof_<profile>__<section>. `key` names the columns that tell rows of one force apart."""

    section: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ()

    table: str = ""
    force_code: str = column("The force whose pack prints the row.")

    def fact(self, name: str) -> Fact:
        """The value of one column, with its cite."""
        where = tuple((key, key_of(getattr(self, key))) for key in self.key)
        return Fact(getattr(self, name), Cite(table=self.table, column=name, where=where))


T = TypeVar("T", bound=Row)


@dataclass(frozen=True)
class Rows(Generic[T]):
    """Rows of one table, all of them or those that meet recorded conditions: so a count of them can be made again.

    `is_held` is False for a table that the warehouse does not have: no rows of it says nothing about the world.
    """

    table: str
    items: tuple[T, ...] = ()
    conditions: tuple[tuple[str, Key], ...] = ()
    is_held: bool = True

    def __iter__(self) -> Iterator[T]:
        """The rows in order."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many rows, as a number without a source: for rules, not for print."""
        return len(self.items)

    def where(self, **equals: Key) -> "Rows[T]":
        """Rows whose columns equal what is given."""
        kept = tuple(
            row for row in self.items if all(key_of(getattr(row, k)) == v for k, v in equals.items())
        )
        return Rows(self.table, kept, (*self.conditions, *equals.items()))

    def one(self) -> T | None:
        """The first row, or None."""
        return self.items[0] if self.items else None

    def count(self) -> Fact:
        """How many rows."""
        return self._fact("*", "count", len(self.items))

    def sum(self, name: str) -> Fact:
        """The sum of a column; missing values count as 0."""
        return self._fact(name, "sum", sum(getattr(row, name) or 0 for row in self.items))

    def smallest(self, name: str) -> Fact:
        """The smallest value of a column, None without one."""
        return self._fact(name, "smallest", min(self._held(name), default=None))

    def largest(self, name: str) -> Fact:
        """The largest value of a column, None without one."""
        return self._fact(name, "largest", max(self._held(name), default=None))

    def first(self, name: str) -> Fact:
        """The value of a column in the first row; None without one."""
        return self._fact(name, "first", getattr(self.items[0], name) if self.items else None)

    def values(self, name: str) -> Fact:
        """All values of a column, in the order of the rows."""
        return self._fact(name, "values", tuple(getattr(row, name) for row in self.items))

    def _held(self, name: str) -> list[Any]:
        return [value for row in self.items if (value := getattr(row, name)) is not None]

    def _fact(self, name: str, how: How, value: Any) -> Fact:
        return Fact(value, Cite(table=self.table, column=name, where=self.conditions, how=how))


def columns_of(row_type: type[Row]) -> dict[str, str]:
    """SQL type of each column, in declared order."""
    return {name: sql for name, (sql, _) in _declared(row_type).items()}


def words_of(row_type: type[Row]) -> dict[str, str]:
    """What each column means."""
    return {name: words for name, (_, words) in _declared(row_type).items()}


def codes_of(row_type: type[Row]) -> dict[str, tuple[str, ...]]:
    """The codes that each coded column may hold."""
    return {each.name: each.metadata["codes"] for each in fields(row_type) if "codes" in each.metadata}


def _declared(row_type: type[Row]) -> dict[str, tuple[str, str]]:
    hints = get_type_hints(row_type)
    return {
        each.name: (_sql_type(hints[each.name]), str(each.metadata["words"]))
        for each in fields(row_type)
        if "words" in each.metadata
    }


def _sql_type(hint: Any) -> str:
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        return f"{_sql_type(get_args(hint)[0])}[]"
    return _SQL[hint]


def table_name(profile: str, row_type: type[Row]) -> str:
    """prof_<profile>__<section>."""
    return f"prof_{profile}__{row_type.section}"


def read_rows(
    con: "duckdb.DuckDBPyConnection",
    profile: str,
    row_type: type[T],
    force_code: str,
    may_be_absent: bool = False,
) -> Rows[T]:
    """Rows of one force in the order a pack prints them; TableError when the table is not as declared.

    A table that `may_be_absent` and is not there at all has no rows.
    """
    table = table_name(profile, row_type)
    known = dict(
        con.execute(
            "SELECT column_name, lower(data_type) FROM information_schema.columns WHERE table_name = ?",
            [table],
        ).fetchall()
    )
    if may_be_absent and not known:
        return Rows(table, is_held=False)
    names = list(columns_of(row_type))
    if missing := [name for name in names if name not in known]:
        raise TableError(f"{table} has no column {missing[0]}; its row is declared in profiles/pack/tables.")
    # all columns last: rows that tie still come in one order
    order = ", ".join([*row_type.order, *(f'"{name}"' for name in names)])
    chosen = ", ".join(f'"{name}"' for name in names)
    cursor = con.execute(f"SELECT {chosen} FROM {table} WHERE force_code = ? ORDER BY {order}", [force_code])
    items = tuple(
        row_type(table=table, **{n: _plain(v) for n, v in zip(names, values, strict=True)})
        for values in cursor.fetchall()
    )
    _check_codes(table, row_type, items)
    return Rows(table, items)


def _check_codes(table: str, row_type: type[T], items: tuple[T, ...]) -> None:
    for name, codes in codes_of(row_type).items():
        strange = {getattr(row, name) for row in items} - {*codes, None}
        if strange:
            raise TableError(f"{table}.{name} holds “{min(strange)}”; it may hold {', '.join(codes)}.")


def _plain(value: Any) -> Any:
    """Timestamps to dates, Decimals to numbers, lists to tuples: what the builders expect."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, Decimal):
        return int(value) if value.as_tuple().exponent == 0 else float(value)
    if isinstance(value, list | tuple):
        return tuple(_plain(item) for item in value)
    return value


Tables = Mapping[type[Row], Rows[Any]]

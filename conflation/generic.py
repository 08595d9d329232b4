"""Values that too many people share to say anything about one: a custody suite's phone, a solicitor's e-mail.

They are found by counting different people, told apart roughly by how their names sound and their year of birth, and
are struck from the mentions before anything is compared. The list is part of the model, and is reported. A number
that a poisoned delivery gives to thousands ends here too. Not here: values that are common but honest, such as a
frequent surname (frequencies.py).
"""

from collections.abc import Sequence

from conflation.workspace import Connection, ask, columns_of

MOST_PEOPLE = {"pnc_id": 8, "cro": 8, "local_id": 12, "phone": 12, "email": 12, "address": 60}
IDENTITY = {"forename_sound": "forename_sound", "surname_sound": "surname_sound", "dob": "left(dob, 4)"}


def find(con: Connection, table: str, into: str) -> None:
    """Make the table `into`: column_name, value, n_mentions, n_people, of the values that are generic."""
    columns = columns_of(con, table)
    identity = [sql for name, sql in IDENTITY.items() if name in columns]
    parts = [
        f"select '{column}' as column_name, {column} as value, count(*) as n_mentions,"
        f" count(distinct ({', '.join(identity)})) as n_people from {table} where {_held(column)}"
        f" group by {column} having count(*) > {most} and count(distinct ({', '.join(identity)})) > {most}"
        for column, most in MOST_PEOPLE.items()
        if column in columns and len(identity) > 1
    ]
    empty = "select null::varchar as column_name, null::varchar as value, 0 as n_mentions, 0 as n_people where false"
    ask(con, f"create or replace table {into} as {' union all '.join([*parts, empty])}")


def _held(column: str) -> str:
    """An address without a house number is a town or a street: many live there, and that is honest."""
    return f"{column} is not null" + (" and house is not null" if column == "address" else "")


def strike(con: Connection, table: str, generic: str, into: str) -> None:
    """Copy `table` into `into` without its generic values; `house` and `street` go with a generic address."""
    columns = columns_of(con, table)
    listed = {row[0] for row in ask(con, f"select distinct column_name from {generic}")} & set(columns)
    struck = [f"{_kept('t', name, generic)} as {name}" for name in sorted(listed)]
    if "address" in listed:
        struck += [
            f"case when {_kept('t', 'address', generic)} is null then null else t.{name} end as {name}"
            for name in ("house", "street")
            if name in columns
        ]
    replaced = f" replace ({', '.join(struck)})" if struck else ""
    ask(con, f"create or replace table {into} as select *{replaced} from {table} t")


def _kept(table: str, column: str, generic: str) -> str:
    values = f"(select value from {generic} where column_name = '{column}')"
    return f"case when {table}.{column} in {values} then null else {table}.{column} end"


def report(con: Connection, generic: str) -> list[dict[str, object]]:
    """The list as records, most shared first."""
    rows: Sequence[tuple[object, ...]] = ask(
        con,
        f"select column_name, value, n_mentions, n_people from {generic} order by n_people desc, column_name, value",
    )
    return [dict(zip(("column", "value", "mentions", "people"), row, strict=True)) for row in rows]

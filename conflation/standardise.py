"""From a table of mentions to its standard form: one row a mention, one column a kind of evidence.

Values that Python must read (names, PNC, CRO, phones) are read once for each distinct value; the rest is SQL over
whole columns. Not here: which values are generic (generic.py), what evidence weighs (comparisons.py).
"""

from collections.abc import Callable

import pyarrow as pa

from conflation import addresses, identifiers
from conflation.columns import ColumnMap
from conflation.dates import birth_sql, birth_year_sql
from conflation.draft import Draft
from conflation.names import Name, sound, split_full_name, standard_name
from conflation.nicknames import roots
from conflation.workspace import Connection, ask, columns_of, one, quoted

EVIDENCE = (
    *(
        "forename",
        "middle",
        "surname",
        "dob",
        "born_about",
        "sex",
        "address",
        "house",
        "street",
        "town",
        "postcode",
    ),
    *("phone", "email", "pnc_id", "cro", "local_id"),
)
WHOLE_NAME_SHARE = 0.5  # a lone name column with this share of several words holds whole names
NUMBER_SHARE = (
    0.5  # a column with fewer values that pass as a PNC ID (CRO number) holds some other identifier
)
SEXES = {"M": "'M', 'MALE', '1', 'MAN', 'BOY'", "F": "'F', 'FEMALE', '2', 'WOMAN', 'GIRL'"}
DERIVED = {
    "forename_roots": ("forename", "forename_map.roots"),
    "forename_root": ("forename", "coalesce(forename_map.roots[1], p.forename)"),
    "forename_sound": ("forename", "forename_map.sound"),
    "surname_sound": ("surname", "surname_map.sound"),
    "outcode": ("postcode", addresses.outcode_sql("postcode")),
}


def standardise(con: Connection, table: str, columns: ColumnMap, source: str | None, into: str) -> None:
    """Write the standard form of `table` into the new table `into`.

    `into` has record_id (text; the row's number where the map names none), source, those of EVIDENCE and of DERIVED
    that the map's columns give, and other_1, other_2 … for further attributes. The order of rows is free.
    """
    draft = Draft(con, table)
    headings = _with_whole_names(con, table, dict(columns.columns))
    _names(draft, headings)
    _identifiers(draft, headings)
    if heading := headings.get("date_of_birth"):
        draft.parts["dob"] = birth_sql(con, table, heading)
    if heading := headings.get("birth_year"):
        year = birth_year_sql(heading)
        known = draft.parts.setdefault("dob", year)
        draft.parts["born_about"] = f"case when {known} is null then {year} end"
    if heading := headings.get("sex"):
        cell = f"upper(trim({draft.cell(heading)}))"
        draft.parts["sex"] = (
            f"case when {cell} in ({SEXES['M']}) then 'M' when {cell} in ({SEXES['F']}) then 'F' end"
        )
    _places(draft, headings)
    for number, heading in enumerate(columns.other, start=1):
        draft.parts[f"other_{number}"] = addresses.place_words_sql(draft.cell(heading))
    key = draft.cell(headings["record_id"]) if "record_id" in headings else "cast(t.rowid as varchar)"
    told = draft.cell(source) if source else "cast(null as varchar)"
    draft.write(f"{into}_plain", [f"{key} as record_id", f"{told} as source"])
    _derive(con, f"{into}_plain", into)
    ask(con, f"drop table {into}_plain")


def evidence_columns(con: Connection, table: str) -> list[str]:
    """The columns of a standard table that say something about the person."""
    return [name for name in columns_of(con, table) if name in EVIDENCE or name.startswith("other_")]


def _with_whole_names(con: Connection, table: str, headings: dict[str, str]) -> dict[str, str]:
    """The map, with a lone name column that holds whole names called what it is."""
    lone = [name for name in ("forename", "surname", "full_name") if name in headings]
    if len(lone) != 1 or lone == ["full_name"]:
        return headings
    cell = f"trim(cast({quoted(headings[lone[0]])} as varchar))"
    share = one(con, f"select avg(case when {cell} like '_% %_' then 1.0 else 0.0 end) from {table}")
    if (share or 0) >= WHOLE_NAME_SHARE:
        headings["full_name"] = headings.pop(lone[0])
    return headings


def _names(draft: Draft, headings: dict[str, str]) -> None:
    found: dict[str, list[str]] = {"forename": [], "middle": [], "surname": []}
    if heading := headings.get("middle_names"):
        found["middle"] += draft.read(heading, ("middle",), lambda value: (standard_name(value).whole,))
    if heading := headings.get("forename"):
        forename, middle = draft.read(heading, ("forename", "middle"), _given)
        found["forename"].append(forename)
        found["middle"].append(middle)
    if heading := headings.get("surname"):
        found["surname"] += draft.read(heading, ("surname",), lambda value: (standard_name(value).whole,))
    if heading := headings.get("full_name"):
        for name, cell in zip(found, draft.read(heading, tuple(found), _whole), strict=True):
            found[name].append(cell)
    draft.parts.update({name: f"coalesce({', '.join(cells)})" for name, cells in found.items() if cells})


def _given(value: str) -> tuple[str | None, ...]:
    words = standard_name(value).words
    return Name(words[:1]).whole, Name(words[1:]).whole


def _whole(value: str) -> tuple[str | None, ...]:
    return tuple(part.whole for part in split_full_name(value))


def _identifiers(draft: Draft, headings: dict[str, str]) -> None:
    readers: dict[str, Callable[[str], str | None]] = {
        "phone": identifiers.standard_phone,
        "email": identifiers.standard_email,
        "pnc_id": identifiers.standard_pnc,
        "cro": identifiers.standard_cro,
    }
    for name, reader in readers.items():
        if heading := headings.get(name):
            if name in ("pnc_id", "cro") and not _mostly(draft, heading, reader):
                reader = identifiers.plain_identifier
            draft.parts[name] = draft.read(heading, (name,), _one(reader))[0]
    if heading := headings.get("local_id"):
        draft.parts["local_id"] = f"nullif(trim({draft.cell(heading)}), '')"


def _one(reader: Callable[[str], str | None]) -> Callable[[str], tuple[str | None, ...]]:
    return lambda value: (reader(value),)


def _mostly(draft: Draft, heading: str, reader: Callable[[str], str | None]) -> bool:
    """Whether most values of a column pass as what the column is said to hold."""
    cell = draft.cell(heading)
    values = ask(
        draft.con,
        f"select {cell} from {draft.table} t where {cell} is not null order by md5({cell}) limit 1000",
    )
    passing = [row for row in values if reader(row[0])]
    return len(passing) >= NUMBER_SHARE * len(values)


def _places(draft: Draft, headings: dict[str, str]) -> None:
    cells = {name: draft.cell(headings[name]) for name in ("number", "street", "address") if name in headings}
    if whole := cells.get("address") or ("street" in cells and cells["street"]):
        if "number" in cells and "address" not in cells:
            whole = f"concat_ws(' ', {cells['number']}, {cells['street']})"
        words = addresses.place_words_sql(whole)
        draft.parts["address"] = words
        draft.parts["street"] = addresses.without_number_sql(
            addresses.place_words_sql(cells.get("street", whole))
        )
        draft.parts["house"] = addresses.house_sql(cells.get("number", whole))
    if heading := headings.get("town"):
        draft.parts["town"] = addresses.place_words_sql(draft.cell(heading))
    if heading := headings.get("postcode"):
        draft.parts["postcode"] = addresses.postcode_sql(draft.cell(heading))


def _derive(con: Connection, plain: str, into: str) -> None:
    """Add what follows from the standard columns: sounds, roots of nicknames, birth year, outcode."""
    names = columns_of(con, plain)
    joins = []
    for column in ("forename", "surname"):
        if column in names:
            _map_of_names(con, plain, column)
            joins.append(f"left join {column}_map on p.{column} = {column}_map.name")
    derived = [f"{sql} as {name}" for name, (needs, sql) in DERIVED.items() if needs in names]
    years = [sql for needs, sql in (("dob", "left(dob, 4)"), ("born_about", "born_about")) if needs in names]
    if years:
        derived.append(f"coalesce({', '.join(years)}) as birth_year")
    ask(con, f"create table {into} as select {', '.join(['p.*', *derived])} from {plain} p {' '.join(joins)}")
    for column in {"forename", "surname"} & set(names):
        ask(con, f"drop table {column}_map")


def _map_of_names(con: Connection, table: str, column: str) -> None:
    """A table {column}_map of each distinct name: how it sounds, and what it may stand for."""
    values = [row[0] for row in ask(con, f"select distinct {column} from {table} where {column} is not null")]
    known = roots()
    rows = [(value, sound(value), list(known[value]) if value in known else None) for value in values]
    names, sounds, stands_for = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {
        "name": pa.array(names, pa.string()),
        "sound": pa.array(sounds, pa.string()),
        "roots": pa.array(stands_for, pa.list_(pa.string())),
    }
    con.register("map_rows", pa.table(columns))
    ask(con, f"create temp table {column}_map as select * from map_rows")
    con.unregister("map_rows")

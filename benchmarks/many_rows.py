"""Files of millions of rows, made of the fictional world's own: the same dialect, headings, lengths and gaps.

Each row of the world comes again and again under a new key, with other times and other words in its free texts, so that
no column is easier to store than in a force's own export. Not here: what is measured (landing).
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.landing.quoting import identifier, literal, literals

FILES = 5
STREET_FILE = 200_000  # rows; the contract takes no file of more than 250,000
_CRIME_TIMES = ("CommittedFrom", "CommittedTo", "ReportedDate", "ModifiedDate")
_CSV = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
_TIME = "'%d/%m/%Y %H:%M:%S'"


def headings_of(path: Path) -> list[str]:
    """The headings of a CSV file of the world, none of which holds a comma."""
    with path.open(encoding="utf-8") as lines:
        return lines.readline().rstrip("\r\n").split(",")


def many_crimes(world: Path, target: Path, rows: int) -> Path:
    """Northmoor's history of recorded crimes in a few files of `rows` rows together; returns the landing folder."""
    (history,) = (world / "northmoor").glob("crime_northmoor_*_history.csv")
    columns = {name: identifier(name) for name in headings_of(history)}
    columns["InvestigationReference"] += " || '-' || lap"
    columns["Address"] = "(7 * i % 397) || substr(Address, instr(Address, ' '))"
    columns["MOText"] += " || ' Log ' || i || '.'"
    columns["Longitude"] += " || (i % 89)"
    for name in _CRIME_TIMES:
        moment = f"try_strptime({identifier(name)}, {_TIME}) - to_minutes(cast(lap as bigint) * 37)"
        columns[name] = f"strftime({moment}, {_TIME})"
    (target / "northmoor").mkdir(parents=True)
    each = -(-rows // FILES)
    for number in range(FILES):
        path = target / "northmoor" / f"crime_northmoor_2026100{number + 1}_history.csv"
        _write([history], columns, number * each, min(rows, (number + 1) * each), path)
    return target


def many_streets(world: Path, target: Path, rows: int) -> Path:
    """Street-level files of one force, a month each, of `rows` rows together; returns the landing folder."""
    months = sorted(world.glob("*/*-northmoor-street.csv"))
    columns = {name: identifier(name) for name in headings_of(months[0])}
    columns["Crime ID"] = (
        "case when \"Crime ID\" is not null then md5(cast(i as varchar)) || md5('x' || i) end"
    )
    columns["Longitude"] = "substr(Longitude, 1, 7) || lpad(cast(i % 97 as varchar), 2, '0')"
    for number, start in enumerate(range(0, rows, STREET_FILE)):
        month = f"{1990 + number // 12}-{number % 12 + 1:02}"
        columns["Month"] = literal(month)
        path = target / month / f"{month}-northmoor-street.csv"
        path.parent.mkdir(parents=True)
        _write(months, columns, start, min(rows, start + STREET_FILE), path)
    return target


def _write(templates: Sequence[Path], columns: dict[str, str], first: int, end: int, path: Path) -> None:
    """Rows number `first` to before `end`: row i is row i of the templates, round and round, `lap` times before."""
    listed = ", ".join(f"{sql} as {identifier(name)}" for name, sql in columns.items())
    kinds = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in columns)
    with duckdb.connect(":memory:") as con:
        con.execute(
            "create table template as select row_number() over () - 1 as place, * "
            f"from read_csv([{literals(templates)}], columns = {{{kinds}}}, {_CSV})"
        )
        (n,) = con.execute("select count(*) from template").fetchone() or (0,)
        con.execute(
            f"copy (select {listed} from (select i, i // {n} as lap from range({first}, {end}) as r(i)) "
            f"inner join template on place = i % {n}) to {literal(path)} (format csv, header true)"
        )

"""Dates of birth: the format of a column is learned from the column, never guessed for one value.

Standard form is text: `YYYY-MM-DD`, or `YYYY` where only the year is known. Text of that shape that is no date
(`1856-86-18`) is kept, because it still tells how near two writings of one date are. Not here: how dates are compared.
"""

from conflation.workspace import Connection, ask, quoted, text

FORMATS = (
    *("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y/%m/%d"),
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    *("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y"),
    *("%d/%m/%y", "%m/%d/%y", "%d-%b-%y", "%d-%m-%y"),
)
PLACEHOLDERS = (
    "1900-01-01",
    "1970-01-01",
    "1800-01-01",
    "1899-12-30",
    "1899-12-31",
    "1901-01-01",
    "9999-12-31",
)
LATEST_BIRTH_YEAR = 2030  # a two-digit year beyond it belongs to the century before; later years are no birth
EARLIEST_BIRTH_YEAR = 1000
SAMPLE = 20_000
RARE = 0.005  # a format that fewer values of the sample have is a damaged value, not a format


def learned_formats(con: Connection, table: str, column: str) -> list[str]:
    """The formats that the column's values have, most frequent first; at most three."""
    cell = f"trim(cast({quoted(column)} as varchar))"
    counts = ", ".join(f"count({_read('value', form)})" for form in FORMATS)
    sample = (
        f"select {cell} as value from {table} where {quoted(column)} is not null"
        f" order by md5({cell}) limit {SAMPLE}"
    )
    row = ask(con, f"select count(*), {counts} from ({sample})")[0]
    total, hits = row[0], dict(zip(FORMATS, row[1:], strict=True))
    found: list[str] = []
    for form in sorted(FORMATS, key=lambda form: (-hits[form], FORMATS.index(form))):
        twin = form.replace("%d", "%_").replace("%m", "%d").replace("%_", "%m")
        if hits[form] > RARE * total and twin not in found:  # day first and month first cannot both hold
            found.append(form)
    return found[:3]


def _read(cell: str, form: str) -> str:
    """The date in a cell by one format. A year that nobody compared was born in means that the format is another."""
    date = f"try_strptime({cell}, {text(form)})"
    return f"case when year({date}) >= {EARLIEST_BIRTH_YEAR} then {date} end"


def birth_sql(con: Connection, table: str, column: str) -> str:
    """An SQL expression that gives the standard form of a date of birth in `column`."""
    cell = f"trim(cast({quoted(column)} as varchar))"
    parsed = [_read(cell, form) for form in learned_formats(con, table, column)]
    date = f"coalesce({', '.join([*parsed, 'cast(null as timestamp)'])})"
    century = f"case when year({date}) > {LATEST_BIRTH_YEAR} then {date} - interval 100 year else {date} end"
    whole = f"strftime({century}, '%Y-%m-%d')"
    year = f"regexp_extract({cell}, '(?:^|[^0-9])(1[5-9][0-9][0-9]|20[0-2][0-9])(?:[^0-9]|$)', 1)"
    shaped = f"case when regexp_matches({cell}, '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$') then {cell} end"
    standard = f"coalesce({whole}, {shaped}, nullif({year}, ''))"
    junk = ", ".join(text(value) for value in PLACEHOLDERS)
    return f"case when {standard} in ({junk}) then null else {standard} end"


def birth_year_sql(column: str) -> str:
    """An SQL expression that gives the four digits of a year in `column`, NULL where nobody was born in it."""
    year = f"try_cast({quoted(column)} as integer)"
    return f"case when {year} between {EARLIEST_BIRTH_YEAR} and {LATEST_BIRTH_YEAR} then {year}::varchar end"

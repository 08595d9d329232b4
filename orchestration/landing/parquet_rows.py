"""Parquet: flat columns only, each cast to text by one rule a type, so that all feeds are judged alike afterwards.

Text stays as it is. Dates and times are written in the format that their contract declares (else ISO), local where they
know their zone; true and false are words; numbers are plain decimals. DuckDB reads the file, because it keeps to its
memory limit whatever the file says. Not here: what a text means (conform).
"""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from data_contracts.formats import EPOCH_MS, EXCEL_SERIAL, layout_of
from data_contracts.model import FeedContract
from orchestration.landing.header import HeaderError, Heading, bind_heading
from orchestration.landing.named_fields import fields_read
from orchestration.landing.quoting import identifier, literal
from orchestration.landing.raw_rows import FIRST_RECORD, Unreadable, raw_text
from orchestration.landing.refused_line import CONTROL, MAX_CELL, RefusedLine

MOST_CHARACTERS = 2 * 2**30  # of text that one file may turn into
_LETTERS = {
    "yyyy": "%Y", "yy": "%y", "MM": "%m", "MMM": "%b", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "XXX": "Z",
}  # fmt: skip
_WHOLE = re.compile("U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)")
_NESTED = re.compile(r"STRUCT\b|MAP\b|UNION\b|VARIANT\b|.*\]$")


def _written(format_: str) -> str:
    """A declared format as strftime writes it."""
    if format_ in ("", EPOCH_MS, EXCEL_SERIAL):
        return "%Y-%m-%dT%H:%M:%S"
    return "".join(
        _LETTERS.get(part.letters) or part.literal.replace("%", "%%") for part in layout_of(format_).parts
    )


def _text_sql(name: str, kind: str, format_: str, zone: str) -> str:
    """SQL of a column as text."""
    column = identifier(name)
    if kind in ("FLOAT", "DOUBLE"):
        return _number_sql(column)
    if kind == "DATE" or kind.startswith("TIMESTAMP"):
        if format_ == EPOCH_MS and kind != "DATE":
            return f"cast(epoch_ms({column}) as varchar)"
        if kind.endswith("WITH TIME ZONE"):
            has_offset = format_ not in ("", EPOCH_MS, EXCEL_SERIAL) and layout_of(format_).has_offset
            column = f"timezone({literal('UTC' if has_offset else zone)}, {column})"
        written = "%Y-%m-%d" if kind == "DATE" and not format_ else _written(format_)
        return f"strftime(cast({column} as timestamp), {literal(written)})"
    return f"cast({column} as varchar)"


def _number_sql(column: str) -> str:
    """SQL of a floating number as text: its shortest digits, without an exponent or an empty fraction."""
    shortest = f"cast({column} as varchar)"
    long = f"format('{{:.25f}}', cast({column} as double))"
    digits = f"case when contains({shortest}, 'e') then {long} else {shortest} end"
    plain = f"regexp_replace({digits}, '[.]0*$|([.][0-9]*[1-9])0*$', '\\1')"
    return f"case when isfinite({column}) and abs({column}) < 1e25 then {plain} else {shortest} end"


def _heading(
    con: duckdb.DuckDBPyConnection, source: str, contract: FeedContract
) -> tuple[Heading, list[str]]:
    """The heading, and the type of each column."""
    described = con.execute(f"describe select * from {source}").fetchall()
    try:
        heading = bind_heading([row[0] for row in described], contract)
    except HeaderError as error:
        raise Unreadable("HEADER", str(error)) from None
    return heading, [row[1] for row in described]


def _texts(
    contract: FeedContract, heading: Heading, kinds: Sequence[str], wanted: Sequence[str]
) -> list[str]:
    """SQL of each wanted column as text; NULL for one that the file leaves out."""
    formats = {name: c.format for c in contract.columns if c.format for name in contract.headings_of(c)}
    found: dict[str, str] = {}
    for name, column, kind in zip(heading.physical, heading.columns, kinds, strict=True):
        if column in wanted:
            if _NESTED.match(kind):
                raise Unreadable("HEADER", f"its column '{column}' holds lists or records; send plain values")
            found[str(column)] = _text_sql(name, kind, formats.get(str(column), ""), contract.timezone)
    return [found.get(name, "cast(null as varchar)") for name in wanted]


def _n_rows(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    (n_rows,) = con.execute(
        f"select sum(num_rows) from parquet_file_metadata({literal(path)})"
    ).fetchone() or (0,)
    return int(n_rows)


def _check_size(con: duckdb.DuckDBPyConnection, source: str, texts: Sequence[str]) -> None:
    """Unreadable when there is more text than may be read: a small file can hold one long text a million times."""
    sizes = " + ".join(f"coalesce(strlen({text}), 0)" for text in texts)
    (characters,) = con.execute(f"select sum({sizes}) from {source}").fetchone() or (0,)
    if (characters or 0) > MOST_CHARACTERS:
        raise Unreadable("TOO_LARGE", f"it unpacks to more than {MOST_CHARACTERS:,} bytes of text; split it")


def _write(
    con: duckdb.DuckDBPyConnection, source: str, texts: Sequence[str], target: Path
) -> list[RefusedLine]:
    """Every record as text at `target`, but those that no value may be made of: they are the answer."""
    cells = ", ".join(f"nullif({text}, '') as c{n}" for n, text in enumerate(texts))
    names = [f"c{n}" for n in range(len(texts))]
    joined, longest = f"concat_ws(' ', {', '.join(names)})", ", ".join(f"length({c})" for c in names)
    con.execute(f"""
        copy (
            select *,
                case
                    when strlen({joined}) > {MAX_CELL} and greatest({longest}) > {MAX_CELL} then 'CELL_TOO_LONG'
                    when regexp_matches({joined}, {literal(CONTROL.pattern)}) then 'CONTROL_CHARACTER'
                end as trouble
            from (select file_row_number + {FIRST_RECORD} as line_number, {cells} from {source})
        ) to {literal(target)} (format parquet, compression lz4_raw)
    """)
    bad = con.execute(
        f"select trouble, line_number, {', '.join(names)} from read_parquet({literal(target)}) "
        "where trouble is not null order by line_number"
    ).fetchall()
    if bad:
        _without_troubled(con, target)
    return [RefusedLine(row[1], row[0], raw_text(row[2:])) for row in bad]


def _without_troubled(con: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write the file again with the rows that may be judged."""
    fresh = target.with_suffix(".fresh")
    con.execute(
        f"copy (select * from read_parquet({literal(target)}) where trouble is null) "
        f"to {literal(fresh)} (format parquet, compression lz4_raw)"
    )
    fresh.replace(target)


def read_parquet(
    con: duckdb.DuckDBPyConnection, path: Path, contract: FeedContract, target: Path
) -> tuple[int, list[RefusedLine], tuple[str, ...]]:
    """Write every record as text to `target`; returns how many there are, the refused ones, and notes."""
    source = f"read_parquet({literal(path)}, binary_as_string = true, file_row_number = true)"
    plain = f"(select * from read_parquet({literal(path)}, binary_as_string = true))"
    try:
        n_rows = _n_rows(con, path)
        heading, kinds = _heading(con, plain, contract)
        if n_rows > contract.row_ceiling.rows:
            return n_rows, [], heading.notes
        texts = _texts(contract, heading, kinds, fields_read(contract))
        _check_size(con, plain, texts)
        refused = _write(con, source, texts, target)
    except duckdb.Error as error:
        raise Unreadable("DAMAGED", f"it cannot be read as Parquet ({_said(error)}); send it again") from None
    return n_rows, refused, heading.notes


def _said(error: duckdb.Error) -> str:
    """What kind of trouble it is, without a path or a value of the file."""
    if isinstance(error, duckdb.OutOfMemoryException):
        return "it needs more memory than a night has"
    return "it is damaged, cut short or of a kind that is not known"

"""The SQL that reads a raw cell as a value: the same reading as data_contracts/values, for millions of rows.

Nearly every cell stands as its contract writes it. So a value has two branches: a cheap one for such cells (plain),
and the whole reading (blanks, words for empty, capitals) for what is left. Both say the same. `raw` is the name of a
column, NULL where the cell is empty. Not here: rows and reasons (typed), from local time to UTC (zones).
"""

from data_contracts import formats
from data_contracts.columns import Column
from data_contracts.formats import Layout, layout_of
from data_contracts.values import (
    BLANKS,
    DECIMAL_PATTERN,
    INTEGER_PATTERN,
    SCIENTIFIC_PATTERN,
    folded,
    meanings,
    null_words,
)
from orchestration.landing.plain import folded_sql, is_plain_sql, is_written_sql
from orchestration.landing.quoting import literal, literals
from orchestration.landing.zones import END_OF_TIME, FIRST_MOMENT, utc_sql

SQL_TYPES = {
    "string": "VARCHAR", "date": "DATE", "timestamp": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE",
    "boolean": "BOOLEAN",
}  # fmt: skip
MOST_LISTED = 12  # codes of a column that are worth a type of their own, which stands in every arm
_PATTERNS = {
    "integer": INTEGER_PATTERN, "number": DECIMAL_PATTERN, formats.EPOCH_MS: formats.EPOCH_MS_PATTERN,
    formats.EXCEL_SERIAL: formats.EXCEL_SERIAL_PATTERN,
}  # fmt: skip
_STRPTIME = {
    "yyyy": "%Y", "yy": "%Y", "MM": "%m", "MMM": "%b", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "XXX": "",
}  # fmt: skip


def is_scientific_sql(raw: str) -> str:
    """SQL that is true for an identifier that a spreadsheet has spoilt."""
    return f"(contains({raw}, '+') and regexp_full_match({_bare(raw)}, {literal(SCIENTIFIC_PATTERN)}))"


def cleaned_sql(column: Column, raw: str) -> str:
    """SQL of a cell as a text: without blanks around it, NULL where it is empty or a word that means so."""
    bare, words = _bare(raw), null_words(column)
    if words:
        bare = f"case when {folded_sql(bare)} not in ({literals(words)}) then {bare} end"
    return f"nullif({bare}, '')"


def listed_type(*codes: str) -> str:
    """A type that holds these codes alone: it costs less to write than texts, and is read back as texts."""
    return f"enum({literals(dict.fromkeys(codes))})"


def same_sql(text: str) -> str:
    """SQL of a text that stands in every row."""
    return f"cast({literal(text)} as {listed_type(text)})"


def code_type(column: Column) -> str:
    """The type of a column's codes."""
    if column.is_coded and column.logical_type == "string" and len(column.codes) <= MOST_LISTED:
        return listed_type(*column.codes, *dict(column.code_map).values())
    return SQL_TYPES[column.logical_type]


def value_sql(column: Column, raw: str, zone: str, tidy: str = "false") -> str:
    """SQL of the value of a cell; NULL where it is none. `period` is a column beside it. tidy: see plain.

    Where is_local, it is the time as it is written, which settled_sql takes on.
    """
    if column.constant is not None:
        found = _read(column, literal(column.constant), zone)
        return _as_code(column, found) if column.is_coded else found
    whole = _read(column, cleaned_sql(column, raw), zone)
    if column.logical_type == "boolean" or column.is_coded or column.code_map:
        return _as_code(column, f"case {_exact(column, raw)} when {raw} is not null then {whole} end")
    if column.logical_type == "string":
        quick = f"when {is_plain_sql(raw, null_words(column), tidy)} then {raw}"
    else:
        quick = f"when {_shape(column, raw, tidy)} then {_shaped(column, raw, zone)}"
    return f"case {quick} when {raw} is not null then {whole} end"


def is_local(column: Column) -> bool:
    """Whether value_sql gives a time as it is written, which is not yet the column's value."""
    if column.logical_type not in ("date", "timestamp") or column.format == formats.EPOCH_MS:
        return False
    is_zoned = column.format != formats.EXCEL_SERIAL and layout_of(column.format).has_offset
    return column.logical_type == "date" or not is_zoned


def settled_sql(column: Column, local: str, zone: str) -> str:
    """SQL of the day, or of the moment in UTC, of a time as it is written; NULL outside the years a format can have."""
    if column.logical_type == "timestamp":
        return utc_sql(local, zone)
    return f"case when {local} >= {FIRST_MOMENT} and {local} < {END_OF_TIME} then cast({local} as date) end"


def swapped_sql(column: Column, raw: str) -> str | None:
    """SQL that is true for a cell written with day and month changed over; None where a column has no such cells."""
    if column.logical_type not in ("date", "timestamp") or column.format in formats.WORDS or column.constant:
        return None
    pattern = layout_of(column.format).swapped_pattern
    return f"regexp_full_match({_bare(raw)}, {literal(pattern)})" if pattern else None


def _bare(raw: str) -> str:
    return f"trim({raw}, {literal(BLANKS)})"


def _exact(column: Column, raw: str) -> str:
    """An arm for each word exactly as the contract writes it."""
    known, empty = meanings(column), null_words(column)
    written = [word for word, _ in column.code_map] or column.codes or known
    arms = [
        f"when {raw} = {literal(word)} then {_said(column, known[folded(word)])}"
        for word in dict.fromkeys(written)
        if word and word == word.strip(BLANKS) and folded(word) not in empty
    ]
    return " ".join(arms)


def _said(column: Column, code: str) -> str:
    return code if column.logical_type == "boolean" else literal(code)


def _as_code(column: Column, text: str) -> str:
    """SQL of a code as the column's type has it."""
    kind = code_type(column)
    return text if kind in ("VARCHAR", "BOOLEAN") else f"try_cast({text} as {kind})"


def _read(column: Column, text: str, zone: str) -> str:
    """SQL of the value of a text that is already cleaned; of a code as text."""
    if known := meanings(column):
        codes = ", ".join(_said(column, code) for code in known.values())
        found = f"[{codes}][list_position([{literals(known)}], {folded_sql(text)})]"
        is_closed = column.is_coded or column.logical_type == "boolean"
        return found if is_closed else f"coalesce({found}, {text})"
    if column.logical_type == "string":
        return text
    return f"case when {_shape(column, text)} then {_shaped(column, text, zone)} end"


def _shape(column: Column, text: str, tidy: str = "false") -> str:
    """SQL that is true for a text written as the column's values are; the calendar may still not have that day."""
    if pattern := _PATTERNS.get(column.format or column.logical_type):
        return f"regexp_full_match({text}, {literal(pattern)})"
    return is_written_sql(layout_of(column.format), text, tidy)


def _shaped(column: Column, text: str, zone: str) -> str:
    """SQL of the value of a text that has the shape."""
    if not column.format:
        return f"try_cast({text} as {SQL_TYPES[column.logical_type]})"
    if column.format == formats.EPOCH_MS:
        found = f"date_trunc('second', epoch_ms(try_cast({text} as bigint)))"
        is_date = column.logical_type == "date"
        return f"cast(timezone({literal(zone)}, timezone('UTC', {found})) as date)" if is_date else found
    if column.format == formats.EXCEL_SERIAL:
        return _from_serial(text)
    layout = layout_of(column.format)
    found = _written(layout, text, column.years_ahead)
    return found if is_local(column) else f"{found} - {_offset(layout, text)}"


def _from_serial(text: str) -> str:
    days = f"try_cast(split_part({text}, '.', 1) as integer)"
    fraction = f"coalesce(try_cast('0.' || nullif(split_part({text}, '.', 2), '') as double), 0)"
    seconds = f"cast(floor({fraction} * 86400 + 0.5) as bigint)"
    return f"timestamp '1899-12-30' + to_days({days}) + to_seconds({seconds})"


def _written(layout: Layout, text: str, years_ahead: int) -> str:
    """SQL of the date and time as written; NULL where the calendar has no such day."""
    template = "".join(
        _STRPTIME[part.letters] if part.letters else part.literal.replace("%", "%%") for part in layout.parts
    )
    local, offset, short = text, layout.find("XXX"), layout.find("yy")
    if offset:
        local = f"substr({local}, 1, {offset.start})"
    if short:
        latest = f"(cast(substr(period, 1, 4) as integer) + {years_ahead})"
        said = f"try_cast(substr({text}, {short.start + 1}, 2) as integer)"
        year = f"cast({latest} - ({latest} - {said}) % 100 as varchar)"
        local = f"substr({local}, 1, {short.start}) || {year} || substr({local}, {short.start + 3})"
    return f"try_strptime({local}, {literal(template)})"


def _offset(layout: Layout, text: str) -> str:
    """SQL of the interval by which a text with an offset lies ahead of UTC."""
    part = layout.find("XXX")
    at = (part.start if part else 0) + 1
    hours, minutes = (f"try_cast(substr({text}, {at + n}, 2) as bigint)" for n in (1, 4))
    sign = f"case substr({text}, {at}, 1) when '-' then -1 else 1 end"
    return f"to_minutes(coalesce({sign} * ({hours} * 60 + {minutes}), 0))"

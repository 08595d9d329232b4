"""The SQL that reads a text as a value: the same reading as data_contracts/values, for millions of rows.

`text` is always the SQL of a text already trimmed, NULL where empty (typed). Not here: rows and reasons (typed).
"""

import re
from collections.abc import Iterable

from data_contracts import formats
from data_contracts.columns import Column
from data_contracts.formats import Layout, layout_of
from data_contracts.values import (
    BLANKS,
    DECIMAL_PATTERN,
    INTEGER_PATTERN,
    NO_BREAK,
    SCIENTIFIC_PATTERN,
    meanings,
    null_words,
)
from orchestration.landing.quoting import literal, literals

SQL_TYPES = {
    "string": "VARCHAR", "date": "DATE", "timestamp": "TIMESTAMP", "integer": "BIGINT", "number": "DOUBLE",
    "boolean": "BOOLEAN",
}  # fmt: skip
_STRPTIME = {
    "yyyy": "%Y", "yy": "%Y", "MM": "%m", "MMM": "%b", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S", "XXX": "",
}  # fmt: skip

CELL_END = "\x1f"  # stands between cells; no raw text holds it


def folded_sql(text: str) -> str:
    """SQL of a text as codes and words are compared."""
    return f"lower(replace({text}, {literal(NO_BREAK)}, ' '))"


def is_scientific_sql(text: str) -> str:
    """SQL that is true for an identifier that a spreadsheet has spoilt."""
    return f"regexp_full_match({text}, {literal(SCIENTIFIC_PATTERN)})"


def is_plain_sql(raw: Iterable[str], columns: Iterable[Column]) -> str:
    """SQL that is true for a row whose cells all stand as they are: no blank at an edge, no word that means empty.

    Nearly all rows are such, and one look at the whole row is cheaper than one at each cell. It may doubt a plain
    row, but never takes another for plain.
    """
    words = sorted({word for column in columns for word in null_words(column)})
    cell = f"[{BLANKS}]" if not words else f"[{BLANKS}]|(?:{'|'.join(map(_any_case, words))}){CELL_END}"
    doubtful = f"{CELL_END}(?i:{cell})|[{BLANKS}]{CELL_END}"
    row = f"concat_ws({', '.join([literal(CELL_END), literal(''), *raw, literal('')])})"
    return f"not regexp_matches({row}, {literal(doubtful)})"


def text_sql(column: Column, raw: str, is_plain: str) -> str:
    """SQL of a raw cell as a text: without blanks around it, NULL where it is empty or a word that means so."""
    bare, words = f"trim({raw}, {literal(BLANKS)})", null_words(column)
    if words:
        bare = f"case when {folded_sql(bare)} not in ({literals(words)}) then {bare} end"
    return f"nullif(case when {is_plain} then {raw} else {bare} end, '')"


def _any_case(folded: str) -> str:
    """A pattern, within (?i: ), for every text that folds to this one."""
    escaped = "".join(f"[{NO_BREAK} ]" if sign == " " else re.escape(sign) for sign in folded)
    return escaped.replace("i", "(?:i|\u0130)")


def value_sql(column: Column, text: str, zone: str) -> str:
    """SQL of the value of a text; NULL where it is no value of the column. `period` is a column beside it."""
    if column.logical_type == "boolean":
        return f"cast({_looked_up(column, text, 'null')} as boolean)"
    if column.is_coded:
        text = _looked_up(column, text, "null")
    elif column.code_map:
        text = _looked_up(column, text, text)
    match column.logical_type:
        case "integer":
            return _if_shaped(text, INTEGER_PATTERN, f"try_cast({text} as bigint)")
        case "number":
            return _if_shaped(text, DECIMAL_PATTERN, f"try_cast({text} as double)")
        case "date" | "timestamp":
            return _moment(column, text, zone)
    return f"cast({text} as varchar)"


def _if_shaped(text: str, pattern: str, value: str) -> str:
    return f"case when regexp_full_match({text}, {literal(pattern)}) then {value} end"


def _looked_up(column: Column, text: str, otherwise: str) -> str:
    arms = " ".join(f"when {literal(said)} then {literal(code)}" for said, code in meanings(column).items())
    return f"case {folded_sql(text)} {arms} else {otherwise} end"


def _moment(column: Column, text: str, zone: str) -> str:
    """SQL of a DATE or a TIMESTAMP in UTC."""
    is_date, here = column.logical_type == "date", literal(zone)
    if column.format == formats.EPOCH_MS:
        found = _from_epoch(text)
        return f"cast(timezone({here}, timezone('UTC', {found})) as date)" if is_date else found
    if column.format == formats.EXCEL_SERIAL:
        found, has_offset = _from_serial(text), False
    else:
        layout = layout_of(column.format)
        found, has_offset = _written(layout, text, column.years_ahead), layout.has_offset
    if is_date:
        return f"cast({found} as date)"
    if has_offset:
        return f"{found} - {_offset(layout, text)}"
    return f"timezone('UTC', timezone({here}, {found}))"


def _from_epoch(text: str) -> str:
    milliseconds = _if_shaped(text, formats.EPOCH_MS_PATTERN, f"try_cast({text} as bigint)")
    return f"date_trunc('second', epoch_ms({milliseconds}))"


def _from_serial(text: str) -> str:
    days = f"try_cast(split_part({text}, '.', 1) as integer)"
    fraction = f"coalesce(try_cast('0.' || nullif(split_part({text}, '.', 2), '') as double), 0)"
    seconds = f"cast(floor({fraction} * 86400 + 0.5) as bigint)"
    moment = f"timestamp '1899-12-30' + to_days({days}) + to_seconds({seconds})"
    return _if_shaped(text, formats.EXCEL_SERIAL_PATTERN, moment)


def _written(layout: Layout, text: str, years_ahead: int) -> str:
    """SQL of the date and time as written: first its shape, then whether the calendar has that day."""
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
    return _if_shaped(text, layout.pattern, f"try_strptime({local}, {literal(template)})")


def _offset(layout: Layout, text: str) -> str:
    """SQL of the interval by which a text with an offset lies ahead of UTC."""
    part = layout.find("XXX")
    at = (part.start if part else 0) + 1
    hours, minutes = (f"try_cast(substr({text}, {at + n}, 2) as bigint)" for n in (1, 4))
    sign = f"case substr({text}, {at}, 1) when '-' then -1 else 1 end"
    return f"to_minutes(coalesce({sign} * ({hours} * 60 + {minutes}), 0))"

"""What a text means as a value: the plain Python reading of one cell, with which the SQL must agree.

A local time that the clocks skip or repeat is read as the later of its two readings: nothing then counts as known
before it can have been. Not here: rules over rows (checks), the same in SQL (orchestration/landing/values).
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from math import floor
from zoneinfo import ZoneInfo

from data_contracts import formats
from data_contracts.columns import Column
from data_contracts.formats import Layout, layout_of

Value = None | str | int | float | bool | date | datetime

BLANKS = " \t\r\n\u00a0\u2007\u202f"  # trimmed around every value: blanks, line ends, no-break spaces
NO_BREAK = "\u00a0"
# A number as a rule about texts means it: plain decimal, no exponent, no blanks, no "nan". Same in Python and RE2.
NUMBER_PATTERN = r"^[+-]?[0-9]{1,15}(?:[.][0-9]{1,15})?$"
DECIMAL_PATTERN = (
    r"^[+-]?[0-9]{1,15}(?:[.][0-9]{1,25})?$"  # of a typed value: as many digits as machines write
)
INTEGER_PATTERN = "^[+-]?[0-9]{1,18}$"
SCIENTIFIC_PATTERN = "^[+-]?[0-9]+(?:[.][0-9]+)?[eE][+][0-9]{1,3}$"  # a long number after a spreadsheet
BOOLEANS = {
    **dict.fromkeys(("true", "y", "yes", "1", "t"), "true"),
    **dict.fromkeys(("false", "n", "no", "0", "f"), "false"),
}
_SERIAL_ZERO = datetime(1899, 12, 30)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Problem(Enum):
    """Why a text is no value of its column."""

    SCIENTIFIC = "scientific"  # an identifier that a spreadsheet turned into 7.7E+09
    TYPE = "type"  # not of its type, or not written in its format
    CODE = "code"  # not in its code list


@lru_cache(maxsize=512)
def exact(pattern: str) -> re.Pattern[str]:
    """The pattern, anchored so that `$` is the end of the text, as in RE2, not "before a last newline"."""
    return re.compile(rf"\A(?:{pattern.removeprefix('^').removesuffix('$')})\Z")


def folded(text: str) -> str:
    """How codes and words are compared: without regard to case, a no-break space being a blank."""
    return "".join(map(str.lower, text.replace(NO_BREAK, " ").replace("\u0130", "i")))


def meanings(column: Column) -> Mapping[str, str]:
    """Folded text to canonical code, for a column that has codes or a code map; else empty."""
    mapped = {folded(written.strip(BLANKS)): code for written, code in column.code_map}
    if column.logical_type == "boolean":
        return {"true": "true", "false": "false", **mapped} if mapped else BOOLEANS
    own = {folded(code): code for code in column.codes}
    return {**own, **mapped}


def null_words(column: Column) -> tuple[str, ...]:
    """Folded texts that mean empty. A word that the code map knows is a code, not an empty value."""
    coded = {folded(written.strip(BLANKS)) for written, _ in column.code_map}
    words = (folded(word.strip(BLANKS)) for word in column.null_words)
    return tuple(dict.fromkeys(word for word in words if word not in coded))


def cleaned(column: Column, text: str | None) -> str | None:
    """The text without blanks around it; None where that means empty."""
    if column.constant is not None:
        return column.constant
    bare = (text or "").strip(BLANKS)
    return None if not bare or folded(bare) in null_words(column) else bare


def read_value(column: Column, text: str | None, *, zone: str, period: str) -> Value | Problem:
    """The value of a cell, or why there is none. `period` is YYYY-MM-DD, the date of the file."""
    bare = cleaned(column, text)
    if bare is None:
        return None
    if column.is_identifier and exact(SCIENTIFIC_PATTERN).match(bare):
        return Problem.SCIENTIFIC
    if column.logical_type == "boolean":
        word = meanings(column).get(folded(bare))
        return Problem.TYPE if word is None else word == "true"
    if known := meanings(column):
        code = known.get(folded(bare))
        if code is None and column.is_coded:
            return Problem.CODE
        bare = bare if code is None else code
    return _typed(column, bare, zone, period)


def _typed(column: Column, bare: str, zone: str, period: str) -> Value | Problem:
    match column.logical_type:
        case "integer":
            return int(bare) if exact(INTEGER_PATTERN).match(bare) else Problem.TYPE
        case "number":
            return float(bare) if exact(DECIMAL_PATTERN).match(bare) else Problem.TYPE
        case "date" | "timestamp":
            latest = int(period[:4]) + column.years_ahead
            moment = _moment(column, bare, zone, latest)
            if moment is None:
                return Problem.TYPE
            return moment.date() if column.logical_type == "date" else moment
    return bare


def _moment(column: Column, bare: str, zone: str, latest_year: int) -> datetime | None:
    """A timestamp in UTC, or for a date any moment of that day; None if the text is not written so."""
    is_date = column.logical_type == "date"
    if column.format == formats.EPOCH_MS:
        found = _from_epoch(bare)
        return local_of(found, zone) if found and is_date else found
    is_serial = column.format == formats.EXCEL_SERIAL
    layout = None if is_serial else layout_of(column.format)
    found = _written(layout, bare, latest_year) if layout else _from_serial(bare)
    if found is None or is_date:
        return found
    offset = _offset(layout, bare) if layout else None
    return utc_of(found, zone) if offset is None else found - offset


def _from_epoch(bare: str) -> datetime | None:
    if not exact(formats.EPOCH_MS_PATTERN).match(bare):
        return None
    return (_EPOCH + timedelta(seconds=int(bare) // 1000)).replace(tzinfo=None)


def _from_serial(bare: str) -> datetime | None:
    if not exact(formats.EXCEL_SERIAL_PATTERN).match(bare):
        return None
    days, _, fraction = bare.partition(".")
    return _SERIAL_ZERO + timedelta(days=int(days), seconds=floor(float(f"0.{fraction or 0}") * 86_400 + 0.5))


def _written(layout: Layout, bare: str, latest_year: int) -> datetime | None:
    """The date and time as written, or None."""
    if not exact(layout.pattern).match(bare):
        return None
    said = {p.letters: bare[p.start : p.start + p.width] for p in layout.parts if p.letters}
    month = int(said["MM"]) if "MM" in said else formats.MONTHS.index(said["MMM"].title()) + 1
    year = int(said["yyyy"]) if "yyyy" in said else latest_year - (latest_year - int(said["yy"])) % 100
    hour, minute, second = (int(said.get(letters, "0")) for letters in ("HH", "mm", "ss"))
    try:
        return datetime(year, month, int(said["dd"]), hour, minute, second)
    except ValueError:
        return None


def _offset(layout: Layout, bare: str) -> timedelta | None:
    """How far a text with an offset lies ahead of UTC."""
    part = layout.find("XXX")
    if part is None:
        return None
    sign, hours, minutes = bare[part.start : part.start + 1], bare[part.start + 1 :][:2], bare[-2:]
    if sign in ("Z", ""):
        return timedelta()
    return (-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes))


def utc_of(local: datetime, zone: str) -> datetime:
    """The moment in UTC, without a zone, of a local time: the later of its two readings where it has two."""
    readings = (local.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(readings).replace(tzinfo=None)


def local_of(moment: datetime, zone: str) -> datetime:
    """The local time, without a zone, of a moment in UTC."""
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

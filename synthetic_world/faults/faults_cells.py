"""Damage to single values: hostile characters (2), dates (4), what a spreadsheet leaves of numbers (5).

Not here: damage to lines and headings (faults_text).
"""

from collections.abc import Callable, Mapping
from typing import Final

from data_contracts.columns import Column
from synthetic_world.records.damage import Damage, NoDamage, Result, Sheet, Target, column_of

Change = Callable[[str], str]
_IDENTIFIERS: Final = ("phone", "source_record_id", "person_ref", "crime_ref", "value")


def _is_text(column: Column) -> bool:
    return column.logical_type == "string" and column.name in (
        "surname",
        "forename",
        "text",
        "method_text",
        "address_line",
    )


def _is_time(column: Column) -> bool:
    return column.logical_type in ("date", "timestamp")


def _is_identifier(column: Column) -> bool:
    return column.name in _IDENTIFIERS


def _changed(target: Target, fits: Callable[[Column], bool], change: Change, what: str) -> Result:
    """Change the cells of one column in some rows that have something there."""
    sheet, column = Sheet.of(target), column_of(target, "field", fits)
    at = sheet.place(column)
    full = [row for row, line in enumerate(sheet.lines[1:]) if len(line) > at and line[at]]
    if not full:
        raise NoDamage(f"the column {column.physical} is empty in every row")
    rows = [full[place] for place in target.rows(len(full))]
    for row in rows:
        sheet.lines[row + 1][at] = change(sheet.lines[row + 1][at])
    return Result(f"{what} in {column.physical}", sheet.encoded(), tuple(row + 2 for row in rows))


def _hostile(what: str, change: Change) -> Damage:
    return lambda target: _changed(target, _is_text, change, what)


def _times(what: str, change: Change) -> Damage:
    return lambda target: _changed(target, _is_time, change, what)


def _numbers(what: str, change: Change) -> Damage:
    return lambda target: _changed(target, _is_identifier, change, what)


def _swapped(text: str) -> str:
    """Day and month the other way round, where both are two digits beside each other."""
    for sign in "/-":
        parts = text.split(sign, 2)
        if len(parts) == 3 and len(parts[0]) == 2 and parts[1].isdigit():
            return sign.join((parts[1], parts[0], parts[2]))
        if len(parts) == 3 and len(parts[0]) == 4:
            return sign.join((parts[0], parts[2][:2], parts[1])) + parts[2][2:]
    return text


def _with_day(text: str, day: str, month: str) -> str:
    """The same format with another day: digits are replaced where they stand."""
    for sign in "/-":
        parts = text.split(sign, 2)
        if len(parts) == 3 and len(parts[0]) == 2:
            return sign.join((day, month if parts[1].isdigit() else "Feb", parts[2]))
        if len(parts) == 3 and len(parts[0]) == 4:
            return sign.join((parts[0], month, day)) + parts[2][2:]
    return f"{text[:4]}{month}{day}{text[8:]}" if text[:8].isdigit() else "31/02/2026"


def _with_year(text: str, year: str) -> str:
    """The same format with another year."""
    for at in range(len(text) - 3):
        if text[at : at + 4].isdigit() and text[at : at + 2] in ("19", "20"):
            return text[:at] + year + text[at + 4 :]
    return text


def _short_year(text: str) -> str:
    for at in range(len(text) - 3):
        if text[at : at + 4].isdigit() and text[at : at + 2] in ("19", "20"):
            return text[:at] + text[at + 2 :]
    return text


def _first_of_1900(text: str) -> str:
    return _with_year(_with_day(text, "01", "01"), "1900")


def _scientific(text: str) -> str:
    digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0") or "7"
    return f"{digits[0]}.{(digits[1:3] or '0')}E+{max(len(digits) - 1, 1):02d}"


KINDS: Final[Mapping[tuple[int, str], Damage]] = {
    (2, "null_byte"): _hostile("a NUL", lambda text: text[:1] + "\0" + text[1:]),
    (2, "control"): _hostile("control characters", lambda text: text[:1] + "\x07\x1b" + text[1:]),
    (2, "bidi"): _hostile("marks that turn the writing round", lambda text: "\u202e" + text + "\u202c"),
    (2, "zero_width"): _hostile("letters without width", lambda text: "\u200b".join(text)),
    (2, "combining"): _hostile("a flood of accents", lambda text: text + "\u0301" * 400),
    (2, "long_name"): _hostile("ten thousand letters", lambda text: (text + " ") * 2_000),
    (4, "day_month"): _times("day and month swapped", _swapped),
    (4, "serial"): _times("a spreadsheet's number for a day", lambda text: "45324"),
    (4, "short_year"): _times("a year of two digits", _short_year),
    (4, "no_such_day"): _times("31 February", lambda text: _with_day(text, "31", "02")),
    (4, "future"): _times("a year to come", lambda text: _with_year(text, "2068")),
    (4, "first_of_1900"): _times("1 January 1900", _first_of_1900),
    (5, "scientific"): _numbers("scientific notation", _scientific),
    (5, "lost_zero"): _numbers("leading zeros lost", lambda text: text.lstrip("0") or text),
    (5, "plus_44"): _numbers("+44 for the leading zero", lambda text: "+44" + text.removeprefix("0")),
}  # fmt: skip

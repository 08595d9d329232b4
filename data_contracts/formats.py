"""How a date is written: JDK letters of fixed width, `epoch-ms` or `excel-serial`.

Every letter has its width, so every part has its place in the text and no reader has to guess. Not here: reading
a value (values), the SQL for it (orchestration/landing/values).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

EPOCH_MS = "epoch-ms"  # milliseconds since 1970 in UTC, may be negative
EXCEL_SERIAL = "excel-serial"  # days since 1899-12-30 in local time, whole or with a fraction
WORDS = (EPOCH_MS, EXCEL_SERIAL)
# Shapes that hold the limits: 16 April 1900 to October 2096, and 1 March 1900 (days before are off by one) to 2099.
EPOCH_MS_PATTERN = "^(?:-(?:[0-9]{1,12}|1[0-9]{12}|2[01][0-9]{11})|[0-9]{1,12}|[1-3][0-9]{12})$"
_SERIAL_DAY = "6[1-9]|[7-9][0-9]|[1-9][0-9]{2,3}|[1-6][0-9]{4}|7[0-2][0-9]{3}"
EXCEL_SERIAL_PATTERN = f"^(?:{_SERIAL_DAY})(?:[.][0-9]{{1,17}})?$"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MONTH = f"(?:{'|'.join(''.join(f'[{c.upper()}{c.lower()}]' for c in month) for month in MONTHS)})"
_OFFSET = "(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])"
_SHAPES = {  # longer before shorter
    "yyyy": "(?:19|20)[0-9]{2}", "yy": "[0-9]{2}", "MMM": _MONTH, "MM": "(?:0[1-9]|1[0-2])",
    "dd": "(?:0[1-9]|[12][0-9]|3[01])", "HH": "(?:[01][0-9]|2[0-3])", "mm": "[0-5][0-9]", "ss": "[0-5][0-9]",
    "XXX": _OFFSET,
}  # fmt: skip
_TOKEN = re.compile("|".join((*_SHAPES, "'[^']*'", "[A-Za-z]", "[^A-Za-z']", "'")))
_ONCE = ({"yyyy", "yy"}, {"MM", "MMM"}, {"dd"}, {"HH"}, {"mm"}, {"ss"}, {"XXX"})


class FormatError(ValueError):
    """A format that cannot be used: what is wrong with it, to follow the words "the format …"."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a format: letters (key of the shapes) or a literal, and where it begins in a text."""

    letters: str  # empty for a literal
    literal: str
    start: int
    width: int  # 0 for XXX, whose width varies and which stands last


@dataclass(frozen=True, slots=True)
class Layout:
    """A format taken apart."""

    format: str
    parts: tuple[Part, ...]

    @property
    def pattern(self) -> str:
        """The shape of a text written so; the day may still not be in the calendar. Same in Python and RE2."""
        return f"^{''.join(_SHAPES.get(p.letters) or re.escape(p.literal) for p in self.parts)}$"

    @property
    def swapped_pattern(self) -> str | None:
        """The shape of a text with day and month changed over; None where it could not be told from a right one."""
        if not (self.find("dd") and self.find("MM")):
            return None
        other = {"dd": "MM", "MM": "dd"}
        return f"^{''.join(_SHAPES.get(other.get(p.letters, p.letters)) or re.escape(p.literal) for p in self.parts)}$"

    @property
    def has_offset(self) -> bool:
        """Whether the text says how far from UTC it is."""
        return self.find("XXX") is not None

    @property
    def has_time(self) -> bool:
        """Whether the text says more than the day."""
        return self.find("HH") is not None

    def find(self, letters: str) -> Part | None:
        """The part with these letters."""
        return next((part for part in self.parts if part.letters == letters), None)


@lru_cache(maxsize=256)
def layout_of(format_: str) -> Layout:
    """The format taken apart; FormatError if it cannot be used."""
    parts, at = [], 0
    for piece in _TOKEN.findall(format_):
        letters, literal = _read(piece)
        width = 0 if letters == "XXX" else len(letters or literal)
        parts.append(Part(letters, literal, at, width))
        at += width
    layout = Layout(format_, tuple(parts))
    _check(layout)
    return layout


def problem_of(format_: str) -> str | None:
    """What is wrong with a format, or None."""
    if format_ in WORDS:
        return None
    try:
        layout_of(format_)
    except FormatError as problem:
        return str(problem)
    return None


def _read(piece: str) -> tuple[str, str]:
    """(letters, literal) of a piece of a format, one of them empty."""
    if piece in _SHAPES:
        return piece, ""
    if len(piece) > 1 and piece[0] == piece[-1] == "'":
        literal = piece[1:-1] or "'"
        if literal.strip().upper() in ("Z", "UTC", "GMT"):
            raise FormatError(f"holds {piece} as if it were no time zone; write XXX")
        return "", literal
    if piece.isalpha() and piece != "T":
        known = ", ".join(_SHAPES)
        raise FormatError(f"holds the unknown letter {piece}; known are {known}, {' and '.join(WORDS)}")
    if not piece.isprintable() or piece == "'":
        raise FormatError("holds an open quotation mark or a sign that cannot be seen")
    return "", piece


def _check(layout: Layout) -> None:
    found = [part.letters for part in layout.parts if part.letters]
    for group in _ONCE:
        if sum(letters in group for letters in found) > 1:
            raise FormatError(f"says {' or '.join(sorted(group))} more than once")
    day = sum(letters in ("yyyy", "yy", "MM", "MMM", "dd") for letters in found)
    if day < 3:
        raise FormatError("lacks a year, month or day")
    time = [letters for letters in ("HH", "mm", "ss") if letters in found]
    if time not in ([], ["HH", "mm"], ["HH", "mm", "ss"]):
        raise FormatError("lacks the hours or minutes of its time")
    if "XXX" in found and (layout.parts[-1].letters != "XXX" or not time):
        raise FormatError("must have XXX at its end, after a time")

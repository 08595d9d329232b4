"""Every date format that is tried on a sample, found by what a text looks like, and how many rows each one reads.

Not here: choosing among them (moments), the meaning of a format (formats), reading a value (values).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import product
from typing import Final

from data_contracts import formats
from data_contracts.columns import Column
from data_contracts.values import read_value

_DATES: Final = (
    *(f"dd{s}MM{s}yyyy" for s in "/-. "), *(f"MM{s}dd{s}yyyy" for s in "/-. "), *(f"yyyy{s}MM{s}dd" for s in "/-. "),
    *(f"dd{s}MM{s}yy" for s in "/-. "), *(f"MM{s}dd{s}yy" for s in "/-. "), *(f"yy{s}MM{s}dd" for s in "/-. "),
    *(f"dd{s}MMM{s}yyyy" for s in "/- ."), *(f"dd{s}MMM{s}yy" for s in "/- ."),
    "yyyyMMdd", "ddMMyyyy", "ddMMMyyyy", "ddMMMyy",
)  # fmt: skip
_TIMES: Final = ("HH:mm:ss", "HH:mm", "HHmmss", "HHmm", "HH.mm.ss", "HH.mm")
_JOINS: Final = (" ", "T", "", ", ", " - ", "  ", "-", "_")
_ENDS: Final = ("", "XXX", " XXX")
_DAY: Final = 86_400_000
FRACTION: Final = re.compile(r"(?<=:[0-9]{2})[.,]([0-9]{1,9})(?=Z?$|[+-][0-9:]+$)", re.ASCII)
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(?:[.][0-9]+)?", re.ASCII)
_MONTH: Final = re.compile(
    r"(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?![a-z])", re.IGNORECASE
)
_READ_AT = "2060-01-01"  # so that no year of two digits counts as the future


def fitting(counts: Mapping[str, int]) -> Counter[str]:
    """Rows that each format reads; formats that read none are absent."""
    found: Counter[str] = Counter()
    by_mask: dict[str, dict[str, int]] = {}
    for text, n in counts.items():
        by_mask.setdefault(_mask(text), {})[text] = n
    for mask, texts in by_mask.items():
        for plain in _by_mask().get(re.sub(r"(?<=:99)[.,]9{1,9}(?=Z?$|[+-])", "", mask), ()):
            tried = _with_fraction(plain, next(iter(texts)))
            found[tried] += sum(n for text, n in texts.items() if read(tried, text) is not None)
    for word in formats.WORDS:
        found[word] += sum(n for text, n in counts.items() if _is_likely_number(word, text))
    return +found


def read(format_: str, text: str) -> datetime | None:
    """The moment that a text says in a format, as landing reads it; None where it is not written so."""
    value = read_value(_column(format_), text, zone="UTC", period=_READ_AT)
    return value if isinstance(value, datetime) else None


@lru_cache(maxsize=2048)
def _column(format_: str) -> Column:
    return Column("", "recorded_at", "timestamp", required=False, format=format_)


def _is_likely_number(word: str, text: str) -> bool:
    """Whether a plain number is a day or moment from 1920 to 2060; smaller ones could be anything."""
    if not _PLAIN_NUMBER.fullmatch(text) or (word == formats.EPOCH_MS and "." in text):
        return False
    if word == formats.EPOCH_MS:
        return len(text.lstrip("-")) in (11, 12, 13) and abs(int(text)) < 90 * 366 * _DAY
    return 7_306 <= float(text) <= 58_500


def _with_fraction(format_: str, text: str) -> str:
    """The format with the fraction of a second of a text as fixed signs, where it has one of zeros."""
    found = FRACTION.search(text)
    if found is None or set(found[1]) != {"0"}:
        return format_
    end = format_.find("ss") + 2
    return f"{format_[:end]}'{found[0]}'{format_[end:]}"


def _mask(text: str) -> str:
    """The text with every digit as 9, every month as MMM, an offset as Z."""
    mask = _MONTH.sub("MMM", re.sub("[0-9]", "9", text))
    return re.sub(r"(?<=9)( ?)(?:Z|[+-]99:99)$", r"\1Z", mask)


@lru_cache(maxsize=1)
def _by_mask() -> dict[str, tuple[str, ...]]:
    """Every format that is tried, by what its texts look like."""
    found: dict[str, list[str]] = {}
    for format_ in _formats():
        shown = "".join(map(_shown, formats.layout_of(format_).parts))
        found.setdefault(shown, []).append(format_)
    return {mask: tuple(listed) for mask, listed in found.items()}


def _shown(part: formats.Part) -> str:
    """What a part of a format looks like in a mask."""
    if part.literal:
        return part.literal
    return {"MMM": "MMM", "XXX": "Z"}.get(part.letters, "9" * part.width)


def _formats() -> Iterator[str]:
    yield from _DATES
    for day, join, time, end in product(_DATES, _JOINS, _TIMES, _ENDS):
        yield f"{day}{join}{time}{end}"

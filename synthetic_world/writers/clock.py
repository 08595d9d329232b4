"""Days and times as text in a contract's format, whole columns at a time: one look-up a day, one a second of the day.

Not here: what the letters of a format mean (data_contracts/formats), the other kinds of value (values).
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data_contracts.formats import EPOCH_MS, EXCEL_SERIAL, MONTHS, Part, layout_of
from synthetic_world.model import Longs
from synthetic_world.population.birthdays import calendar

DAY: Final = 86_400
FIRST_DAY: Final = -25_567  # 1900-01-01
LAST_DAY: Final = 47_482  # 2100-01-01
FIRST_CHANGE: Final = 7_305  # 1990-01-01: no record is older
SERIAL_OF_1970: Final = 25_569
Letters = npt.NDArray[np.uint8]
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def local_seconds(seconds: Longs, zone: str) -> tuple[Longs, Longs]:
    """Times in UTC as local times, and how far ahead of UTC those are."""
    if not len(seconds):
        return seconds, seconds
    changes, offsets = _offsets(zone)
    ahead = offsets[np.searchsorted(changes, seconds, side="right") - 1]
    return seconds + ahead, ahead


@lru_cache(maxsize=8)
def _offsets(zone: str) -> tuple[Longs, Longs]:
    """From which second on a zone is how far ahead of UTC; months with two changes do not occur."""
    there = ZoneInfo(zone)
    changes, offsets = [FIRST_DAY * DAY], [_ahead(there, (FIRST_CHANGE - 30) * DAY)]
    for day in range(FIRST_CHANGE, LAST_DAY, 30):
        low, high = (day - 30) * DAY, day * DAY
        if _ahead(there, high) == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _ahead(there, middle) == offsets[-1] else (low, middle)
        changes.append(high)
        offsets.append(_ahead(there, high))
    return np.array(changes, np.int64), np.array(offsets, np.int64)


def _ahead(zone: ZoneInfo, second: int) -> int:
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def second_of(day: int, zone: str) -> int:
    """The second at which a local day begins."""
    return day * DAY - _ahead(ZoneInfo(zone), day * DAY)


def moments(seconds: Longs, format_: str, zone: str) -> pa.Array:
    """Times in UTC as text."""
    if format_ == EPOCH_MS:
        return pc.cast(pa.array(seconds * 1000), pa.string())
    local, ahead = local_seconds(seconds, zone)
    if format_ == EXCEL_SERIAL:
        days = pc.cast(pa.array(local // DAY + SERIAL_OF_1970), pa.string())
        return pc.binary_join_element_wise(days, _fractions().take(pa.array(local % DAY)), "")
    parts = [_days(format_).take(pa.array(local // DAY - FIRST_DAY))]
    if layout_of(format_).has_time:
        parts.append(_times(format_).take(pa.array(local % DAY)))
    if layout_of(format_).has_offset:
        parts.append(
            pa.array(["Z" if hour == 0 else f"+{hour:02d}:00" for hour in range(15)]).take(
                pa.array(ahead // 3600)
            )
        )
    return pc.binary_join_element_wise(*parts, "") if len(parts) > 1 else parts[0]


def days(numbers: Longs, format_: str, zone: str) -> pa.Array:
    """Days as text; a format with a time shows midnight. No file says a day after 2099."""
    numbers = np.clip(numbers, FIRST_DAY, LAST_DAY - 1)
    if format_ == EXCEL_SERIAL:
        return pc.cast(pa.array(numbers + SERIAL_OF_1970), pa.string())
    if format_ == EPOCH_MS:
        midnight = numbers * DAY
        _, ahead = local_seconds(midnight, zone)
        return pc.cast(pa.array((midnight - ahead) * 1000), pa.string())
    text = _days(format_).take(pa.array(numbers - FIRST_DAY))
    if layout_of(format_).has_time:
        return pc.binary_join_element_wise(text, _times(format_)[0], "")
    return text


@lru_cache(maxsize=32)
def _days(format_: str) -> pa.Array:
    """The part of a format up to its last letter for the day, for each day from 1900 to 2099."""
    head, _ = _halves(format_)
    day, month, year = calendar(np.arange(FIRST_DAY, LAST_DAY))
    words = {
        "dd": _digits(day, 2), "MM": _digits(month, 2), "yyyy": _digits(year, 4), "yy": _digits(year % 100, 2),
        "MMM": np.array([list(name.encode()) for name in MONTHS], np.uint8)[month - 1],
    }  # fmt: skip
    return _joined([words[part.letters] if part.letters else part.literal for part in head])


@lru_cache(maxsize=32)
def _times(format_: str) -> pa.Array:
    """The rest of a format for each second of a day, without its offset."""
    _, tail = _halves(format_)
    second = np.arange(DAY)
    words = {
        "HH": _digits(second // 3600, 2), "mm": _digits(second // 60 % 60, 2), "ss": _digits(second % 60, 2),
    }  # fmt: skip
    kept = [part for part in tail if part.letters != "XXX"]
    return _joined([words[part.letters] if part.letters else part.literal for part in kept])


def _halves(format_: str) -> tuple[list[Part], list[Part]]:
    parts = list(layout_of(format_).parts)
    last = max(place for place, part in enumerate(parts) if part.letters in ("dd", "MM", "MMM", "yyyy", "yy"))
    return parts[: last + 1], parts[last + 1 :]


@lru_cache(maxsize=1)
def _fractions() -> pa.Array:
    """The fraction of the day of each second, as a spreadsheet keeps it: nothing at midnight."""
    digits = pc.utf8_lpad(
        pc.cast(pa.array(np.rint(np.arange(DAY) * (1e9 / DAY)).astype(np.int64)), pa.string()), 9, "0"
    )
    text = pc.binary_join_element_wise(".", pc.utf8_rtrim(digits, "0"), "")
    return pc.if_else(pc.equal(text, "."), "", text)


def _digits(numbers: npt.NDArray[Any], width: int) -> Letters:
    """Numbers as digits, a row each, with leading noughts."""
    powers = 10 ** np.arange(width - 1, -1, -1)
    return (numbers[:, None] // powers % 10 + ord("0")).astype(np.uint8)


def _joined(parts: list[Letters | str]) -> pa.Array:
    """Columns of letters and signs between them as texts, all of one length."""
    n = max(len(part) for part in parts if not isinstance(part, str))
    columns = [
        np.tile(np.frombuffer(part.encode(), np.uint8), (n, 1)) if isinstance(part, str) else part
        for part in parts
    ]
    whole = np.hstack(columns)
    ends = np.arange(n + 1, dtype=np.int32) * whole.shape[1]
    return pa.StringArray.from_buffers(n, pa.py_buffer(ends), pa.py_buffer(whole))

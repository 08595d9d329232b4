"""Birthdays as they are written down: day and month swapped, a digit wrong, years off, 1 January, or none at all.

Not here: which of it befalls whom (luck).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.luck import Errors, Luck
from synthetic_world.model import Flags, Ints, Longs

NO_DATE: Final = -(10**6)
ERRORS: Final = (
    Errors.BIRTH_MISSING, Errors.BIRTH_DAY_MONTH, Errors.BIRTH_DIGIT, Errors.BIRTH_YEAR, Errors.BIRTH_FIRST_JANUARY,
)  # fmt: skip
_YEARS_OFF: Final = np.array([1, -1, 10, -10], np.int32)


def written_birthdays(luck: Luck, birth: Ints, today: Longs) -> Ints:
    """Birthdays as mentions show them, NO_DATE for none."""
    missing, swapped, digit, year_off, january = luck.one_of(ERRORS, "birth")
    moved = np.flatnonzero(swapped | digit | year_off | january)
    changed = birth.copy()
    changed[moved] = _changed(luck, birth[moved], moved, (swapped, digit, year_off, january))
    changed = np.where(changed >= today, birth, changed)  # nobody writes a birthday that is still to come
    luck.note(Errors.BIRTH_MISSING, missing)
    for error, at in zip(ERRORS[1:], (swapped, digit, year_off, january), strict=True):
        luck.note(error, at & (changed != birth))
    return np.where(missing, NO_DATE, changed).astype(np.int32)


def _changed(luck: Luck, birth: Ints, at: npt.NDArray[Any], how: tuple[Flags, ...]) -> Ints:
    """The birthdays of the mentions `at`, each with its own error."""
    swapped, digit, year_off, january = (flags[at] for flags in how)
    draw = luck.draw.take(at)
    part, turn = draw.whole("part", 3), draw.whole("turn", 8) + 1
    day, month, year = calendar(birth)
    can_swap = swapped & (day <= 12)
    new_day = np.where(can_swap, month, np.where(january, 1, day))
    new_month = np.where(can_swap, day, np.where(january, 1, month))
    new_day = np.where(digit & (part == 0), _other_digit(day, turn, 28), new_day)
    new_month = np.where(digit & (part == 1), _other_digit(month, turn, 12), new_month)
    new_year = np.where(digit & (part == 2), year - year % 10 + (year + turn) % 10, year)
    new_year = new_year + year_off * _YEARS_OFF[draw.whole("years off", len(_YEARS_OFF))]
    return day_of(new_day, new_month, new_year)


def calendar(days: npt.NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Day, month and year of days since 1970."""
    date = days.astype("datetime64[D]")
    months = date.astype("datetime64[M]")
    day = (date - months.astype("datetime64[D]")).astype(np.int32) + 1
    month, year = months.astype(np.int32) % 12 + 1, months.astype(np.int32) // 12 + 1970
    return day.astype(np.int32), month.astype(np.int32), year.astype(np.int32)


def day_of(day: Ints, month: Ints, year: Ints) -> Ints:
    """Days since 1970; a day beyond the month's end is its last."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    last = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int32)
    found: Ints = months.astype("datetime64[D]").astype(np.int32) + np.minimum(day, last) - 1
    return found.astype(np.int32)


def _other_digit(value: Ints, turn: Ints, most: int) -> Ints:
    """The value with another last digit, within 1 to most."""
    return np.clip(value - value % 10 + (value + turn) % 10, 1, most).astype(np.int32)

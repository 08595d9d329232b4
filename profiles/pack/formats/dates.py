"""How days and months are written.

Here: formats. Not here: the words of dates (profiles/pack/dates.py).
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from profiles.pack.dates import day, month, month_list, short_day, short_month, weekday
from profiles.pack.formats.register import register, with_parameter


@register
def on_day(value: date | None) -> str:
    """9 November 2026."""
    return "not held" if value is None else day(value)


@register
def on_weekday(value: date) -> str:
    """Saturday 31 October 2026."""
    return weekday(value)


@register
def on_short_day(value: date | None) -> str:
    """9 Nov 26."""
    return "not held" if value is None else short_day(value)


@register
def on_day_of_year(value: date | None) -> str:
    """9 Nov."""
    return "not held" if value is None else short_day(value)[:-3]


@register
def in_month(value: date | None) -> str:
    """October 2026."""
    return "no month held" if value is None else month(value)


@register
def in_short_month(value: date | None) -> str:
    """Oct 26."""
    return "" if value is None else short_month(value)


@register
def in_months(values: Sequence[date]) -> str:
    """Months as runs: "February 2022 to April 2022, June 2022"."""
    return month_list(list(dict.fromkeys(values)))


@with_parameter
def months_before(months: Any) -> Callable[..., str]:
    """The month that lies so many months before a day: Nov 24; nothing for a negative number."""

    def write(value: date) -> str:
        back = int(months)
        index = value.year * 12 + value.month - 1 - back
        return short_month(date(index // 12, index % 12 + 1, 1)) if back >= 0 else ""

    return write

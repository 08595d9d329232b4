"""Dates and months in words, the same on every page.

Here: the words. Not here: which date a pack is about (frame.py).
"""

from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date) -> str:
    """1 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: date) -> str:
    """Sunday 1 November 2026."""
    return f"{WEEKDAYS[value.weekday()]} {day(value)}"


def short_day(value: date) -> str:
    """1 Nov 26."""
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year % 100:02d}"


def month(value: date) -> str:
    """October 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_month(value: date) -> str:
    """Oct 26, for the ends of a chart."""
    return f"{MONTHS[value.month - 1][:3]} {value.year % 100:02d}"


def month_list(months: Sequence[date]) -> str:
    """Months in order as runs: "February 2022 to April 2022, June 2022"."""
    runs: list[list[date]] = []
    for value in sorted(months):
        follows = runs and _index(value) == _index(runs[-1][-1]) + 1
        if follows:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ", ".join(
        month(run[0]) if len(run) == 1 else f"{month(run[0])} to {month(run[-1])}" for run in runs
    )


def _index(value: date) -> int:
    return value.year * 12 + value.month

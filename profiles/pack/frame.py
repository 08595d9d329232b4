"""The frame of a pack: what is decided outside the data (as-of date, marking, the pack before).

Here: the frame and the month and date words every page uses.
Not here: finding the pack before (publish/shelf.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class PreviousPack:
    """The pack this one is compared with: the last released, else the last draft of an earlier as-of date."""

    pack_id: str
    as_of: date
    is_released: bool


@dataclass(frozen=True)
class Frame:
    """As-of is an exclusive upper bound of knowledge: data as at the day before."""

    as_of: date
    marking: str = "OFFICIAL"
    previous: PreviousPack | None = None

    @property
    def data_as_at(self) -> date:
        """Last day that may have been known."""
        return self.as_of - timedelta(days=1)


def day(value: date) -> str:
    """1 November 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """October 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def short_month(value: date) -> str:
    """Oct 26, for the ends of a chart."""
    return f"{MONTHS[value.month - 1][:3]} {value.year % 100:02d}"


def month_list(months: list[date]) -> str:
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

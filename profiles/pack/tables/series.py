"""Monthly series and what may be said of their latest month. Every profile has these two tables.

Here: the rows. Not here: limits and verdicts (profiles/scoring), words for them (profiles/pack/wording.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class SeriesMonth(Row):
    """One month of one series."""

    section: ClassVar = "trends"
    key: ClassVar = ("series_code", "month")
    order: ClassVar = ("series_order", "series_code", "month")

    series_code: str = column("Which series.")
    series_name: str = column("Name as printed.")
    series_group: str = column(
        "What kind of series: crime_type, total, outcome_share, or a profile's own group."
    )
    unit: str = column("records or percent.")
    series_order: int = column("Order on the page.")
    month: date = column("First day of the month.")
    value: float | None = column("Records, or percent; null where the month is missing.")
    month_status: str = column("Whether the month can be used: delivered, missing or volume_suspect.")


@dataclass(frozen=True, kw_only=True)
class SeriesVerdict(Row):
    """The verdict of one series, with its normal range."""

    section: ClassVar = "verdicts"
    key: ClassVar = ("series_code",)
    order: ClassVar = ("series_code",)

    series_code: str = column("Which series.")
    verdict: str = column("One of the nine verdicts of profiles/scoring/verdict.py.")
    mean: float | None = column("Centre of the normal range; null where none may be drawn.")
    lower: float | None = column("Lower end of the normal range.")
    upper: float | None = column("Upper end of the normal range.")
    base_from: date | None = column("First month the range was fitted on.")
    base_to: date | None = column("Last month the range was fitted on.")
    n_base_months: int | None = column("Months the range was fitted on.")
    latest_month: date | None = column("Month that was judged.")
    latest_value: float | None = column("Its value.")
    months_in_state: int | None = column("Months in a row in that state.")
    longest_run_months: int | None = column("Longest unbroken run of usable months.")

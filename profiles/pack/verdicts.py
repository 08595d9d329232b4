"""Verdict objects: what may be said about a series, ready-made by scoring.

Here: reading a verdict row, and asking it questions.
Not here: the rule behind it (profiles/scoring), its words (wording.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from profiles.pack.strategic.tables import Row

Kind = Literal[
    "above_limit",
    "below_limit",
    "run_8_above",
    "run_8_below",
    "within",
    "too_few_months",
    "too_few_counts",
    "not_judged",
    "no_data",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
ABOVE: frozenset[Kind] = frozenset({"above_limit", "run_8_above"})
BELOW: frozenset[Kind] = frozenset({"below_limit", "run_8_below"})


@dataclass(frozen=True)
class Verdict:
    """One series: its verdict, its normal range if there is one, and its latest month."""

    series_code: str
    series_name: str
    kind: Kind
    unit: str = "records"
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    latest_month: date | None = None
    latest_value: float | None = None
    months_in_state: int = 0
    longest_run_months: int = 0

    @property
    def is_above(self) -> bool:
        """Outside, or shifted, upwards."""
        return self.kind in ABOVE

    @property
    def is_below(self) -> bool:
        """Outside, or shifted, downwards."""
        return self.kind in BELOW

    @property
    def is_signal(self) -> bool:
        """A rule fired."""
        return self.is_above or self.is_below

    @property
    def is_judged(self) -> bool:
        """A normal range was drawn and the latest month compared with it."""
        return self.is_signal or self.kind == "within"

    @property
    def ref(self) -> str:
        """Where its figures come from."""
        return f"prof_strategic__verdicts[{self.series_code}]"


def verdict_of(row: Row, name: str, unit: str) -> Verdict:
    """One row of prof_strategic__verdicts; ValueError for a verdict this pack has no words for."""
    kind = row["verdict"]
    if kind not in KINDS:
        raise ValueError(f"Series {row['series_code']!r} carries the verdict {kind!r}, which has no wording.")
    return Verdict(
        series_code=row["series_code"],
        series_name=name,
        kind=kind,
        unit=unit,
        mean=row["mean"],
        lower=row["lower"],
        upper=row["upper"],
        latest_month=row["latest_month"],
        latest_value=row["latest_value"],
        months_in_state=row["months_in_state"] or 0,
        longest_run_months=row["longest_run_months"] or 0,
    )

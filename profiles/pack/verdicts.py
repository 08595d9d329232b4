"""Verdict objects: what may be said about a series, ready-made by scoring.

Here: reading a verdict row, asking it questions, and its facts with their cites.
Not here: the rule behind it (profiles/scoring), its words (wording.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from profiles.pack.cite import Cite, Key
from profiles.pack.facts import Fact
from profiles.pack.rows import Rows
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict

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
    table: str = ""

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

    def fact(self, name: str) -> Fact:
        """One of its values, with its cite; `verdict` is its kind, `series_name` stands with the months."""
        where: tuple[tuple[str, Key], ...] = (("series_code", self.series_code),)
        if name == "series_name":
            months = self.table.replace("__verdicts", "__trends")
            return Fact(self.series_name, Cite(table=months, column=name, where=where, how="first"))
        value = self.kind if name == "verdict" else getattr(self, name)
        return Fact(value, Cite(table=self.table, column=name, where=where))


def verdict_of(row: SeriesVerdict, name: str, unit: str) -> Verdict:
    """One verdict row; ValueError for a verdict this pack has no words for."""
    if row.verdict not in KINDS:
        raise ValueError(
            f"Series {row.series_code!r} carries the verdict {row.verdict!r}, which has no wording."
        )
    kind: Kind = row.verdict  # type: ignore[assignment]  # checked above
    return Verdict(
        series_code=row.series_code,
        series_name=name,
        kind=kind,
        unit=unit,
        mean=row.mean,
        lower=row.lower,
        upper=row.upper,
        latest_month=row.latest_month,
        latest_value=row.latest_value,
        months_in_state=row.months_in_state or 0,
        longest_run_months=row.longest_run_months or 0,
        table=row.table,
    )


def verdicts_of(months: Iterable[SeriesMonth], found: Rows[SeriesVerdict]) -> dict[str, Verdict]:
    """A verdict for every series, in the order of the months; `no_data` where scoring gave none."""
    rows = {row.series_code: row for row in found}
    made: dict[str, Verdict] = {}
    for each in months:
        if each.series_code not in made:
            row = rows.get(each.series_code)
            made[each.series_code] = (
                verdict_of(row, each.series_name, each.unit)
                if row
                else Verdict(each.series_code, each.series_name, "no_data", each.unit, table=found.table)
            )
    return made

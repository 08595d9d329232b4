"""One verdict for the latest month of a series, judged against its own normal range.

Here: which of nine verdicts holds and for how long it has held. Not here: the range itself
(`profiles/scoring/xmr.py`), comparison between places (`profiles/scoring/intervals.py`), or the sentence
that a page prints for a verdict (`profiles/pack/wording.py`).

Order of precedence, first that holds: no_data, not_judged, too_few_months, too_few_counts, above_limit or
below_limit, run_8_above or run_8_below, within. Trailing months without a value are passed over: the
verdict is about `latest_month`, and how old that month is stands on the data page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import Final, Literal

from profiles.scoring.xmr import Limits, Observation, Run, Unit, base_of, in_month_order, limits, runs

VerdictKind = Literal[
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

RUN_LENGTH: Final = 8
MINIMUM_MEAN_COUNT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row of prof_strategic__verdicts without its keys; the range is None where none may be drawn."""

    verdict: VerdictKind
    mean: float | None
    lower: float | None
    upper: float | None
    base_from: date | None
    base_to: date | None
    n_base_months: int
    latest_month: date | None
    latest_value: float | None
    months_in_state: int
    longest_run_months: int


def judge(series: Sequence[Observation], unit: Unit) -> Verdict:
    """Judge the latest month that holds anything; raise ValueError if a month stands twice."""
    ordered = in_month_order(series)
    found = runs(ordered)
    base = base_of(found)
    drawn = limits(base, unit) if base else None
    held = [each for each in ordered if each.value is not None and each.status != "missing"]
    latest = held[-1] if held else None
    verdict, months = _kind(latest, found, drawn, unit)
    if latest is not None and verdict == "not_judged":
        months = _tail_months(ordered, latest)
    shown = drawn if drawn and not _counts_are_few(drawn, unit) else None
    return Verdict(
        verdict=verdict,
        mean=shown.mean if shown else None,
        lower=shown.lower if shown else None,
        upper=shown.upper if shown else None,
        base_from=drawn.base_from if drawn else None,
        base_to=drawn.base_to if drawn else None,
        n_base_months=drawn.n_base_months if drawn else 0,
        latest_month=latest.month if latest else None,
        latest_value=latest.value if latest else None,
        months_in_state=months,
        longest_run_months=max((len(run) for run in found), default=0),
    )


def _kind(
    latest: Observation | None, found: Sequence[Run], drawn: Limits | None, unit: Unit
) -> tuple[VerdictKind, int]:
    """The verdict, and how many months in a row up to the latest share it (0 where nothing is compared)."""
    if latest is None:
        return "no_data", 0
    if latest.status == "volume_suspect":
        return "not_judged", 0
    if drawn is None:
        return "too_few_months", 0
    if _counts_are_few(drawn, unit):
        return "too_few_counts", 0
    return _compared(found[-1], drawn)


def _compared(run: Run, drawn: Limits) -> tuple[VerdictKind, int]:
    """Compare the run that ends with the latest month: beyond a limit first, then eight on one side."""

    def tail(holds: Callable[[float], bool]) -> int:
        return sum(1 for _ in takewhile(holds, (point.value for point in reversed(run))))

    if n := tail(lambda value: value > drawn.upper):
        return "above_limit", n
    if n := tail(lambda value: value < drawn.lower):
        return "below_limit", n
    if (n := tail(lambda value: value > drawn.mean)) >= RUN_LENGTH:
        return "run_8_above", n
    if (n := tail(lambda value: value < drawn.mean)) >= RUN_LENGTH:
        return "run_8_below", n
    return "within", tail(lambda value: drawn.lower <= value <= drawn.upper)


def _counts_are_few(drawn: Limits, unit: Unit) -> bool:
    return unit == "records" and drawn.mean < MINIMUM_MEAN_COUNT


def _tail_months(ordered: Sequence[Observation], latest: Observation) -> int:
    """Consecutive calendar months up to the latest whose volume is suspect."""
    suspect = {each.month_number for each in ordered if each.status == "volume_suspect"}
    n = 0
    while latest.month_number - n in suspect:
        n += 1
    return n

"""Whether a model in use still earns its place: matured precision beside the rule list, a floor, and a ceiling.

Here: who leads tonight, and when a challenger may be promoted. A model that was worse than the rule twice running,
or is under its floor, steps aside by itself; one that is too good is stopped. Not here: admission at first
(judge/gate), drift (drift).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from profiles.scoring.intervals import share_interval

TOO_GOOD: Final = 0.9
WORSE_IN_A_ROW: Final = 2
MONTHS_LOOKED_AT: Final = 4
MONTHS_TO_PROMOTE: Final = 3


@dataclass(frozen=True, slots=True)
class Month:
    """One past list whose outcomes are mature: hits among its k people, by model and by rule."""

    as_of: date
    k: int
    hits: int
    rule_hits: int
    auc: float = float("nan")

    @property
    def precision(self) -> float:
        """Share of the list that had the outcome."""
        return self.hits / self.k

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of it."""
        ends = share_interval(self.hits, self.k)
        return ends.lower, ends.upper


@dataclass(frozen=True, slots=True)
class Standing:
    """Who leads, and why in one sentence."""

    leads: str
    why: str


def standing(months: Sequence[Month], floor: float, rule: str) -> Standing:
    """Who leads tonight by the last four mature months. `floor` is the least precision that a head accepts."""
    recent = sorted(months, key=lambda month: month.as_of)[-MONTHS_LOOKED_AT:]
    if not recent:
        return Standing(rule, "No month of this model is mature yet.")
    for month in recent:
        if month.precision > TOO_GOOD or month.auc > TOO_GOOD:
            return Standing(
                rule, f"The list of {month.as_of:%d %B %Y} was too good to be true; look for a leak."
            )
    last = recent[-WORSE_IN_A_ROW:]
    if len(last) == WORSE_IN_A_ROW and all(month.hits < month.rule_hits for month in last):
        return Standing(rule, f"The model found fewer than {rule} in two mature months running.")
    hits, n = sum(month.hits for month in recent), sum(month.k for month in recent)
    if share_interval(hits, n).upper < floor:
        return Standing(
            rule,
            f"{hits} of {n} on the last mature lists had the outcome, clearly under the floor of {floor:.0%}.",
        )
    return Standing("model", f"{hits} of {n} on the last {len(recent)} mature lists had the outcome.")


def may_promote(
    champion: Sequence[Month], challenger: Sequence[Month], is_gate_open: bool, names: Collection[str]
) -> str:
    """Empty where a challenger may lead, otherwise the sentence that says why not."""
    months = {month.as_of: month for month in champion}
    shared = [(months[month.as_of], month) for month in challenger if month.as_of in months]
    if len({name.strip().casefold() for name in names if name.strip()}) < 2:
        return "Two different people must sign a promotion."
    if not is_gate_open:
        return "The gate is not open for the challenger."
    if len(shared) < MONTHS_TO_PROMOTE:
        return f"Both must have scored {MONTHS_TO_PROMOTE} mature months; they share {len(shared)}."
    if sum(new.hits for _, new in shared) < sum(old.hits for old, _ in shared):
        return "The challenger found fewer than the champion over the months they share."
    return ""

"""The admission gate G1 to G7: whether a model may lead a list, or only runs in its shadow.

Here: seven checks on evidence that others have measured, and what leads where one fails. All must hold. Not here:
measuring (metrics, resampling, sentinel, fairness), the words on a page (profiles/pack).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Final

from profiles.scoring.judge.resampling import Estimate

LEAST_PEOPLE: Final = 1000
LEAST_FOLDS: Final = 4
MOST_LOST_TO_NET: Final = 0.002
SLOPES: Final = (0.8, 1.2)
TOP_GAP: Final = 0.15


@dataclass(frozen=True)
class Evidence:
    """What is known of a model. None means: not measured, which fails the check unless it is in `not_asked`."""

    n_positive_people: int
    gain_over_rule: Estimate | None  # average precision, model − rule list, pooled over the folds
    judged_on: str  # such as "4 folds"
    is_judged_widely: bool  # whether that is enough: four folds or more, or test rows that no choice has seen
    gain_over_net: float | None  # mean average precision over the folds, model − elastic net
    slope: float | None  # calibration slope
    top_ratio: float | None  # mean predicted ÷ share seen, among the first 500
    gain_by_force: Mapping[str, Estimate] | None
    alarms: tuple[str, ...] | None  # what the sentinel found
    unfair: tuple[str, ...] | None  # flags of the fairness table
    accepted_by: str = ""  # who signed for the flags
    rule: str = "RFGV"
    not_asked: Mapping[str, str] = field(default_factory=dict)  # check → why it is not asked here


@dataclass(frozen=True)
class Check:
    """One line of the gate's table."""

    check: str
    question: str
    is_passed: bool | None
    found: str
    needed: str


@dataclass(frozen=True)
class Gate:
    """The table, and what follows: who leads the list, and why in one sentence."""

    checks: tuple[Check, ...]
    leads: str
    why: str

    @property
    def is_open(self) -> bool:
        """Whether the model leads."""
        return self.leads == "model"


def judge(evidence: Evidence) -> Gate:
    """Ask all seven."""
    asked = [ask(evidence) for ask in (_g1, _g2, _g3, _g4, _g5, _g6, _g7)]
    checks = tuple(
        replace(one, is_passed=None, found=evidence.not_asked[one.check])
        if one.check in evidence.not_asked
        else one
        for one in asked
    )
    failed = [one for one in checks if one.is_passed is False]
    if not failed:
        return Gate(checks, "model", "All checks hold.")
    leads = "enet" if {one.check for one in failed} == {"G3"} else evidence.rule
    first = next(
        (one for one in failed if one.check == "G6"), failed[0]
    )  # a leak makes every other figure worthless
    why = f"{first.check} does not hold: {first.question} Found {first.found}; needed {first.needed}."
    return Gate(checks, leads, why)


def _g1(evidence: Evidence) -> Check:
    n, question = evidence.n_positive_people, "Are there enough people with the outcome to learn from?"
    return Check("G1", question, n >= LEAST_PEOPLE, f"{n:,}", f"{LEAST_PEOPLE:,}")


def _g2(evidence: Evidence) -> Check:
    gain = evidence.gain_over_rule
    found = "not measured" if gain is None else f"{_range(gain)} on {evidence.judged_on}"
    is_passed = gain is not None and evidence.is_judged_widely and gain.lower > 0
    return Check(
        "G2", f"Does it find more than the list by {evidence.rule}?", is_passed, found,
        f"gain in average precision whose interval lies above 0, on {LEAST_FOLDS} folds or more",
    )  # fmt: skip


def _g3(evidence: Evidence) -> Check:
    gain = evidence.gain_over_net
    found = "not measured" if gain is None else f"{gain:+.4f}"
    return Check(
        "G3", "Is it no worse than the elastic net?", gain is not None and gain >= -MOST_LOST_TO_NET, found,
        f"−{MOST_LOST_TO_NET} or more",
    )  # fmt: skip


def _g4(evidence: Evidence) -> Check:
    slope, ratio = evidence.slope, evidence.top_ratio
    is_slope = slope is not None and isfinite(slope) and SLOPES[0] <= slope <= SLOPES[1]
    is_top = ratio is not None and isfinite(ratio) and abs(ratio - 1) < TOP_GAP
    found = f"slope {_number(slope)}, ratio {_number(ratio)}"
    return Check(
        "G4", "Do its probabilities come true?", is_slope and is_top, found,
        f"slope {SLOPES[0]} to {SLOPES[1]:.1f}; predicted ÷ seen at the top within {TOP_GAP:.0%} of 1",
    )  # fmt: skip


def _g5(evidence: Evidence) -> Check:
    gains = evidence.gain_by_force
    below = sorted(name for name, gain in (gains or {}).items() if gain.upper < 0)
    found = "not measured" if gains is None else (", ".join(below) or "none")
    return Check(
        "G5",
        f"Is any force served worse than by {evidence.rule}?",
        gains is not None and not below,
        found,
        "none",
    )


def _g6(evidence: Evidence) -> Check:
    alarms = evidence.alarms
    found = "not measured" if alarms is None else ("; ".join(alarms) or "no alarm")
    return Check(
        "G6",
        "Is it free of signs that the answer leaks in?",
        alarms is not None and not alarms,
        found,
        "no alarm",
    )


def _g7(evidence: Evidence) -> Check:
    unfair = evidence.unfair
    is_passed = unfair is not None and (not unfair or bool(evidence.accepted_by))
    found = "not measured" if unfair is None else ("; ".join(unfair) or "no flag")
    if unfair and evidence.accepted_by:
        found += f"; accepted by {evidence.accepted_by}"
    return Check("G7", "Are groups treated alike?", is_passed, found, "no flag, or a signed acceptance")


def _range(one: Estimate) -> str:
    return f"{one.value:+.4f} ({one.lower:+.4f} to {one.upper:+.4f})"


def _number(value: float | None) -> str:
    return "not measured" if value is None or not isfinite(value) else f"{value:.2f}"

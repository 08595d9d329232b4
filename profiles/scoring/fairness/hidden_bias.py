"""What recorded labels hide: the same table against what was recorded and against what really happened.

Here: the audit of the fictional world, where both are known. A group that is recorded more looks riskier, is
selected more, and may even show the better precision: only the other label shows it. Not here: the table itself
(audit). In the world of real records nobody knows what really happened, so this is a test of the method and never a
figure of a pack.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from profiles.scoring.arrays import Bools, Floats, Words
from profiles.scoring.fairness.audit import Group, audit


@dataclass(frozen=True)
class Hidden:
    """One group by both labels, and what the recorded one conceals, in phrases."""

    name: str
    recorded: Group
    happened: Group
    conceals: tuple[str, ...]


def against_what_happened(
    group: Words, selected: Bools, recorded: Floats, happened: Floats, probability: Floats, ids: Words
) -> tuple[Hidden, ...]:
    """Audit twice. Groups that are hidden for their size are left out."""
    by_record = _by_name(audit(group, selected, recorded, probability, ids))
    by_event = _by_name(audit(group, selected, happened, probability, ids))
    return tuple(
        Hidden(name, by_record[name], by_event[name], tuple(_conceals(by_record[name], by_event[name])))
        for name in by_record
        if not by_record[name].is_hidden
    )


def _by_name(groups: tuple[Group, ...]) -> Mapping[str, Group]:
    return {group.name: group for group in groups}


def _conceals(recorded: Group, happened: Group) -> list[str]:
    found = []
    fpr, ppv = happened.ratios["fpr"], recorded.ratios["ppv"]
    if fpr.lower > 1 and ppv.lower <= 1 <= ppv.upper:
        found.append(
            f"falsely listed {fpr.value:.2f} times as often as others, though recorded precision looks alike"
        )
    elif fpr.lower > 1 and ppv.lower > 1:
        found.append(
            f"falsely listed {fpr.value:.2f} times as often as others, though recorded precision looks better"
        )
    gap = recorded.measures["base_rate"].value / max(happened.measures["base_rate"].value, 1e-12)
    if abs(gap - 1) > 0.1:
        found.append(f"recorded {gap:.2f} times as often as it happened")
    return found

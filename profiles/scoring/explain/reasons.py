"""Why a score is high or low: the groups that raise it and those that lower it, with facts and evidence.

Here: which reasons a person has, in which order, how large, with which badges. At least three that raise and one
that lowers are looked for; where there are fewer, that is said. Nothing that does not raise can be printed as
raising. Not here: the words (profiles/definitions), the split they rest on (learn/model).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from profiles.definitions.heads import GROUPS, FeatureDefinition, Group, Head
from profiles.definitions.reasons import Library, Sign
from profiles.scoring.arrays import Floats

LEAST_RAISING: Final = 3
LEAST_LOWERING: Final = 1
MOST_FACTS: Final = 2
MOST_REASONS: Final = 5
NOTHING: Final = 1e-6  # log-odds under which a contribution is none
Kind = Literal["FACT", "ALLEGATION", "INTELLIGENCE"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A record that a fact rests on, as a reader can look it up; `source` is who said so."""

    force_code: str
    feed: str
    record_id: str
    occurred: date
    kind: Kind
    source: str
    is_identity_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One feature of one person: its value in words, how it compares, what it adds, and its records."""

    feature: str
    value: float
    words: str
    compared: str
    contribution: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a group, whether it raises or lowers, its size, the sentence, and what stands behind it."""

    group: Group
    sign: Sign
    contribution: float
    size: str
    sentence: str
    facts: tuple[Fact, ...]
    kinds: tuple[Kind, ...]
    badges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All reasons that are shown for a person, strongest first, and a sentence where there are fewer than asked."""

    raising: tuple[Reason, ...]
    lowering: tuple[Reason, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Cohort:
    """What a person is compared with: the values of everybody who is scored, feature by feature, sorted."""

    ordered: Floats

    @classmethod
    def of(cls, matrix: Floats) -> "Cohort":
        """From the matrix of everybody."""
        return cls(np.sort(matrix, axis=0))

    def compared(self, place: int, value: float, feature: FeatureDefinition) -> str:
        """How a value stands among all: nothing where it is like most."""
        column = self.ordered[:, place]
        n = len(column)
        more = int(100 * np.searchsorted(column, value, side="left") / n)
        fewer = int(100 * (n - np.searchsorted(column, value, side="right")) / n)
        is_time = feature.sign < 0
        if more >= 50:
            return f"{'longer ago' if is_time else 'more'} than {more} of 100 here"
        if fewer >= 50:
            return f"{'more recent' if is_time else 'fewer'} than {fewer} of 100 here"
        return ""


def by_group(head: Head, parts: Floats) -> Floats:
    """Contributions summed to the seven groups; shape (n, 7), in the order of GROUPS."""
    place = np.array([GROUPS.index(feature.group) for feature in head.features])
    found = np.zeros((len(parts), len(GROUPS)))
    np.add.at(found.T, place, parts.T)
    return found


def reasons_of(
    head: Head,
    library: Library,
    parts: Floats,
    values: Floats,
    cohort: Cohort,
    evidence: Mapping[str, Sequence[Evidence]],
) -> Reasons:
    """Reasons of one person: `parts` and `values` are that person's contributions and features, shape (features,)."""
    facts = [
        Fact(
            feature.name, float(value), feature.says(float(value)), cohort.compared(place, float(value), feature),
            float(part), tuple(evidence.get(feature.name, ())),
        )
        for place, (feature, part, value) in enumerate(zip(head.features, parts, values, strict=True))
    ]  # fmt: skip
    raising = _reasons(head, library, facts, "raises", LEAST_RAISING)
    lowering = _reasons(head, library, facts, "lowers", LEAST_LOWERING)
    lacking = []
    if len(raising) < LEAST_RAISING:
        lacking.append(
            f"No more than {len(raising)} of the things that are counted raise this score."
            if raising
            else "Nothing that is counted raises this score."
        )
    if not lowering:
        lacking.append("Nothing that is counted lowers this score.")
    return Reasons(raising, lowering, tuple(lacking))


def _reasons(
    head: Head, library: Library, facts: Sequence[Fact], sign: Sign, least: int
) -> tuple[Reason, ...]:
    """Groups that pull that way, strongest first; then single facts of other groups until there are enough."""
    found = sorted(_of_groups(head, library, facts, sign), key=lambda one: -abs(one.contribution))[
        :MOST_REASONS
    ]
    told = {fact.feature for reason in found for fact in reason.facts}
    for fact in _pulling(facts, sign):
        if len(found) >= least:
            break
        if fact.feature not in told and fact.words not in {
            each.words for reason in found for each in reason.facts
        }:
            found.append(_reason(library, head.feature(fact.feature).group, sign, fact.contribution, (fact,)))
    return tuple(found)


def _of_groups(head: Head, library: Library, facts: Sequence[Fact], sign: Sign) -> Iterator[Reason]:
    for group in GROUPS:
        own = [fact for fact in facts if head.feature(fact.feature).group == group]
        total = sum(fact.contribution for fact in own)
        pulling = _pulling(own, sign)
        if pulling and (total > NOTHING if sign == "raises" else total < -NOTHING):
            yield _reason(library, group, sign, total, tuple(pulling[:MOST_FACTS]))


def _pulling(facts: Sequence[Fact], sign: Sign) -> list[Fact]:
    """Facts that pull that way, strongest first."""
    way = 1 if sign == "raises" else -1
    return sorted(
        (fact for fact in facts if way * fact.contribution > NOTHING), key=lambda one: -abs(one.contribution)
    )


def _reason(
    library: Library, group: Group, sign: Sign, contribution: float, facts: tuple[Fact, ...]
) -> Reason:
    said = [f"{fact.words} ({fact.compared})" if fact.compared else fact.words for fact in facts]
    records = [one for fact in facts for one in fact.evidence]
    return Reason(
        group, sign, contribution, library.size(contribution), library.sentence(group, sign, said), facts,
        tuple(sorted({one.kind for one in records})), tuple(_badges(records)),
    )  # fmt: skip


def _badges(records: Sequence[Evidence]) -> Iterator[str]:
    """What a reader must know of the records behind a reason."""
    if not records:
        return
    if len({(one.force_code, one.feed, one.record_id) for one in records}) == 1:
        yield "one record"
    elif len({one.source for one in records}) == 1:
        yield "one source"
    if not all(one.is_identity_confirmed for one in records):
        yield "identity not confirmed"

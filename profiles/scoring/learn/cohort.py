"""A cohort over many as-of dates: features, outcome, force, rule scores and harm of every person on every date.

Here: the table that training and judging read, and its checks. In a night the feature models of dbt write it; tests
build it from the fictional world. Not here: which dates form which block (judge/protocol).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Bools, Floats, Longs, Words
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.fit import Rows, rows_of
from profiles.scoring.learn.model import ModelError, check_names


@dataclass(frozen=True)
class Cohort:
    """One row a person and as-of date. `label` is NaN until the outcome is known; `rules` are rule scores by name."""

    names: tuple[str, ...]
    matrix: Floats
    label: Floats
    person: Words
    day: Longs  # ordinal of the as-of date
    force: Words
    rules: Mapping[str, Floats]
    harm: Floats  # days of harm of the outcome window: what a list could have come before
    groups: Mapping[str, Words] = field(default_factory=dict)  # protected attributes, for the audit alone

    def __len__(self) -> int:
        """Rows."""
        return len(self.label)

    def where(self, rows: Bools | Longs) -> "Cohort":
        """Some of the rows."""
        return Cohort(
            self.names, self.matrix[rows], self.label[rows], self.person[rows], self.day[rows], self.force[rows],
            {name: score[rows] for name, score in self.rules.items()}, self.harm[rows],
            {name: group[rows] for name, group in self.groups.items()},
        )  # fmt: skip

    def on(self, days: Collection[date]) -> "Cohort":
        """The rows of these as-of dates whose outcome is known."""
        wanted = np.asarray([day.toordinal() for day in days], np.int64)
        return self.where(np.isin(self.day, wanted) & ~np.isnan(self.label))

    def rows(self, head: Head) -> Rows:
        """Rows to learn from, a person's snapshots sharing a weight."""
        check_names(head.names, self.names)
        return rows_of(features_of(head), self.matrix, self.label, self.person, self.day.astype(np.float64))


def features_of(head: Head) -> tuple[Feature, ...]:
    """The features of a head as models know them."""
    return tuple(Feature(one.name, one.kind, one.sign) for one in head.features)


def check_cohort(cohort: Cohort, head: Head) -> None:
    """Refuse a cohort that cannot be learned from; one sentence (ModelError)."""
    check_names(head.names, cohort.names)
    if not len(cohort):
        raise ModelError(f"The cohort of {head.head} is empty; its list is ranked by {head.rule}.")
    if np.isnan(cohort.matrix).any():
        place = int(np.flatnonzero(np.isnan(cohort.matrix).any(axis=0))[0])
        raise ModelError(
            f"{head.names[place]} has gaps; a feature model must fill them, or {head.rule} ranks the list."
        )
    known = cohort.label[~np.isnan(cohort.label)]
    if not len(known) or len(np.unique(known)) < 2:
        kind = "no outcome" if not known.sum() else "nothing but outcomes"
        raise ModelError(
            f"The cohort of {head.head} has {kind} that is known; its list is ranked by {head.rule}."
        )
    seen = cohort.person.astype(str)
    order = np.lexsort([cohort.day, seen])
    twice = (seen[order][1:] == seen[order][:-1]) & (np.diff(cohort.day[order]) == 0)
    if twice.any():
        raise ModelError(
            f"A person stands twice in the cohort of {head.head} on one as-of date: {seen[order][1:][twice][0]}."
        )


def constant_features(cohort: Cohort) -> Sequence[str]:
    """Names of the features that have one value only; they do no harm and say nothing."""
    return [name for place, name in enumerate(cohort.names) if np.ptp(cohort.matrix[:, place]) == 0]

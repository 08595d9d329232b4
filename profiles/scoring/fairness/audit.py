"""The table of B10: for each group its selection, precision, errors and calibration, with intervals and flags.

Here: point values by fairlearn's MetricFrame, intervals by drawing persons, ratios against everybody outside a
group. The intervals that flags rest on are widened for the number of groups compared. A group under thirty rows is
hidden: named, and nothing said of it. Not here: grouping of codes (groups), the audit against what really happened
(hidden_bias).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Bools, Floats, Longs, Words
from profiles.scoring.intervals import family_level
from profiles.scoring.judge.resampling import Estimate, estimate, person_weights

LEAST_ROWS: Final = 30
RATIO_RANGE: Final = (0.8, 1.25)
CALIBRATION_GAP: Final = 0.2
MEASURES: Final = ("base_rate", "selection_rate", "ppv", "fpr", "fnr", "calibration_gap", "rank_gap")
_DRAWS: Final = 200


@dataclass(frozen=True)
class Group:
    """One group. `measures` is empty where the group is hidden; `ratios` compare it with everybody else."""

    name: str
    n: int
    measures: Mapping[str, Estimate]
    ratios: Mapping[str, Estimate]
    flags: tuple[str, ...]
    linkage_error: float | None = None

    @property
    def is_hidden(self) -> bool:
        """Too few rows to say anything of."""
        return self.n < LEAST_ROWS


@dataclass(frozen=True)
class Sums:
    """Sums by group from which every measure is made."""

    n: Floats
    positive: Floats
    selected: Floats
    hit: Floats
    expected: Floats
    rank: Floats

    def measures(self) -> Mapping[str, Floats]:
        """Each measure of each group; NaN where it has no base."""
        with np.errstate(divide="ignore", invalid="ignore"):
            negative, missed = self.n - self.positive, self.positive - self.hit
            overall = self.rank.sum() / self.n.sum()
            return {
                "base_rate": self.positive / self.n,
                "selection_rate": self.selected / self.n,
                "ppv": self.hit / self.selected,
                "fpr": (self.selected - self.hit) / negative,
                "fnr": missed / self.positive,
                "calibration_gap": np.where(self.positive > 0, self.expected / self.positive - 1, np.nan),
                "rank_gap": self.rank / self.n - overall,
            }

    def rates(self) -> Mapping[str, Floats]:
        """The rates that ratios are made of, each with half an event added so that none is 0."""
        return {
            "selection_rate": (self.selected + 0.5) / (self.n + 1),
            "ppv": (self.hit + 0.5) / (self.selected + 1),
            "fpr": (self.selected - self.hit + 0.5) / (self.n - self.positive + 1),
            "fnr": (self.positive - self.hit + 0.5) / (self.positive + 1),
        }

    def others(self) -> "Sums":
        """For each group, everybody outside it."""
        return Sums(*(part.sum() - part for part in self._parts))

    @property
    def _parts(self) -> tuple[Floats, ...]:
        return self.n, self.positive, self.selected, self.hit, self.expected, self.rank


def audit(
    group: Words,
    selected: Bools,
    label: Floats,
    probability: Floats,
    ids: Words,
    linkage_error: Mapping[str, float] | None = None,
    has_own_lists: bool = False,
) -> tuple[Group, ...]:
    """One row a group, in order of name. `group` holds words; None or blank is the group "unknown".

    Groups that `has_own_lists`, such as forces, are not flagged for error rates: the length of each list sets them.
    """
    names, place = np.unique(
        [str(one) if one not in (None, "") else "unknown" for one in group], return_inverse=True
    )
    rank = np.argsort(np.argsort(-probability, kind="stable")) / max(1, len(probability) - 1)
    columns = (np.ones(len(label)), label, selected.astype(float), selected * label, probability, rank)
    whole = _sums(place, len(names), columns, np.ones(len(label)))
    drawn: list[Mapping[str, Floats]] = []
    ratios: list[Mapping[str, Floats]] = []
    for weight in person_weights(ids, _DRAWS):
        part = _sums(place, len(names), columns, weight)
        drawn.append(part.measures())
        ratios.append(_log_ratios(part))
    point = _by_fairlearn(names[place], selected, label, probability, whole)
    z = NormalDist().inv_cdf(0.5 + family_level(int((whole.n >= LEAST_ROWS).sum())) / 2)
    return tuple(
        _group(
            str(name), at, whole, point, drawn, ratios, z, (linkage_error or {}).get(str(name)), has_own_lists
        )
        for at, name in enumerate(names)
    )


def flags_of(groups: Sequence[Group]) -> tuple[str, ...]:
    """Every flag of every group, as sentences."""
    return tuple(flag for group in groups for flag in group.flags)


def _sums(place: Longs, n: int, columns: Sequence[Floats], weight: Floats) -> Sums:
    return Sums(*(np.bincount(place, weight * column, n) for column in columns))


def _log_ratios(sums: Sums) -> Mapping[str, Floats]:
    """Logarithm of each rate of a group over that of everybody else."""
    own, others = sums.rates(), sums.others().rates()
    return {name: np.log(own[name]) - np.log(others[name]) for name in own}


def _by_fairlearn(
    names: Words, selected: Bools, label: Floats, probability: Floats, whole: Sums
) -> Mapping[str, Floats]:
    """Point values as fairlearn's MetricFrame gives them; calibration and rank are ours."""
    from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate
    from sklearn.metrics import precision_score

    def ppv(seen: Any, chosen: Any) -> float:
        return float(precision_score(seen, chosen, zero_division=np.nan))

    known: Any = {
        "selection_rate": selection_rate,
        "fpr": false_positive_rate,
        "fnr": false_negative_rate,
        "ppv": ppv,
    }
    frame = MetricFrame(
        metrics=known,
        y_true=label.astype(int),
        y_pred=selected.astype(int),
        sensitive_features=names.astype(str),
    )
    found = {name: np.asarray(frame.by_group[name], np.float64) for name in known}
    own = whole.measures()
    is_empty = {"fpr": whole.n == whole.positive, "fnr": whole.positive == 0}
    return {**own, **{name: np.where(is_empty.get(name, False), np.nan, found[name]) for name in known}}


def _group(
    name: str,
    at: int,
    whole: Sums,
    point: Mapping[str, Floats],
    drawn: Sequence[Mapping[str, Floats]],
    ratios: Sequence[Mapping[str, Floats]],
    z: float,
    linkage_error: float | None,
    has_own_lists: bool,
) -> Group:
    n = int(whole.n[at])
    if n < LEAST_ROWS:
        return Group(name, n, {}, {}, (), None)
    measures = {one: estimate(float(point[one][at]), [draw[one][at] for draw in drawn]) for one in MEASURES}
    compared = {}
    for one, middle in _log_ratios(whole).items():
        wide = z * float(np.std([draw[one][at] for draw in ratios]))
        compared[one] = Estimate(*(float(np.exp(middle[at] + end)) for end in (0.0, -wide, wide)))
    gap = [draw["calibration_gap"][at] for draw in drawn]
    wide = z * float(np.std(gap)) if np.isfinite(gap).all() else float("inf")
    flags = [*_gap_flags(name, measures, wide), *([] if has_own_lists else _error_flags(name, compared))]
    return Group(name, n, measures, compared, tuple(flags), linkage_error)


def _error_flags(name: str, ratios: Mapping[str, Estimate]) -> Iterator[str]:
    for one, word in (("fpr", "false positive rate"), ("fnr", "false negative rate")):
        ratio = ratios[one]
        is_outside = not RATIO_RANGE[0] <= ratio.value <= RATIO_RANGE[1]
        if is_outside and (ratio.lower > 1 or ratio.upper < 1):
            yield f"{name}: {word} {ratio.value:.2f} times that of others ({ratio.lower:.2f} to {ratio.upper:.2f})"


def _gap_flags(name: str, measures: Mapping[str, Estimate], width: float) -> Iterator[str]:
    gap = measures["calibration_gap"].value
    if np.isfinite(gap) and abs(gap) > CALIBRATION_GAP and abs(gap) > width:
        yield f"{name}: predicted {gap:+.0%} against what was recorded"

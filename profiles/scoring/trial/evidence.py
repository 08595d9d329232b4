"""The evidence of a trial for the gate: gains over simpler lists, calibration, alarms, groups.

Here: what a table without forces and without a rule score can show. The simple list is the single column that ranks
best among the training rows. Not here: the gate's rules (judge/gate), fairness measures (fairness/audit).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from profiles.scoring.arrays import Floats, Words, digests, logit_of
from profiles.scoring.fairness.audit import Group, audit, flags_of
from profiles.scoring.judge.gate import Evidence
from profiles.scoring.judge.metrics import auc, average_precision, top_of, top_ratio
from profiles.scoring.judge.resampling import Estimate
from profiles.scoring.judge.sentinel import alarms, alone, canary, canary_range
from profiles.scoring.learn.calibration import slope_of
from profiles.scoring.learn.choice import Choice
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.fit import fit, rows_of
from profiles.scoring.learn.trees import SEEDS
from profiles.scoring.table.columns import Column
from profiles.scoring.table.selection import Trial
from profiles.scoring.trial.report import Scored

MOST_GROUPS: Final = 40
MOST_CANARY_ROWS: Final = 20_000


def simple_list(trial: Trial) -> tuple[str, Floats]:
    """The column that ranks best by itself among the training rows, and the score it gives to every row."""
    best = ("", np.zeros(len(trial.label)), -1.0)
    for column in trial.features:
        score = _score_of(column, trial)
        found = average_precision(score[trial.is_train], trial.label[trial.is_train])
        if found > best[2]:
            best = (column.name, score, found)
    return best[0], best[1]


def groups_of(trial: Trial, scored: Scored) -> Mapping[str, Sequence[Group]]:
    """The fairness table of the test rows by each column that was denied; columns of too many values are left out."""
    test = ~trial.is_train
    order = np.argsort(-scored.logit, kind="stable")
    selected = np.zeros(len(order), np.bool_)
    selected[order[: top_of(len(order))]] = True
    found = {}
    for column in trial.denied:
        words = _words_of(column)[test]
        if 2 <= len(np.unique(words)) <= MOST_GROUPS:
            found[column.name] = audit(
                words, selected, trial.label[test], scored.probability, trial.ids[test]
            )
    return found


def evidence_of(
    trial: Trial,
    choice: Choice,
    scored: Scored,
    gain_over_rule: Estimate,
    gain_over_net: float,
    rule: str,
    groups: Mapping[str, Sequence[Group]],
    features: Sequence[Feature],
) -> Evidence:
    """What the gate is asked on."""
    label = trial.label[~trial.is_train]
    positive = trial.ids[trial.is_train & (trial.label == 1)]
    each = [(one.name, alone(one.values, trial.label, trial.is_train)) for one in trial.features]
    shuffled = _canary(trial, choice, features)
    not_asked = {"G5": "not asked: a table has no forces"}
    if not groups:
        not_asked["G7"] = "not asked: the table names no group"
    return Evidence(
        n_positive_people=len(np.unique(positive.astype(str))),
        gain_over_rule=gain_over_rule,
        judged_on="the test rows",
        is_judged_widely=True,
        gain_over_net=gain_over_net,
        slope=slope_of(logit_of(scored.probability), label),
        top_ratio=top_ratio(scored.logit, scored.probability, label),
        gain_by_force=None,
        alarms=tuple(alarms(auc(scored.logit, label), each, *shuffled, label)),
        unfair=tuple(f"{name} {flag}" for name, rows in groups.items() for flag in flags_of(rows)),
        rule=f"{rule} alone",
        not_asked=not_asked,
    )


def _canary(trial: Trial, choice: Choice, features: Sequence[Feature]) -> tuple[float, float]:
    """The champion's recipe on shuffled labels of a sample of the rows, and how far from .5 chance may bring it."""

    def fitted(matrix: Floats, label: Floats) -> Callable[[Floats], Floats]:
        ids = np.arange(len(label)).astype(object)
        return fit(choice.champion.recipe, rows_of(features, matrix, label, ids), SEEDS[:1]).logit

    rows = np.argsort(digests(trial.ids, "sample"), kind="stable")[:MOST_CANARY_ROWS]
    matrix = np.column_stack([one.values[rows] for one in trial.features])
    found = canary(fitted, matrix, trial.label[rows], trial.ids[rows], trial.is_train[rows])
    return found, canary_range(trial.label[rows][~trial.is_train[rows]])


def _score_of(column: Column, trial: Trial) -> Floats:
    """Numbers by size in the direction that works, words by their rate among training rows; missing values last."""
    values, train = column.values, trial.is_train
    if column.kind == "words":
        place = np.where(np.isnan(values), 0, values + 1).astype(np.int64)
        n = np.bincount(place[train], minlength=len(column.levels) + 1)
        hits = np.bincount(place[train], trial.label[train], minlength=len(column.levels) + 1)
        return np.asarray(((hits + trial.label[train].mean()) / (n + 1))[place], np.float64)
    held = train & ~np.isnan(values)
    is_up = auc(values[held], trial.label[held]) >= 0.5
    score = values if is_up else -values
    return np.where(np.isnan(score), np.nanmin(score) - 1, score)


def _words_of(column: Column) -> Words:
    """Group names of a denied column."""
    if column.levels:
        texts = np.asarray([*column.levels, "unknown"], object)
        return np.asarray(
            texts[np.where(np.isnan(column.values), -1, column.values).astype(np.int64)], object
        )
    return np.asarray(["unknown" if np.isnan(one) else f"{one:g}" for one in column.values], object)

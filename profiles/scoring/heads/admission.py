"""Asks the gate about a trained head: gathers the evidence from the test blocks and says who leads.

Here: which figure answers which check. Not here: the checks (judge/gate), the figures (figures).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np

from profiles.scoring.arrays import Bools, Floats, digests, logit_of
from profiles.scoring.fairness.audit import Group, audit, flags_of
from profiles.scoring.heads.figures import gain, pooled
from profiles.scoring.heads.train import Trained
from profiles.scoring.judge.gate import LEAST_FOLDS, Evidence, Gate, judge
from profiles.scoring.judge.metrics import auc, top_ratio
from profiles.scoring.judge.sentinel import alarms, alone, canary, canary_range
from profiles.scoring.learn.calibration import slope_of
from profiles.scoring.learn.cohort import Cohort, features_of
from profiles.scoring.learn.fit import fit, rows_of
from profiles.scoring.learn.trees import SEEDS

LEAST_POSITIVES_A_FORCE: Final = 10  # fewer say nothing of a force by itself
LISTED: Final = 100  # people a force that count as selected in the fairness table
MOST_CANARY_ROWS: Final = 20_000


def admission(
    trained: Trained, cohort: Cohort, rule: str = "rfgv", accepted_by: str = ""
) -> tuple[Gate, Evidence]:
    """The gate of a head against its rule score, with the evidence it was asked on."""
    judged = trained.judged
    logit, probability, label, _ = pooled(judged, "champion")
    forces = [force for force in _forces(trained) if _positives(trained, force) >= LEAST_POSITIVES_A_FORCE]
    groups = fairness(trained)
    evidence = Evidence(
        n_positive_people=trained.n_positive_people,
        gain_over_rule=gain(judged, "champion", rule),
        judged_on=f"{len(judged)} folds",
        is_judged_widely=len(judged) >= LEAST_FOLDS,
        gain_over_net=gain(judged, "champion", "enet").value,
        slope=slope_of(logit_of(probability), label),
        top_ratio=top_ratio(logit, probability, label),
        gain_by_force={force: gain(judged, "champion", rule, force) for force in forces},
        alarms=tuple(_alarms(trained, cohort, auc(logit, label))),
        unfair=tuple(f"{name} {flag}" for name, rows in groups.items() for flag in flags_of(rows)),
        accepted_by=accepted_by,
        rule=trained.head.rule,
    )
    return judge(evidence), evidence


def fairness(trained: Trained) -> Mapping[str, Sequence[Group]]:
    """The fairness table of the test blocks by each protected attribute and by force; listed are a hundred a force."""
    cohorts = [one.cohort for one in trained.judged]
    selected = np.concatenate([_selected(one.scores["champion"], one.cohort) for one in trained.judged])
    _, probability, label, person = pooled(trained.judged, "champion")
    found = {
        name: np.concatenate([cohort.groups[name] for cohort in cohorts])
        for name in sorted(cohorts[0].groups)
    }
    found["force"] = np.concatenate([cohort.force for cohort in cohorts])
    return {
        name: audit(group, selected, label, probability, person, has_own_lists=name == "force")
        for name, group in found.items()
    }


def _selected(score: Floats, cohort: Cohort) -> Bools:
    """Who stands among the first hundred of their force."""
    found = np.zeros(len(cohort), np.bool_)
    for force in np.unique(cohort.force.astype(str)):
        rows = np.flatnonzero(cohort.force == force)
        found[rows[np.argsort(-score[rows], kind="stable")[:LISTED]]] = True
    return found


def _forces(trained: Trained) -> Sequence[str]:
    return sorted({str(force) for one in trained.judged for force in one.cohort.force})


def _positives(trained: Trained, force: str) -> float:
    return float(sum(one.cohort.label[one.cohort.force == force].sum() for one in trained.judged))


def _alarms(trained: Trained, cohort: Cohort, model_auc: float) -> Iterator[str]:
    """What the sentinel finds: features that are too good alone, a model that is, and the canary."""
    learned = trained.judged[-1].origin.train
    later = [day for one in trained.judged for day in one.origin.test if day > max(learned)]
    rows = cohort.on((*learned, *later))
    is_train = np.isin(rows.day, [day.toordinal() for day in learned])
    each = [
        (name, alone(rows.matrix[:, place], rows.label, is_train)) for place, name in enumerate(rows.names)
    ]
    features = features_of(trained.head)

    def fitted(matrix: Floats, label: Floats) -> Callable[[Floats], Floats]:
        ids = np.arange(len(label)).astype(object)
        return fit(trained.choice.champion.recipe, rows_of(features, matrix, label, ids), SEEDS[:1]).logit

    some = np.argsort(digests(rows.person, "sample"), kind="stable")[:MOST_CANARY_ROWS]
    side = is_train[some]
    found = canary(fitted, rows.matrix[some], rows.label[some], rows.person[some], side)
    return alarms(model_auc, each, found, canary_range(rows.label[some][~side]), rows.label[~is_train])

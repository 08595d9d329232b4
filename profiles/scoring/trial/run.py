"""From a file to one answer: read, choose inside the training rows, fit, calibrate, judge on test rows, ask the gate.

Here: the order of a trial. The test rows are used for figures only: no choice is made on them. Not here: each step
(table, learn, judge, fairness), figures (report), what the gate is asked on (evidence).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from profiles.scoring.arrays import Floats, digests
from profiles.scoring.fairness.audit import Group
from profiles.scoring.judge.gate import Gate, judge
from profiles.scoring.learn.calibration import Calibration, fit_calibration
from profiles.scoring.learn.choice import Choice, choose
from profiles.scoring.learn.encoding import Feature, FeatureKind
from profiles.scoring.learn.fit import Rows, fit, rows_of
from profiles.scoring.learn.folds import by_person, by_time
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import RecipeKind
from profiles.scoring.learn.trees import SEEDS
from profiles.scoring.table.columns import Column
from profiles.scoring.table.denied import is_denied
from profiles.scoring.table.selection import Trial, trial_of
from profiles.scoring.table.source import read_table
from profiles.scoring.trial.evidence import evidence_of, groups_of, simple_list
from profiles.scoring.trial.monotone import check_signs, read_signs
from profiles.scoring.trial.report import DIGITS, Scored, as_difference, measures_of

MOST_ROWS_CHOSEN_ON: Final = 60_000
MANY_ROWS: Final = 200_000  # with so many, three seeds of trees agree as well as five
REPORTED: Final[tuple[RecipeKind, ...]] = ("base_rate", "logistic", "enet", "lightgbm")
PAIRS: Final = {
    "champion_over_logistic": ("champion", "logistic"),
    "champion_over_enet": ("champion", "enet"),
    "champion_over_simple_list": ("champion", "simple_list"),
}
_SKEWED: Final = 2.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Order:
    """What was asked for."""

    path: Path
    label: str
    identity: str | None = None
    split: str | None = None
    time: str | None = None
    features: Sequence[str] = ()
    monotone: Path | None = None


def evaluate(order: Order, say: Say = lambda line: None) -> dict[str, Any]:
    """Run a trial. Raises TableError, one sentence, for a table or an order that cannot be used."""
    started = time.perf_counter()
    table = read_table(order.path)
    signs = read_signs(order.monotone, table.column_names) if order.monotone else {}
    trial = trial_of(table, order.label, order.identity, order.split, order.time, order.features)
    check_signs(signs, trial.features)
    del table
    say(f"{len(trial.label):,} rows, {int(trial.label.sum()):,} positives, {len(trial.features)} features")
    features = [Feature(one.name, _kind(one, trial, signs), signs.get(one.name, 0)) for one in trial.features]
    rows, matrix = _rows(trial, features)
    choice, chosen_on = _choice(rows, say)
    models = _scored(rows, matrix, choice, say)
    rule, score = simple_list(trial)
    models["simple_list"] = Scored(score[~trial.is_train], np.full(len(matrix), rows.label.mean()))
    label, ids = trial.label[~trial.is_train], trial.ids[~trial.is_train]
    figures, gains = measures_of(models, label, ids, PAIRS)
    say("measured on the test rows")
    groups = groups_of(trial, models["champion"])
    over_rule, over_net = gains["champion_over_simple_list"]["ap"], gains["champion_over_enet"]["ap"].value
    gate = judge(evidence_of(trial, choice, models["champion"], over_rule, over_net, rule, groups, features))
    simple = figures.pop("simple_list")
    return {
        "rows": len(trial.label),
        "positives": int(trial.label.sum()),
        "train": _side(rows.label),
        "test": _side(label),
        "models": figures,
        "simple_list": {"column": rule, "auc": simple["auc"], "ap": simple["ap"], "p_at_k": simple["p_at_k"]},
        "gains": {
            name: {what: as_difference(one) for what, one in each.items()} for name, each in gains.items()
        },
        "champion": {
            "recipe": choice.champion.recipe.label,
            "chosen_on_rows": chosen_on,
            "tried": _tried(choice),
        },
        "features": [asdict(one) for one in features],
        "protected_used": [one.name for one in trial.features if is_denied(one.name)],
        "left_out": [{"column": name, "why": why} for name, why in trial.left_out],
        "gate": _gate(gate),
        "fairness": {name: [_group(one) for one in each] for name, each in groups.items()},
        "notes": list(trial.notes),
        "seconds": round(time.perf_counter() - started, 3),
        "peak_mb": _peak_mb(),
    }


def _kind(column: Column, trial: Trial, signs: Mapping[str, int]) -> FeatureKind:
    """How a column is encoded: signed steps are numbers, for a sign needs more and less; long tails are counts."""
    if column.kind == "words":
        return "words"
    if column.kind == "steps":
        return "number" if signs.get(column.name) else "steps"
    held = column.values[trial.is_train]
    held = held[~np.isnan(held)]
    spread = held.std()
    skew = float(np.mean(((held - held.mean()) / spread) ** 3)) if spread > 0 else 0.0
    return "count" if column.kind == "number" and held.min() >= 0 and skew > _SKEWED else "number"


def _rows(trial: Trial, features: Sequence[Feature]) -> tuple[Rows, Floats]:
    """Training rows in their own order, and the features of the test rows."""
    matrix = np.column_stack([one.values for one in trial.features])
    train = trial.is_train
    day = None if trial.day is None else trial.day[train]
    return rows_of(features, matrix[train], trial.label[train], trial.ids[train], day), matrix[~train]


def _choice(rows: Rows, say: Say) -> tuple[Choice, int]:
    """Choose on all training rows, or on the persons with the lowest digests where there are very many."""
    if len(rows.label) > MOST_ROWS_CHOSEN_ON:
        mark = digests(rows.ids, "sample")
        rows = rows.where(mark <= np.sort(mark)[MOST_ROWS_CHOSEN_ON - 1])
    folds = by_time(rows.day, rows.label) if rows.day is not None else []
    return choose(rows, folds or by_person(rows.ids, rows.label), say), len(rows.label)


def _scored(rows: Rows, matrix: Floats, choice: Choice, say: Say) -> dict[str, Scored]:
    """Every reported model, fitted on all training rows and calibrated on rows it was not fitted on."""
    fitted: dict[str, Model] = {}
    found: dict[str, Scored] = {}
    seeds = SEEDS if len(rows.label) <= MANY_ROWS else SEEDS[:3]
    for name in (*REPORTED, "champion"):
        tried = choice.champion if name == "champion" else choice.best[name]  # type: ignore[index]
        label = tried.recipe.label
        if label not in fitted:
            fitted[label] = fit(tried.recipe, rows, seeds)
        logit = fitted[label].logit(matrix)
        found[name] = Scored(logit, _calibration(tried.logit, choice).probability(logit))
        say(f"{name}: fitted")
    return found


def _calibration(logit: Floats, choice: Choice) -> Calibration:
    """Fitted on the rows that folds judged; with folds in time the earliest rows were never judged."""
    is_judged = ~np.isnan(logit)
    return fit_calibration(logit[is_judged], choice.label[is_judged])


def _tried(choice: Choice) -> list[dict[str, Any]]:
    return [
        {"recipe": one.recipe.label, "ap": round(one.precision, DIGITS), "skill": round(one.skill, DIGITS)}
        for one in choice.tried
    ]


def _side(label: Floats) -> dict[str, int]:
    return {"rows": len(label), "positives": int(label.sum())}


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "is_open": gate.is_open,
        "leads": gate.leads,
        "why": gate.why,
        "checks": [asdict(one) for one in gate.checks],
    }


def _group(group: Group) -> dict[str, Any]:
    if group.is_hidden:
        return {"group": group.name, "n": "under 30"}
    shown = {
        name: [None if not np.isfinite(end) else round(end, 4) for end in (one.value, one.lower, one.upper)]
        for name, one in group.measures.items()
    }
    return {"group": group.name, "n": group.n, **shown, "flags": list(group.flags)}


def _peak_mb() -> int:
    from resource import RUSAGE_SELF, getrusage

    return int(getrusage(RUSAGE_SELF).ru_maxrss // 1024)

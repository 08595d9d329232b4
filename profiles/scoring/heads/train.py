"""Trains a head by rolling origins: choose on calibration blocks, judge on test blocks, then fit on all that is known.

Here: which rows are used for what. A test block takes part in no choice and no fit. Not here: figures of the test
blocks (figures), the gate (admission), keeping the model (bundle).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Bools, Floats, digests
from profiles.scoring.judge.protocol import Origin, Plan, newest, origins
from profiles.scoring.judge.resampling import person_weights
from profiles.scoring.learn.block import Block, block_of
from profiles.scoring.learn.calibration import Calibration, fit_calibration
from profiles.scoring.learn.choice import Choice, choose
from profiles.scoring.learn.cohort import Cohort, check_cohort
from profiles.scoring.learn.fit import Rows, fit
from profiles.scoring.learn.folds import Fold
from profiles.scoring.learn.linear import fit_linear
from profiles.scoring.learn.model import Model
from profiles.scoring.learn.recipes import Recipe, RecipeKind
from profiles.scoring.learn.trees import SEEDS

DRAWS: Final = 40  # refits of the linear part on resampled persons, for intervals of ranks
MOST_ROWS: Final = 300_000  # that recipes are compared on
JUDGED: Final[tuple[RecipeKind, ...]] = ("logistic", "enet", "lightgbm")

Say = Callable[[str], None]


@dataclass(frozen=True)
class Judged:
    """The test block of one origin, with every list's score and each model's probability."""

    origin: Origin
    cohort: Cohort
    scores: Mapping[str, Floats]
    probabilities: Mapping[str, Floats]


@dataclass(frozen=True)
class Trained:
    """A head's model, fitted on everything known, and what origins before it showed."""

    head: Head
    plan: Plan
    origin: Origin
    model: Model
    calibration: Calibration
    block: Block
    draws: Floats  # (draws, 1 + columns): intercept and coefficients of the linear part
    choice: Choice
    judged: tuple[Judged, ...]
    n_positive_people: int


def plan_of(head: Head, **differs: int) -> Plan:
    """The plan of a head: its horizon and maturity, and the defaults of the protocol unless told otherwise."""
    return Plan(head.horizon_days, head.maturity_days, **differs)


def train(
    cohort: Cohort,
    head: Head,
    plan: Plan,
    first: date,
    last_known: date,
    say: Say = lambda line: None,
    seeds: Sequence[int] = SEEDS,
) -> Trained:
    """Train a head. Raises ProtocolError or ModelError, one sentence, where that cannot be done."""
    check_cohort(cohort, head)
    blocks, now = origins(first, last_known, plan), newest(first, last_known, plan)
    known = cohort.where(~np.isnan(cohort.label))
    rows = known.rows(head)
    choice = choose(*_compared(rows, blocks), say)
    say(f"{head.head}: {choice.champion.recipe.label} is champion")
    judged = tuple(_judged(known, head, origin, choice, seeds) for origin in blocks)
    say(f"{head.head}: {len(judged)} origins judged")
    model, calibration, logit = _fitted(known, head, now, choice.champion.recipe, seeds)
    part = known.on(now.train)
    positive = known.on((*now.train, *now.calibration))
    return Trained(
        head, plan, now, model, calibration, block_of(logit, known.on(now.calibration).label),
        _draws(model, part.rows(head)), choice, judged,
        len(np.unique(positive.person[positive.label == 1].astype(str))),
    )  # fmt: skip


def _compared(rows: Rows, blocks: Sequence[Origin]) -> tuple[Rows, Sequence[Fold]]:
    """Rows and folds to choose on: fit on each origin's train block, compare on its calibration block."""
    if len(rows.label) > MOST_ROWS:
        mark = digests(rows.ids, "sample")
        rows = rows.where(mark <= np.sort(mark)[MOST_ROWS - 1])
    day = np.asarray(rows.day)

    def among(days: Sequence[date]) -> Bools:
        return np.isin(day, [one.toordinal() for one in days])

    return rows, [Fold(among(origin.train), among(origin.calibration)) for origin in blocks]


def _fitted(
    known: Cohort, head: Head, origin: Origin, recipe: Recipe, seeds: Sequence[int]
) -> tuple[Model, Calibration, Floats]:
    """A recipe fitted on a train block and calibrated on the calibration block, with the log-odds there."""
    model = fit(recipe, known.on(origin.train).rows(head), seeds)
    calibration = known.on(origin.calibration)
    logit = model.logit(calibration.matrix, calibration.names)
    return model, fit_calibration(logit, calibration.label), logit


def _judged(known: Cohort, head: Head, origin: Origin, choice: Choice, seeds: Sequence[int]) -> Judged:
    test = known.on(origin.test)
    recipes: dict[str, Recipe] = {
        **{kind: choice.best[kind].recipe for kind in JUDGED},
        "champion": choice.champion.recipe,
    }
    found: dict[Recipe, tuple[Floats, Floats]] = {}
    for recipe in dict.fromkeys(recipes.values()):
        model, calibration, _ = _fitted(known, head, origin, recipe, seeds)
        logit = model.logit(test.matrix, test.names)
        found[recipe] = (logit, calibration.probability(logit))
    scores = {**test.rules, **{name: found[recipe][0] for name, recipe in recipes.items()}}
    return Judged(origin, test, scores, {name: found[recipe][1] for name, recipe in recipes.items()})


def _draws(model: Model, rows: Rows) -> Floats:
    """The linear part fitted again on resampled persons; shape (draws, 1 + columns). Trees stay as they are."""
    if model.recipe.kind == "lightgbm":
        return np.tile(np.append(model.linear.intercept, model.linear.coefficients), (DRAWS, 1))
    design, bounds = model.encoding.design(rows.matrix), model.encoding.bounds()
    found = []
    for drawn in person_weights(rows.ids, DRAWS):
        held = fit_linear(
            design,
            rows.label,
            rows.weight * drawn,
            bounds,
            model.recipe.penalty,
            model.recipe.l1_ratio,
            model.linear,
        )
        found.append(np.append(held.intercept, held.coefficients))
    return np.asarray(found)

"""A head trained once on a small fictional world, for every test that needs a trained head.

Here: what is costly. Not here: any test; the fixture `made` that hands it out (conftest).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from profiles.definitions.heads import Head, load_head
from profiles.scoring.heads.bundle import Bundle, read_bundle, write_bundle
from profiles.scoring.heads.told import data_digest, found_out
from profiles.scoring.heads.train import Trained, plan_of, train
from profiles.scoring.judge.protocol import Plan, as_ofs
from profiles.scoring.learn.cohort import Cohort
from tests.flow.score_tables import ScoreWorld, score_world
from tests.flow.score_world import cohort_of

SEED = 4
TODAY = date(2026, 11, 1)


@dataclass(frozen=True)
class Made:
    """Everything that is costly, made once."""

    world: ScoreWorld
    head: Head
    plan: Plan
    cohort: Cohort
    trained: Trained
    folder: Path
    digest: str
    told: Mapping[str, Any]

    def bundle(self) -> Bundle:
        return read_bundle(self.folder, self.digest, self.head, TODAY)


def make(folder: Path) -> Made:
    """Train, judge and keep; `folder` must be new."""
    world, head = score_world(SEED, "ci"), load_head("vawg_suspect")
    plan = plan_of(head, step_days=56, n_calibration=2)
    cohort = cohort_of(world, as_ofs(world.first_as_of(), world.end, plan))
    trained = train(cohort, head, plan, world.first_as_of(), world.end, seeds=(1, 2))
    rows = cohort.on(trained.origin.train).rows(head)
    told = {
        "author": "A. Author", "trained_on": f"a fictional world, seed {SEED}", "data": data_digest(rows),
        **found_out(trained, cohort),
    }  # fmt: skip
    digest = write_bundle(folder, trained, told, rows.matrix, TODAY)
    return Made(world, head, plan, cohort, trained, folder, digest, told)

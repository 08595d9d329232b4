"""Retrain: build features and outcomes of past moments in a copy of the warehouse, train every head, keep the bundles.

Nothing that is published changes: a new bundle stands in the shadow until two people have approved it. Not here:
training (profiles/scoring/heads), the models (dbt_project), the nightly use of a bundle (steps/score).
"""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from orchestration.dbt import BuildTarget, DbtProject, dbt_cache
from orchestration.moments import moments_to_learn_from
from orchestration.night import Night, NightError
from orchestration.settings import REPOSITORY
from orchestration.steps.build import GENERATION, inputs_of
from orchestration.warehouse import Generations, reading
from profiles.definitions.heads import HEADS, Head, load_head
from profiles.scoring.heads.bundle import LASTS, write_bundle
from profiles.scoring.heads.history import read_history
from profiles.scoring.heads.registry import REGISTER, Entry, read_registry, write_registry
from profiles.scoring.heads.told import data_digest, found_out
from profiles.scoring.heads.train import plan_of, train
from profiles.scoring.judge.protocol import Plan, ProtocolError, as_ofs
from profiles.scoring.learn.model import ModelError

STEP_DAYS = 56  # every second moment of the grid: half the rows, and seen to cost no skill (docs/scoring.md)
HISTORY = timedelta(730)
AUTHOR = "job retrain"
# Old offences are recorded today, so the first of them does not say when recording began.
_FIRST = "select quantile_disc(recorded_at, 0.01)::date from stg_crimes"


def retrain(night: Night, heads: Sequence[str] = HEADS) -> dict[str, str]:
    """Train every head on all that is known tonight; gives what became of each, in a sentence."""
    current = Generations(night.layout.generations).current()
    with reading(current) as con:
        (as_of,) = con.execute("select as_of_date from stg_nights").fetchone() or (None,)
        (first,) = con.execute(_FIRST).fetchone() or (None,)
    if as_of is None or first is None:
        return dict.fromkeys(heads, "There are no crimes to learn from; lists are ranked by rule.")
    night.record(as_of=as_of.isoformat())
    plans = {name: plan_of(load_head(name), step_days=STEP_DAYS, n_calibration=2) for name in heads}
    start = first + HISTORY
    days = sorted({day for plan in plans.values() for day in as_ofs(start, last_known(as_of, plan), plan)})
    if not days:
        return dict.fromkeys(heads, f"There is no history before {start}; lists are ranked by rule.")
    night.say("score", f"features of {len(days)} past moments")
    path = _built(night, current, days)
    return {name: _one(night, path, load_head(name), plans[name], (start, as_of)) for name in heads}


def _built(night: Night, current: Path, days: Sequence[date]) -> Path:
    """A copy of the generation with features and outcomes of past moments in the place of tonight's."""
    folder = night.work / "training"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / GENERATION
    shutil.copyfile(current, path)
    path.chmod(0o640)
    inputs = folder / "inputs.duckdb"
    inputs_of(night, inputs, moments_to_learn_from(days))
    project = DbtProject(REPOSITORY / "dbt_project", dbt_cache(night.settings))
    project.manifest()
    target = BuildTarget(
        path.resolve(), inputs.resolve(), (folder / "spill").resolve(), night.settings.threads,
        night.settings.memory_limit, (folder / "dbt").resolve(),
    )  # fmt: skip
    bad = [r for r in project.build(["stg_as_ofs+", "tag:training"], target) if r.is_bad]
    if bad:
        raise NightError(
            f"Features to learn from were not built: {bad[0].unique_id} ({bad[0].message[:200]})."
        )
    return path


def _one(night: Night, path: Path, head: Head, plan: Plan, known: tuple[date, date]) -> str:
    """Train one head and keep its bundle in the shadow."""
    first, as_of = known
    cut = last_known(as_of, plan)
    with reading(path, night.settings.threads) as con:
        cohort = read_history(con, head, plan, cut)
    try:
        trained = train(cohort, head, plan, first, cut, lambda line: night.say("score", line))
    except (ProtocolError, ModelError) as error:
        return f"{error} Ranked by rule ({head.rule})."
    rows = cohort.on(trained.origin.train).rows(head)
    told = {
        "author": AUTHOR,
        "trained_on": trained_on(night, as_of),
        "data": data_digest(rows),
        **found_out(trained, cohort),
    }
    fresh = night.work / "bundles" / head.head
    fresh.parent.mkdir(parents=True, exist_ok=True)
    digest = write_bundle(fresh, trained, told, rows.matrix, as_of)
    _keep(night.layout.models, fresh, Entry(
        head=head.head, digest=digest, folder=f"{head.head}-{digest[:12]}", state="shadow", author=AUTHOR,
        expires=as_of + LASTS, trained_on=told["trained_on"],
    ))  # fmt: skip
    return _in_words(told["gate"], cohort.label, trained.choice.champion.recipe.label)


def last_known(as_of: date, plan: Plan) -> date:
    """Up to when a head's outcomes are read: a little before the as-of date, so that all heads share moments."""
    return as_of - timedelta(-plan.lag.days % plan.step_days)


def trained_on(night: Night, as_of: date) -> str:
    """What a bundle says it was trained on."""
    return f"deliveries of {night.layout.world} known before {as_of.isoformat()}"


def _keep(folder: Path, fresh: Path, entry: Entry) -> None:
    """Put a bundle beside the others, and in the shadow of its head; an older shadow is retired."""
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / entry.folder
    if not home.exists():
        shutil.copytree(fresh, home)
    others = [
        replaced(one) if one.head == entry.head and one.state == "shadow" else one
        for one in read_registry(folder / REGISTER)
        if one.digest != entry.digest
    ]
    write_registry(folder / REGISTER, [*others, entry])


def replaced(entry: Entry) -> Entry:
    """An entry that a newer one has taken the place of."""
    return entry.model_copy(update={"state": "retired"})


def _in_words(gate: dict[str, Any], label: Any, recipe: str) -> str:
    n, hits = int((label == label).sum()), int((label == 1).sum())
    return f"{recipe} on {n:,} rows with {hits:,} outcomes. Leads: {gate['leads']}. {gate['why']}"

"""Measures the scoring of suspects on fictional worlds, for docs/scoring.md: python -m tests.flow.score_measure SEED …

Here: one long run that prints figures and keeps nothing: lists against each other, the gate, the wrong way to split,
both harm weights, what history cannot find, notice before events. Not here: any test. Worlds are put side by side as if
they were more forces; persons and forces carry their seed.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from profiles.definitions.heads import load_head
from profiles.scoring.heads.admission import admission
from profiles.scoring.heads.figures import figures, gain
from profiles.scoring.heads.train import Trained, plan_of, train
from profiles.scoring.judge.lead_time import replay
from profiles.scoring.judge.metrics import auc, average_precision
from profiles.scoring.judge.protocol import as_ofs
from profiles.scoring.learn.cohort import Cohort
from profiles.scoring.learn.fit import fit
from profiles.scoring.learn.recipes import Recipe
from profiles.scoring.learn.trees import TreeSettings
from profiles.scoring.rules.events import Event
from profiles.scoring.rules.gravity import Index, read_gravity
from profiles.scoring.rules.lists import in_order, overlap
from profiles.scoring.rules.rfgv import rfgv
from tests.flow.score_tables import ScoreWorld, score_world
from tests.flow.score_world import cohort_of, events_of

GRAVITY = Path(__file__).resolve().parents[2] / "dbt_project/seeds/offence_gravity.csv"
BOLD = TreeSettings(leaves=31, rounds=300, rate=0.1, least_rows=20, least_share=0.01, l2=0, feature_share=1.0)
LISTED = 50


def side_by_side(cohorts: Sequence[Cohort]) -> Cohort:
    """Several worlds as one cohort."""
    first = cohorts[0]
    return Cohort(
        first.names,
        np.vstack([one.matrix for one in cohorts]),
        *(
            np.concatenate([getattr(one, name) for one in cohorts])
            for name in ("label", "person", "day", "force")
        ),
        {name: np.concatenate([one.rules[name] for one in cohorts]) for name in first.rules},
        np.concatenate([one.harm for one in cohorts]),
        {name: np.concatenate([one.groups[name] for one in cohorts]) for name in first.groups},
    )


def main(seeds: Sequence[int]) -> None:
    head = load_head("vawg_suspect")
    plan = plan_of(head)
    cohorts = []
    for seed in seeds:
        world = score_world(seed)
        first, last = world.first_as_of(), world.end
        cohorts.append(cohort_of(world, as_ofs(first, last, plan)))
        print(f"world {seed}: {len(cohorts[-1]):,} rows, {int(cohorts[-1].label.sum()):,} with the outcome")
        history(world)
        weights(world)
    cohort = side_by_side(cohorts)
    started = time.process_time()
    trained = train(cohort, head, plan, first, last, say)
    print(f"trained in {time.process_time() - started:.0f} CPU seconds")
    for tried in trained.choice.tried:
        print(f"  {tried.recipe.label}: average precision {tried.precision:.5f}, skill {tried.skill:.5f}")
    print_figures(trained)
    for second in ("rfgv", "enet", "logistic"):
        print(f"champion over {second}: {gain(trained.judged, 'champion', second)}")
    gate, evidence = admission(trained, cohort)
    for check in gate.checks:
        print(f"  {check.check} {check.is_passed} {check.found[:300]}")
    print(f"leads: {gate.leads}. {gate.why[:300]}; slope {evidence.slope}, top ratio {evidence.top_ratio}")
    wrong_way(cohort, trained)
    notice(world, cohort, trained)


def print_figures(trained: Trained) -> None:
    """One line a list."""
    for name, one in figures(trained.judged).items():
        lists = "  ".join(
            f"P@{each.k} {each.precision.value:.3f} recall {each.recall:.2f} harm {each.harm:.2f}"
            for each in one.lists
        )
        shown = [one.auc, one.precision, one.brier, one.calibration_error]
        figured = "  ".join(f"{x.value:.4f} ({x.lower:.4f} to {x.upper:.4f})" if x else "-" for x in shown)
        print(f"{name:<10} {figured}  {lists}")


def wrong_way(cohort: Cohort, trained: Trained) -> None:
    """The same bold trees judged on random rows, on other persons, and on the future."""
    known = cohort.where(~np.isnan(cohort.label))
    rows, recipe = known.rows(trained.head), Recipe("lightgbm", trees=BOLD)
    chance = np.random.default_rng(1)
    by_row = chance.random(len(rows.label)) < 0.7
    people, place = np.unique(rows.ids.astype(str), return_inverse=True)
    by_person = (chance.random(len(people)) < 0.7)[place]
    origin = trained.judged[-1].origin
    day = np.asarray(rows.day)
    past = np.isin(day, [one.toordinal() for one in origin.train])
    future = np.isin(day, [one.toordinal() for each in trained.judged for one in each.origin.test])
    free = replace(rows, features=tuple(replace(one, sign=0) for one in rows.features))
    for name, learned, judged in (
        ("random rows", by_row, ~by_row), ("other persons", by_person, ~by_person), ("the future", past, future),
    ):  # fmt: skip
        score = fit(recipe, free.where(learned), seeds=(1,)).logit(rows.matrix[judged])
        found = auc(score, rows.label[judged]), average_precision(score, rows.label[judged])
        print(f"bold trees on {name}: AUC {found[0]:.3f}, average precision {found[1]:.3f}")


def history(world: ScoreWorld) -> None:
    """Of people who did serious harm in the last two years, those whom no record of the two years before names."""
    (share,) = world.tables.execute(
        """with first as (
             select l.person_uid as uid, min(to_timestamp(l.second)::timestamp) as at_ from label as l
             where l.recorded_at is not null and l.cancelled_at is null group by 1)
           select avg((not exists (select 1 from suspected as s where s.uid = f.uid and s.known < f.at_
             and s.occurred < f.at_ and s.occurred >= f.at_ - interval 730 day))::int)
           from first as f where f.at_ >= ?""",
        [world.end - timedelta(730)],
    ).fetchone() or (None,)
    print(f"  without an earlier record as a suspect: {share:.2f}")


def weights(world: ScoreWorld) -> None:
    """Overlap at twenty of the RFGV lists under the two indices, force by force, on the last day."""
    gravity = read_gravity(GRAVITY)
    rows = world.tables.execute(
        "select key, (cjs_code, rc_class, force) from crime where version = 0"
    ).fetchall()
    codes, lists = dict(rows), dict[Index, dict[int, list[str]]]()
    indices: tuple[Index, Index] = ("css", "cchi_days")
    for index in indices:
        by_force: dict[int, list[Event]] = {}
        for event in events_of(world):
            cjs_code, rc_class, force = codes[int(event.crime_ref)]
            weighed = replace(event, days=gravity.weight(cjs_code, rc_class, index))
            by_force.setdefault(force, []).append(weighed)
        lists[index] = {force: ranked(events, world.end) for force, events in by_force.items()}
    shares = [
        overlap(one, lists["cchi_days"][force]).share for force, one in lists["css"].items() if len(one) > 200
    ]
    print(
        f"  overlap at 20 of RFGV under both indices: {', '.join(f'{share:.2f}' for share in sorted(shares))}"
    )


def ranked(events: Sequence[Event], day: date) -> list[str]:
    """Persons in the order of RFGV."""
    points = rfgv(events, day)
    return list(in_order(points.values(), {name: one.total for name, one in points.items()}))


def notice(world: ScoreWorld, cohort: Cohort, trained: Trained) -> None:
    """Weekly lists of one world by a model that knows nothing later than its first origin; notice before events."""
    origin, horizon = trained.judged[0].origin, trained.plan.horizon_days
    model = fit(trained.choice.champion.recipe, cohort.on(origin.train).rows(trained.head))
    weeks = [
        origin.test[0] + timedelta(7 * n) for n in range(30) if origin.test[0] + timedelta(7 * n) <= world.end
    ]
    by_model, by_rule = {}, {}
    for week in weeks:
        tonight = cohort_of(world, [week])
        for lists, score in ((by_model, model.logit(tonight.matrix)), (by_rule, tonight.rules["rfgv"])):
            lists[week] = [str(tonight.person[place]) for place in np.argsort(-score, kind="stable")[:LISTED]]
    rows = world.tables.execute(
        "select person_uid, to_timestamp(second)::date from label where recorded_at is not null"
    ).fetchall()
    events = [(f"{world.seed}-{uid}", day) for uid, day in rows if weeks[0] < day <= weeks[-1]]
    for name, lists in (("champion", by_model), ("rfgv", by_rule)):
        found = replay(lists, events, horizon)
        print(
            f"notice by {name}, {LISTED} listed, {len(events)} events: {found.share_noticed:.3f} noticed, ",
            end="",
        )
        print(f"median {found.median_days} days; {found.n_listed} listings, {found.n_listed_in_vain} in vain")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [101])

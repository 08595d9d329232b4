"""Visits to managed offenders: planned from the plan's own frequency, done in time, late or never by workload.

Not here: who is managed (managed_cohort). A visit is two versions of one row: planned, and then done.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import NOBODY, Floats, Ints, stream
from synthetic_world.rates import Rates
from synthetic_world.risks.managed import Managed, managers
from synthetic_world.risks.managed_states import CUSTODY, UNKNOWN, WANTED, ends_of, free_from, state_at
from synthetic_world.risks.risk_ground import Standing, chosen, logistic
from synthetic_world.risks.risk_rows import DAY, HOUR, NO_DAY, Book, Coded, Columns, picked, stacked

TYPES: Final = ("announced", "unannounced")
OUTCOMES: Final = ("seen", "not_seen", "refused", "concern", "cancelled")
NOTES: Final = (
    "Seen at home, devices shown, nothing of note.", "No answer, card left.",
    "Neighbour says {person} is rarely there.", "Second phone on the table, not declared.",
    "{person} has a new partner who has children. Disclosure to be considered.",
    "Room not lived in. Post for other names.", "Calm, in work, no change to the plan.",
    "Would not unlock a tablet. Order conditions explained.", "Says he is staying with a friend some nights.",
)  # fmt: skip


def make_visits(standing: Standing, book: Book, r: Rates, made: Managed) -> None:
    """Enter the planned visits of a block, and what became of them."""
    ground = standing.ground
    random = stream(ground.world.seed, "visits", ground.block.key)
    who, planned, before = _planned(standing, r, random, made)
    n, cohort = len(who), made.cohort
    late = _lateness(r, random, made)[who]
    is_late = random.random(n) < late
    days_late = 30 + random.exponential(r.number("visit_late_days"), n)
    done = planned + np.where(is_late, days_late, random.integers(-6, 12, size=n)).astype(np.int32)
    state = state_at(cohort, made.changes, who, done)
    is_away = np.isin(state, (CUSTODY, WANTED, UNKNOWN))
    outcome = np.where(is_away, OUTCOMES.index("not_seen"), chosen(random, r.numbers("visit_outcome"), n))
    outcome = np.where(state == CUSTODY, OUTCOMES.index("cancelled"), outcome)
    is_noted = (random.random(n) < r.number("visit_note")) | (outcome == OUTCOMES.index("concern"))
    note = np.where(outcome == 1, 1 + random.integers(2, size=n), random.integers(len(NOTES), size=n))
    is_done = (random.random(n) >= r.number("visit_never")) & (done <= ground.world.horizon)
    kinds = (random.random(n) < r.number("visit_unannounced")).astype(np.int8)
    first: Columns = {
        "key": book.keys("managed_visit", n), "version": np.zeros(n, np.int16),
        "recorded_at": before.astype(np.int64) * DAY + random.integers(9 * HOUR, 17 * HOUR, size=n),
        "occurred_from": planned.astype(np.int64) * DAY, "offender_key": made.key[who], "planned_date": planned,
        "done_date": np.full(n, NO_DAY, np.int32), "visit_type": Coded(TYPES, kinds),
        "outcome": Coded(OUTCOMES, np.full(n, NOBODY, np.int8)), "manager_ref": managers(standing, cohort)[who],
        "note_text": Coded(NOTES, np.full(n, NOBODY, np.int8)), "person_uid": book.uid(cohort.person[who]),
    }  # fmt: skip
    entered = (done.astype(np.int64) + random.integers(0, 4, size=n)) * DAY + 18 * HOUR
    after = first | {
        "version": np.ones(n, np.int16), "recorded_at": entered, "done_date": done, "outcome": Coded(OUTCOMES, outcome),
        "note_text": Coded(NOTES, np.where(is_noted, note, NOBODY)),
    }  # fmt: skip
    _, columns = stacked([(n, first), (int(is_done.sum()), picked(after, is_done))])
    force = np.full(n + int(is_done.sum()), ground.block.home.number, dtype=np.int32)
    book.add("managed_visit", force, columns)


def _planned(
    standing: Standing, r: Rates, random: np.random.Generator, made: Managed
) -> tuple[Ints, Ints, Ints]:
    """Offender, day planned and day of planning, of every visit while they are managed at large."""
    cohort, world, n = made.cohort, standing.ground.world, len(made.cohort)
    every = np.asarray(r.numbers("visit_months"))[cohort.risk] * 30.4
    begins = np.maximum(free_from(cohort) + 10, world.start + (every * random.random(n)).astype(np.int64))
    ends = np.minimum(ends_of(cohort), world.horizon + 60)
    is_visited = (cohort.risk > 0) | (random.random(n) >= r.number("visit_reactive"))
    counts = np.where(is_visited, np.maximum((ends - begins) / every, 0), 0).astype(np.int64)
    who = np.repeat(np.arange(n), counts)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts)
    planned = (begins[who] + turn * every[who] + random.integers(-3, 4, size=len(who))).astype(np.int32)
    before = np.maximum(planned - every[who] * 0.8, world.start - 20).astype(np.int32)
    kept = before <= world.horizon
    return who[kept].astype(np.int32), planned[kept], before[kept]


def _lateness(r: Rates, random: np.random.Generator, made: Managed) -> npt.NDArray[np.float64]:
    """Chance of a late visit for each offender, by the workload of the manager."""
    load: Floats = random.standard_normal(int(made.cohort.manager.max(initial=0)) + 1).astype(np.float32)
    effect, base = r.number("visit_workload"), r.number("visit_late")
    odds = np.log(base / (1 - base)) + effect * load - effect**2 * (0.5 - base)
    return logistic(odds)[made.cohort.manager]

"""What happens in a missing episode and what its markers say: harm by a latent of its own, grades that hardly know it.

Harm depends on the person's own latent, age, mental health, use by a cell and hours missing, and only so on how
often they go missing. Not here: who goes missing (missing_process), the rows (missing).
"""

from dataclasses import dataclass

import numpy as np

from synthetic_world.model import NOBODY, Codes, Flags, Floats
from synthetic_world.rates import Rates
from synthetic_world.risks.missing_process import Episodes
from synthetic_world.risks.risk_ground import Standing, chosen, logistic
from synthetic_world.risks.risk_rows import HOUR, NEVER

_YOUNG, _OFTEN = 15, 3  # in a world with strong interactions: below this age, from this episode on


@dataclass(frozen=True, slots=True)
class Facts:
    """One entry an episode."""

    harm: Codes  # index into missing.HARMS, 0 none
    risk: Codes  # index into missing.RISKS, as first graded
    chance_of_harm: Floats  # the latent truth
    cse_marker: Flags
    cce_marker: Flags
    mental_health_marker: Flags
    dementia_marker: Flags
    self_harm_marker: Flags
    trafficking_marker: Flags


def facts_of(standing: Standing, done: Episodes, r: Rates, random: np.random.Generator) -> Facts:
    """Draw what happened in each episode and what the report says of the person."""
    n, people = len(done), standing.ground.people
    unwell = people.mental_health[done.person]
    chance = _chance_of_harm(standing, done, r, random)
    is_harmed = random.random(n) < chance
    kinds = np.where(
        done.is_child,
        chosen(random, r.numbers("missing_harm_kind_child"), n),
        chosen(random, r.numbers("missing_harm_kind_adult"), n),
    )
    risk = np.where(
        is_harmed,
        chosen(random, r.numbers("missing_risk_of_harmed"), n),
        chosen(random, r.numbers("missing_risk"), n),
    )
    exploited = _exploitation_marker(standing, done, r, random)
    of_girls, of_boys = r.numbers("missing_marker_sexual")
    is_sexual = (random.random(len(people)) < np.where(people.sex == 0, of_girls, of_boys))[done.person]
    old = standing.age(done.person, done.seen) >= r.number("missing_dementia_age")
    referral = np.asarray(r.numbers("missing_trafficking_marker"))[done.in_cell.astype(int)]
    return Facts(
        harm=np.where(is_harmed, 1 + kinds, 0).astype(np.uint8),
        risk=risk.astype(np.uint8),
        chance_of_harm=chance.astype(np.float32),
        cse_marker=exploited & is_sexual,
        cce_marker=exploited & ~is_sexual,
        mental_health_marker=_by_state(r, "missing_mental_health_marker", done, unwell, random),
        dementia_marker=old & (random.random(n) < r.number("missing_dementia_marker")),
        self_harm_marker=_by_state(r, "missing_self_harm_marker", done, unwell, random),
        trafficking_marker=random.random(n) < referral,
    )


def _chance_of_harm(standing: Standing, done: Episodes, r: Rates, random: np.random.Generator) -> Floats:
    people = standing.ground.people
    own = random.standard_normal(len(people)).astype(np.float32)[done.person]
    usual = float(np.exp(r.number("missing_hours_log_mean")))
    hours = np.where(done.returned == NEVER, 10 * usual, (done.returned - done.seen) / HOUR)
    doublings = np.maximum(np.log2(np.maximum(hours, 1) / usual), 0)
    base = np.where(done.is_child, r.number("missing_harm_child"), r.number("missing_harm_adult"))
    odds = (
        base
        + r.number("missing_harm_latent") * own
        + r.number("missing_harm_mental_health") * people.mental_health[done.person]
        + r.number("missing_harm_cell") * done.in_cell
        + r.number("missing_harm_hours") * doublings
    )
    if standing.ground.world.interactions == "high":
        young = standing.age(done.person, done.seen) < _YOUNG
        odds += r.number("missing_harm_young_and_often") * (young & (done.place >= _OFTEN))
    return logistic(odds).astype(np.float32)


def _exploitation_marker(standing: Standing, done: Episodes, r: Rates, random: np.random.Generator) -> Flags:
    """Marker on the episode: drawn for each, then kept by habit once it was set for that person."""
    n = len(done)
    at_risk = standing.ground.people.is_looked_after[done.person] & done.is_child
    chance = np.where(at_risk, r.number("missing_marker_at_risk"), r.number("missing_marker_false"))
    chance = np.where(done.in_cell, r.number("missing_marker_true"), chance)
    is_new = (random.random(n) < chance) & (done.is_child | done.in_cell)
    if not n:
        return is_new
    begins = np.flatnonzero(np.r_[True, done.person[1:] != done.person[:-1]])
    first_row = np.repeat(begins, np.diff(np.r_[begins, n]))
    last_set = np.maximum.accumulate(np.where(is_new, np.arange(n), NOBODY))
    was_set = last_set >= first_row
    return is_new | (was_set & done.is_child & (random.random(n) < r.number("missing_marker_habit")))


def _by_state(r: Rates, key: str, done: Episodes, unwell: Flags, random: np.random.Generator) -> Flags:
    """A marker with a chance for children and one for adults, and others for those with mental ill-health."""
    child, adult, ill_child, ill_adult = r.numbers(key)
    chance = np.where(
        unwell, np.where(done.is_child, ill_child, ill_adult), np.where(done.is_child, child, adult)
    )
    return random.random(len(done)) < chance

"""Who may harm whom at home: pairs from ties and passing relationships, with a latent harm that no file ever shows.

Most pairs have next to no harm and never an event; a few have a great deal (C3.4). Offending of the suspect and harm
of the pair are correlated, so that records of the one say something, and only something, about the other. Not here:
the events of a pair (hawkes), how bad each is (severity).
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from synthetic_world.crimes.events import RELATIONSHIPS
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import TIES, Flags, Floats, Ground, Longs, People, Ties, World
from synthetic_world.model import Force as ForceOf
from synthetic_world.ordering import Whole
from synthetic_world.population.atlas import known_people
from synthetic_world.rates import rates

DYAD_BITS: Final = 32  # dyad_uid = block number << DYAD_BITS | number in the block
_WIDEST: Final = 5.0  # standard deviations
_ADULT_DAYS: Final = round(16 * 365.25)
_WHAT_B_IS: Final = {"partner": 0, "ex_partner": 1, "parent": 2, "child": 3, "sibling": 4, "other_family": 5}
_CONVERSE: Final = np.array([0, 1, 3, 2, 4, 5], np.uint8)  # if b is my parent, I am b's child
PARTNER: Final = RELATIONSHIPS.index("partner")
EX_PARTNER: Final = RELATIONSHIPS.index("ex_partner")


@dataclass(frozen=True, slots=True)
class Dyads:
    """Pairs, one place each. A partner becomes an ex-partner on `parted`."""

    suspect: Whole
    victim: Whole
    relation: Whole  # index into events.RELATIONSHIPS: what the suspect is to the victim, before they part
    parted: Whole  # day
    risk_from: Whole  # days between which something may start
    risk_to: Whole
    harm: Floats

    def __len__(self) -> int:
        """How many."""
        return len(self.suspect)

    def relation_on(self, dyad: Whole, day: Whole) -> Whole:
        """What the suspect is to the victim on a day."""
        relation = self.relation[dyad]
        return np.where((relation == PARTNER) & (day >= self.parted[dyad]), EX_PARTNER, relation)


def residents(world: World, home: ForceOf, n_people: int) -> float:
    """Residents that a block of so many known people stands for."""
    return n_people * home.population / max(known_people(world, home), 1)


def offending_score(people: People) -> Floats:
    """Offending on the log scale, mean 0 and spread 1 over those who offend at all; the rest stand low."""
    logs = np.log(np.maximum(people.offending, 1e-6))
    able = people.offending > 0
    score = (logs - logs[able].mean()) / max(float(logs[able].std()), 1e-6)
    return np.where(able, np.clip(score, -3, 3), -1.5).astype(np.float32)


def make_dyads(random: np.random.Generator, here: Whereabouts) -> Dyads:
    """All pairs of a block that may come to harm between the start and the horizon."""
    ground, r = here.ground, rates("harm")
    people, world = ground.people, ground.world
    wanted = int(r.number("dyads_per_1000") / 1000 * residents(world, people.block.home, len(people)))
    tied = _from_ties(random, ground, wanted)
    passing = _passing(random, here, max(wanted - len(tied[0]), 0))
    suspect, victim, relation, since, parted, until = (
        np.concatenate([one, other]) for one, other in zip(tied, passing, strict=True)
    )
    grown = np.maximum(people.birth_day[suspect], people.birth_day[victim]) + _ADULT_DAYS
    risk_from = np.maximum(since, np.maximum(grown, world.start - int(r.number("warm_up_days"))))
    risk_to = np.minimum(until, world.horizon)
    kept = np.flatnonzero(risk_to > risk_from)
    return Dyads(
        suspect[kept].astype(np.int32),
        victim[kept].astype(np.int32),
        relation[kept].astype(np.int32),
        parted[kept].astype(np.int32),
        risk_from[kept].astype(np.int32),
        risk_to[kept].astype(np.int32),
        _harm(random, offending_score(people)[suspect[kept]]),
    )


def _harm(random: np.random.Generator, score: Floats) -> Floats:
    """Gamma with mean 1, rank-correlated with the suspect's offending."""
    tied = rates("harm").number("harm_offending_correlation")
    normal = tied * score + math.sqrt(1 - tied**2) * random.standard_normal(len(score), dtype=np.float32)
    harm = _gamma_of_normal(rates("harm").number("harm_shape"))
    place = (np.clip(normal, -_WIDEST, _WIDEST) + _WIDEST) * ((len(harm) - 1) / (2 * _WIDEST))
    return np.asarray(harm[place.astype(np.int32)], np.float32)


@lru_cache(maxsize=4)
def _gamma_of_normal(shape: float) -> Floats:
    """Values of a gamma distribution with mean 1, by rank of standard normal values from -5 to 5 in equal steps."""
    root = np.linspace(0, (60 / shape) ** shape, 200_000)  # its density is smooth at 0, that of x is not
    x = root ** (1 / shape)
    density = np.exp(-shape * x)
    share = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(root))])
    share /= share[-1]
    normal = np.array([0.5 * (1 + math.erf(z / math.sqrt(2))) for z in np.linspace(-_WIDEST, _WIDEST, 8192)])
    return np.asarray(np.interp(normal, share, x), np.float32)


def _from_ties(random: np.random.Generator, ground: Ground, wanted: int) -> tuple[Whole, ...]:
    """Suspect, victim, relation, since, parted, until for pairs among the ties of the block."""
    ties, people, r = ground.ties, ground.people, rates("harm")
    what = np.array([_WHAT_B_IS.get(kind, -1) for kind in TIES])[ties.kind]
    is_couple = (what == PARTNER) | (what == EX_PARTNER)
    share = np.where(is_couple, 1.0, np.where(what >= 0, r.number("family_share"), 0.0))
    parted = is_couple & (what == EX_PARTNER) & np.isin(_pair(ties), _pair(ties)[what == PARTNER])
    chosen = np.flatnonzero(
        (random.random(len(what)) < share) & ~parted
    )  # exes of the same couple are one pair
    if len(chosen) > wanted:
        chosen = np.sort(random.permutation(chosen)[:wanted])
    a, b, what = ties.a[chosen], ties.b[chosen], what[chosen]
    is_b = _is_b_suspect(random, people, a, b, what)
    suspect, victim = np.where(is_b, b, a), np.where(is_b, a, b)
    relation = np.where(is_b, what, _CONVERSE[np.maximum(what, 0)])
    end = ties.end_day[chosen]
    after = random.exponential(r.number("after_parting_days"), len(chosen))
    until = np.where(what == PARTNER, np.minimum(end + after, 2**30), end)
    return suspect, victim, relation, ties.start_day[chosen], end, until.astype(np.int64)


def _pair(ties: Ties) -> Longs:
    """One number for the two people of each tie."""
    return (np.minimum(ties.a, ties.b).astype(np.int64) << 32) + np.maximum(ties.a, ties.b)


def _is_b_suspect(random: np.random.Generator, people: People, a: Whole, b: Whole, what: Whole) -> Flags:
    """Whether b harms a: men harm women more often than women men, and grown children their parents."""
    r, male = rates("harm"), people.sex == 1
    chance = np.full(len(a), 0.5)
    chance = np.where(male[b] & ~male[a], r.number("male_suspect"), chance)
    chance = np.where(~male[b] & male[a], 1 - r.number("male_suspect"), chance)
    chance = np.where(what == _WHAT_B_IS["child"], r.number("child_suspect"), chance)
    chance = np.where(what == _WHAT_B_IS["parent"], 1 - r.number("child_suspect"), chance)
    return np.asarray(random.random(len(a)) < chance)


def _passing(random: np.random.Generator, here: Whereabouts, n: int) -> tuple[Whole, ...]:
    """Pairs that no tie knows: partners for a time, met near home, the man usually the one who harms."""
    people, world, r = here.ground.people, here.ground.world, rates("harm")
    middle = (world.start + world.end) // 2
    adult = (middle - people.birth_day) > _ADULT_DAYS
    male = people.sex == 1
    weight = np.where(adult, np.sqrt(people.offending) + 0.05, 0) * np.where(
        male, 1, 1 - r.number("male_suspect")
    )
    total = np.cumsum(weight, dtype=np.float64)
    if n == 0 or total[-1] <= 0:
        return tuple(np.zeros(0, np.int64) for _ in range(6))
    tries = 4 * n
    suspect = np.searchsorted(total, np.sort(random.random(tries)) * total[-1]).astype(np.int32)
    force, address = here.home(suspect, np.full(tries, middle * 86_400, np.int64))
    lsoa = here.lsoa(force, address)
    victim = here.met(random, force, lsoa)
    apart = np.abs(people.birth_day[suspect] - people.birth_day[victim]) < r.number("passing_age_gap") * 365
    is_mixed = (male[suspect] != male[victim]) | (random.random(tries) < r.number("same_sex"))
    is_other = (victim >= 0) & (people.household[suspect] != people.household[victim])
    kept = np.flatnonzero(apart & is_mixed & is_other & adult[victim])
    kept = np.sort(random.permutation(kept)[:n])
    since, parted, until = _spells(random, world, len(kept))
    return suspect[kept], victim[kept], np.full(len(kept), PARTNER), since, parted, until


def _spells(random: np.random.Generator, world: World, n: int) -> tuple[Longs, Longs, Longs]:
    """First day, parting and end of passing pairs: as many on any day, the first of the history included.

    Lengths are exponential, so what is left of a spell on the first day is as long as a new one.
    """
    together, after = rates("harm").number("passing_days"), rates("harm").number("after_parting_days")
    length = world.horizon - world.start
    luck = random.random(n) * (length + together + after)
    was_together, had_parted = luck < together, (luck >= together) & (luck < together + after)
    one, two, three = random.standard_exponential((3, n))
    begun = world.start + random.random(n) * length
    parted = np.where(
        had_parted, world.start - two * after, np.where(was_together, world.start, begun) + one * together
    )
    since = np.where(
        was_together, world.start - two * together, np.where(had_parted, parted - one * together, begun)
    )
    until = np.where(had_parted, world.start, parted) + three * after
    return since.astype(np.int64), parted.astype(np.int64), until.astype(np.int64)

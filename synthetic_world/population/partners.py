"""Partners and former partners: under one roof, apart, and of earlier years.

Partnerships begin and end at any time; who has parted is a former partner from that day on. Not here: other ties.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Codes, Indices, World, stream
from synthetic_world.population.households import PARTNER as PARTNER_ROLE
from synthetic_world.population.households import Households
from synthetic_world.population.people import DAYS_IN_YEAR, Community
from synthetic_world.population.tie_rows import EX_PARTNER, LASTS, PARTNER, TieRows, lasting
from synthetic_world.rates import rates

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Partners:
    """The ties, and the pairs who live apart (the woman first where there is one): fathers are among them."""

    rows: tuple[TieRows, ...]
    apart_a: Indices
    apart_b: Indices


def make_partners(world: World, community: Community) -> Partners:
    """All pairs of a block."""
    r, households = rates("ties"), community.households
    random = stream(world.seed, "partners", community.people.block.key)
    rows = _couples(random, world, households)
    is_coupled = np.zeros(len(households), dtype=bool)
    is_coupled[households.household[households.role == PARTNER_ROLE]] = True
    low, high = r.numbers("apart_ages")
    adult = (households.age >= low) & (households.age < high)
    single = np.flatnonzero(adult & ~is_coupled[households.household])
    found: list[tuple[Indices, Indices]] = []
    for kept in r.numbers("apart_rounds"):
        a, b = _new(found, *_matched(random, community, single, kept))
        rows += _apart(random, world, community.people.birth_day, a, b)
        found.append((a, b))
    grown = np.flatnonzero(adult & (households.age > 20))
    a, b = _new(found, *_matched(random, community, grown, r.number("earlier_partners")))
    ended = world.start - random.integers(1, int(r.number("apart_begins") * DAYS_IN_YEAR), size=len(a))
    rows.append(lasting(EX_PARTNER, a, b, ended))
    found.append((a, b))
    return Partners(tuple(rows), *(np.concatenate(side) for side in zip(*found, strict=True)))


def _new(found: list[tuple[Indices, Indices]], a: Indices, b: Indices) -> tuple[Indices, Indices]:
    """The pairs that were not found in an earlier round."""
    known = [(np.minimum(*pair).astype(np.int64) << 32) + np.maximum(*pair) for pair in (*found, (a, b))]
    new = ~np.isin(known.pop(), np.concatenate([np.zeros(0, dtype=np.int64), *known]))
    return a[new], b[new]


def _couples(random: np.random.Generator, world: World, households: Households) -> list[TieRows]:
    """Head and partner of each household that has both."""
    r = rates("ties")
    b = np.flatnonzero(households.role == PARTNER_ROLE)
    a = households.start[households.household[b]].astype(np.int64)
    grown = (np.minimum(households.age[a], households.age[b]) - 16) * DAYS_IN_YEAR
    together = np.minimum(
        random.exponential(r.number("couple_lasts") * DAYS_IN_YEAR, len(b)), np.maximum(grown, 1)
    )
    begins = random.random(len(b)) < r.number("couple_begins")
    start = np.where(begins, random.integers(world.start, world.horizon, size=len(b)), world.start - together)
    lasts = random.exponential(DAYS_IN_YEAR / r.number("couple_ends"), len(b))
    return _parting(
        world, a, b, start.astype(np.int64), (np.maximum(start, world.start) + lasts + 1).astype(np.int64)
    )


def _apart(
    random: np.random.Generator, world: World, birth_day: Indices, a: Indices, b: Indices
) -> list[TieRows]:
    """Pairs who never share a household, from before the history to its end."""
    r = rates("ties")
    first = world.start - int(r.number("apart_begins") * DAYS_IN_YEAR)
    grown = np.maximum(birth_day[a], birth_day[b]) + int(15.5 * DAYS_IN_YEAR)
    start = np.maximum(random.integers(first, world.horizon, size=len(a)), grown)
    lasts = random.exponential(r.number("apart_lasts") * DAYS_IN_YEAR, len(a)).astype(np.int64)
    return _parting(world, a, b, start, start + lasts + 1)


def _parting(world: World, a: Indices, b: Indices, start: Indices, end: Indices) -> list[TieRows]:
    """Partners until the end, former partners after it."""
    parts = end <= world.horizon
    end = np.where(parts, end, LASTS)
    return [TieRows(PARTNER, a, b, start, end), lasting(EX_PARTNER, a[parts], b[parts], end[parts])]


def _matched(
    random: np.random.Generator, community: Community, candidates: Indices, kept: float
) -> tuple[Indices, Indices]:
    """Pairs of one place, age and mostly culture, of both sexes; a share of them is kept."""
    r, households = rates("ties"), community.households
    order = np.argsort(_meeting_places(random, community, candidates))
    people = candidates[order]
    one, other = people[0 : len(people) // 2 * 2 : 2], people[1::2]
    sex: Codes = households.sex
    good = (sex[one] != sex[other]) | (random.random(len(one)) < r.number("same_sex"))
    good &= np.abs(households.age[one] - households.age[other]) <= r.number("widest_gap")
    good &= households.household[one] != households.household[other]
    good &= random.random(len(one)) < kept
    one, other = one[good], other[good]
    swap = sex[one] > sex[other]
    return np.where(swap, other, one), np.where(swap, one, other)


def _meeting_places(random: np.random.Generator, community: Community, candidates: Indices) -> Numbers:
    """A number that is near for people who may meet: culture, cluster of LSOAs, age."""
    r, households = rates("ties"), community.households
    lsoa = households.lsoa[households.household[candidates]]
    cluster = lsoa // int(r.number("lsoas_per_cluster"))
    keeps = random.random(len(candidates)) < r.number("same_culture")
    culture = np.where(keeps, community.people.culture[candidates], 0)
    age = households.age[candidates] + random.normal(0, r.number("age_noise"), len(candidates))
    return np.asarray(culture * 1e8 + cluster * 1e3 + age)

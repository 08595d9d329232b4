"""Who lives with whom: households in order of LSOA, their members by role, sex and age, and the twins among them.

Ages are in years at the middle of the history; nobody is born after it starts. Not here: names (naming), origin
(origins), addresses and moves (moves), ties (ties).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import NOBODY, Block, Codes, Flags, Ints, Longs, Places, World, stream
from synthetic_world.population.ages import as_gamma, child_ages, gamma_from
from synthetic_world.rates import rates

KINDS: Final = (
    "alone", "couple", "couple_children", "lone_parent", "extended", "sharers", "foster", "residential",
)  # fmt: skip
ALONE, COUPLE, COUPLE_CHILDREN, LONE_PARENT, EXTENDED, SHARERS, FOSTER, RESIDENTIAL = range(len(KINDS))
ROLES: Final = ("head", "partner", "child", "grandparent", "sharer", "foster_child", "resident")
HEAD, PARTNER, CHILD, GRANDPARENT, SHARER, FOSTER_CHILD, RESIDENT = range(len(ROLES))
FEMALE: Final = 0
MALE: Final = 1

_LONGEST: Final = 7  # members of the largest household
_FIRST_ROLES: Final = {
    ALONE: (HEAD,), COUPLE: (HEAD, PARTNER), COUPLE_CHILDREN: (HEAD, PARTNER, CHILD), LONE_PARENT: (HEAD, CHILD),
    EXTENDED: (HEAD, PARTNER, GRANDPARENT, CHILD), SHARERS: (SHARER,), FOSTER: (HEAD, FOSTER_CHILD),
    RESIDENTIAL: (RESIDENT,),
}  # fmt: skip
_ADULTS: Final = (1, 2, 2, 1, 3, 0, 1, 0)  # by kind, who come before the counted members
_COUNTED: Final = (None, None, "children", "children", "children", "sharers", "fostered", "residents")
_FEWEST: Final = {"children": 1, "sharers": 2, "fostered": 1, "residents": 3}

_YOUNGEST_PARENT: Final = 16.5
_YOUNGEST_BIRTH: Final = 14.5  # age at the birth of a child, after all ages were made one distribution
_LAST_YEARS: Final = 9.0  # over which those who would be too old are spread

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Members:
    """What the ages are made of: kind by household, the rest by member."""

    kind: Ints
    household: Ints
    role: Longs
    sex: Longs
    position: Ints

    def place_among_children(self, members: Longs) -> Longs:
        """0 for the oldest child of a household."""
        return np.asarray(self.position[members] - np.take(_ADULTS, self.kind[self.household[members]]))


@dataclass(frozen=True, slots=True)
class Households:
    """Households and their members; members of one household stand together."""

    kind: Codes  # by household
    lsoa: Ints  # by household, rising
    start: Ints  # by household, and one more: index of its first member
    household: Ints  # by member
    role: Codes  # by member
    sex: Codes
    age: Numbers
    twin_of: Ints

    def __len__(self) -> int:
        """How many households."""
        return len(self.kind)

    def father(self) -> Ints:
        """By household: its male parent, or NOBODY."""
        found = np.full(len(self), NOBODY, dtype=np.int32)
        is_parent = (self.role <= PARTNER) & (self.sex == MALE)
        at = np.flatnonzero(is_parent)[::-1]  # the head is written last, so he wins
        found[self.household[at]] = at
        return found


def make_households(world: World, block: Block, home: Places) -> Households:
    """The households of one block, with as many members as the block has people."""
    random = stream(world.seed, "households", block.key)
    kind, size = _kinds(random, block.n_people)
    start = np.concatenate([[0], np.cumsum(size)]).astype(np.int32)
    household = np.repeat(np.arange(len(kind), dtype=np.int32), size)
    position = np.arange(len(household)) - start[household]
    role = _role_table()[kind[household], position]
    sex = _sexes(random, kind, start, household, role)
    youngest = world.years / 2 + 0.02
    members = _Members(kind, household, role, sex, position)
    with_children = np.flatnonzero((kind >= COUPLE_CHILDREN) & (kind <= EXTENDED))
    n_children = size[with_children] - np.take(_ADULTS, kind[with_children])
    children, is_twin = child_ages(random, np.maximum(n_children, 1), youngest)
    row = np.zeros(len(kind), dtype=np.int64)
    row[with_children] = np.arange(len(with_children))
    age = _ages(random, members, children, row)
    age = _settled(age, members, start, youngest)
    return Households(
        kind.astype(np.uint8),
        _lsoas(random, home, len(kind)),
        start,
        household,
        role.astype(np.uint8),
        sex.astype(np.uint8),
        age,
        _twins(members, is_twin, row),
    )


def _kinds(random: np.random.Generator, n: int) -> tuple[Ints, Ints]:
    """Kind and size of households that hold n people together; the last one is cut to fit."""
    r = rates("households")
    shares = np.asarray(r.numbers("kinds"))
    many = int(n / 1.7) + 50
    kind = _pick(random, shares, many)
    size = np.take(_ADULTS, kind)
    for place, counted in enumerate(_COUNTED):
        if counted:
            own = np.flatnonzero(kind == place)
            size[own] += _FEWEST[counted] + _pick(random, np.asarray(r.numbers(counted)), len(own))
    total = np.cumsum(size)
    last = int(np.searchsorted(total, n))
    kind, size = kind[: last + 1], size[: last + 1]
    size[last] -= total[last] - n
    return kind.astype(np.int32), size.astype(np.int32)


def _pick(random: np.random.Generator, shares: Numbers, n: int) -> Longs:
    """Indices drawn by share."""
    rising = np.cumsum(shares) / shares.sum()
    rising[-1] = 1.0
    return np.searchsorted(rising, random.random(n), side="right")


def _role_table() -> Longs:
    rows = [
        [roles[min(place, len(roles) - 1)] for place in range(_LONGEST)] for roles in _FIRST_ROLES.values()
    ]
    return np.array(rows)


def _lsoas(random: np.random.Generator, home: Places, n: int) -> Ints:
    weight = np.exp(rates("households").number("by_deprivation") * home.deprivation.astype(np.float64))
    rising = np.cumsum(weight) / weight.sum()
    found = np.searchsorted(rising, np.sort(random.random(n)), side="right")
    return np.minimum(found, len(weight) - 1).astype(np.int32)


def _sexes(random: np.random.Generator, kind: Ints, start: Ints, household: Ints, role: Longs) -> Longs:
    """Chance of a man by role and kind; partners are of the other sex than the head but for a few."""
    r = rates("households")
    of_head = np.full(len(KINDS), r.number("man_first"))
    of_head[[ALONE, SHARERS]] = r.number("men_alone"), r.number("men_sharing")
    of_head[[LONE_PARENT, FOSTER]] = 1 - r.number("mothers_alone"), 1 - r.number("mothers_alone")
    of_role = np.array(
        [
            0.0,
            0.0,
            r.number("boys"),
            r.number("elder_men"),
            r.number("men_sharing"),
            *[r.number("boys_in_care")] * 2,
        ]
    )
    chance = np.where(role == HEAD, of_head[kind[household]], of_role[role])
    sex = (random.random(len(household)) < chance).astype(np.int64)
    partners = np.flatnonzero(role == PARTNER)
    is_same = random.random(len(partners)) < r.number("same_sex_couples")
    head_sex = sex[start[household[partners]]]
    sex[partners] = np.where(is_same, head_sex, 1 - head_sex)
    return sex


def _ages(random: np.random.Generator, members: _Members, children: Numbers, row: Longs) -> Numbers:
    """As the structure of the households has them, then made into the asked distribution."""
    r, role, household = rates("households"), members.role, members.household
    age = np.empty(len(household))
    _parents_ages(random, members, children, row, age)
    own = np.flatnonzero(role == CHILD)
    age[own] = children[row[household[own]], members.place_among_children(own)]
    own = np.flatnonzero(members.kind[household] == ALONE)
    age[own] = random.gamma(r.number("age_shape"), r.number("age_scale"), len(own))
    own = np.flatnonzero(role == SHARER)
    age[own] = gamma_from(random, "sharer_age", len(own))
    for one, key in ((FOSTER_CHILD, "fostered_age"), (RESIDENT, "resident_age")):
        own = np.flatnonzero(role == one)
        low, high = r.numbers(key)
        age[own] = low + (high - low) * np.sqrt(random.random(len(own)))
    own = np.flatnonzero(role < FOSTER_CHILD)
    age[own] = as_gamma(age[own])
    return age


def _parents_ages(
    random: np.random.Generator, members: _Members, children: Numbers, row: Longs, age: Numbers
) -> None:
    """Mothers from their oldest child, men from their partners, grandparents from the mother."""
    kind, household, role = members.kind, members.household, members.role
    mother = np.zeros(len(kind))
    own = np.flatnonzero((kind >= COUPLE_CHILDREN) & (kind <= EXTENDED))
    mother[own] = children[row[own], 0] + gamma_from(random, "mother_gap", len(own))
    for one, key in ((COUPLE, "couple_age"), (FOSTER, "carer_age")):
        own = np.flatnonzero(kind == one)
        mother[own] = gamma_from(random, key, len(own))
    gap, spread = rates("households").numbers("partner_gap")
    parents = np.flatnonzero((role <= PARTNER) & (kind[household] != ALONE))
    is_man = members.sex[parents] == MALE
    older = np.where(is_man, random.normal(gap, spread, len(parents)), 0)
    as_young = _YOUNGEST_PARENT + 3 * random.random(len(parents))
    age[parents] = np.maximum(mother[household[parents]] + older, as_young)
    own = np.flatnonzero(role == GRANDPARENT)
    age[own] = mother[household[own]] + gamma_from(random, "mother_gap", len(own))


def _settled(age: Numbers, members: _Members, start: Ints, youngest: float) -> Numbers:
    """No parent too near their children in age, nobody too old, nobody born after the history starts."""
    role, household = members.role, members.household
    oldest_child = np.maximum.reduceat(np.where(role == CHILD, age, 0), start[:-1])[household]
    least = np.where(oldest_child > 0, oldest_child + _YOUNGEST_BIRTH, 0)
    age = np.where(role <= PARTNER, np.maximum(age, least), age)
    parent = np.maximum.reduceat(np.where(role <= PARTNER, age, 0), start[:-1])[household]
    age = np.where(role == GRANDPARENT, np.maximum(age, parent + _YOUNGEST_BIRTH), age)
    most = rates("households").number("oldest_known")
    age = np.where(age > most, most - (age - most) % _LAST_YEARS, age)
    return np.where(age < youngest, youngest + 0.4 * age / youngest, age)


def _twins(members: _Members, is_twin: Flags, row: Longs) -> Ints:
    found = np.full(len(members.household), NOBODY, dtype=np.int32)
    own = np.flatnonzero(members.role == CHILD)
    second = own[is_twin[row[members.household[own]], members.place_among_children(own)]]
    found[second], found[second - 1] = second - 1, second
    return found

"""Ties of family, house and care home: parents and children, brothers and sisters, sharers, children placed together.

In a row of kind child, a is the parent and b the child, under one roof; in a row of kind parent, a is the child and b
a parent who lives elsewhere. Not here: partners (partners), associates (ties).
"""

import numpy as np
import numpy.typing as npt

from synthetic_world.model import NOBODY, Indices, World, stream
from synthetic_world.population import households as home
from synthetic_world.population.households import Households
from synthetic_world.population.partners import Partners
from synthetic_world.population.people import DAYS_IN_YEAR, Community
from synthetic_world.population.tie_rows import (
    CARE_PLACEMENT,
    CHILD,
    CO_RESIDENT,
    OTHER_FAMILY,
    PARENT,
    SIBLING,
    TieRows,
    lasting,
)
from synthetic_world.rates import rates

_YOUNGEST_BIRTH = 14

Flags = npt.NDArray[np.bool_]


def make_relatives(world: World, community: Community, partners: Partners) -> list[TieRows]:
    """All ties of a block that are neither of love nor of crime."""
    return [
        *_family(community),
        *_living_apart(community, partners, stream(world.seed, "fathers", community.people.block.key)),
        *_under_one_roof(world, community),
    ]


def _family(community: Community) -> list[TieRows]:
    """Under one roof."""
    households, born = community.households, community.people.birth_day
    role, household = households.role, households.household
    children = np.flatnonzero(role == home.CHILD)
    heads = households.start[household[children]]
    partner = np.full(len(households), NOBODY, dtype=np.int64)
    partner[household[role == home.PARTNER]] = np.flatnonzero(role == home.PARTNER)
    second = partner[household[children]]
    both = second != NOBODY
    rows = [_children(born, heads, children), _children(born, second[both], children[both])]
    for apart in (1, 2, 3):
        a, b = _neighbours(households, role == home.CHILD, apart)
        rows.append(lasting(SIBLING, a, b, np.maximum(born[a], born[b])))
    elders = np.flatnonzero(role == home.GRANDPARENT)
    rows.append(_children(born, elders, elders - 1))
    for apart in (1, 2, 3):
        a, b = _neighbours(households, np.isin(role, (home.GRANDPARENT, home.CHILD)), apart)
        is_elder = role[a] == home.GRANDPARENT
        rows.append(lasting(OTHER_FAMILY, a[is_elder], b[is_elder], born[b[is_elder]]))
    return rows


def _children(born: Indices, parents: Indices, children: Indices) -> TieRows:
    """Parents and children, but for the few very old whose ages had to be brought down too near their children's."""
    good = born[children] - born[parents] >= _YOUNGEST_BIRTH * DAYS_IN_YEAR
    return lasting(CHILD, parents[good], children[good], born[children[good]])


def _living_apart(community: Community, partners: Partners, random: np.random.Generator) -> list[TieRows]:
    """Parents of grown heads, and fathers of children who live with their mother alone."""
    households, born = community.households, community.people.birth_day
    grown = np.flatnonzero(community.parents != NOBODY)
    a, b = households.start[grown], households.start[community.parents[grown]]
    rows = [lasting(PARENT, a, b, born[a])]
    is_lone = households.kind[households.household] == home.LONE_PARENT
    mothers = is_lone & (households.role == home.HEAD) & (households.sex == home.FEMALE)
    pairs = np.flatnonzero(mothers[partners.apart_a] & (households.sex[partners.apart_b] == home.MALE))
    pairs = pairs[random.random(len(pairs)) < rates("ties").number("absent_father")]
    father = np.full(len(households), NOBODY, dtype=np.int64)
    father[households.household[partners.apart_a[pairs]]] = partners.apart_b[pairs]
    children = np.flatnonzero(households.role == home.CHILD)
    theirs = father[households.household[children]]
    old_enough = (theirs != NOBODY) & (households.age[theirs] - households.age[children] >= _YOUNGEST_BIRTH)
    children, theirs = children[old_enough], theirs[old_enough]
    return [*rows, lasting(PARENT, children, theirs, born[children])]


def _under_one_roof(world: World, community: Community) -> list[TieRows]:
    """Sharers of a house, children of one care home, and foster children with their carers; all for a time."""
    r, households = rates("ties"), community.households
    random = stream(world.seed, "roofs", community.people.block.key)
    rows = []
    for apart in (1, 2, 3, 4):
        pair = _neighbours(households, households.role == home.SHARER, apart)
        rows.append(_for_a_time(random, world, CO_RESIDENT, pair, r.number("sharing_lasts")))
    placed = np.flatnonzero(households.role == home.RESIDENT)
    placed = placed[np.argsort(community.people.address[placed], kind="stable")]
    for apart in (1, 2, 3):
        a, b = placed[:-apart], placed[apart:]
        same = community.people.address[a] == community.people.address[b]
        rows.append(
            _for_a_time(random, world, CARE_PLACEMENT, (a[same], b[same]), r.number("placement_lasts"))
        )
    fostered = np.flatnonzero(households.role == home.FOSTER_CHILD)
    carers = households.start[households.household[fostered]]
    rows.append(_for_a_time(random, world, CARE_PLACEMENT, (fostered, carers), r.number("placement_lasts")))
    return rows


def _neighbours(households: Households, counts: Flags, apart: int) -> tuple[Indices, Indices]:
    """Pairs of a household so far apart in it, both of whom count."""
    a = np.arange(len(counts) - apart)
    same = households.household[a] == households.household[a + apart]
    a = a[same & counts[a] & counts[a + apart]]
    return a, a + apart


def _for_a_time(
    random: np.random.Generator, world: World, kind: int, pair: tuple[Indices, Indices], years: float
) -> TieRows:
    a, b = pair
    before = int(years * DAYS_IN_YEAR)
    start = random.integers(world.start - before, world.horizon, size=len(a))
    lasts = random.exponential(years * DAYS_IN_YEAR, len(a)).astype(np.int64)
    return TieRows(kind, a, b, start, start + lasts + 1)

"""Where people live at the start, and every move after that, within a force and across its border.

Families move together; grown children, sharers and children in care each on their own. Only pools cross a border.
Not here: moves that managed offenders do not notify (whereabouts).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import gcd
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Block, Flags, Indices, Ints, Longs, Places, World, stream
from synthetic_world.population.atlas import known_abroad, known_people
from synthetic_world.population.households import (
    CHILD,
    FOSTER_CHILD,
    RESIDENT,
    RESIDENTIAL,
    SHARER,
    Households,
)
from synthetic_world.population.places import home_starts, n_homes
from synthetic_world.rates import rates

_GROWN_UP: Final = 18
_YOUNG_UNTIL: Final = 30
_STRIDE: Final = 37

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Moves:
    """One row a person and move, in order of both."""

    person: Ints
    day: Ints
    force: Ints
    address: Ints


@dataclass(frozen=True, slots=True)
class _Units:
    """Who moves together: households first, then people who move on their own."""

    of_person: Ints
    household: Ints  # by unit
    rate: Numbers  # by unit, moves a year
    in_care: Flags
    in_home: Flags  # in a care home at the start


def first_addresses(world: World, block: Block, home: Places, households: Households) -> Ints:
    """By household: a home of its LSOA. Each block has its own part of the homes, so that few are taken twice."""
    random = stream(world.seed, "addresses", block.key)
    starts = home_starts(home)
    n_of_lsoa = np.diff(starts)
    first = np.searchsorted(households.lsoa, np.arange(len(n_of_lsoa)))
    part = (_first_part(world, block) * n_of_lsoa).astype(np.int64)
    place = np.arange(len(households)) + (part - first)[households.lsoa]
    sizes = set(n_of_lsoa.tolist())
    stride = next(step for step in range(_STRIDE, 1 << 20) if all(gcd(step, n) == 1 for n in sizes))
    address = starts[households.lsoa] + place * stride % n_of_lsoa[households.lsoa]
    in_home = np.flatnonzero(households.kind == RESIDENTIAL)
    address[in_home] = home.care_homes[random.integers(len(home.care_homes), size=len(in_home))]
    return np.asarray(address, dtype=np.int32)


def _first_part(world: World, block: Block) -> float:
    """Where the block's part of the homes begins: natives first, then the pools in order of neighbour."""
    if block.other is None:
        return 0.0
    known = known_people(world, block.home)
    away = known_abroad(block.home, known)
    before = sum(n for other, n in away.items() if other < block.other.number)
    return 1 - (sum(away.values()) - before) / known


def make_moves(world: World, block: Block, places: Mapping[int, Places], households: Households) -> Moves:
    """All moves of a block from start to horizon."""
    random = stream(world.seed, "moves", block.key)
    units = _units(households)
    count = random.poisson(units.rate * world.years)
    unit: Indices = np.repeat(np.arange(len(count)), count)
    day: Indices = random.integers(world.start + 1, world.horizon + 1, size=len(unit))
    force_from = np.full(
        (2, len(count)), world.horizon + 1, dtype=np.int64
    )  # days of crossing and coming back
    if block.other:
        unit, day, force_from = _with_crossings(random, world, count, unit, day)
    order = np.argsort(unit * np.int64(1 << 20) + day)
    unit, day = unit[order], day[order]
    is_away = (day >= force_from[0][unit]) & (day < force_from[1][unit])
    address = np.empty(len(unit), dtype=np.int64)
    for away, force in ((False, block.home), (True, block.other)):
        rows = np.flatnonzero(is_away == away)
        if force and len(rows):
            near = households.lsoa[units.household[unit[rows]]] if not away else None
            address[rows] = _addresses(random, places[force.number], near, units, unit[rows])
    numbers = np.array([block.home.number, (block.other or block.home).number])
    return _by_person(units.of_person, unit, len(count), day, numbers[is_away.astype(np.int64)], address)


def _units(households: Households) -> _Units:
    r = rates("people")
    role, age, household = households.role, households.age, households.household
    is_grown_child = (role == CHILD) & (age >= _GROWN_UP)
    alone = np.flatnonzero((role >= SHARER) | is_grown_child)
    of_person = household.copy()
    of_person[alone] = len(households) + np.arange(len(alone), dtype=np.int32)
    heads = households.start[:-1]
    deciding = np.concatenate([heads, alone])
    is_young = (age[deciding] >= _GROWN_UP) & (age[deciding] < _YOUNG_UNTIL)
    in_care = role[deciding] >= FOSTER_CHILD
    rate = np.where(is_young, r.number("moves_young"), r.number("moves_usual"))
    rate = np.where(in_care, r.number("moves_in_care"), rate)
    rate[: len(heads)][(role[heads] >= SHARER)] = 0  # these households have no head; their members move alone
    return _Units(of_person, household[deciding], rate, in_care, role[deciding] == RESIDENT)


def _with_crossings(
    random: np.random.Generator, world: World, count: Indices, unit: Indices, day: Indices
) -> tuple[Indices, Indices, Longs]:
    """Add the moves across the border and back; so many that the asked share of all the force's moves cross."""
    r = rates("people")
    each = 1 + r.number("moves_back")
    chance = (
        r.number("moves_across")
        * count.mean()
        / (1 - r.number("moves_across"))
        / r.number("pool_share")
        / each
    )
    movers = np.flatnonzero(random.random(len(count)) < chance)
    never = world.horizon + 1
    out, back = np.full((2, len(count)), never, dtype=np.int64)
    out[movers] = random.integers(world.start + 1, world.horizon, size=len(movers))
    returns = movers[random.random(len(movers)) < r.number("moves_back")]
    back[returns] = (
        out[returns] + 1 + (random.random(len(returns)) * (world.horizon - out[returns])).astype(np.int64)
    )
    returns = returns[back[returns] <= world.horizon]
    units = np.concatenate([unit, movers, returns])
    days = np.concatenate([day, out[movers], back[returns]])
    return units, days, np.stack([out, back])


def _addresses(
    random: np.random.Generator, places: Places, near: Ints | None, units: _Units, unit: Indices
) -> Longs:
    """A home anywhere, or in the town of the LSOA `near`; care homes for children who move in care."""
    r, chance = rates("people"), random.random(len(unit))
    low, high = np.zeros(len(unit), np.int64), np.full(len(unit), n_homes(places), np.int64)
    if near is not None:
        starts, towns = home_starts(places), places.town
        first = np.searchsorted(towns, np.arange(len(places.towns)))
        last = np.searchsorted(towns, np.arange(len(places.towns)), side="right")
        stays = chance < r.number("moves_in_town")
        low = np.where(stays, starts[first[towns[near]]], low)
        high = np.where(stays, starts[last[towns[near]]], high)
    found = low + (random.random(len(unit)) * (high - low)).astype(np.int64)
    to_home = units.in_home[unit] | (
        units.in_care[unit] & (random.random(len(unit)) < r.number("moves_to_care_home"))
    )
    rows = np.flatnonzero(to_home)
    found[rows] = places.care_homes[random.integers(len(places.care_homes), size=len(rows))]
    return found


def _by_person(
    of_person: Ints, unit: Indices, n_units: int, day: Indices, force: Indices, address: Indices
) -> Moves:
    """The moves of each person's unit, under the person."""
    first = np.searchsorted(unit, np.arange(n_units + 1))
    many = np.diff(first)[of_person]
    person = np.repeat(np.arange(len(of_person)), many)
    place = np.arange(len(person)) - np.repeat(np.cumsum(many) - many, many)
    row = first[of_person[person]] + place
    return Moves(*(np.asarray(one, dtype=np.int32) for one in (person, day[row], force[row], address[row])))

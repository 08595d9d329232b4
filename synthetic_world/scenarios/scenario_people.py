"""The ground of a seeded scenario: its people with drawn names, their homes and moves, in a block of their own.

Not here: reading the file (scenario_files), the rows (scenario_rows).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from synthetic_world.draws import key_of
from synthetic_world.model import (
    CULTURES,
    ETHNICITIES,
    NOBODY,
    Block,
    Ground,
    Ints,
    People,
    Places,
    Ties,
    World,
    stream,
)
from synthetic_world.population import name_lists
from synthetic_world.population.atlas import scenario_block
from synthetic_world.population.ground import places_of
from synthetic_world.population.names import forename_places, surname_places, vocabulary
from synthetic_world.population.places import n_homes
from synthetic_world.risks.risk_ground import YEAR
from synthetic_world.scenarios.scenario_files import Person, Place, Scenario

_ETHNICITY: Final = {
    "british": "W1", "irish": "W2", "polish": "W9", "romanian": "W9", "albanian": "W9", "south_asian_muslim": "A2",
    "sikh": "A1", "hindu": "A1", "somali": "B2", "nigerian": "B2", "chinese": "A4", "vietnamese": "A9", "arabic": "O2",
    "portuguese": "W9", "caribbean": "B1",
}  # fmt: skip
_DECADES: Final = (1900, 1945, 1965, 1980, 1995, 2008)
_FOREVER: Final = 1 << 30


@dataclass(frozen=True, slots=True)
class Address:
    """Where a place of a scenario is in this world."""

    force: int
    address: int


@dataclass(frozen=True, slots=True)
class Staged:
    """A scenario in a world: its ground, and where its places are."""

    scenario: Scenario
    ground: Ground
    addresses: Mapping[str, Address]


def staged(world: World, scenario: Scenario, place: int) -> Staged:
    """Put a scenario into a world; `place` is its place among all scenarios."""
    by_code = {force.force_code: force for force in world.atlas}
    forces = [by_code[code] for code in scenario.forces]
    other = forces[1] if len(forces) > 1 else None
    block = scenario_block(forces[0], other, scenario.name, place, len(scenario.people))
    places = {force.number: places_of(world, force) for force in forces}
    numbers = {force.force_code: force.number for force in forces}
    random = stream(world.seed, "scenarios", block.key)
    addresses = {
        name: Address(numbers[one.force], _address(places[numbers[one.force]], one, random))
        for name, one in scenario.places.items()
    }
    people = _people(world, scenario, block, places[block.home.number], addresses, random)
    return Staged(scenario, Ground(world, block, places, people, _ties(world, scenario)), addresses)


def _address(places: Places, place: Place, random: np.random.Generator) -> int:
    """An address of the kind asked for, in the town asked for where there is one of that kind."""
    by_kind: dict[str, Ints] = {
        "home": np.arange(n_homes(places), dtype=np.int32), "care_home": places.care_homes, "hotel": places.hotels,
        "licensed": places.licensed, "hospital": places.hospitals, "school": places.schools,
    }  # fmt: skip
    every = by_kind[place.kind]
    town = places.town[places.address_lsoa[every]]
    near = every[town == place.town % len(places.towns)]
    able = near if len(near) else every
    return int(able[random.integers(len(able))])


def _people(
    world: World,
    scenario: Scenario,
    block: Block,
    home: Places,
    addresses: Mapping[str, Address],
    random: np.random.Generator,
) -> People:
    """Everybody of a scenario. People whose home is in another force moved there long before the history begins."""
    listed = scenario.people
    row = {one.name: number for number, one in enumerate(listed)}
    born = {one.name: int(world.end - one.age * YEAR - random.integers(1, 360)) for one in listed}
    born |= {one.name: born[one.twin_of] for one in listed if one.twin_of}
    forename, surname = _names(scenario, born, random)
    households = {name: number for number, name in enumerate(dict.fromkeys(one.household for one in listed))}
    moves = sorted(
        (row[one.name], world.end + day, addresses[place].force, addresses[place].address)
        for one in listed
        for day, place in (
            *(
                ((world.start - world.end - 4000, one.place),)
                if addresses[one.place].force != block.home.number
                else ()
            ),
            *one.moves,
        )
    )
    twin = [row[one.twin_of] if one.twin_of else NOBODY for one in listed]
    for number, mate in enumerate(list(twin)):
        if mate != NOBODY:
            twin[mate] = number
    table = np.array(moves, dtype=np.int32).reshape(-1, 4)
    n, adult = len(listed), np.array([one.age >= 18 for one in listed])
    key = key_of(np.full(n, world.seed), np.full(n, block.number), np.arange(n))
    return People(
        block=block,
        household=np.array([households[one.household] for one in listed], dtype=np.int32),
        sex=np.array([one.sex for one in listed], dtype=np.uint8),
        birth_day=np.array([born[one.name] for one in listed], dtype=np.int32),
        ethnicity=np.array(
            [ETHNICITIES.index(_ETHNICITY[CULTURES[one.culture]]) for one in listed], dtype=np.uint8
        ),
        culture=np.array([one.culture for one in listed], dtype=np.uint8),
        forename=forename,
        middle=np.full(n, NOBODY, dtype=np.int32),
        surname=surname,
        former_surname=np.full(n, NOBODY, dtype=np.int32),
        address=np.array(
            [
                addresses[one.place].address
                if addresses[one.place].force == block.home.number
                else int(key[number] % len(home.address_lsoa))
                for number, one in enumerate(listed)
            ],
            dtype=np.int32,
        ),
        twin_of=np.array(twin, dtype=np.int32),
        is_looked_after=np.array([one.is_looked_after for one in listed]),
        phone=np.array([one.phone for one in listed], dtype=np.int64),
        offending=np.where(adult, 1.0, 0.2).astype(np.float32),
        vulnerability=np.ones(n, dtype=np.float32),
        mental_health=np.zeros(n, dtype=bool),
        substance=np.zeros(n, dtype=bool),
        move_person=table[:, 0],
        move_day=table[:, 1],
        move_force=table[:, 2],
        move_address=table[:, 3],
    )


def _names(scenario: Scenario, born: Mapping[str, int], random: np.random.Generator) -> tuple[Any, Any]:
    """Forename and surname of everybody by culture, sex and year; twins and children bear the surname of theirs."""
    words = vocabulary()
    forenames, surnames = forename_places(), surname_places()
    first, last, at = (
        list[int](),
        list[int](),
        {one.name: number for number, one in enumerate(scenario.people)},
    )
    for one in scenario.people:
        own = [forenames[name] for name in _forenames(one, born[one.name]) if forenames[name] not in first]
        first.append(own[int(random.integers(min(len(own), 40)))])
        family = name_lists.surnames()[CULTURES[one.culture]]
        last.append(surnames[family[int(random.integers(len(family) // 4, len(family)))]])
    for one in scenario.people:
        if one.twin_of:
            first[at[one.name]] = int(words.similar[first[at[one.twin_of]]])
        if one.twin_of or one.parent:
            last[at[one.name]] = last[at[one.twin_of or one.parent]]
    return np.array(first, dtype=np.int32), np.array(last, dtype=np.int32)


def _forenames(one: Person, born: int) -> tuple[str, ...]:
    """The list of forenames for somebody of that culture, sex and year of birth."""
    sex, culture = "FM"[one.sex], CULTURES[one.culture]
    if culture != "british":
        return name_lists.other_forenames()[f"{culture} {sex}"]
    decade = max(year for year in _DECADES if year <= 1970 + born / YEAR)
    return name_lists.british_forenames()[f"{sex} {decade}"]


def _ties(world: World, scenario: Scenario) -> Ties:
    """Twins and parents."""
    at = {one.name: number for number, one in enumerate(scenario.people)}
    pairs = [(at[one.name], at[one.twin_of], 4) for one in scenario.people if one.twin_of]
    pairs += [(at[one.name], at[one.parent], 2) for one in scenario.people if one.parent]
    table = np.array(pairs, dtype=np.int32).reshape(-1, 3)
    start = np.full(len(table), world.start - 4000, dtype=np.int32)
    return Ties(
        table[:, 0], table[:, 1], table[:, 2].astype(np.uint8), start, np.full(len(table), _FOREVER, np.int32)
    )

"""Everybody of a block who may come to notice, put together from households, origins, names, moves and latents.

Not here: each of those, and who is what to whom (ties).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from synthetic_world.model import Block, Ints, People, Places, World
from synthetic_world.population.households import FOSTER_CHILD, Households, make_households
from synthetic_world.population.kin import make_kin
from synthetic_world.population.latents import make_latents
from synthetic_world.population.moves import first_addresses, make_moves
from synthetic_world.population.naming import Bearers, make_names
from synthetic_world.population.origins import make_origins
from synthetic_world.population.phones import make_phones

DAYS_IN_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Community:
    """The people of a block with what only their ties need to know."""

    people: People
    households: Households
    parents: Ints  # by household: that of the head's parents, or NOBODY


def make_people(world: World, block: Block, places: Mapping[int, Places]) -> Community:
    """The people of a block. They stand in order of LSOA and household."""
    home = places[block.home.number]
    households = make_households(world, block, home)
    ethnicity, culture = make_origins(world, block, home, households)
    parents, names_from = make_kin(world, block, households, culture)
    birth_day = _birth_days(world, households)
    birth_year = birth_day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + 1970
    bearers = Bearers(households.sex, culture.astype(np.int32), birth_year)
    names = make_names(world, block, households, bearers, names_from)
    in_care = households.role >= FOSTER_CHILD
    latents = make_latents(world, block, home, households, in_care)
    moves = make_moves(world, block, places, households)
    people = People(
        block=block,
        household=households.household,
        sex=households.sex,
        birth_day=birth_day,
        ethnicity=ethnicity,
        culture=culture,
        forename=names.forename,
        middle=names.middle,
        surname=names.surname,
        former_surname=names.former_surname,
        address=first_addresses(world, block, home, households)[households.household],
        twin_of=households.twin_of,
        is_looked_after=in_care,
        phone=make_phones(world, block, households.age),
        offending=latents.offending,
        vulnerability=latents.vulnerability,
        mental_health=latents.mental_health,
        substance=latents.substance,
        move_person=moves.person,
        move_day=moves.day,
        move_force=moves.force,
        move_address=moves.address,
    )
    return Community(people, households, parents)


def _birth_days(world: World, households: Households) -> Ints:
    """Ages are those of the middle of the history, and everybody is born before it starts."""
    middle = (world.start + world.horizon) / 2
    day = np.floor(middle - households.age * DAYS_IN_YEAR).astype(np.int32)
    return np.minimum(day, world.start - 1).astype(np.int32)

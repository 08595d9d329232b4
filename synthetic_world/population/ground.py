"""Everything that events are drawn on: the places, people and ties of one block, put together.

Not here: how any of them is drawn (places, people, ties).
"""

from functools import lru_cache

from synthetic_world.model import Block, Force, Ground, Places, World
from synthetic_world.population.people import make_people
from synthetic_world.population.places import make_places
from synthetic_world.population.ties import make_ties


def ground_of(world: World, block: Block) -> Ground:
    """The ground of one block. The same world and block give the same ground, in any order and process."""
    forces = (block.home, block.other) if block.other else (block.home,)
    places = {force.number: places_of(world, force) for force in forces if force}
    community = make_people(world, block, places)
    return Ground(world, block, places, community.people, make_ties(world, community))


@lru_cache(maxsize=48)  # every force there is; 13 MB for a force of a million
def places_of(world: World, force: Force) -> Places:
    """The places of a force, made once for all blocks that touch it."""
    return make_places(world, force)

"""Which county-lines-like cells there are: the force each comes from, the ones it sells in, how many people, when.

A cell is planned by the force its adults come from, and worked in the pools between that force and each of the others:
every block draws its own part from its own people, and needs to know no other block. Not here: who the people are
(cells), what they do (cell_offences).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from synthetic_world.model import Force, World, stream
from synthetic_world.population.atlas import known_abroad, known_people
from synthetic_world.rates import rates


@dataclass(frozen=True, slots=True)
class Part:
    """What one pool holds of a cell: its adults who bring, or those used where they live."""

    cell_id: int
    exporter: int  # number of the force the adults come from
    importer: int  # number of the force where this part sells
    n_exporters: int
    n_runners: int  # grown-ups of the importing force, one of them to hold each part together
    n_members: int
    start_day: int
    end_day: int


@lru_cache(maxsize=64)
def cells_from(world: World, number: int) -> tuple[Part, ...]:
    """All parts of the cells whose adults come from one force, cell by cell."""
    force = world.atlas[number]
    r, random = rates("harm"), stream(world.seed, "cells", force.force_code)
    if not force.neighbours:
        return ()
    n = int(random.poisson(r.number("cells_per_million") * force.population / 1e6 * world.years / 3.0))
    return tuple(part for place in range(n) for part in _planned(world, force, place, random))


def _planned(world: World, force: Force, place: int, random: np.random.Generator) -> list[Part]:
    r = rates("harm")
    near = known_abroad(force, known_people(world, force))
    sizes = np.asarray(r.numbers("cell_forces"))[: len(near)]
    n_importers = 1 + int(random.choice(len(sizes), p=sizes / sizes.sum()))
    weight = np.array(list(near.values()), float)
    chosen = random.choice(list(near), size=n_importers, replace=False, p=weight / weight.sum()).tolist()
    n_exporters = 1 + int(random.integers(int(r.number("cell_exporters_most"))))
    low, high = (int(bound) for bound in r.numbers("cell_members"))
    used = np.bincount(
        random.integers(n_importers, size=int(random.integers(low, high + 1))), minlength=n_importers
    )
    start = int(random.integers(world.start - 180, max(world.horizon - 120, world.start)))
    spread = r.number("cell_days_spread") * random.standard_normal()
    end = start + max(int(r.number("cell_days_median") * np.exp(spread)), 60)
    return [
        Part(
            cell_id=(number_of(force) << 32) + place,
            exporter=force.number,
            importer=importer,
            n_exporters=len(range(at, n_exporters, n_importers)),
            n_runners=1,
            n_members=max(int(used[at]) - 1, 1),
            start_day=start,
            end_day=end,
        )
        for at, importer in enumerate(chosen)
    ]


def number_of(force: Force) -> int:
    """What stands above the low bits of the ids of a force's cells."""
    return force.number + 1

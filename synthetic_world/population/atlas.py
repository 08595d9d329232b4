"""Which forces there are, which worlds can be asked for, and which blocks a world is made of.

The atlas holds every force whether asked for or not, and the blocks of a world follow from it alone, so that asking
for one force more changes nothing in the files of the others. Not here: what lies in a force (places), who lives
there (people).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read
from synthetic_world.model import Block, Force, World, stream
from synthetic_world.rates import Knobs, rates

HERE: Final = Path(__file__).parent
POOLS_FROM: Final = (
    100  # numbers of pools: this times (1 + home), plus other; natives have the force's own number
)
SCENARIOS_FROM: Final = 10_000  # numbers of the seeded scenarios begin here
MOST_YEARS: Final = 20
MOST_SEED: Final = 2**32 - 1
INTERACTIONS: Final = ("usual", "high")


class WorldError(ValueError):
    """A world that cannot be made; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A force as the atlas lists it."""

    force_code: str
    name: str
    size: float  # residents against the mean of the nine named forces
    longitude: float
    latitude: float
    neighbours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """A size of world: residents of its forces together, and how many forces from the top of the atlas."""

    people: int
    n_forces: int


@lru_cache(maxsize=1)
def atlas() -> tuple[Listed, ...]:
    """Every force there is, in order. Raises ContractError for an atlas in which a border has one side only."""
    root = Node.root(read(HERE / "atlas.yml"))
    listed = tuple(_listed(item) for item in root.get("forces").items())
    borders = {(one.force_code, other) for one in listed for other in one.neighbours}
    for here, there in sorted(borders):
        if (there, here) not in borders:
            raise root.error(f"{here} lists {there} as a neighbour, but not the other way round; write both")
    return listed


@lru_cache(maxsize=1)
def scales() -> dict[str, Scale]:
    """The worlds that can be asked for, by name, smallest first."""
    root = Node.root(read(HERE / "scales.yml"))
    items = {name: root.get(name) for name in root.mapping()}
    return {
        name: Scale(item.get("people").whole(), item.get("forces").whole()) for name, item in items.items()
    }


def make_world(
    scale: str,
    seed: int,
    years: float = 5,
    asked: Sequence[str] | None = None,
    interactions: str = "usual",
    knobs: Knobs = (),
    tasking: tuple[tuple[int, int, int], ...] = (),
) -> World:
    """What was asked for. `asked`: force codes, all of the scale if None. Raises WorldError."""
    known, size = atlas(), _scale(scale)
    if not 0 <= seed <= MOST_SEED:
        raise WorldError(f"The seed must be a whole number from 0 to {MOST_SEED}, not {seed}.")
    if not 1 <= years <= MOST_YEARS:
        raise WorldError(f"A world needs between 1 and {MOST_YEARS} years of history, not {years:g}.")
    if interactions not in INTERACTIONS:
        raise WorldError(f"Interactions are one of {', '.join(INTERACTIONS)}, not '{interactions}'.")
    codes = tuple(one.force_code for one in known[: size.n_forces]) if asked is None else tuple(asked)
    strangers = sorted(set(codes) - {one.force_code for one in known})
    if strangers or not codes:
        raise WorldError(f"The atlas has no force called {', '.join(strangers) or '(none given)'}.")
    share = size.people / sum(one.size for one in known[: size.n_forces])
    number = {one.force_code: place for place, one in enumerate(known)}
    forces = tuple(_force(seed, number, one, round(share * one.size)) for one in known)
    end = int(rates("people").number("history_end_day"))
    return World(
        seed=seed,
        scale=scale,
        start=end - round(years * 365.25) + 1,
        end=end,
        horizon=end + int(rates("people").number("later_nights")),
        atlas=forces,
        asked=tuple(code for code in number if code in codes),
        interactions=interactions,
        knobs=knobs,
        tasking=tasking,
    )


def all_blocks(world: World) -> tuple[Block, ...]:
    """Every block of the atlas: natives of each force, then the pools of each pair of neighbours."""
    natives, pools = [], []
    for home in world.atlas:
        known = known_people(world, home)
        away = known_abroad(home, known)
        natives.append(Block(home.number, home, None, known - sum(away.values())))
        pools += [
            Block(POOLS_FROM * (1 + home.number) + other, home, world.atlas[other], n)
            for other, n in away.items()
        ]
    return (*natives, *pools)


def blocks_of(world: World) -> tuple[Block, ...]:
    """The blocks that touch a force that was asked for."""
    asked = set(world.asked)
    return tuple(
        block
        for block in all_blocks(world)
        if block.home.force_code in asked or (block.other is not None and block.other.force_code in asked)
    )


def known_people(world: World, force: Force) -> int:
    """Residents of a force who come to notice at some time of the simulation."""
    numbers = rates("people")
    share = numbers.number("known_share") * (world.years / 3) ** numbers.number("known_growth")
    return round(float(min(share, 1.0)) * force.population)


def known_abroad(home: Force, known: int) -> dict[int, int]:
    """Of those, the ones who touch each neighbour: more where both belong to the same worlds of a scale."""
    r = rates("people")
    weight = {
        other: r.number("pool_within") if _ring(other) == _ring(home.number) else 1.0
        for other in home.neighbours
    }
    share = r.number("pool_share") * known / sum(weight.values())
    return {other: max(1, round(share * one)) for other, one in weight.items()}


def _ring(number: int) -> int:
    """The smallest world that a force belongs to, by its number of forces."""
    return next(size for size in sorted({one.n_forces for one in scales().values()}) if number < size)


def scenario_block(home: Force, other: Force | None, name: str, place: int, n_people: int) -> Block:
    """A block for a seeded scenario; `place` is its place among all scenario blocks of the world."""
    return Block(SCENARIOS_FROM + place, home, other, n_people, name)


def _scale(name: str) -> Scale:
    if name not in scales():
        raise WorldError(f"The scale must be one of {', '.join(scales())}, not '{name}'.")
    return scales()[name]


def _listed(item: Node) -> Listed:
    return Listed(
        item.get("code").text(),
        item.get("name").text(),
        item.get("size").number(),
        item.get("longitude").number(),
        item.get("latitude").number(),
        item.get("neighbours").texts(),
    )


def _force(seed: int, number: dict[str, int], listed: Listed, population: int) -> Force:
    r, draw = rates("people"), stream(seed, "force", listed.force_code).standard_normal(6)
    return Force(
        number=number[listed.force_code],
        force_code=listed.force_code,
        population=population,
        neighbours=tuple(number[other] for other in listed.neighbours),
        crime=float(np.exp(r.number("multiplier_crime") * draw[0])),
        intel=float(np.exp(r.number("multiplier_intel") * draw[1])),
        missing=float(np.exp(r.number("multiplier_missing") * draw[2])),
        custody=float(np.exp(r.number("multiplier_custody") * draw[3])),
        recording=r.number("shift_recording") * float(draw[4]),
        flagging=r.number("shift_flagging") * float(draw[5]),
    )

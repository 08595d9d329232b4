"""Where the LSOAs and towns of a force lie, and how deprived each is.

The forces of the street-level world keep the towns, codes and centres they have there; a larger world adds LSOAs and
towns behind them. Not here: addresses and premises (places).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Floats, Force, Ints, World, stream
from synthetic_world.population.atlas import Listed, atlas
from synthetic_world.population.place_names import town_names
from synthetic_world.rates import rates
from synthetic_world.street.street_places import LAYOUTS, make_ground

_HALF_SIZE: Final = (0.29, 0.17)  # degrees from the middle of a force to its furthest town
_TOWN_SPREAD: Final = (0.035, 0.02)
_WAVES: Final = 24  # of the smooth part of deprivation
_LENGTHS: Final = (0.05, 0.3)  # of a wave, in degrees: shortest and longest
_FORCES_PER_PREFIX: Final = 10

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Geography:
    """The LSOAs of one force, in order of code; those of one town stand together."""

    codes: tuple[str, ...]
    towns: tuple[str, ...]
    town: Ints  # by LSOA
    longitude: Floats
    latitude: Floats
    deprivation: Floats  # mean 0, spread 1

    def __len__(self) -> int:
        """How many LSOAs."""
        return len(self.codes)


def make_geography(world: World, force: Force) -> Geography:
    """The LSOAs of one force."""
    listed, random = atlas()[force.number], stream(world.seed, "geography", force.force_code)
    known, town_of_known, centres, raised = _street_part(world, force)
    n = max(len(centres), round(force.population / rates("people").number("people_per_lsoa")), 8)
    n_towns = -(-(n - len(centres)) // int(rates("people").number("lsoas_per_town")))
    more_town, more = _further_lsoas(listed, random, n - len(centres), n_towns)
    middles = np.concatenate([centres, more])
    towns = (*known, *town_names(force.number, n_towns, known))
    return Geography(
        codes=tuple(f"{lsoa_prefix(force.number)}{place:05d}" for place in range(1, n + 1)),
        towns=towns,
        town=np.concatenate([town_of_known, more_town + len(known)]).astype(np.int32),
        longitude=middles[:, 0].astype(np.float32),
        latitude=middles[:, 1].astype(np.float32),
        deprivation=_deprivation(random, middles, np.concatenate([raised, np.zeros(len(more))])),
    )


def lsoa_prefix(force_number: int) -> str:
    """X01 and a digit from 1 for the nine named forces, as in the street-level world; X02 … for the others."""
    return f"X{1 + (force_number + 1) // _FORCES_PER_PREFIX:02d}{(force_number + 1) % _FORCES_PER_PREFIX}"


def _street_part(world: World, force: Force) -> tuple[tuple[str, ...], Ints, Numbers, Numbers]:
    """Towns, town and centre of each LSOA, and 1 where it is a raised one, as the street-level world has them."""
    if force.force_code not in LAYOUTS:
        return (), np.zeros(0, np.int32), np.zeros((0, 2)), np.zeros(0)
    ground = make_ground(world.seed, force.force_code)
    towns = tuple(name for name, _ in LAYOUTS[force.force_code].towns)
    town = [towns.index(name[:-4]) for name in ground.neighbourhoods]
    centres = [
        np.mean([(float(p.longitude), float(p.latitude)) for p in own], axis=0) for own in ground.points
    ]
    raised = [float(name in ground.raised) for name in ground.neighbourhoods]
    return towns, np.array(town, np.int32), np.array(centres), np.array(raised)


def _further_lsoas(
    listed: Listed, random: np.random.Generator, n: int, n_towns: int
) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Towns around the middle of the force, and LSOAs around each town."""
    middles = np.array([listed.longitude, listed.latitude]) + random.uniform(-1, 1, (n_towns, 2)) * _HALF_SIZE
    town = np.arange(n) * n_towns // max(n, 1)
    spread = random.standard_normal((n, 2)) * _TOWN_SPREAD
    return town, middles[town] + spread


def _deprivation(random: np.random.Generator, middles: Numbers, raised: Numbers) -> Floats:
    """A sum of waves in all directions, so that near places are alike, and a part of each place's own."""
    r = rates("people")
    shortest, longest = np.log(_LENGTHS)
    length = np.exp(random.uniform(float(shortest), float(longest), _WAVES))
    angle, phase = random.uniform(0, 2 * np.pi, (2, _WAVES))
    east, north = np.cos(angle) * 2 * np.pi / length, 1.7 * np.sin(angle) * 2 * np.pi / length
    along = middles[:, :1] * east + middles[:, 1:] * north + phase
    smooth = (np.cos(along) * random.standard_normal(_WAVES)).sum(axis=1)
    own = random.standard_normal(len(middles))
    share = r.number("deprivation_own")
    mixed = np.sqrt(1 - share**2) * _standard(smooth) + share * own + r.number("deprivation_raised") * raised
    return _standard(mixed).astype(np.float32)


def _standard(values: Numbers) -> Numbers:
    return np.asarray((values - values.mean()) / (values.std() + 1e-9))

"""The ground of the fictional forces: towns, neighbourhoods, LSOAs and the anonymised map points in them.

Each force's ground depends on the seed and its own code only, so adding a force never changes another. No
town is a real one (one has commas in its name, as a real one does), and LSOA codes begin X01, which no real
code does. Not here: what happens there (street_counts, street_rows).
"""

import zlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LSOAS_PER_NEIGHBOURHOOD = 3
PEOPLE_PER_LSOA = 1650
POINTS_PER_LSOA = 12
_RAISED = 5  # neighbourhoods clearly above the rest
_GOLDEN_ANGLE = 2.39996


@dataclass(frozen=True, slots=True)
class ForceLayout:
    """Where a force lies: towns with their number of neighbourhoods, and which force is across the border."""

    block: int  # first digit of its LSOA numbers
    longitude: float
    latitude: float
    towns: tuple[tuple[str, int], ...]
    neighbour: str


LAYOUTS = {
    "northmoor": ForceLayout(
        1,
        -2.15,
        54.56,
        (("Harrow Fell", 10), ("Stannerby", 9), ("Kelderwath", 8), ("Ousthorne", 6)),
        "calderwick",
    ),
    "calderwick": ForceLayout(
        2,
        -2.15,
        54.16,
        (("Calderwick", 11), ("Brackenholt", 8), ("Grisenby, Garth and Rigg", 6), ("Thwaitebeck", 5)),
        "eastmarch",
    ),
    "eastmarch": ForceLayout(
        3,
        -1.45,
        54.36,
        (("Eastmarch Haven", 9), ("Saltmere Quay", 7), ("Lindenfen", 6), ("Wynstoke", 5)),
        "northmoor",
    ),
    "saltways": ForceLayout(
        4,
        -0.75,
        54.16,
        (("Saltway Staithe", 8), ("Marram Bay", 7), ("Oysterby", 6), ("Samphire Cross", 5)),
        "eastmarch",
    ),
    "highfell": ForceLayout(
        5,
        -2.85,
        54.56,
        (("High Fellgate", 6), ("Ravenskeld", 5), ("Tarnhow", 3), ("Snowby", 3)),
        "northmoor",
    ),
    "marlbrook": ForceLayout(
        6,
        -2.85,
        54.16,
        (("Marlbrook", 14), ("Claypits", 11), ("Pottersholm", 10), ("Kilnwick Marsh", 9)),
        "calderwick",
    ),
    "thornsea": ForceLayout(
        7,
        -0.75,
        53.76,
        (("Thornsea", 8), ("Blackthorn Quay", 6), ("Sandlingham", 5), ("Gullby", 5)),
        "saltways",
    ),
    "wendale": ForceLayout(
        8,
        -1.45,
        53.76,
        (("Wendale", 12), ("Upper Wend", 10), ("Bobbinthorpe", 9), ("Weirside", 7)),
        "thornsea",
    ),
    "carrick-vale": ForceLayout(
        9,
        -2.15,
        53.76,
        (("Carrick", 11), ("Valebridge", 9), ("Hollinmoss", 7), ("Cragend", 6)),
        "wendale",
    ),
}
_TOWN_OFFSETS = ((-0.13, 0.09), (0.14, 0.08), (-0.12, -0.09), (0.15, -0.08))
_FIRST = (
    "Alder", "Ash", "Barn", "Beech", "Birch", "Bracken", "Bramble", "Bridge", "Chapel", "Cherry",
    "Church", "Clover", "Copse", "Elder", "Fern", "Field", "Foundry", "Garth", "Gorse", "Hawthorn",
    "Hazel", "Heather", "Holly", "Juniper", "Kestrel", "Larch", "Lark", "Linden", "Maple", "Meadow",
    "Mill", "Orchard", "Pine", "Poplar", "Quarry", "Rowan", "Station", "Sycamore", "Tanner", "Willow",
)  # fmt: skip
_SECOND = ("Avenue", "Close", "Court", "Crescent", "Drive", "Lane", "Place", "Road", "Street", "Way")
_PUBLIC = (
    "Supermarket", "Shopping Area", "Parking Area", "Petrol Station", "Park/Open Space", "Nightclub",
    "Police Station", "Hospital", "Sports/Recreation Area", "Further/Higher Educational Building",
)  # fmt: skip


class MapPoint(NamedTuple):
    """An anonymised map point as the archive writes it."""

    longitude: str
    latitude: str
    location: str
    lsoa_code: str
    lsoa_name: str


@dataclass(frozen=True, slots=True)
class Ground:
    """A force's ground, by LSOA in order of code."""

    lsoa_codes: tuple[str, ...]
    lsoa_names: tuple[str, ...]
    neighbourhoods: tuple[str, ...]  # by LSOA
    raised: tuple[str, ...]
    weight: npt.NDArray[np.float64]  # sums to 1
    points: tuple[tuple[MapPoint, ...], ...]  # by LSOA

    @property
    def population(self) -> int:
        """Residents."""
        return PEOPLE_PER_LSOA * len(self.lsoa_codes)


def seed_of(seed: int, force_code: str, *stage: int) -> np.random.Generator:
    """A random stream that depends on the seed, the force and the stage, and on nothing else."""
    return np.random.default_rng(
        np.random.SeedSequence(seed, spawn_key=(zlib.crc32(force_code.encode()), *stage))
    )


def make_ground(seed: int, force_code: str) -> Ground:
    """The ground of one fictional force."""
    layout, random = LAYOUTS[force_code], seed_of(seed, force_code, 0)
    names, centres = _neighbourhoods(layout)
    raised = _raised(layout)
    factor = np.array([2.1 if name in raised else 1.0 for name in names]) * (
        1 + 0.06 * random.standard_normal(len(names))
    )
    by_lsoa = np.repeat(factor, LSOAS_PER_NEIGHBOURHOOD) * (
        0.8 + 0.4 * random.random(len(names) * LSOAS_PER_NEIGHBOURHOOD)
    )
    middles = np.repeat(centres, LSOAS_PER_NEIGHBOURHOOD, axis=0)
    middles = middles + random.uniform(-1, 1, middles.shape) * (0.008, 0.005)
    points = middles[:, None, :] + random.uniform(-1, 1, (len(middles), POINTS_PER_LSOA, 2)) * (0.005, 0.003)
    names_of_lsoas = [f"{name}{letter}" for name in names for letter in "ABC"]
    codes = [f"X01{layout.block}{number:05d}" for number in range(1, len(names_of_lsoas) + 1)]
    return Ground(
        lsoa_codes=tuple(codes),
        lsoa_names=tuple(names_of_lsoas),
        neighbourhoods=tuple(name[:-1] for name in names_of_lsoas),
        raised=raised,
        weight=by_lsoa / by_lsoa.sum(),
        points=tuple(
            tuple(
                MapPoint(f"{east:.6f}", f"{north:.6f}", location, code, name)
                for (east, north), location in zip(own, _locations(random, name), strict=True)
            )
            for own, code, name in zip(points, codes, names_of_lsoas, strict=True)
        ),
    )


def border_lsoas(ground: Ground) -> npt.NDArray[np.int64]:
    """The LSOAs of the last two neighbourhoods, where the force across the border records crimes too."""
    return np.arange(len(ground.lsoa_codes) - 2 * LSOAS_PER_NEIGHBOURHOOD, len(ground.lsoa_codes))


def _neighbourhoods(layout: ForceLayout) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Names such as "Harrow Fell 003" and centres, spread around each town like the seeds of a sunflower."""
    names, centres = [], []
    for (town, n), (east, north) in zip(layout.towns, _TOWN_OFFSETS, strict=True):
        for k in range(n):
            radius, angle = 0.022 * np.sqrt(k), k * _GOLDEN_ANGLE
            names.append(f"{town} {k + 1:03d}")
            longitude = layout.longitude + east + 1.7 * radius * np.cos(angle)
            centres.append((longitude, layout.latitude + north + radius * np.sin(angle)))
    return names, np.array(centres)


def _raised(layout: ForceLayout) -> tuple[str, ...]:
    """The middle of each town and one more neighbourhood of the first."""
    middles = [f"{town} 001" for town, _ in layout.towns]
    return tuple(sorted([*middles, f"{layout.towns[0][0]} 004"]))[:_RAISED]


def _locations(random: np.random.Generator, lsoa_name: str) -> tuple[str, ...]:
    """Words for the map points of an LSOA; some hold a comma or quotation marks, as real ones do."""
    firsts, seconds = (
        random.integers(len(_FIRST), size=POINTS_PER_LSOA),
        random.integers(10, size=POINTS_PER_LSOA),
    )
    words = [
        f"On or near {_FIRST[first]} {_SECOND[second]}" for first, second in zip(firsts, seconds, strict=True)
    ]
    town, kind = lsoa_name[:-5], int(random.integers(12))
    words[0] = f"On or near {_PUBLIC[int(seconds[0])]}"
    if kind == 0:
        words[1] = f"On or near {_FIRST[firsts[1]]} Green, {town}"
    elif kind == 1:
        words[1] = f'On or near The "{_FIRST[firsts[1]]} Tree", {town}'
    return tuple(words)

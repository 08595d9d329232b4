"""What streets, towns and premises are called, and postcodes that were never issued.

Royal Mail uses no area that begins with Q, V or X; ours do. Not here: where anything lies (places).
"""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.population.name_lists import FOLDER

AREA_FIRST: Final = "QVX"
AREA_SECOND: Final = "ABCDEFGHKLMNOPQRSTUVWXY"
INWARD: Final = "ABDEFGHJLNPQRSTUWXYZ"
TOWNS_PER_FORCE: Final = 44  # a force takes the towns from its number times this on
MOST_DISTRICTS: Final = 99
_STRIDE: Final = 1009  # steps through all pairs of words without repeating one soon
_UNIT_STRIDE: Final = 177
_SECTORS: Final = 10
_UNITS_IN_A_ROW: Final = 40

Numbers = npt.NDArray[np.int64]


@lru_cache(maxsize=1)
def words() -> dict[str, tuple[str, ...]]:
    """The lists of vocabulary/places.txt by name."""
    text = (FOLDER / "places.txt").read_text(encoding="utf-8")
    pairs = [line.split(": ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {key: tuple(name.replace("_", " ") for name in names.split()) for key, names in pairs}


@lru_cache(maxsize=1)
def streets() -> pa.Array:
    """Every street name there is."""
    lists = words()
    return pa.array([f"{one} {other}" for other in lists["street seconds"] for one in lists["street firsts"]])


def street_names(first: Numbers, place: Numbers) -> pa.Array:
    """The name of the street at a place in its town; `first` is where the town begins in the list of all streets."""
    return streets().take(pa.array((first + place * _STRIDE) % len(streets())))


def town_names(force_number: int, n: int, known: tuple[str, ...]) -> tuple[str, ...]:
    """So many towns of a force beside the known ones."""
    lists = words()
    joined = [
        one + other
        for one in lists["town beginnings"]
        for other in lists["town endings"]
        if one[-1] != other[0]
    ]
    order = np.random.default_rng(len(joined)).permutation(len(joined))
    start = force_number * TOWNS_PER_FORCE
    names = (joined[order[(start + k) % len(order)]] for k in range(n + len(known)))
    return tuple(name for name in names if name not in known)[:n]


def postcode_area(force_number: int) -> str:
    """Two letters of its own for each force."""
    return AREA_FIRST[force_number % 3] + AREA_SECOND[force_number // 3]


def postcodes(force_number: int, district: Numbers, number: Numbers) -> pa.Array:
    """Postcodes from the district and a running number within it."""
    sector = number // _UNITS_IN_A_ROW % _SECTORS
    unit = number // (_UNITS_IN_A_ROW * _SECTORS) * _UNITS_IN_A_ROW + number % _UNITS_IN_A_ROW
    n_units = len(INWARD) ** 2
    outward = pc.binary_join_element_wise(
        postcode_area(force_number), pa.array(district).cast(pa.string()), ""
    )
    units = pa.array([one + other for one in INWARD for other in INWARD])
    inward = pc.binary_join_element_wise(
        pa.array(sector).cast(pa.string()), units.take(pa.array(unit * _UNIT_STRIDE % n_units)), ""
    )
    return pc.binary_join_element_wise(outward, inward, " ")

"""Columns of place in records: address, postcode, LSOA and map point, as the force writes them.

Not here: where things happen (whereabouts), the addresses themselves (places).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.columns import Listed, words
from synthetic_world.model import Ground, Places
from synthetic_world.ordering import Whole

_GOLDEN: Final = 0.6180339887498949
_MOST_KEPT: Final = 24
_KEPT: dict[tuple[int, str, int], tuple[Listed, Listed]] = {}


def place_columns(ground: Ground, number: int, address: Whole, lsoa: Whole) -> dict[str, pa.Array]:
    """Where something happened, as a force writes it. The point lies in the LSOA, always the same for an address."""
    places = ground.places[number]
    lines, postcodes = _listed(ground.world.seed, places)
    east = (address * _GOLDEN) % 1.0 - 0.5
    north = (address * _GOLDEN * _GOLDEN) % 1.0 - 0.5
    return {
        "address_line": lines.column(address, is_local=True),
        "postcode": postcodes.column(address, is_local=True),
        "lsoa_code": words(lsoa, places.lsoa_codes, is_local=True),
        "longitude": pa.array(np.round(places.longitude.astype(np.float64)[lsoa] + 0.008 * east, 5)),
        "latitude": pa.array(np.round(places.latitude.astype(np.float64)[lsoa] + 0.005 * north, 5)),
    }


def _listed(seed: int, places: Places) -> tuple[Listed, Listed]:
    """Lines and postcodes of a force, each once; those of the last forces asked for are kept."""
    key = (seed, places.force.force_code, len(places.address_lsoa))
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = (Listed.of(places.address_line), Listed.of(places.address_postcode))
    return _KEPT[key]

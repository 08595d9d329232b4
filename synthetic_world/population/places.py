"""The places of one force: addresses in invented streets with postcodes that were never issued, and premises.

Homes stand in order of LSOA, premises behind them. Not here: LSOAs, towns and deprivation (geography), names
(place_names), who lives where (people).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Force, Ints, Places, World, stream
from synthetic_world.population import place_names
from synthetic_world.population.geography import Geography, make_geography
from synthetic_world.population.place_names import words
from synthetic_world.rates import rates

_HOUSES_PER_STREET: Final = 24
_HIGHEST_FIRST_NUMBER: Final = 90
_FEWEST_HOMES: Final = 60  # of an LSOA

Numbers = npt.NDArray[np.int64]
Namer = Callable[[np.random.Generator, int], list[str]]


def make_places(world: World, force: Force) -> Places:
    """The places of one force; they depend on the seed, the scale and the force alone."""
    land, random = make_geography(world, force), stream(world.seed, "places", force.force_code)
    counts = _homes_by_lsoa(force, land)
    premises = _premises_lsoas(force, land, random)
    home_lsoa = np.repeat(np.arange(len(land)), counts)
    lsoas = np.concatenate([home_lsoa, *premises.values()])
    place = np.arange(len(home_lsoa)) - np.repeat(np.cumsum(counts) - counts, counts)
    lines = [_home_lines(random, land, home_lsoa, place)]
    lines += [_premises_lines(random, land, kind, own) for kind, own in premises.items()]
    first = len(home_lsoa) + np.cumsum([0, *(len(own) for own in premises.values())])
    at = {
        kind: np.arange(a, b, dtype=np.int32) for kind, a, b in zip(premises, first, first[1:], strict=False)
    }
    return Places(
        force=force,
        lsoa_codes=land.codes,
        deprivation=land.deprivation,
        towns=land.towns,
        town=land.town,
        longitude=land.longitude,
        latitude=land.latitude,
        address_lsoa=lsoas.astype(np.int32),
        address_line=pa.concat_arrays(lines),
        address_postcode=_postcodes(force, land, lsoas, counts, place),
        care_homes=at["care_home"],
        care_home_refs=tuple(f"CH{force.number:02d}{k:04d}" for k in range(1, len(at["care_home"]) + 1)),
        night_time=_night_time(land),
        hotels=at["hotel"],
        licensed=at["licensed"],
        hospitals=at["hospital"],
        schools=at["school"],
    )


def n_homes(places: Places) -> int:
    """How many addresses are homes; they come first, in order of LSOA."""
    return int(places.care_homes[0])


def home_starts(places: Places) -> Ints:
    """By LSOA, and one more: where its homes begin among the addresses."""
    homes = places.address_lsoa[: n_homes(places)]
    return np.searchsorted(homes, np.arange(len(places.lsoa_codes) + 1)).astype(np.int32)


def _homes_by_lsoa(force: Force, land: Geography) -> Numbers:
    """More where more people come to notice, so that few unrelated households share an address."""
    whole = force.population * rates("people").number("addresses_per_resident")
    weight = np.exp(rates("households").number("by_deprivation") * land.deprivation.astype(np.float64))
    homes = np.ceil(whole * weight / weight.sum())
    return np.asarray(np.maximum(_FEWEST_HOMES, homes), dtype=np.int64)


def _premises_lsoas(force: Force, land: Geography, random: np.random.Generator) -> dict[str, Numbers]:
    """The LSOA of each, by kind. Care homes are commoner where rents are low, inns where people go at night."""
    r = rates("people")
    children = force.population * r.number("child_share")
    n = {
        "care_home": children / r.number("children_per_care_home"),
        "hotel": force.population / r.number("people_per_hotel"),
        "licensed": force.population / r.number("people_per_licensed"),
        "hospital": force.population / r.number("people_per_hospital"),
        "school": force.population / r.number("people_per_school"),
    }
    fewest = {
        "care_home": int(r.number("fewest_care_homes")),
        "hotel": 2,
        "licensed": 6,
        "hospital": 1,
        "school": 4,
    }
    lively = np.ones(len(land))
    lively[_night_time(land)] = 10
    weight = {
        "care_home": np.exp(0.5 * land.deprivation.astype(np.float64)),
        "hotel": lively,
        "licensed": lively,
    }
    even = np.ones(len(land))
    return {
        kind: _weighted(random, weight.get(kind, even), max(fewest[kind], round(many)))
        for kind, many in n.items()
    }


def _weighted(random: np.random.Generator, weight: npt.NDArray[np.float64], n: int) -> Numbers:
    rising = np.cumsum(weight) / weight.sum()
    return np.minimum(np.searchsorted(rising, np.sort(random.random(n)), side="right"), len(weight) - 1)


def _night_time(land: Geography) -> Ints:
    """The middle of each town, and of larger towns the next LSOAs too."""
    first = np.flatnonzero(np.diff(land.town, prepend=-1))
    size = np.diff(first, append=len(land))
    each = np.maximum(1, size // int(rates("people").number("lsoas_per_night_time")))
    return np.concatenate([np.arange(at, at + n) for at, n in zip(first, each, strict=True)]).astype(np.int32)


def _home_lines(random: np.random.Generator, land: Geography, lsoa: Numbers, place: Numbers) -> pa.Array:
    """ "14 Larch Lane, Stannerby" or "Flat 3, 14 Larch Lane, Stannerby"."""
    is_street_start = place % _HOUSES_PER_STREET == 0
    street = np.cumsum(is_street_start) - 1
    n = int(street[-1]) + 1
    first_number = random.integers(1, _HIGHEST_FIRST_NUMBER, size=n)
    is_flats = random.random(n) < rates("people").number("flats")
    town = land.town[lsoa[is_street_start]]
    start = random.integers(0, 1 << 20, size=len(land.towns))
    names = place_names.street_names(start[town], np.arange(n) - np.searchsorted(town, town))
    tails = pc.binary_join_element_wise(names, pa.array(land.towns).take(pa.array(town)), ", ").take(
        pa.array(street)
    )
    house = pa.array(first_number[street] + np.where(is_flats[street], 0, place % _HOUSES_PER_STREET))
    whole = pc.binary_join_element_wise(house.cast(pa.string()), tails, " ")
    flat = pc.binary_join_element_wise(
        "Flat", pa.array(place % _HOUSES_PER_STREET + 1).cast(pa.string()), " "
    )
    return pc.if_else(pa.array(is_flats[street]), pc.binary_join_element_wise(flat, whole, ", "), whole)


def _premises_lines(random: np.random.Generator, land: Geography, kind: str, lsoa: Numbers) -> pa.Array:
    """ "Larch House, 3 Mill Lane, Stannerby"."""
    towns = [land.towns[place] for place in land.town[lsoa]]
    streets = place_names.street_names(
        random.integers(0, 1 << 20, size=len(lsoa)), np.zeros(len(lsoa), np.int64)
    )
    numbers = random.integers(1, _HIGHEST_FIRST_NUMBER, size=len(lsoa)).tolist()
    picks = random.integers(0, 1 << 20, size=len(lsoa)).tolist()
    named = zip(_NAMERS[kind](picks, towns), numbers, streets.to_pylist(), towns, strict=True)
    return pa.array([f"{name}, {number} {street}, {town}" for name, number, street, town in named])


def _pick(kind: str, pattern: str) -> Callable[[list[int], list[str]], list[str]]:
    def names(picks: list[int], towns: list[str]) -> list[str]:
        own = words()[kind]
        return [
            pattern.format(own[pick % len(own)], town=town) for pick, town in zip(picks, towns, strict=True)
        ]

    return names


_NAMERS: Final = {
    "care_home": _pick("house names", "{0} House"),
    "hotel": _pick("house names", "{0} Hotel"),
    "licensed": _pick("inn names", "The {0}"),
    "hospital": _pick("house names", "{town} General Hospital"),
    "school": _pick("street firsts", "{0} Road School"),
}


def _postcodes(force: Force, land: Geography, lsoas: Numbers, counts: Numbers, place: Numbers) -> pa.Array:
    """One for each dozen homes in a row; premises bear the first of their LSOA."""
    block = int(rates("people").number("house_block"))
    blocks = -(-counts // block)
    first = np.cumsum(blocks) - blocks
    per_district = max(12, -(-len(land) // place_names.MOST_DISTRICTS))
    in_district = first - first[np.arange(len(land)) // per_district * per_district]
    places = np.concatenate([place, np.zeros(len(lsoas) - len(place), np.int64)])
    return place_names.postcodes(
        force.number, lsoas // per_district + 1, in_district[lsoas] + places // block
    )

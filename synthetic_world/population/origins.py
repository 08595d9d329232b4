"""Ethnicity by the mix of the LSOA, and the culture whose names a family bears.

Both serve the names and the monitoring of bias; neither is ever a feature. Not here: names (naming), birth country,
nationality and language as forces record them (nominal_rows).
"""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import ETHNICITIES, Block, Codes, Ints, Places, World, stream
from synthetic_world.population.households import CHILD, PARTNER, Households
from synthetic_world.rates import rates

Numbers = npt.NDArray[np.float64]

_JUST_UNDER_ONE: Final = 1 - 1e-9
_MIXED: Final = {  # ethnicity of children by the first letters of their parents' codes
    frozenset("WB"): "M1", frozenset("WA"): "M3", frozenset("BA"): "M9", frozenset("WO"): "M9",
    frozenset("BO"): "M9", frozenset("AO"): "M9", frozenset("WM"): "M9", frozenset("MB"): "M9",
    frozenset("MA"): "M9", frozenset("MO"): "M9",
}  # fmt: skip


def make_origins(world: World, block: Block, home: Places, households: Households) -> tuple[Codes, Codes]:
    """Ethnicity and culture of each member."""
    random = stream(world.seed, "origins", block.key)
    mix = ethnic_mix(world, home)
    of_household = _drawn(random, mix, households.lsoa)
    ethnicity = of_household[households.household]
    culture_of_household = _drawn(random, culture_table(), of_household)
    culture = culture_of_household[households.household]
    partners = np.flatnonzero(households.role == PARTNER)
    partners = partners[random.random(len(partners)) < rates("origins").number("mixed_couples")]
    own = households.household[partners]
    ethnicity[partners] = _drawn(random, mix, households.lsoa[own])
    culture[partners] = _drawn(random, culture_table(), ethnicity[partners])
    other_parent = of_household.copy()
    other_parent[own] = ethnicity[partners]
    children = np.flatnonzero(households.role == CHILD)
    theirs = households.household[children]
    ethnicity[children] = _child_table()[of_household[theirs], other_parent[theirs]]
    return ethnicity.astype(np.uint8), culture.astype(np.uint8)


def ethnic_mix(world: World, home: Places) -> Numbers:
    """Shares by LSOA (rows) and ethnicity, higher for some than for others by force, LSOA and deprivation."""
    r, random = rates("origins"), stream(world.seed, "mix", home.force.force_code)
    shares = np.asarray(r.numbers("shares"))
    n_lsoas = len(home.lsoa_codes)
    of_force = r.number("spread_force") * random.standard_normal(len(shares) - 1)
    of_lsoa = r.number("spread_lsoa") * random.standard_normal((n_lsoas, len(shares) - 1))
    of_need = r.number("by_deprivation") * home.deprivation[:, None]
    centre = (
        -(r.number("spread_lsoa") ** 2 + r.number("by_deprivation") ** 2 + r.number("spread_force") ** 2) / 2
    )
    mix = np.tile(shares, (n_lsoas, 1))
    mix[:, 1:] *= np.exp(of_force + of_lsoa + of_need + centre)
    return np.asarray(mix / mix.sum(axis=1, keepdims=True))


@lru_cache(maxsize=1)
def culture_table() -> Numbers:
    """Shares of cultures (columns) by ethnicity."""
    return np.array([rates("origins").numbers(f"cultures_{code}") for code in ETHNICITIES])


@lru_cache(maxsize=1)
def _child_table() -> Ints:
    """Ethnicity of a child by those of its parents."""
    table = np.empty((len(ETHNICITIES), len(ETHNICITIES)), dtype=np.int32)
    for row, one in enumerate(ETHNICITIES):
        for column, other in enumerate(ETHNICITIES):
            mixed = _MIXED.get(frozenset(one[0] + other[0]))
            table[row, column] = ETHNICITIES.index(mixed) if mixed else row
    return table


def _drawn(random: np.random.Generator, table: Numbers, rows: Ints) -> Ints:
    """One column for each row number, by the shares of that row."""
    rising = np.cumsum(table, axis=1)
    rising /= rising[:, -1:]
    edges = (rising + np.arange(len(table))[:, None]).ravel()
    keys = rows + np.minimum(random.random(len(rows)), _JUST_UNDER_ONE)
    found = np.searchsorted(edges, keys, side="right") - rows.astype(np.int64) * table.shape[1]
    return np.asarray(found, dtype=np.int32)

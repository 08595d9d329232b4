"""Phone numbers from the ranges that Ofcom keeps for drama: no subscriber will ever have one.

Numbers stand without the leading zero; 0 is none. The last hundred mobile numbers are left for the seeded scenarios.
Not here: how clerks write or damage them.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Block, Longs, World, stream
from synthetic_world.rates import rates

NO_PHONE: Final = 0
MOBILE: Final = 7_700_900_000
FOR_PEOPLE: Final = 900  # of the thousand mobile numbers
FOR_SCENARIOS: Final = range(MOBILE + FOR_PEOPLE, MOBILE + 1000)
LANDLINES: Final = (  # each the first of a thousand
    1_134_960_000, 1_144_960_000, 1_154_960_000, 1_164_960_000, 1_174_960_000, 1_184_960_000, 1_214_960_000,
    1_314_960_000, 1_414_960_000, 1_514_960_000, 1_614_960_000, 2_079_460_000, 1_914_980_000, 2_896_496_000,
    2_920_180_000, 1_632_960_000,
)  # fmt: skip


def make_phones(world: World, block: Block, age: npt.NDArray[np.float64]) -> Longs:
    """A number for everybody old enough. Numbers are few, so that many people share one by chance."""
    r, random = rates("people"), stream(world.seed, "phones", block.key)
    n = len(age)
    number = telephones(random.integers(1 << 40, size=n))
    has = (random.random(n) < r.number("has_phone")) & (age + world.years / 2 >= r.number("phone_from"))
    return np.where(has, number, NO_PHONE).astype(np.int64)


def telephones(key: npt.NDArray[np.int64]) -> Longs:
    """A number for each key: mobile for some, else one of the thousand of an area."""
    place, luck = key % 1000, key // 1000 % 1000
    landline = np.take(LANDLINES, key // 1_000_000 % len(LANDLINES)) + place
    is_mobile = luck < 1000 * rates("people").number("phone_mobile")
    return np.where(is_mobile, MOBILE + place * FOR_PEOPLE // 1000, landline).astype(np.int64)

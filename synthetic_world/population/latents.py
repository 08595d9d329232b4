"""What drives people and no file ever holds: offending, vulnerability, mental health, substance use.

They share a part of each person (z), of the household (h) and of the LSOA (l, its deprivation). Not here: the harm of
a dyad or a cell, which belongs to them and not to a person.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic_world.model import Block, Flags, Floats, Places, World, stream
from synthetic_world.population.households import FEMALE, Households
from synthetic_world.rates import rates

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Latents:
    """By member."""

    offending: Floats
    vulnerability: Floats
    mental_health: Flags
    substance: Flags


def make_latents(world: World, block: Block, home: Places, households: Households, in_care: Flags) -> Latents:
    """The latents of all members; ages are those of the middle of the history."""
    random = stream(world.seed, "latents", block.key)
    n = len(households.household)
    own, shared, of_harm = random.standard_normal((3, n), dtype=np.float32)
    of_household = random.standard_normal(len(households), dtype=np.float32)[households.household]
    of_lsoa = home.deprivation[households.lsoa][households.household]
    offending = _offending(block, households, own, shared, of_household, of_lsoa)
    return Latents(
        offending=offending,
        vulnerability=_vulnerability(households, in_care, of_harm, shared, of_household, of_lsoa),
        mental_health=_mental_health(random, in_care, shared, of_lsoa),
        substance=_substance(random, households, offending, shared),
    )


def _offending(
    block: Block,
    households: Households,
    own: Numbers,
    shared: Numbers,
    of_household: Numbers,
    of_lsoa: Numbers,
) -> Floats:
    r = rates("people")
    whole = r.number("effect_own") * own + r.number("effect_shared") * shared
    whole += r.number("effect_household") * of_household + r.number("effect_lsoa") * of_lsoa
    by_age = np.interp(households.age, r.numbers("offending_ages"), r.numbers("offending_by_age"))
    by_sex = np.where(households.sex == FEMALE, r.number("offending_women"), 1.0)
    pool = r.number("offending_pool") if block.other else 1.0
    return np.asarray(np.exp(whole) * by_age * by_sex * (pool / r.number("offending_mean")), dtype=np.float32)


def _vulnerability(
    households: Households,
    in_care: Flags,
    own: Numbers,
    shared: Numbers,
    of_household: Numbers,
    of_lsoa: Numbers,
) -> Floats:
    r = rates("people")
    whole = r.number("vulnerable_own") * own + r.number("effect_shared") * shared
    whole += r.number("vulnerable_household") * of_household + r.number("vulnerable_lsoa") * of_lsoa
    factor = np.where(households.sex == FEMALE, r.number("vulnerable_women"), 1.0)
    factor = factor * np.where(in_care, r.number("vulnerable_in_care"), 1.0) / r.number("vulnerable_mean")
    return np.asarray(np.exp(whole) * factor, dtype=np.float32)


def _mental_health(random: np.random.Generator, in_care: Flags, shared: Numbers, of_lsoa: Numbers) -> Flags:
    level, of_shared, by_lsoa, by_care = rates("people").numbers("mental_health")
    return _happens(random, level + of_shared * shared + by_lsoa * of_lsoa + by_care * in_care)


def _substance(
    random: np.random.Generator, households: Households, offending: Floats, shared: Numbers
) -> Flags:
    level, by_offending, of_shared = rates("people").numbers("substance")
    logit = level + by_offending * np.log(offending + np.float32(0.02)) + of_shared * shared
    return _happens(random, logit) & (households.age > 13)


def _happens(random: np.random.Generator, logit: Numbers) -> Flags:
    return np.asarray(random.random(len(logit), dtype=np.float32) < 1 / (1 + np.exp(-logit)))

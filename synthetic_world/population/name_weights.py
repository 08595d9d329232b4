"""How often each name is drawn: forenames by culture, sex and cohort of birth, surnames by culture.

The British surnames follow the table of rates/names.yml on logarithmic axes. Not here: the names (names), who gets
which (naming).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import CULTURES, SEXES, Ints
from synthetic_world.population import name_lists
from synthetic_world.population.names import BRITISH, british_tail, invented, vocabulary
from synthetic_world.rates import rates

Numbers = npt.NDArray[np.float64]
_JUST_UNDER_ONE: Final = 1 - 1e-9
_TAIL_OFFSET: Final = 50  # the tail of a culture is nearly even


@dataclass(frozen=True, slots=True)
class Draw:
    """Weighted choice within groups: one table of rising edges, group g between g and g + 1."""

    edges: Numbers
    values: Ints

    def pick(self, group: Ints, uniform: Numbers) -> Ints:
        """One value for each group and uniform number."""
        keys = group + np.minimum(uniform, _JUST_UNDER_ONE)
        return self.values[np.searchsorted(self.edges, keys, side="right")]


def draw_of(groups: Sequence[tuple[Sequence[int], Numbers]]) -> Draw:
    """A Draw from (values, weights) of each group in turn."""
    edges = []
    for place, (_, weights) in enumerate(groups):
        rising = np.cumsum(weights) / weights.sum()
        rising[-1] = 1.0
        edges.append(place + rising)
    values = np.concatenate([np.asarray(values, dtype=np.int32) for values, _ in groups])
    return Draw(np.concatenate(edges), values)


@lru_cache(maxsize=1)
def surname_draw() -> Draw:
    """Groups are cultures; people of another culture with a British surname ask for the British group."""
    place = {name: at for at, name in enumerate(vocabulary().surnames)}
    groups = [([place[name] for name in _british_surnames()], british_weights())]
    for culture in range(1, len(CULTURES)):
        names, weights = _surnames_of(culture)
        groups.append(([place[name] for name in names], weights))
    return draw_of(groups)


@lru_cache(maxsize=1)
def forename_draw() -> Draw:
    """Groups: see forename_group."""
    place = {name: at for at, name in enumerate(vocabulary().forenames)}
    groups = [_british_forenames(sex, cohort, place) for sex in SEXES for cohort in range(_n_cohorts())]
    offsets = rates("names").numbers("other_forename_offset")
    for culture in range(1, len(CULTURES)):
        for sex in SEXES:
            names = name_lists.other_forenames()[f"{CULTURES[culture]} {sex}"]
            groups.append(([place[name] for name in names], _by_rank(len(names), offsets[culture], 1.0)))
    return draw_of(groups)


def forename_group(culture: Ints, is_male: Ints, birth_year: Ints) -> Ints:
    """The group of a forename: British by sex and cohort, others by culture and sex."""
    first_years = np.asarray(rates("names").numbers("cohort_from"))
    cohort = np.maximum(np.searchsorted(first_years, birth_year, side="right") - 1, 0)
    n = _n_cohorts()
    british = is_male * n + cohort
    other = len(SEXES) * n + (culture - 1) * len(SEXES) + is_male
    return np.where(culture == BRITISH, british, other).astype(np.int32)


def british_weights() -> Numbers:
    """Mass by rank: the table over the share who bear such names, bent so that everything sums to one."""
    numbers = rates("names")
    ranks, per_million = (np.log(numbers.numbers(f"surname_{key}")) for key in ("ranks", "per_million"))
    rank = np.log(np.arange(1, len(_british_surnames()) + 1))
    last_slope = (per_million[-1] - per_million[-2]) / (ranks[-1] - ranks[-2])
    mass = np.interp(rank, ranks, per_million) + last_slope * np.maximum(rank - ranks[-1], 0)
    mass = np.exp(mass) / 1e6 / numbers.number("british_bearers")
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if (mass * np.exp(-middle * rank)).sum() > 1 else (low, middle)
    return np.asarray(mass * np.exp(-high * rank))


def _british_surnames() -> tuple[str, ...]:
    return (*name_lists.surnames()["british"], *british_tail())


def _surnames_of(culture: int) -> tuple[tuple[str, ...], Numbers]:
    numbers, listed = rates("names"), name_lists.surnames()[CULTURES[culture]]
    head = _by_rank(
        len(listed), numbers.numbers("surname_offset")[culture], numbers.numbers("surname_power")[culture]
    )
    tail_share = numbers.numbers("surname_tail")[culture]
    tail = tuple(dict.fromkeys(name for name in invented(CULTURES[culture]) if name not in listed))
    if not tail:
        return listed, head
    return (*listed, *tail), np.concatenate(
        [head * (1 - tail_share), _by_rank(len(tail), _TAIL_OFFSET, 0.5) * tail_share]
    )


def _british_forenames(sex: str, cohort: int, place: dict[str, int]) -> tuple[list[int], Numbers]:
    """The list of a cohort, and behind it every other British forename of that sex in equal parts."""
    numbers, lists = rates("names"), name_lists.british_forenames()
    own = lists[f"{sex} {int(numbers.numbers('cohort_from')[cohort])}"]
    union = dict.fromkeys(name for key, names in lists.items() if key[0] == sex for name in names)
    irish, caribbean = (
        name_lists.other_forenames()[f"{culture} {sex}"] for culture in ("irish", "caribbean")
    )
    off_list = [name for name in dict.fromkeys((*union, *irish, *caribbean)) if name not in own]
    tail = numbers.numbers("forename_tail")[cohort]
    head = _by_rank(len(own), numbers.numbers("forename_offset")[cohort], 1.0) * (1 - tail)
    weights = np.concatenate([head, np.full(len(off_list), tail / len(off_list))])
    return [place[name] for name in (*own, *off_list)], weights


def _by_rank(n: int, offset: float, power: float) -> Numbers:
    mass = (np.arange(1, n + 1) + offset) ** -power
    return np.asarray(mass / mass.sum())


def _n_cohorts() -> int:
    return len(rates("names").numbers("cohort_from"))

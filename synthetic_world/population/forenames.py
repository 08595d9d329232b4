"""Forenames and middle names: by culture, sex and year of birth; brothers and sisters differ, some sons do not.

Not here: surnames (naming), weights (name_weights).
"""

from typing import Final

import numpy as np

from synthetic_world.model import CULTURES, NOBODY, Codes, Ints
from synthetic_world.population.households import CHILD, MALE, Households
from synthetic_world.population.name_weights import forename_draw, forename_group
from synthetic_world.population.names import BRITISH, forename_places, vocabulary
from synthetic_world.rates import rates

_MUSLIM: Final = CULTURES.index("south_asian_muslim")
_ANY: Final = 1 << 20
_SIBLINGS: Final = (1, 2, 3)  # how far apart children of one household stand


def make_forenames(
    random: np.random.Generator, households: Households, sex: Codes, culture: Ints, birth_year: Ints
) -> tuple[Ints, Ints]:
    """Forename and middle name of each member."""
    r, words = rates("names"), vocabulary()
    is_british = random.random(len(sex)) < np.take(r.numbers("british_forename"), culture)
    group = forename_group(np.where(is_british, BRITISH, culture), sex.astype(np.int32), birth_year)
    forename = forename_draw().pick(group, random.random(len(sex)))
    is_mohammed = (
        (culture == _MUSLIM) & (sex == MALE) & (random.random(len(sex)) < r.number("mohammed_share"))
    )
    middle = _middles(random, group, culture, forename, is_mohammed)
    forename[is_mohammed] = forename_places()["Mohammed"]
    _after_father(random, households, sex, forename)
    _apart(random, households, sex, forename)
    other = np.flatnonzero(random.random(len(sex)) < np.take(r.numbers("other_spelling"), culture))
    forename[other] = words.forename_spellings.of(forename[other], random.integers(_ANY, size=len(other)))
    middle[middle == forename] = NOBODY
    return forename, middle


def _middles(
    random: np.random.Generator, group: Ints, culture: Ints, forename: Ints, is_mohammed: np.ndarray
) -> Ints:
    """Another name of the same group; who is called Mohammed goes by the name that was drawn first."""
    chance = random.random(len(group))
    own = np.flatnonzero(chance < np.take(rates("names").numbers("middle_name"), culture))
    middle = np.full(len(group), NOBODY, dtype=np.int32)
    middle[own] = forename_draw().pick(group[own], random.random(len(own)))
    middle[is_mohammed] = forename[is_mohammed]
    return middle


def _after_father(random: np.random.Generator, households: Households, sex: Codes, forename: Ints) -> None:
    """Some sons bear their father's forename."""
    father = households.father()[households.household]
    sons = np.flatnonzero((households.role == CHILD) & (sex == MALE) & (father != NOBODY))
    sons = sons[random.random(len(sons)) < rates("names").number("fathers_forename")]
    forename[sons] = forename[father[sons]]


def _apart(random: np.random.Generator, households: Households, sex: Codes, forename: Ints) -> None:
    """Twins of one sex are sometimes called much alike; no two children of a household are called the same."""
    words, twin = vocabulary(), households.twin_of
    second = np.flatnonzero((twin != NOBODY) & (twin < np.arange(len(twin))))
    second = second[sex[second] == sex[twin[second]]]
    alike = second[random.random(len(second)) < rates("names").number("twin_similar_forename")]
    forename[alike] = words.similar[forename[twin[alike]]]
    for apart in _SIBLINGS:
        one, other = np.arange(len(sex) - apart), np.arange(apart, len(sex))
        same = households.household[one] == households.household[other]
        same &= (households.role[one] == CHILD) & (households.role[other] == CHILD)
        same &= forename[one] == forename[other]
        forename[other[same]] = words.similar[forename[other[same]]]

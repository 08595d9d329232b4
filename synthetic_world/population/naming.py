"""Who is called what: surnames that families share or do not, forenames by culture, sex and year, middle names.

Forename and surname are drawn apart and at random, so that nobody real is meant. Not here: the vocabulary (names) and
its weights (name_weights), errors in writing them down (the noise of each source).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.model import CULTURES, NOBODY, Block, Codes, Flags, Ints, World, stream
from synthetic_world.population import name_lists
from synthetic_world.population.even_draws import evenly_within
from synthetic_world.population.forenames import make_forenames
from synthetic_world.population.households import CHILD, FEMALE, GRANDPARENT, PARTNER, SHARER, Households
from synthetic_world.population.name_weights import surname_draw
from synthetic_world.population.names import (
    BRITISH,
    NO_SURNAME,
    double_barrelled,
    forename_places,
    surname_places,
    vocabulary,
)
from synthetic_world.rates import rates

SIKH: Final = CULTURES.index("sikh")
POLISH: Final = CULTURES.index("polish")
MUSLIM: Final = CULTURES.index("south_asian_muslim")
_TITLES_UNTIL: Final = 2002  # women born later mostly bear the family's name
_ANY: Final = 1 << 20
_MOST_BEARERS: Final = 16  # of one family name, told apart

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Names:
    """Indices into the vocabulary, by member."""

    forename: Ints
    middle: Ints
    surname: Ints
    former_surname: Ints


@dataclass(frozen=True, slots=True)
class Bearers:
    """What a name depends on, by member."""

    sex: Codes
    culture: Ints
    birth_year: Ints


def make_names(world: World, block: Block, households: Households, bearers: Bearers, kin: Ints) -> Names:
    """Names of all members. `kin`: by household, the one whose name it bears, or NOBODY."""
    random = stream(world.seed, "names", block.key)
    family = _family_names(random, bearers.culture[households.start[:-1]], kin, np.diff(households.start))
    surname, is_shared = _surnames(random, households, bearers, family)
    forename, middle = make_forenames(random, households, bearers.sex, bearers.culture, bearers.birth_year)
    _patronymics(random, households, bearers.culture, forename, surname)
    former = _former(random, households, bearers, surname, is_shared)
    middle = _with_sikh_middle(random, bearers, surname, middle)
    only = random.random(len(surname)) < np.take(rates("names").numbers("mononym"), bearers.culture)
    surname[only] = NO_SURNAME
    return Names(forename, middle, surname, former)


def drawn_surnames(random: np.random.Generator, culture: Ints, bearers: Ints | None = None) -> Ints:
    """A surname for each culture, now and then in another spelling; even among names that as many will bear."""
    r, words = rates("names"), vocabulary()
    is_british = random.random(len(culture)) < np.take(r.numbers("british_surname"), culture)
    group = np.where(is_british, BRITISH, culture).astype(np.int32)
    alike = (
        group if bearers is None else group * np.int32(_MOST_BEARERS) + np.minimum(bearers, _MOST_BEARERS - 1)
    )
    found = surname_draw().pick(group, evenly_within(random, alike))
    other = np.flatnonzero(random.random(len(culture)) < np.take(r.numbers("other_spelling"), culture))
    found[other] = words.surname_spellings.of(found[other], random.integers(_ANY, size=len(other)))
    return found


def _family_names(random: np.random.Generator, culture: Ints, kin: Ints, size: Ints) -> Ints:
    """The surname of each household; double-barrelled ones, Singh, and the names of kin nearby."""
    r, words, related = rates("names"), vocabulary(), np.flatnonzero(kin != NOBODY)
    bearers = np.where(kin == NOBODY, size, 0)
    np.add.at(bearers, kin[related], size[related])
    found = drawn_surnames(random, culture, bearers)
    pairs = len(double_barrelled())
    chance = random.random(len(found))
    both = np.flatnonzero((culture == BRITISH) & (chance < r.number("double_barrelled")))
    found[both] = len(words.surnames) - 1 - random.integers(pairs, size=len(both))
    found[(culture == SIKH) & (chance < r.number("sikh_surname"))] = surname_places()[name_lists.SINGH]
    found[related] = found[kin[related]]
    return found


def _surnames(
    random: np.random.Generator, households: Households, bearers: Bearers, family: Ints
) -> tuple[Ints, Flags]:
    """Each member's surname, and by household whether the family shares one."""
    r = rates("names")
    household, role = households.household, households.role
    is_shared = random.random(len(households)) < _chance_of_sharing()
    surname = family[household]
    bears_second = _bears_second(random, households, is_shared)
    with_two = np.flatnonzero(~is_shared)
    second = np.zeros(len(households), dtype=np.int32)
    second[with_two] = drawn_surnames(random, bearers.culture[households.start[with_two]])
    surname[bears_second] = second[household[bears_second]]
    is_apart = (role == GRANDPARENT) & (random.random(len(role)) < r.number("elder_own_name"))
    own = np.flatnonzero((role >= SHARER) | is_apart)
    surname[own] = drawn_surnames(random, bearers.culture[own])
    is_titled = (bearers.culture == MUSLIM) & (bearers.sex == FEMALE) & (bearers.birth_year < _TITLES_UNTIL)
    titled = np.flatnonzero(is_titled & (random.random(len(role)) < r.number("own_title_surname")))
    titles = np.array([surname_places()[name] for name in name_lists.TITLES_OF_WOMEN], dtype=np.int32)
    surname[titled] = titles[(random.random(len(titled)) ** 2 * len(titles)).astype(np.int64)]
    _make_feminine(random, households, bearers, surname)
    return surname, is_shared


def _chance_of_sharing() -> float:
    """A little over the asked share, because titles and patronymics part some who would share."""
    return rates("names").number("shared_surname") + rates("names").number("shared_surname_margin")


def _bears_second(random: np.random.Generator, households: Households, is_shared: Flags) -> Flags:
    """In families of two names: the partner, some children of couples, all children of lone parents."""
    household, role = households.household, households.role
    has_partner = np.zeros(len(households), dtype=bool)
    has_partner[household[role == PARTNER]] = True
    child_chance = np.where(has_partner, rates("names").number("partner_name"), 1.0)
    children_do = random.random(len(households)) < child_chance
    bears = (role == PARTNER) | ((role == CHILD) & children_do[household])
    return np.asarray(bears & ~is_shared[household])


def _make_feminine(
    random: np.random.Generator, households: Households, bearers: Bearers, surname: Ints
) -> None:
    """Kaur for Singh always, -ska for -ski in some Polish families."""
    writes = random.random(len(households)) < rates("names").number("feminine_ending")
    is_woman = bearers.sex == FEMALE
    women = (bearers.culture == SIKH) | ((bearers.culture == POLISH) & writes[households.household])
    own = np.flatnonzero(women & is_woman)
    surname[own] = vocabulary().feminine[surname[own]]


def _patronymics(
    random: np.random.Generator, households: Households, culture: Ints, forename: Ints, surname: Ints
) -> None:
    """In some families children bear their father's forename as surname, and their mother keeps her own."""
    chance = np.take(rates("names").numbers("patronymic"), culture[households.start[:-1]])
    does = random.random(len(households)) < chance
    household, role = households.household, households.role
    mothers = np.flatnonzero(does[household] & (role == PARTNER))
    surname[mothers] = drawn_surnames(random, culture[mothers])
    father = households.father()[household]
    children = np.flatnonzero(does[household] & (role == CHILD) & (father != NOBODY))
    theirs = vocabulary().as_surname[forename[father[children]]]
    surname[children] = np.where(theirs == NOBODY, surname[children], theirs)


def _former(
    random: np.random.Generator, households: Households, bearers: Bearers, surname: Ints, is_shared: Flags
) -> Ints:
    """Names before marriage of women who share a partner's name, and of some others."""
    r = rates("names")
    in_couple = np.zeros(len(households), dtype=bool)
    in_couple[households.household[households.role == PARTNER]] = True
    is_wife = (households.role <= PARTNER) & (in_couple & is_shared)[households.household]
    chance = np.where(is_wife, r.number("married_former"), r.number("divorced_former"))
    grown = (households.role != CHILD) & (households.age > 25)
    bears = (bearers.sex == FEMALE) & (is_wife | grown) & (random.random(len(surname)) < chance)
    own = np.flatnonzero(bears)
    former = np.full(len(surname), NOBODY, dtype=np.int32)
    former[own] = drawn_surnames(random, bearers.culture[own])
    former[former == surname] = NOBODY
    return former


def _with_sikh_middle(random: np.random.Generator, bearers: Bearers, surname: Ints, middle: Ints) -> Ints:
    """Singh or Kaur before a family name."""
    singh, kaur = surname_places()[name_lists.SINGH], surname_places()[name_lists.KAUR]
    as_middle = np.array([forename_places()[name] for name in (name_lists.KAUR, name_lists.SINGH)], np.int32)
    bears = (bearers.culture == SIKH) & (surname != singh) & (surname != kaur)
    bears &= random.random(len(surname)) < rates("names").number("sikh_middle")
    return np.where(bears, as_middle[bearers.sex], middle)

"""The vocabulary of names: every forename and surname of the world, once, and which of them belong together.

People hold indices into it. It depends on no seed. Not here: how often a name is drawn (name_weights), who gets which
(naming), how it is misspelt (name_variants).
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.model import CULTURES, NOBODY, Indices, Ints
from synthetic_world.population import name_lists, name_variants
from synthetic_world.rates import rates

NO_SURNAME: Final = 0  # index of the empty surname, of people with one name only
BRITISH: Final = CULTURES.index("british")


@dataclass(frozen=True, slots=True)
class Spellings:
    """By name: the first of its group of spellings, and how many there are (1: it has no other)."""

    first: Ints
    size: Ints
    members: Ints

    def of(self, names: Ints, chance: Indices) -> Ints:
        """Another spelling of each name; `chance` is any whole number that is not negative."""
        return self.members[self.first[names] + chance % self.size[names]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every name, and how names belong together. People hold indices into `forenames` and `surnames`."""

    forenames: tuple[str, ...]
    surnames: tuple[str, ...]  # the first is empty: people with one name only
    feminine: Ints  # by surname: the form a woman bears, itself for most
    as_surname: Ints  # by forename: the same word among the surnames (patronymics), or NOBODY
    similar: Ints  # by forename: another of the same people and sex that is much like it
    forename_spellings: Spellings
    surname_spellings: Spellings

    def variants(self, kind: str) -> pa.Array:
        """All misspellings of one kind ("forename" or "surname"): entry * name_variants.COLUMNS + column."""
        return _variants(kind)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, made once."""
    by_forename, by_surname = forename_places(), surname_places()
    forenames, surnames = tuple(by_forename), tuple(by_surname)
    return Vocabulary(
        forenames=forenames,
        surnames=surnames,
        feminine=_ints(
            by_surname.get(name_lists.feminine(name), place) for place, name in enumerate(surnames)
        ),
        as_surname=_ints(by_surname.get(name, NOBODY) for name in forenames),
        similar=_similar(by_forename),
        forename_spellings=_spellings(by_forename),
        surname_spellings=_spellings(by_surname),
    )


@lru_cache(maxsize=1)
def forename_places() -> dict[str, int]:
    """Index of each forename."""
    return {name: place for place, name in enumerate(_forenames())}


@lru_cache(maxsize=1)
def surname_places() -> dict[str, int]:
    """Index of each surname."""
    return {name: place for place, name in enumerate(_surnames())}


@lru_cache(maxsize=1)
def british_tail() -> tuple[str, ...]:
    """The invented surnames that make the British table up to its number of kinds."""
    kinds = int(rates("names").number("surname_kinds")) - len(name_lists.surnames()["british"])
    known = {name for listed in name_lists.surnames().values() for name in listed}
    return tuple(name for name in invented("british") if name not in known)[:kinds]


@cache
def invented(culture: str) -> tuple[str, ...]:
    """Surnames made of stems and endings, in an order that is arbitrary but always the same."""
    parts = name_lists.surname_parts()
    if f"{culture} stems" not in parts:
        return ()
    pairs = product(parts[f"{culture} stems"], parts[f"{culture} endings"])
    made = tuple(dict.fromkeys(_join(stem, ending) for stem, ending in pairs))
    order = np.random.default_rng(zlib.crc32(culture.encode())).permutation(len(made))
    return tuple(made[place] for place in order.tolist())


@lru_cache(maxsize=1)
def double_barrelled() -> tuple[str, ...]:
    """Pairs of the commoner British surnames."""
    heads = name_lists.surnames()["british"]
    draw = np.random.default_rng(zlib.crc32(b"double-barrelled"))
    kinds = int(rates("names").number("double_barrelled_kinds"))
    places = (draw.random((2 * kinds, 2)) ** 1.5 * len(heads)).astype(int).tolist()
    pairs = (f"{heads[one]}-{heads[two]}" for one, two in places if one != two)
    return tuple(dict.fromkeys(pairs))[:kinds]


def _join(stem: str, ending: str) -> str:
    """Both together, with no letter three times."""
    return stem + ending[1:] if stem[-2:] == 2 * ending[0] else stem + ending


def _forenames() -> tuple[str, ...]:
    listed = [*name_lists.british_forenames().values(), *name_lists.other_forenames().values()]
    known = dict.fromkeys(name for names in listed for name in names)
    spelt = (name for group in name_lists.spellings() if group[0] in known for name in group)
    return tuple(dict.fromkeys((*known, name_lists.SINGH, name_lists.KAUR, *spelt)))


def _surnames() -> tuple[str, ...]:
    listed = name_lists.surnames()
    known = dict.fromkeys(name for names in listed.values() for name in names)
    spelt = (name for group in name_lists.spellings() if group[0] in known for name in group)
    patronymics = (
        name
        for key, names in name_lists.other_forenames().items()
        for name in names
        if key in ("somali M", "arabic M", "south_asian_muslim M")
    )
    made = [name for culture in CULTURES for name in (() if culture == "british" else invented(culture))]
    whole = (*known, *name_lists.TITLES_OF_WOMEN, *spelt, *patronymics, *british_tail(), *made)
    feminine = (
        name_lists.feminine(name) for name in (*listed["polish"], *invented("polish"), name_lists.SINGH)
    )
    return tuple(dict.fromkeys(("", *whole, *feminine, *double_barrelled())))


def _spellings(places: dict[str, int]) -> Spellings:
    """Groups of one name; a name that stands in two groups belongs to the first."""
    first = np.arange(len(places), dtype=np.int32)
    size, members = np.ones(len(places), dtype=np.int32), list(range(len(places)))
    for group in name_lists.spellings():
        own = [places[name] for name in group if name in places]
        free = [place for place in own if size[place] == 1]
        first[free], size[free] = len(members), len(own)
        members += own
    return Spellings(first, size, _ints(members))


def _similar(places: dict[str, int]) -> Ints:
    """The most alike other name of the same list, by shared pairs of letters."""
    found = np.arange(len(places), dtype=np.int32)
    for names in (*name_lists.british_forenames().values(), *name_lists.other_forenames().values()):
        fixed = np.array([f"^{name.lower()}$" for name in names], dtype="S")
        letters = fixed.view(np.uint8).reshape(len(names), -1).astype(np.int64) % 32
        has = np.zeros((len(names), 1024), dtype=np.float32)
        has[np.arange(len(names))[:, None], letters[:, :-1] * 32 + letters[:, 1:]] = 1
        has[:, 0] = 0
        has = has[:, has.any(axis=0)]
        shared, size = has @ has.T, has.sum(axis=1)
        alike = shared / (size[:, None] + size[None, :] - shared)
        np.fill_diagonal(alike, -1)
        own = _ints(places[name] for name in names)
        is_first = found[own] == own  # a name of two peoples belongs to the first
        found[own[is_first]] = own[alike.argmax(axis=1)[is_first]]
    return found


@lru_cache(maxsize=2)
def _variants(kind: str) -> pa.Array:
    words = {"forename": vocabulary().forenames, "surname": vocabulary().surnames}[kind]
    return name_variants.variants(
        words, name_lists.spellings(), name_lists.nicknames() if kind == "forename" else {}
    )


def _ints(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, dtype=np.int32)

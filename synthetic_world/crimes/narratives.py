"""Free texts of crimes and incidents: how it was done, and what an unnamed suspect looked like or was called.

A text is one of the sentences of narratives.yml with its slots filled; all of them are made once and then picked by
number. Not here: names in texts (mentions fill {person} and {other}).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read
from synthetic_world.crimes.chances import happens
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import offences
from synthetic_world.draws import Draws
from synthetic_world.model import Ground, Longs
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

PATH: Final = Path(__file__).with_name("narratives.yml")
OTHERWISE: Final = "other"


@dataclass(frozen=True, slots=True)
class Sentences:
    """Texts of all kinds, those of one kind together."""

    kinds: tuple[str, ...]
    texts: pa.Array
    first: Whole
    count: Whole

    def pick(self, random: np.random.Generator, kind: Whole) -> Whole:
        """Index into texts of a sentence of each kind."""
        at = (random.random(len(kind), dtype=np.float32) * self.count[kind]).astype(np.int32)
        return self.first[kind] + np.minimum(at, self.count[kind] - 1)


@dataclass(frozen=True, slots=True)
class Looks:
    """Descriptions: every combination of sex, age, build, feature and nickname (or none), in that order."""

    texts: pa.Array
    ages: tuple[int, ...]
    n_builds: int
    n_features: int
    n_nicknames: int

    def describe(self, random: np.random.Generator, ground: Ground, person: Whole, second: Longs) -> Whole:
        """Index into texts. Build, feature and nickname are their own; age is a guess, the name at times heard."""
        r, people = rates("harm"), ground.people
        luck = Draws.of(ground.world.seed, "looks", people.uid)
        nickname = np.where(
            luck.chance("has nickname") < r.number("nickname"),
            1 + luck.whole("nickname", self.n_nicknames - 1),
            0,
        )
        n = len(person)
        age = age_at(people, person, second) + random.integers(-4, 5, size=n)
        band = np.clip(np.searchsorted(self.ages, age, side="right") - 1, 0, len(self.ages) - 1)
        heard = happens(random, r.number("nickname_heard"), n)
        parts = (
            (people.sex[person], 2),
            (band, len(self.ages)),
            (luck.whole("build", self.n_builds)[person], self.n_builds),
            (luck.whole("feature", self.n_features)[person], self.n_features),
            (np.where(heard, nickname[person], 0), self.n_nicknames),
        )
        index = np.zeros(n, np.int32)
        for value, size in parts:
            index = index * size + value
        return index


@lru_cache(maxsize=1)
def methods() -> Sentences:
    """How it was done, by kind of offence or code; OTHERWISE for those without sentences of their own."""
    return _sentences("methods")


@lru_cache(maxsize=1)
def summaries() -> Sentences:
    """What happened at an incident, by kind of incident."""
    return _sentences("summaries")


@lru_cache(maxsize=1)
def method_of() -> Whole:
    """By offence, and whether it happened in a home: the place in methods() of the most particular sentences."""
    kinds, known = methods().kinds, offences()
    classes = known.rc_class.column(np.arange(len(known))).to_pylist()

    def found(place: int, is_home: bool) -> int:
        kind = known.kinds[known.kind[place]]
        names = (known.codes[place], classes[place], f"{kind} home" if is_home else kind, kind, OTHERWISE)
        return kinds.index(next(name for name in names if name in kinds))

    return np.array(
        [[found(place, is_home) for is_home in (False, True)] for place in range(len(known))], np.int32
    )


@lru_cache(maxsize=1)
def looks() -> Looks:
    """All descriptions of unnamed suspects."""
    node = Node.root(read(PATH)).get("looks")
    ages = tuple(item.whole() for item in node.get("ages").items())
    to = [*(str(high) for high in ages[1:]), "80"]
    bands = [f"aged {low} to {high}" for low, high in zip(ages, to, strict=True)]
    builds, features, nicknames = (node.get(key).texts() for key in ("builds", "features", "nicknames"))
    names = ["", *(f", called '{nickname}'" for nickname in nicknames)]
    parts = product(("female", "male"), bands, builds, features, names)
    texts = pa.array([f"{sex}, {age}, {build}, {feature}{name}" for sex, age, build, feature, name in parts])
    return Looks(texts, ages, len(builds), len(features), len(names))


def _sentences(section: str) -> Sentences:
    root = Node.root(read(PATH))
    slots = {key: root.get("slots").get(key).texts() for key in root.get("slots").mapping()}
    node = root.get(section)
    made = {
        kind: [t for text in node.get(kind).texts() for t in _filled(text, slots)] for kind in node.mapping()
    }
    count = np.array([len(texts) for texts in made.values()], np.int32)
    texts = pa.array([text for texts in made.values() for text in texts])
    return Sentences(tuple(made), texts, (np.cumsum(count) - count).astype(np.int32), count)


def _filled(text: str, slots: dict[str, tuple[str, ...]]) -> list[str]:
    """Every way to fill the slots of a text: [tool] stands for a word of the slot `tool`."""
    used = [slot for slot in slots if f"[{slot}]" in text]
    filled = []
    for words in product(*(slots[slot] for slot in used)):
        own = text
        for slot, word in zip(used, words, strict=True):
            own = own.replace(f"[{slot}]", word)
        filled.append(own)
    return filled

"""What a heading says: its words, written out, held against what forces call each field (headings.yml).

A word weighs the more the fewer fields it could mean, so "date" says little and "licence" much. Not here: taking
headings apart (heading_words), what the values say (fit), the two weighed together (evidence).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz.fuzz import ratio

from data_contracts.columns import BINDABLE
from data_contracts.drafting.heading_words import Word, called, plain_words
from data_contracts.model import Canonical

KEY = "source_record_id"
_KEYS = ("reference", "id", "unique id", "record id", "record number", "entry reference", "primary key")
_NEAR, _SHORTENED, _LETTERS = (
    0.84,
    0.85,
    0.6,
)  # likeness of a slip of the pen, of a beginning, of letters in order
_JOINED = 0.93  # likeness from which headings without gaps are the same words
_OPPOSITES = (
    ("from", "to"),
    ("start", "end"),
    ("earliest", "latest"),
    ("initial", "current"),
    ("first", "last"),
)
_OPPOSED = 0.5  # what is left of a likeness where one speaks of the beginning and the other of the end


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a heading is to the nearest name of a field, from 0 to 1. whole: how much of that name it says."""

    score: float
    name: str
    whole: float = 0.0


@dataclass(frozen=True, slots=True)
class Names:
    """What the fields of one feed are called: by field the word sequences, and the weight of each word."""

    by_field: dict[str, tuple[tuple[str, ...], ...]]
    weights: dict[str, float]
    heaviest: float

    def likeness(self, words: Sequence[Word], field: str) -> Likeness:
        """The best likeness of a heading's words to any name of the field."""
        found = [self._like(words, name) for name in self.by_field[field]]
        return max(found, key=lambda one: (one.score, one.whole), default=Likeness(0.0, ""))

    def _like(self, words: Sequence[Word], name: tuple[str, ...]) -> Likeness:
        """Mean (harmonic) of the share of the heading that the name covers and of the name that the heading covers."""
        if not words:
            return Likeness(0.0, "")
        mine = [
            (self._weight(word.text) * word.part, max(_alike(word.text, p) for p in name)) for word in words
        ]
        theirs = [(self._weight(p), max(_alike(word.text, p) for word in words)) for p in name]
        covered, covering = _mean(mine), _mean(theirs)
        both = 2 * covered * covering / (covered + covering) if covered + covering else 0.0
        joined = _joined("".join(word.text for word in words), "".join(name))
        score, whole = max((both, covering), (joined, joined))
        opposed = _OPPOSED if _are_opposed({word.text for word in words}, set(name)) else 1.0
        return Likeness(score * opposed, " ".join(name), whole * opposed)

    def _weight(self, word: str) -> float:
        return self.weights.get(word, self.heaviest)


def _are_opposed(mine: set[str], theirs: set[str]) -> bool:
    """Whether one speaks of a beginning where the other speaks of an end."""
    return any(
        (one in mine - theirs and other in theirs - mine) or (other in mine - theirs and one in theirs - mine)
        for one, other in _OPPOSITES
    )


def _joined(mine: str, theirs: str) -> float:
    """Likeness of headings without their gaps; a number in one that is not in the other makes them different."""
    if re.sub("[^0-9]", "", mine) != re.sub("[^0-9]", "", theirs):
        return 0.0
    found = ratio(mine, theirs) / 100
    return found if found >= _JOINED else 0.0


def _mean(pairs: Iterable[tuple[float, float]]) -> float:
    listed = list(pairs)
    total = sum(weight for weight, _ in listed)
    return sum(weight * alike for weight, alike in listed) / total if total else 0.0


@lru_cache(maxsize=100_000)
def _alike(mine: str, theirs: str) -> float:
    """How likely two words are the same: equal, misspelt, cut short, or squeezed to some of its letters."""
    if mine == theirs:
        return 1.0
    short, long = sorted((mine, theirs), key=len)
    if short.isdigit() or len(short) < 3:
        return 0.0
    if long.startswith(short):
        return _SHORTENED if len(short) > 3 or len(long) - len(short) > 3 else 0.9
    near = ratio(mine, theirs) / 100
    if near >= _NEAR:
        return near
    return _LETTERS if short[0] == long[0] and _is_within(short, long) else 0.0


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of the short word stand in the long one, in order."""
    letters = iter(long)
    return all(letter in letters for letter in short)


@lru_cache(maxsize=64)
def names_of(canonical: Canonical) -> Names:
    """What the fields of a feed, and the columns every feed has, are called."""
    by_field: dict[str, tuple[tuple[str, ...], ...]] = {}
    for field in (*BINDABLE, *(field.name for field in canonical.fields)):
        listed = called().get(f"{canonical.feed}.{field}", called().get(field, ()))
        own = (field.replace("_", " "), *listed, *(_KEYS if field == KEY else ()))
        by_field[field] = tuple(dict.fromkeys(tuple(plain_words(name)) for name in own))
    within, _ = _weights_of(by_field)
    everywhere, heaviest = _weights()
    lightest = {word: min(weight, everywhere.get(word, heaviest)) for word, weight in within.items()}
    return Names(by_field, lightest, heaviest)


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    """The weight of each word over the fields of all feeds; and that of a word that names none."""
    spoken = {
        field: tuple(
            tuple(plain_words(name)) for name in (field.rpartition(".")[2].replace("_", " "), *names)
        )
        for field, names in called().items()
    }
    return _weights_of(spoken)


def _weights_of(by_field: Mapping[str, tuple[tuple[str, ...], ...]]) -> tuple[dict[str, float], float]:
    """The weight of each word by how many fields it may name; and that of a word that names none."""
    n_fields = Counter(word for names in by_field.values() for word in {w for name in names for w in name})
    total = len(by_field)
    return {word: 0.25 + log(total / n) for word, n in n_fields.items()}, 0.25 + log(total)

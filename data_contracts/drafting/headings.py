"""What a heading says: its words, written out, held against what forces call each field (headings.yml).

A word weighs the more the fewer fields it could mean, so "date" says little and "licence" much. Not here: what the
values say (shapes), the two weighed together (evidence).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from data_contracts import yaml_reader
from data_contracts.columns import BINDABLE
from data_contracts.model import Canonical
from data_contracts.yaml_node import Node

KEY = "source_record_id"
PATH = Path(__file__).with_name("headings.yml")
_PIECE = re.compile(r"5x5x5|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", re.ASCII)
_EMPTY = frozenset(("of", "the", "a", "an", "and", "is", "has", "was"))
_NEAR, _SHORTENED, _LETTERS = (
    0.84,
    0.85,
    0.6,
)  # likeness of: a slip of the pen, a beginning, some letters in order
_JOINED = 0.88  # likeness from which headings without gaps are the same words
_OPPOSITES = (
    ("from", "to"),
    ("start", "end"),
    ("earliest", "latest"),
    ("initial", "current"),
    ("first", "last"),
)
_OPPOSED = 0.5  # what is left of a likeness where one speaks of the beginning and the other of the end
_MOST_PARTS = 4.2  # cost up to which a heading without gaps is taken apart
PARENT = 0.4  # weight of a word that stands higher up in a path


class Word(NamedTuple):
    """A word of a heading and how much of its own weight it has there."""

    text: str
    part: float = 1.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a heading is to the nearest name of a field, from 0 to 1."""

    score: float
    name: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the fields of one feed are called: by field the word sequences, and the weight of each word."""

    by_field: dict[str, tuple[tuple[str, ...], ...]]
    weights: dict[str, float]
    heaviest: float

    def likeness(self, words: Sequence[Word], field: str) -> Likeness:
        """The best likeness of a heading's words to any name of the field."""
        found = [Likeness(self._score(words, name), " ".join(name)) for name in self.by_field[field]]
        return max(found, key=lambda one: one.score, default=Likeness(0.0, ""))

    def _score(self, words: Sequence[Word], name: tuple[str, ...]) -> float:
        """Mean (harmonic) of the share of the heading that the name covers and of the name that the heading covers."""
        if not words:
            return 0.0
        mine = [
            (self._weight(word.text) * word.part, max(_alike(word.text, p) for p in name)) for word in words
        ]
        theirs = [(self._weight(p), max(_alike(word.text, p) for word in words)) for p in name]
        covered, covering = _mean(mine), _mean(theirs)
        both = 2 * covered * covering / (covered + covering) if covered + covering else 0.0
        found = max(both, _joined("".join(word.text for word in words), "".join(name)))
        return found * _OPPOSED if _are_opposed({word.text for word in words}, set(name)) else found

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


@lru_cache(maxsize=1)
def _document() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    root = Node.root(yaml_reader.read(PATH))
    short, fields = root.get("abbreviations"), root.get("fields")
    written = {word: short.get(word).text() for word in short.mapping()}
    return written, {name: fields.get(name).texts() for name in fields.mapping()}


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Every word that stands in some name, and every abbreviation."""
    short, fields = _document()
    words = (word for names in fields.values() for name in names for word in name.split())
    return frozenset((*short, *words))


def words_of(
    heading: str, *, is_path: bool = False, common: frozenset[str] = frozenset()
) -> tuple[Word, ...]:
    """The words of a heading, small and written out. common: words that most headings of the file share."""
    steps = re.split(r"[./^@]+", heading.strip("./^@ ")) if is_path else [heading]
    found: list[Word] = []
    for place, step in enumerate(steps):
        part = 1.0 if place == len(steps) - 1 else PARENT
        found += [Word(word, part) for word in _words(step) if word not in common]
    return tuple(found) or tuple(Word(word) for word in _words(steps[-1]))


def _words(text: str) -> list[str]:
    pieces = [piece.lower() for piece in _PIECE.findall(text.replace("'", "").replace("\u2019", ""))]
    whole = "".join(pieces)
    if len(whole) <= 4 and len(pieces) > 1 and whole in _known():  # D.O.B, M O
        pieces = [whole]
    pieces = [part for piece in pieces for part in _taken_apart(piece)]
    short, _ = _document()
    written = (
        word
        for place, piece in enumerate(pieces)
        for word in (
            piece if piece == "no" and place == 0 and len(pieces) > 1 else short.get(piece, piece)
        ).split()
    )
    return [word for word in written if word not in _EMPTY]


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first letters, three or more, of every known word."""
    return frozenset(word[:n] for word in _known() if word.isalpha() for n in range(3, len(word)))


def _cost(part: str) -> float:
    """What a part of a heading without gaps costs: little where it is a word, more where it only begins one."""
    if len(part) > 1 and (part in _known() or part in _EMPTY or part == "off"):
        return 1.0
    return 1.4 if part in _beginnings() else inf


@lru_cache(maxsize=10_000)
def _taken_apart(piece: str) -> tuple[str, ...]:
    """A heading without gaps ("dateofbirth", "offdesc", "initrisk") as the fewest words that fill it; else itself."""
    if piece in _known() or len(piece) < 5 or piece.isdigit():
        return (piece,)
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ()), *([(inf, ())] * len(piece))]
    for end in range(1, len(piece) + 1):
        tried = ((best[start][0] + _cost(piece[start:end]), start) for start in range(max(0, end - 16), end))
        cost, start = min(tried)
        best[end] = (cost, (*best[start][1], piece[start:end]))
    cost, parts = best[-1]
    return parts if cost <= _MOST_PARTS and any(part in _known() for part in parts) else (piece,)


def common_words(headings: Sequence[str]) -> frozenset[str]:
    """Words that more than half of a file's headings begin with ("CRIME_STATUS, CRIME_DATE …"): they tell nothing."""
    if len(headings) < 6:
        return frozenset()
    first = Counter(words[0] for heading in headings if len(words := _words(heading)) > 1)
    return frozenset(word for word, n in first.items() if n > 0.5 * len(headings))


@lru_cache(maxsize=64)
def names_of(canonical: Canonical) -> Names:
    """What the fields of a feed, and the columns every feed has, are called."""
    _, listed = _document()
    by_field = {}
    key = ("reference", "id", "unique id", "record id", "record number", "entry reference", "primary key")
    for field in (*BINDABLE, *(field.name for field in canonical.fields)):
        called = listed.get(f"{canonical.feed}.{field}", listed.get(field, ()))
        own = tuple(
            _words(name) for name in (field.replace("_", " "), *called, *(key if field == KEY else ()))
        )
        by_field[field] = tuple(dict.fromkeys(tuple(name) for name in own if name))
    n_fields = Counter(word for names in by_field.values() for word in {w for name in names for w in name})
    within = {word: 0.25 + log(len(by_field) / n) for word, n in n_fields.items()}
    everywhere, heaviest = _weights()
    return Names(
        by_field, {word: min(within[word], everywhere.get(word, heaviest)) for word in within}, heaviest
    )


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    """The weight of each word by how many fields of all feeds it may name; and that of a word that names none."""
    _, listed = _document()
    called = {field: (field.rpartition(".")[2].replace("_", " "), *names) for field, names in listed.items()}
    n_fields = Counter(
        word for names in called.values() for word in {w for name in names for w in _words(name)}
    )
    return {word: 0.25 + log(len(called) / n) for word, n in n_fields.items()}, 0.25 + log(len(called))

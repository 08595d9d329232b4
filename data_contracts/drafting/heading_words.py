"""The words of a heading: taken apart where they stand without gaps, small, written out, in the singular.

Also here: the file of names and abbreviations. Not here: what the words mean (headings).
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import NamedTuple

from data_contracts import yaml_reader
from data_contracts.yaml_node import Node

PATH = Path(__file__).with_name("headings.yml")
PARENT = 0.4  # weight of a word that stands higher up in a path
_PIECE = re.compile(r"5x5x5|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", re.ASCII)
_EMPTY = frozenset(("of", "the", "a", "an", "and", "is", "has", "was"))
_MOST_PARTS = 4.2  # cost up to which a heading without gaps is taken apart


class Word(NamedTuple):
    """A word of a heading and how much of its own weight it has there."""

    text: str
    part: float = 1.0


@lru_cache(maxsize=1)
def called() -> dict[str, tuple[str, ...]]:
    """What forces call each field, by `field` or `feed.field`."""
    return _document()[1]


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
        found += [Word(word, part) for word in plain_words(step) if word not in common]
    return tuple(found) or tuple(Word(word) for word in plain_words(steps[-1]))


def plain_words(text: str) -> list[str]:
    """The words of a text, without weights."""
    pieces = [piece.lower() for piece in _PIECE.findall(text.replace("'", "").replace("\u2019", ""))]
    whole = "".join(pieces)
    if len(whole) <= 4 and len(pieces) > 1 and whole in _known():  # D.O.B, M O
        pieces = [whole]
    pieces = [part for piece in pieces for part in _taken_apart(piece)]
    is_no = len(pieces) > 1 and pieces[0] == "no"  # "No Fixed Abode" speaks of no number
    short, _ = _document()
    written = ["no"] if is_no else []
    written += [word for piece in pieces[is_no:] for word in short.get(piece, piece).split()]
    return [_singular(word) for word in written if word not in _EMPTY]


def _singular(word: str) -> str:
    """A word without the s of more than one."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )


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
    first = Counter(words[0] for heading in headings if len(words := plain_words(heading)) > 1)
    return frozenset(word for word, n in first.items() if n > 0.5 * len(headings))

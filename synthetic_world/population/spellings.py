"""How the name in a mention is spelt: right, mistyped, by a short form, in another spelling, cut, or by its initial.

A name in a mention is a word (its place among forenames, then surnames) times COLUMNS plus the way it is spelt. Only
the words that are misspelt somewhere are ever spelt out in all sixteen ways; the rest is a gather. Not here: which way
a mention gets (noise), the ways themselves (name_variants).
"""

import zlib
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.model import Indices, Ints
from synthetic_world.population import name_lists, name_variants
from synthetic_world.population.name_variants import COLUMNS
from synthetic_world.population.names import vocabulary

WAYS: Final = COLUMNS
TYPOS: Final = range(1, 6)
NICKNAMES: Final = range(6, 9)
SPELLINGS: Final = range(9, 14)
INITIAL: Final = name_variants.INITIAL
_NEAR: Final = {  # what a finger or an eye takes for another
    "a": "se", "b": "vn", "c": "xk", "d": "sf", "e": "ai", "f": "dg", "g": "fh", "h": "gn", "i": "yl", "j": "hk",
    "k": "cl", "l": "ik", "m": "n", "n": "m", "o": "ua", "p": "ob", "q": "g", "r": "te", "s": "za", "t": "ry",
    "u": "ov", "v": "wb", "w": "vu", "x": "zc", "y": "ie", "z": "sx",
}  # fmt: skip

_FEW: Final = 20_000  # names

_KNOWN: Final[
    dict[int, list[str]]
] = {}  # by word: all its spellings; the same in whatever order they are learnt


def n_forenames() -> int:
    """How many words are forenames; the others are surnames."""
    return len(vocabulary().forenames)


def learn(*names: Ints) -> None:
    """Have ready all spellings that these names need: once for many is much quicker than a few at a time."""
    seen = np.zeros((len(_words()), WAYS), bool)
    for codes in names:
        seen.ravel()[codes[codes >= 0]] = True
    _learn(np.flatnonzero(seen[:, 1:].any(axis=1)))


def written(names: Ints) -> pa.DictionaryArray:
    """The letters of each name; null for none (below 0)."""
    wanted, place = _told_apart(np.maximum(names, -1))
    word, way = np.divmod(np.maximum(wanted, 0), WAYS)
    texts = _words().take(pa.array(word))
    odd = np.flatnonzero(way)
    if len(odd):
        _learn(np.unique(word[odd]))
        spelt = [_KNOWN[one][how] for one, how in zip(word[odd].tolist(), way[odd].tolist(), strict=True)]
        texts = pc.replace_with_mask(texts, pa.array(way > 0), pa.array(spelt, pa.string()))
    is_empty = (wanted < 0) | pc.equal(texts, "").to_numpy(zero_copy_only=False)
    codes = pa.array(place, mask=is_empty[place]) if is_empty.any() else pa.array(place)
    return pa.DictionaryArray.from_arrays(codes, texts)


def _told_apart(names: Ints) -> tuple[Indices, Ints]:
    """The names there are, in order, and which of them each is. Many are told apart by a table, few by sorting."""
    if len(names) < _FEW:
        wanted, place = np.unique(names, return_inverse=True)
        return wanted, place.astype(np.int32)
    seen = np.zeros(1 + len(_words()) * WAYS, bool)
    seen[names + 1] = True
    rank: Ints = np.cumsum(seen, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(seen) - 1, rank[names + 1]


@lru_cache(maxsize=1)
def _words() -> pa.Array:
    """Every word, spelt right."""
    known = vocabulary()
    return pa.array((*known.forenames, *known.surnames), pa.string())


def _learn(words: Indices) -> None:
    """Spell out words in all ways, forenames and surnames each by their own lists."""
    new = np.array([word for word in words.tolist() if word not in _KNOWN], np.int64)
    for nicknames in (name_lists.nicknames(), {}):
        own = new[(new < n_forenames()) == bool(nicknames)]
        if len(own):
            right = _words().take(pa.array(own)).to_pylist()
            table = name_variants.variants(right, name_lists.spellings(), nicknames).to_pylist()
            for row, word in enumerate(own.tolist()):
                ways = table[row * WAYS : (row + 1) * WAYS]
                ways[TYPOS.start : TYPOS.stop] = [slip(right[row], way) for way in TYPOS]
                _KNOWN[word] = ways


def slip(word: str, way: int) -> str:
    """The word with one slip: letters swapped, one left out, doubled, mistaken or put in. Its first letter stays."""
    if len(word) < 3:
        return word
    luck = zlib.crc32(f"{word}/{way}".encode())
    at = 1 + (luck >> 8) % (len(word) - 1)
    letter, kind = word[at], luck % 5
    near = _NEAR.get(letter.lower(), "e")
    other = near[(luck >> 20) % len(near)]
    if kind == 0 and at + 1 < len(word) and word[at + 1] != letter:
        return word[:at] + word[at + 1] + letter + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2 and letter.isalpha():
        return word[: at + 1] + letter + word[at + 1 :]
    if kind == 3:
        return word[:at] + other + word[at:]
    return word[:at] + (other.upper() if letter.isupper() else other) + word[at + 1 :]

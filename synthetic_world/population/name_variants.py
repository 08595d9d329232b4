"""Sixteen ways in which each name may be written down: as it is, mistyped, shortened, spelt otherwise, cut off.

Columns are the same for every name. A name that has no nickname or no other spelling stands there as it is. Not here:
how often each happens (that is the noise of a source), the names themselves (names).
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

COLUMNS: Final = 16
AS_IT_IS: Final = 0
TYPOS: Final = (
    1,
    2,
    3,
    4,
    5,
)  # a neighbouring key, a letter left out, one doubled, two swapped, another vowel
NICKNAMES: Final = (6, 7, 8)  # of forenames; surnames have three more spellings there
SPELLINGS: Final = (9, 10, 11, 12, 13)
INITIAL: Final = 14
CUT: Final = 15  # at the hyphen or blank, else after seven letters

_WIDTH: Final = 24  # bytes; the longest name has 21
_MADE_UP_TO: Final = 2  # spellings that the rules make, if the vocabulary lists fewer
_KEYS: Final = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))
_PRIMES: Final = np.array([7919 * (place + 3) ** 3 % 104729 for place in range(_WIDTH)])
_RULES: Final = (  # what is heard or typed one for another; the first ones that change a name make its spellings
    ("^Mac([A-Z])", r"Mc\1"), ("^Mc([A-Z])", r"Mac\1"), ("^O'", "O"), ("-", " "), ("ski$", "sky"), ("ska$", "ski"),
    ("ley$", "ly"), ("ll", "l"), ("on$", "en"), ("er$", "ar"), ("ck", "k"), ("y$", "ie"), ("s$", ""), ("e$", ""),
    ("([a-z])w", r"\1u"), ("a$", "ah"), ("ie", "ei"), ("en$", "on"), ("ph", "f"), ("sz", "sh"), ("cz", "ch"),
    ("kh", "k"), ("tt", "t"), ("nn", "n"), ("ee", "ea"), ("oo", "u"), ("ai", "ay"), ("([aeiou]r)([a-z])", r"\1r\2"),
    ("n([dgt])$", r"nn\1"), ("$", "e"),
)  # fmt: skip


def variants(
    words: Sequence[str], groups: Sequence[Sequence[str]], nicknames: Mapping[str, Sequence[str]]
) -> pa.Array:
    """A flat string array: word * COLUMNS + column."""
    whole = pa.array(words, pa.string())
    typed = _typos(whole)
    spelt = _spelt(words, whole, groups, len(SPELLINGS) + (0 if nicknames else len(NICKNAMES)))
    short = _short(words, nicknames) if nicknames else spelt[len(SPELLINGS) :]
    columns = [
        whole,
        *typed,
        *short,
        *spelt[: len(SPELLINGS)],
        pc.utf8_slice_codeunits(whole, 0, 1),
        _cut(whole),
    ]
    table = pa.chunked_array(columns).combine_chunks()
    at = np.arange(len(words))[:, None] + np.arange(COLUMNS)[None, :] * len(words)
    return table.take(pa.array(at.ravel()))


def _letters(words: pa.Array) -> npt.NDArray[np.uint8]:
    """One row of bytes a word, ended by zeros."""
    fixed = np.array(words.to_pylist(), dtype=f"S{_WIDTH}")
    return fixed.view(np.uint8).reshape(len(fixed), _WIDTH)


def _words(letters: npt.NDArray[np.uint8]) -> pa.Array:
    flat = np.ascontiguousarray(letters).view(f"S{_WIDTH}").ravel()
    return pa.array(flat, pa.binary()).cast(pa.string())


def _typos(words: pa.Array) -> list[pa.Array]:
    """The five mistypings. The first letter is left alone, as people mostly do."""
    letters = _letters(words)
    length = (letters != 0).sum(axis=1)
    rows = np.arange(len(letters))
    luck = (letters * _PRIMES).sum(
        axis=1
    )  # of its letters alone, so that a name goes wrong alike in any company
    at = 1 + luck // np.array([[1], [7], [49], [343]]) % np.maximum(length - 1, 1)
    at[3] = np.maximum(np.minimum(at[3], length - 2), 0)
    column = np.arange(_WIDTH)[None, :]
    other_key = letters.copy()
    other_key[rows, at[0]] = _KEY_TABLE[letters[rows, at[0]]]
    left_out = np.take_along_axis(letters, np.minimum(column + (column >= at[1][:, None]), _WIDTH - 1), 1)
    doubled = np.take_along_axis(letters, column - (column > at[2][:, None]), 1)
    swapped = letters.copy()
    last = at[3] + (length > 2)  # names of two letters stay as they are
    swapped[rows, at[3]], swapped[rows, last] = letters[rows, last], letters[rows, at[3]]
    is_vowel = _VOWEL_TABLE[letters] != letters
    is_vowel[:, 0] = False
    heard = letters.copy()
    where = is_vowel.argmax(axis=1)
    heard[rows, where] = np.where(
        is_vowel.any(axis=1), _VOWEL_TABLE[letters[rows, where]], letters[rows, where]
    )
    return [_words(one) for one in (other_key, left_out, doubled, swapped, heard)]


def _spelt(words: Sequence[str], whole: pa.Array, groups: Sequence[Sequence[str]], n: int) -> list[pa.Array]:
    """The other spellings of each name's group, then those that the rules make, then the same again."""
    found: dict[str, list[str]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, [other for other in group if other != name])
    made = np.full((len(words), n), "", dtype=object)
    taken = np.zeros(len(words), dtype=np.int64)
    for row, word in enumerate(words):
        if word in found:
            own = found[word][:n]
            made[row, : len(own)], taken[row] = own, len(own)
    open_rows = np.flatnonzero((taken < _MADE_UP_TO) & np.array([word != "" for word in words]))
    for pattern, instead in _RULES:
        now = whole.take(pa.array(open_rows))
        changed = pc.replace_substring_regex(now, pattern, instead, max_replacements=1)
        is_new = np.asarray(pc.not_equal(changed, now))
        if pattern == "$":
            is_new &= taken[open_rows] == 0
        rows = open_rows[is_new]
        made[rows, taken[rows]] = np.asarray(changed.filter(pa.array(is_new)), dtype=object)
        taken[rows] += 1
        open_rows = open_rows[taken[open_rows] < _MADE_UP_TO]
    for column in range(1, n):
        rows = np.flatnonzero((taken <= column) & (taken > 0))
        made[rows, column] = made[rows, column % taken[rows]]
    return [pa.array(made[:, column], pa.string()) for column in range(n)]


def _short(words: Sequence[str], nicknames: Mapping[str, Sequence[str]]) -> list[pa.Array]:
    own = [nicknames.get(word, (word,)) for word in words]
    return [pa.array([names[column % len(names)] for names in own]) for column in range(len(NICKNAMES))]


def _cut(words: pa.Array) -> pa.Array:
    parted = pc.replace_substring_regex(words, r"[- ].*", "")
    return pc.if_else(pc.equal(parted, words), pc.utf8_slice_codeunits(words, 0, 7), parted)


def _table(pairs: Mapping[str, str]) -> npt.NDArray[np.uint8]:
    table = np.arange(256, dtype=np.uint8)
    for one, other in pairs.items():
        table[ord(one)] = ord(other)
    return table


_KEY_TABLE: Final = _table(_KEYS)
_VOWEL_TABLE: Final = _table({"a": "e", "e": "i", "i": "e", "o": "u", "u": "o", "y": "i"})

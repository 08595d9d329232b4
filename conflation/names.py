"""Names as text: folding, junk words, particles, what is a forename and what a surname.

Pure functions of one value; standardise.py calls each once for each distinct value. Folding turns any script into
plain lower-case letters, so that `Łukasz`, `LUKASZ` and `lukasz` are one. Not here: variants of a forename
(nicknames.py), how like two names are (comparisons.py).
"""

import re
from typing import NamedTuple

from anyascii import anyascii
from jellyfish import metaphone

LONGEST = 60  # letters of a name that are compared; what lies beyond has never been seen to matter
TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "rev", "sir", "master", "mx"}
SUFFIXES = {"jr", "jnr", "sr", "snr", "ii", "iii", "iv", "esq"}
JUNK = {
    *("unknown", "unkown", "unk", "refused", "none", "null", "nil", "nfa", "nk", "anon", "anonymous"),
    *("entered", "recorded", "stated", "given", "available", "applicable", "redacted", "withheld", "nan"),
    *("tbc", "tba", "tbd", "notknown", "notentered", "notstated", "xx", "xxx", "xxxx", "zzz"),
}
PARTICLES = {
    "van",
    "von",
    "der",
    "den",
    "de",
    "da",
    "di",
    "del",
    "dos",
    "la",
    "le",
    "bin",
    "ibn",
    "al",
    "el",
    "ap",
}
FILLERS = {
    "not",
    "no",
    "known",
    "n",
    "a",
    "of",
    "baby",
    "name",
    "the",
    "yet",
}  # junk only beside junk, or alone
_MARKER = re.compile(r"^(?:mig_error|no_show|duplicate)_*", re.I)  # what a records system wrote before a name
MERGED_PREFIX = re.compile(r"\b(mc|o) (?=[a-z]{3})")
_APART = re.compile(r"[^a-z]+")
_APOSTROPHES = re.compile(r"['`´’‘ʼʻ′]")


class Name(NamedTuple):
    """One value, standardised: its words, first word first."""

    words: tuple[str, ...]

    @property
    def whole(self) -> str | None:
        """The words in one string, cut where nobody compares any more; None where nothing is left."""
        return " ".join(self.words)[:LONGEST].strip() or None


def folded(value: str) -> str:
    """Lower-case ASCII letters and single spaces; apostrophes close up, everything else parts words."""
    closed = _APOSTROPHES.sub("", _MARKER.sub("", value[: 4 * LONGEST].strip()))
    plain = closed if closed.isascii() else anyascii(closed)
    return _APART.sub(" ", plain.lower()).strip()


def standard_name(value: str | None) -> Name:
    """The words of a name: folded, `mc donald` joined, titles, suffixes and placeholders gone."""
    if not value:
        return Name(())
    words = MERGED_PREFIX.sub(r"\1", folded(value)).split()
    kept = [word for word in words if word not in TITLES and word not in SUFFIXES] or words
    if any(word in JUNK for word in kept):
        kept = [word for word in kept if word not in JUNK and word not in FILLERS]
    elif all(word in FILLERS for word in kept) and len(kept) > 1:
        kept = []
    return Name(tuple(kept))


def split_full_name(value: str | None) -> tuple[Name, Name, Name]:
    """Forename, middle names and surname of a whole name; `SURNAME, Forename` is understood.

    A single word is taken for a surname where a comma follows it, and for a forename otherwise.
    """
    before, comma, after = (value or "").partition(",")
    if comma and after.strip() and len(standard_name(after).words) <= 3:
        given, family = standard_name(after).words, standard_name(before).words
        return Name(given[:1]), Name(given[1:]), Name(family)
    words = standard_name(value).words
    if len(words) < 2:
        return (Name(()), Name(()), Name(words)) if comma else (Name(words), Name(()), Name(()))
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return Name(words[:1]), Name(words[1:start]), Name(words[start:])


def sound(name: str | None) -> str | None:
    """How a name sounds (Metaphone), for blocking; None where it is too short to tell names apart."""
    if not name:
        return None
    key = metaphone(name).replace(" ", "")
    return key[:6] if len(key) >= 2 else name[:6].upper()

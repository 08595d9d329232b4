"""Words that stand for "nothing here": known ones, and texts that alone keep a column from being dates or numbers.

Not here: reading them (values). A word that is a code of its column stays a code: that is decided with the code list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data_contracts.drafting.moments import moments_of
from data_contracts.drafting.profile import Profile
from data_contracts.drafting.shapes import SHAPES
from data_contracts.values import folded

_KNOWN = """
    null|(null)|<null>|nul|none|nil|n/a|na|n.a.|#n/a|n/k|nk|not known|unknown|not recorded|notrecorded|not entered
    not stated|not specified|not applicable|not supplied|not provided|no data|blank|(blank)|[blank]|empty|-|--|---|.|..
    ?|??|tbc|tba|unspecified|nan|undefined
"""
_CODED = "none|nil|unknown|not known|not stated|not recorded|not specified|n|na|nk|n/k|not applicable"
KNOWN = frozenset(word for line in _KNOWN.split("\n") for word in line.strip().split("|") if word)
CODED = frozenset(_CODED.split("|"))  # words that lists of codes have of their own
_FEW = 12  # different texts; a column with so few may be a list of codes, which has its own words for "not known"
_STRICT = ("number", "pnc", "cro", "postcode", "phone", "email", "lsoa", "asn")
_REST = 0.9  # of the texts that are not dates or numbers: one word, over and over


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """By heading the folded words; those words as they are written; and those among them that nobody knew before."""

    by_heading: Mapping[str, tuple[str, ...]]
    written: tuple[str, ...]
    inferred: tuple[str, ...]


def words_for_empty(profiles: Sequence[Profile]) -> EmptyWords:
    """The words for "empty" of each column. A word found out in one column counts in all that are no lists of codes."""
    inferred = {word for profile in profiles if (word := _odd_one(profile))}
    written: dict[str, str] = {}
    by_heading: dict[str, tuple[str, ...]] = {}
    for profile in profiles:
        may_be_coded = profile.n_distinct <= _FEW
        here = [
            text
            for text in profile.counts
            if folded(text) in inferred
            or (folded(text) in KNOWN and not (may_be_coded and folded(text) in CODED))
        ]
        written.update({folded(text): text for text in here if folded(text) not in written})
        by_heading[profile.heading] = tuple(folded(text) for text in here)
    return EmptyWords(
        by_heading,
        tuple(written.values()),
        tuple(written[word] for word in sorted(inferred) if word in written),
    )


def _odd_one(profile: Profile) -> str:
    """The (folded) text that alone keeps a column from being all dates or all of a strict shape; empty for none."""
    texts = {text: n for text, n in profile.looked_at.items() if folded(text) not in KNOWN}
    if len(texts) < 3:
        return ""
    common = next(iter(texts))
    candidates = [
        text for text, n in texts.items() if n >= 2 and not any(letter.isdigit() for letter in text)
    ][:3]
    for text in candidates or [common]:
        rest = {other: n for other, n in texts.items() if other != text}
        if not any(letter.isdigit() for letter in text) and len(rest) >= 2 and _is_strict(profile, rest):
            return folded(text)
    return ""


def _is_strict(profile: Profile, counts: Mapping[str, int]) -> bool:
    rest = Profile(profile.heading, sum(counts.values()), counts)
    moments = moments_of(rest)
    if moments is not None and moments.share >= _REST:
        return True
    return any(rest.share(SHAPES[name]) >= 0.97 for name in _STRICT) and rest.n_distinct >= 4

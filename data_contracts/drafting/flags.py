"""Yes and no: whether a column is a flag, and which of its words is which.

Not here: lists of codes (coding).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.values import BOOLEANS, folded

_MORE = {  # beyond the words that every contract knows
    **dict.fromkeys(("on", "x", "tick", "ticked", "-1", "present", "positive"), "true"),
    **dict.fromkeys(("off", "none", "negative", "absent"), "false"),
}


@dataclass(frozen=True, slots=True)
class Flags:
    """The words of a flag. code_map: those that a contract must map; in_doubt: those whose meaning was inferred."""

    code_map: tuple[tuple[str, str], ...]
    in_doubt: tuple[str, ...]


def flags_of(counts: Mapping[str, int]) -> Flags | None:
    """How a column says yes and no; None where it says anything else."""
    texts = {folded(text): text for text in counts}
    if not 1 <= len(texts) <= 3:
        return None
    plain = {word: BOOLEANS.get(word, "") for word in texts}
    if all(plain.values()) and len(set(plain.values())) == len(texts):
        return Flags((), ())
    if len(texts) == 2 or (len(texts) == 1 and next(iter(texts)) in _MORE):
        known = {word: BOOLEANS.get(word) or _MORE.get(word, "") for word in texts}
        if len(set(known.values())) == len(texts) and all(known.values()):
            return Flags(
                tuple((texts[word], known[word]) for word in texts),
                tuple(texts[word] for word in texts if word in _MORE),
            )
    return None

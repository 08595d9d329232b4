"""How words and names from a table are written.

Here: as they stand, cut, opened, put into a short pattern. Not here: sentences (profiles/pack/wording.py).
"""

import re
from collections.abc import Callable
from typing import Any

from profiles.pack.formats.numbers import NONE, share_of_one
from profiles.pack.formats.register import register, with_parameter

_NUMBERED = re.compile(r"^(?P<district>.*?)\s*(?P<number>\d+)?$")


@register
def text(value: Any) -> str:
    """Words as they stand."""
    return NONE if value is None else str(value)


@register
def lower_first(value: str) -> str:
    """A name inside a sentence."""
    return value[:1].lower() + value[1:]


@with_parameter
def clipped(most: Any) -> Callable[..., str]:
    """Words cut at a length a table can bear, with an ellipsis where something is left out."""
    limit = int(most)

    def write(value: Any) -> str:
        words = text(value)
        return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"

    return write


@with_parameter
def opening(most: Any) -> Callable[..., str]:
    """Words that open a line: first letter large, cut at a length."""
    cut = clipped(most)
    return lambda value: cut(value[:1].upper() + value[1:])


@with_parameter
def pattern(words: Any) -> Callable[..., str]:
    """A short word around or in place of one value: `pattern("▲ {}")`."""

    def write(*values: Any) -> str:
        return str(words).format(*values)

    return write


@register
def place_code(name: str) -> str:
    """Initials of the district and the number: "Central Bedfordshire 012" -> CB12, "Luton 003" -> LUT3."""
    match = _NUMBERED.match(name)
    words = (match["district"] if match else name).split()
    letters = words[0][:3] if len(words) == 1 else "".join(word[0] for word in words if word[0].isupper())[:3]
    number = str(int(match["number"])) if match and match["number"] else ""
    return (letters or name[:3]).upper() + number


@with_parameter
def filled(slot: Any) -> Callable[..., str]:
    """A sentence of a table with one share in it: its slot {share} filled as a percentage."""
    return lambda words, value: str(words).replace("{" + str(slot) + "}", share_of_one(value))


@register
def feed_word(value: str) -> str:
    """A code as words: crime_party as Crime party."""
    return value.replace("_", " ").replace("-", " ").capitalize()


@register
def lower_first_word(value: str) -> str:
    """A code in capitals as a small word: ALLEGATION as allegation."""
    return value.lower()

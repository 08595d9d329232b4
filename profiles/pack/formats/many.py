"""How several values are written as one: counted, added, listed.

Here: formats of many values. Not here: one number (numbers.py).
"""

from collections.abc import Callable, Sequence
from typing import Any

from profiles.pack.formats.numbers import cardinal, count, share, whole
from profiles.pack.formats.register import register, with_parameter


@register
def how_many(*values: Any) -> str:
    """How many values were looked at."""
    return f"{len(values):,}"


@register
def how_many_in_words(*values: Any) -> str:
    """The same, as a sentence may open with it."""
    return cardinal(len(values))


@register
def how_many_held(values: Sequence[float | None]) -> str:
    """How many values of a list are held."""
    return str(sum(value is not None for value in values))


@register
def least_of(values: Sequence[int | None]) -> str:
    """The smallest of a list of counts that may point at a person."""
    return count(min((value for value in values if value is not None), default=None))


@register
def most_of(values: Sequence[int | None]) -> str:
    """The largest of a list of counts that may point at a person."""
    return count(max((value for value in values if value is not None), default=None))


@register
def sum_of_shares(*values: float) -> str:
    """Shares of 1, added, as a percentage."""
    return share(100.0 * sum(values))


@register
def total(*values: float) -> str:
    """Values added."""
    return whole(sum(values))


@register
def listed(values: Sequence[str]) -> str:
    """a, b, c."""
    return ", ".join(values)


@with_parameter
def joined(gap: Any) -> Callable[..., str]:
    """A list with a gap of one's own."""
    return lambda values: str(gap).join(str(value) for value in values)


@register
def ranks(values: Sequence[int]) -> str:
    """Ranks 2, 5 and 8."""
    found = [str(value) for value in values]
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + f" and {found[-1]}"

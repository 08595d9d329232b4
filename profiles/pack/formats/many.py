"""How several values are written as one: counted, added, listed.

Here: formats of many values. Not here: one number (numbers.py).
"""

from collections.abc import Callable, Sequence
from typing import Any

from profiles.pack.formats.numbers import cardinal, count, per_hundred, share, whole
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


@with_parameter
def item(index: Any) -> Callable[..., str]:
    """One item of a list, counted from 0."""
    return lambda values: str(values[int(index)])


@with_parameter
def beyond(most: Any) -> Callable[..., str]:
    """How many items of a list lie beyond the first few."""
    return lambda values: f"{max(0, len(values) - int(most)):,}"


@register
def steps(before: int, now: int) -> str:
    """How many places a rank moved: ▲ 3."""
    return f"▲ {before - now}" if before > now else f"▼ {now - before}"


@register
def how_many_different(values: Sequence[Any]) -> str:
    """How many different values a list holds."""
    return f"{len(set(values)):,}"


@register
def first_per_hundred(values: Sequence[float | None]) -> str:
    """The first chance of a list that is held, per hundred."""
    return per_hundred(next((value for value in values if value is not None), None))


@register
def last_per_hundred(values: Sequence[float | None]) -> str:
    """The last chance of a list that is held, per hundred."""
    return per_hundred(next((value for value in reversed(values) if value is not None), None))


@with_parameter
def evidence_ref(index: Any) -> Callable[..., str]:
    """One of a list of evidence numbers, as it is cited: E3."""
    return lambda values: f"E{values[int(index)]}"


@register
def last_of(values: Sequence[float | None]) -> str:
    """The last value of a list that is held."""
    return whole(next((value for value in reversed(values) if value is not None), None))


@register
def listed_once(values: Sequence[str]) -> str:
    """A list without repeats, in order: a, b, c."""
    return ", ".join(dict.fromkeys(values))

"""Small numbers on any page: counts of 1 to 4 by place or group are not printed, nor drawn so that they can be read.

Here: the rule for a single count. Not here: tables that leave the force (tables.py), who may see a pack (governance/).
"""

from collections.abc import Iterable

LEAST = 5
_DRAWN = 2.5


def is_small(count: int | None) -> bool:
    """True for 1 to 4: a count that could point at a person."""
    return count is not None and 0 < count < LEAST


def drawn(counts: Iterable[int | None]) -> tuple[float | None, ...]:
    """A series for a chart: months of 1 to 4 all get one height, so the line cannot be read back."""
    return tuple(_DRAWN if is_small(count) else (None if count is None else float(count)) for count in counts)

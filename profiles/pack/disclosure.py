"""What may not be printed: counts of 1 to 4 by place or outcome.

Here: the one rule and what follows from it for text, rates and small charts.
Not here: who may see a pack (governance/).
"""

from collections.abc import Iterable

LEAST = 5
UNDER = f"under {LEAST}"
_DRAWN = 2.5


def is_small(count: int | None) -> bool:
    """True for 1 to 4: a count that could point at a person."""
    return count is not None and 0 < count < LEAST


def count_text(count: int) -> str:
    """The count, or "under 5"."""
    return UNDER if is_small(count) else f"{count:,}"


def drawn(counts: Iterable[int | None]) -> tuple[float | None, ...]:
    """A series for a chart: months of 1 to 4 all get one height, so the line cannot be read back."""
    return tuple(_DRAWN if is_small(count) else (None if count is None else float(count)) for count in counts)

"""The classes of a shaded map.

Here: their limits and names. Not here: which place falls in which (page builders).
"""

from collections.abc import Callable
from typing import Any

from profiles.pack.formats.register import with_parameter

_CLASS_SHARES = (0.6, 0.9, 1.2, 1.8)


def rate_breaks(force_rate: float) -> tuple[float, ...]:
    """Limits of the classes of a map around the force rate, rounded to figures a reader can hold."""
    digits = 0 if force_rate >= 10 else 1
    return tuple(round(part * force_rate, digits) for part in _CLASS_SHARES)


@with_parameter
def rate_class(index: Any) -> Callable[..., str]:
    """The name of one class of a map: under 16, 16 to 24, …, 49 or more."""
    at = int(index)

    def write(force_rate: float | None) -> str:
        breaks = [f"{limit:g}" for limit in rate_breaks(force_rate or 0.0)]
        if at == 0:
            return f"under {breaks[0]}"
        return f"{breaks[-1]} or more" if at == len(breaks) else f"{breaks[at - 1]} to {breaks[at]}"

    return write

"""The register of formats: a printed figure names its format, so that it can be made again from its values.

Here: how a format is named and found. Not here: the formats themselves (beside this module).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Format:
    """A named way to write one or more values."""

    name: str
    write: Callable[..., str]

    def __call__(self, *values: Any) -> str:
        """The values as they are printed."""
        return self.write(*values)


_REGISTER: dict[str, Callable[..., Any]] = {}


def register(write: Callable[..., str]) -> Format:
    """A format without a parameter."""
    _REGISTER[write.__name__] = write
    return Format(write.__name__, write)


def with_parameter(make: Callable[[Any], Callable[..., str]]) -> Callable[[Any], Format]:
    """A format that takes a parameter first: its name is then `name:parameter`."""
    _REGISTER[f"{make.__name__}:"] = make
    return lambda parameter: Format(f"{make.__name__}:{parameter}", make(parameter))


def format_named(name: str) -> Callable[..., str]:
    """The format a run names; KeyError for a name nobody registered."""
    if ":" not in name:
        found: Callable[..., str] = _REGISTER[name]
        return found
    base, parameter = name.split(":", 1)
    made: Callable[..., str] = _REGISTER[f"{base}:"](parameter)
    return made

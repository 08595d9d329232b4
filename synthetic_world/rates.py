"""The numbers of the fictional world, read from rates/*.yml, where each stands with its source and confidence.

`rates("people")["years_known"]` is a number or a tuple of numbers. Not here: the numbers, and what is drawn with
them. A number that is not in one of those files is a number nobody can question, so modules hold none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read

FOLDER: Final = Path(__file__).with_name("rates")
CONFIDENCES: Final = ("measured", "published", "press", "assumed", "design")
Value = float | tuple[float, ...]
Knobs = tuple[tuple[str, str, Value], ...]  # file, name, number


@dataclass(frozen=True, slots=True)
class Rate:
    """One number, or a row of them, with where it comes from."""

    value: Value
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Rates:
    """The numbers of one file, by name."""

    name: str
    by_key: dict[str, Rate]

    def __getitem__(self, key: str) -> Value:
        """The value under a key."""
        if key not in self.by_key:
            raise KeyError(f"rates/{self.name}.yml has no {key}; add it with its source and confidence")
        return self.by_key[key].value

    def number(self, key: str) -> float:
        """A single number."""
        value = self[key]
        if isinstance(value, tuple):
            raise TypeError(f"rates/{self.name}.yml: {key} is a row of numbers, not one")
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """A row of numbers."""
        value = self[key]
        return value if isinstance(value, tuple) else (value,)

    def items(self) -> Iterator[tuple[str, Rate]]:
        """Every number with its source, in the order of the file, for the world's card."""
        yield from self.by_key.items()


_turned: Final[dict[str, "Rates"]] = {}


def rates(name: str) -> Rates:
    """The rates of one file, without its ending, as far as no knob is turned. Raises ContractError for a bad file."""
    return _turned.get(name) or _read(name)


@contextmanager
def turned(knobs: Knobs) -> Iterator[None]:
    """While it lasts, these numbers hold in place of those in the files. Only for knobs that `checked` has passed."""
    before = dict(_turned)
    for name, key, value in knobs:
        known = rates(name)
        own = Rate(value, f"turned by hand, in place of {known[key]}", "design")
        _turned[name] = Rates(name, {**known.by_key, key: own})
    try:
        yield
    finally:
        _turned.clear()
        _turned.update(before)


@cache
def _read(name: str) -> Rates:
    root = Node.root(read(FOLDER / f"{name}.yml"))
    return Rates(name, {key: _rate(root.get(key)) for key in root.mapping()})


def all_rates() -> tuple[Rates, ...]:
    """Every file of rates, in order of name."""
    return tuple(rates(path.stem) for path in sorted(FOLDER.glob("*.yml")))


def _rate(node: Node) -> Rate:
    node.only(("value", "source", "confidence"))
    value = node.get("value")
    numbers = tuple(float(item.number()) for item in value.items()) if isinstance(value.value, list) else None
    return Rate(
        float(value.number()) if numbers is None else numbers,
        node.get("source").text(),
        node.get("confidence").choice(CONFIDENCES),
    )

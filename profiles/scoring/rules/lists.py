"""From scores to a list, and what the choice of harm weights does to it.

Here: the one order of every printed list (score, then harm, then recency, then a digest of the person), and how much
two lists share. Not here: rank intervals and staying on a list (watch).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from typing import Final, Protocol

TOP: Final = 20


class Listed(Protocol):
    """What a rule gives for a person, as far as the order of a list asks."""

    @property
    def person_id(self) -> str:
        """Whose it is."""

    @property
    def harm(self) -> float:
        """Days of harm."""

    @property
    def days_since(self) -> int:
        """Days since the last event."""


@dataclass(frozen=True)
class Overlap:
    """How far two lists agree at the same length."""

    k: int
    n_both: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the first k of one list, those among the first k of the other; 1 for two empty lists."""
        longest = self.n_both + max(len(self.only_first), len(self.only_second))
        return self.n_both / longest if longest else 1.0


def in_order(found: Iterable[Listed], score: Mapping[str, float]) -> Sequence[str]:
    """Persons from the first to the last."""
    ordered = sorted(
        found, key=lambda one: (-score[one.person_id], -one.harm, one.days_since, tie_breaker(one.person_id))
    )
    return [one.person_id for one in ordered]


def tie_breaker(person_id: str) -> str:
    """An order that favours nobody and never changes."""
    return md5(person_id.encode(), usedforsecurity=False).hexdigest()


def overlap(first: Sequence[str], second: Sequence[str], k: int = TOP) -> Overlap:
    """Compare the first k of two lists."""
    one, other = first[:k], second[:k]
    return Overlap(
        k,
        len(set(one) & set(other)),
        tuple(person for person in one if person not in other),
        tuple(person for person in other if person not in one),
    )

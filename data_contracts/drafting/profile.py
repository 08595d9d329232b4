"""One column of a sample in numbers: which texts, how often, how many rows have none.

Not here: what the texts look like (shapes), dates (moments), codes (coding).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from data_contracts.drafting.sample import SampleColumn
from data_contracts.values import BLANKS, folded

MOST_SHOWN = 2_000  # different texts that are looked at; more say nothing new


@dataclass(frozen=True)
class Profile:
    """Counts of the texts of one column, without blanks around them and without words for "empty"."""

    heading: str
    n_rows: int
    counts: Mapping[str, int]  # most frequent first
    native_format: str = ""

    @cached_property
    def n_filled(self) -> int:
        """Rows that have a text."""
        return sum(self.counts.values())

    @property
    def n_distinct(self) -> int:
        """Different texts."""
        return len(self.counts)

    @property
    def filled(self) -> float:
        """Share of rows that have a text."""
        return self.n_filled / self.n_rows if self.n_rows else 0.0

    @property
    def distinctness(self) -> float:
        """Different texts by rows that have one: 1 for a key."""
        return self.n_distinct / self.n_filled if self.n_filled else 0.0

    @cached_property
    def looked_at(self) -> Mapping[str, int]:
        """The most frequent texts, as many as are looked at."""
        return dict(list(self.counts.items())[:MOST_SHOWN])

    @cached_property
    def n_looked_at(self) -> int:
        """Rows with one of those texts."""
        return sum(self.looked_at.values())

    def share(self, holds: Callable[[str], object]) -> float:
        """Share of the filled rows looked at whose text holds."""
        found = sum(n for text, n in self.looked_at.items() if holds(text))
        return found / self.n_looked_at if self.n_looked_at else 0.0

    def without(self, words: Iterable[str]) -> "Profile":
        """The profile with some (folded) words counted as empty."""
        unwanted = set(words)
        kept = {text: n for text, n in self.counts.items() if folded(text) not in unwanted}
        return Profile(self.heading, self.n_rows, kept, self.native_format)


def profile_of(column: SampleColumn) -> Profile:
    """The profile of a column."""
    bare = (text.strip(BLANKS) for text in column.texts)
    counts = Counter(text for text in bare if text)
    ordered = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return Profile(column.heading, len(column.texts), ordered, column.native_format)

"""All that is known of the columns of a sample before any field is thought of: words, numbers, shapes, dates.

Not here: which field a column is (evidence, matching).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from data_contracts.drafting.empty_words import words_for_empty
from data_contracts.drafting.flags import Flags, flags_of
from data_contracts.drafting.heading_words import Word, common_words, words_of
from data_contracts.drafting.moments import Moments, moments_of
from data_contracts.drafting.profile import Profile, profile_of
from data_contracts.drafting.sample import PATHED, SampleColumn
from data_contracts.drafting.shapes import REPEATING, SHAPES, TELLING
from data_contracts.drafting.timeline import Place, places_in_time

TELLS = 0.6  # share of a column's texts from which a telling shape is what the column holds


@dataclass(frozen=True)
class Look:
    """One column: everything that may speak for a field."""

    heading: str
    words: tuple[Word, ...]
    raw: Profile  # with the words for "empty"
    profile: Profile  # without them
    empty_words: tuple[str, ...]  # folded, that this column uses
    moments: Moments | None = None  # how it writes dates, if it does
    place: Place = field(default_factory=Place)  # among the other times of its rows

    @cached_property
    def flags(self) -> Flags | None:
        """How it says yes and no, if it does."""
        return flags_of(self.profile.counts) if self.profile.n_distinct <= 3 else None

    @cached_property
    def shares(self) -> Mapping[str, float]:
        """Share of the texts that have each shape."""
        return {name: self.profile.share(holds) for name, holds in SHAPES.items()}

    @property
    def holds_dates(self) -> bool:
        """Whether it holds dates or times that cannot be plain numbers."""
        return self.moments is not None and self.moments.format not in ("excel-serial", "epoch-ms")

    @cached_property
    def telling(self) -> str:
        """The telling shape that it has; empty for none."""
        for name in TELLING:
            may_repeat = name not in REPEATING or self.profile.distinctness < 0.6 or self.profile.n_filled < 8
            if self.shares[name] >= TELLS and may_repeat:
                return name
        return ""


def look_at(columns: Sequence[SampleColumn], reader: str) -> tuple[tuple[Look, ...], tuple[str, ...]]:
    """A look at each column, and the words (as written) that stand for "empty" in the sample."""
    raw = [profile_of(column) for column in columns]
    common = common_words([column.heading for column in columns])
    found = words_for_empty(raw)
    profiles = [profile.without(found.by_heading[profile.heading]) for profile in raw]
    moments = [moments_of(profile) for profile in profiles]
    places = places_in_time(columns, moments)
    looks = tuple(
        Look(
            heading=column.heading,
            words=words_of(column.heading, is_path=reader in PATHED, common=common),
            raw=before, profile=profile, empty_words=tuple(found.by_heading[column.heading]), moments=when, place=place,
        )
        for column, before, profile, when, place in zip(columns, raw, profiles, moments, places, strict=True)
    )  # fmt: skip
    return looks, found.written

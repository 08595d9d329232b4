"""What joining adds: people who are on a list only because forces are joined, and what each feed is worth.

Here: lists made with all forces against lists made of each alone, and with all feeds against all but one. Not here:
building the features of one force or without one feed (the feature models do), scoring them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from profiles.definitions.heads import Head
from profiles.scoring.arrays import Floats
from profiles.scoring.judge.metrics import Ranking
from profiles.scoring.rules.lists import tie_breaker


@dataclass(frozen=True, slots=True)
class OnlyTogether:
    """Somebody on the joined list whom no force alone would list: their rank there and at best alone."""

    person_id: str
    rank: int
    best_alone: int | None
    best_force: str | None
    n_forces: int


@dataclass(frozen=True, slots=True)
class FeedWorth:
    """One feed left out: average precision lost, hits lost at k, and who falls off the list."""

    feed: str
    precision_lost: float
    hits_lost: float
    falls_off: tuple[str, ...]


def only_together(
    joined: Mapping[str, float], alone: Mapping[str, Mapping[str, float]], k: int
) -> tuple[OnlyTogether, ...]:
    """People among the first k of the joined scores and of no force's own; scores are by person, `alone` by force."""
    ranks = {force: _ranks(scores) for force, scores in alone.items()}
    found = []
    for person, rank in _ranks(joined).items():
        own = {force: each[person] for force, each in ranks.items() if person in each}
        if rank <= k and not any(place <= k for place in own.values()):
            best = min(own, key=lambda force: (own[force], force)) if own else None
            found.append(OnlyTogether(person, rank, own[best] if best else None, best, len(own)))
    return tuple(found)


def feed_worth(
    label: Floats, persons: Sequence[str], full: Floats, without: Mapping[str, Floats], k: int
) -> tuple[FeedWorth, ...]:
    """What each feed adds: scores with everything against scores with that feed's features as if it held nothing."""
    whole = Ranking(full, label)
    first = _first(persons, full, k)
    found = []
    for feed, score in sorted(without.items()):
        part = Ranking(score, label)
        fell = tuple(person for person in first if person not in _first(persons, score, k))
        lost = whole.average_precision() - part.average_precision()
        found.append(FeedWorth(feed, lost, whole.hits(k) - part.hits(k), fell))
    return tuple(sorted(found, key=lambda one: -one.precision_lost))


def without_feed(matrix: Floats, head: Head, feed: str, empty: Mapping[str, float]) -> Floats:
    """Features as if a feed held nothing: those that rest on it alone take their value for no records.

    `empty` gives that value by feature (0 where it is not named; days since the last record are its window). A feature
    that rests on several feeds is left as it is: only the feature models can say what it would be.
    """
    found = matrix.copy()
    for place, feature in enumerate(head.features):
        if set(feature.feeds) == {feed} or set(feature.feeds) <= _with_parties(feed):
            found[:, place] = empty.get(feature.name, 0.0)
    return found


def feeds_of(head: Head) -> Collection[str]:
    """Feeds that a head's features rest on."""
    return sorted({feed for feature in head.features for feed in feature.feeds})


def _with_parties(feed: str) -> set[str]:
    """A feed and the feed of the people in it, which is nothing without it."""
    return {feed, {"crime": "crime_party", "intel_report": "intel_party"}.get(feed, feed)}


def _first(persons: Sequence[str], score: Floats, k: int) -> list[str]:
    return list(_ranks(dict(zip(persons, score.tolist(), strict=True))))[:k]


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(scores, key=lambda person: (-scores[person], tie_breaker(person)))
    return {person: rank for rank, person in enumerate(ordered, start=1)}

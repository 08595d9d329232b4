"""What the rooms of the person profiles share: the rows every one reads, the feeds line, contracts and warnings.

Here: those lists. Not here: the pages and their order (profiles/pack/<profile>/room.py).
"""

from collections.abc import Iterator

from profiles.pack import formats as f
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import Section
from profiles.pack.people.book import LATE_STATES, PeopleBook
from profiles.pack.people.subject import subject_section
from profiles.pack.rows import Row
from profiles.pack.tables.card import CalibrationBin, FairGroup, ModelCard, ReasonShare
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.head import Head
from profiles.pack.tables.movement import Action, Mover, News, Quiet, Review
from profiles.pack.tables.quality import FeedState, Gap, Joins
from profiles.pack.tables.ranked import Ranked
from profiles.pack.tables.series import SeriesMonth, SeriesVerdict
from profiles.pack.tables.sharing import AgreementRow
from profiles.pack.tables.subject import (
    Contrary,
    Event,
    EvidenceRow,
    Identity,
    LinkRow,
    OptionRow,
    Overlap,
    ReasonRow,
)
from profiles.pack.text import plural, say

SHARED_ROWS: tuple[type[Row], ...] = (
    Head, SeriesMonth, SeriesVerdict, Ranked, Identity, Event, ReasonRow, EvidenceRow, Contrary, LinkRow, Overlap,
    OptionRow, Mover, Action, Review, Quiet, News, FeedState, Joins, Gap, ModelCard, CalibrationBin, FairGroup,
    ReasonShare, Delivery, AgreementRow,
)  # fmt: skip


# Tables that need what no night has yet: an earlier list to compare with, actions set at a meeting, a model bundle.
SHARED_LATER: frozenset[type[Row]] = frozenset(
    {Contrary, Mover, Action, Review, Quiet, News, ModelCard, CalibrationBin, FairGroup, ReasonShare}
)


def subjects(book: PeopleBook) -> tuple[Section, ...]:
    """One page for each listed person, in order of rank."""
    return tuple(subject_section(book, row) for row in book.listed)


def further_subjects(book: PeopleBook) -> tuple[Section, ...]:
    """The same for everybody after them: each becomes a PDF of its own."""
    return tuple(subject_section(book, row) for row in book.further)


def feeds_line(book: PeopleBook) -> Text:
    """How many feeds of how many forces."""
    used = book.rows(FeedState).where(is_used=True)
    forces = used.values("source_force")
    word = plural(len(set(forces.value)), "force")
    return say(
        "{feeds} feeds of {n} {word}: {names}",
        feeds=shown(f.how_many_different, used.values("feed")),
        n=shown(f.how_many_different, forces),
        word=word,
        names=shown(f.listed_once, used.values("source_force_name")),
    )


def contracts(book: PeopleBook) -> Iterator[str]:
    """Feed and version of every contract behind the pack, by force."""
    for row in book.rows(FeedState).where(is_used=True):
        if row.contract_version:
            yield f"{row.source_force}/{row.feed} {row.contract_version}"


def warnings(book: PeopleBook) -> Iterator[str]:
    """Warnings every reader of the pack also sees on its data page."""
    for row in book.rows(FeedState):
        if row.is_used and row.state in LATE_STATES:
            yield f"{row.source_force_name} {row.feed} is {row.state.replace('_', ' ')}"
    for delivery in book.rows(Delivery):
        if delivery.state == "refused":
            yield f"{delivery.file_name} was refused: {delivery.reason}"

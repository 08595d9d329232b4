"""What the rooms of the person profiles share: the rows every one reads, the feeds line, contracts and warnings.

Here: those lists, and the room made of them. Not here: the pages and their order (profiles/pack/<profile>/room.py).
"""

from collections.abc import Callable, Iterable, Iterator

from profiles.pack import formats as f
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import Section
from profiles.pack.people.book import LATE_STATES, PeopleBook
from profiles.pack.people.ledger import evidence_of
from profiles.pack.room import ProfileRoom
from profiles.pack.rows import Row
from profiles.pack.tables.card import CalibrationBin, FairGroup, ModelCard, ReasonShare
from profiles.pack.tables.deliveries import Delivery
from profiles.pack.tables.head import Head
from profiles.pack.tables.movement import Action, Mover, News, Quiet, Review
from profiles.pack.tables.places import Area, AreaNote, Driver, Slot, SlotNote
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

PLACE_ROWS: tuple[type[Row], ...] = (Area, AreaNote, Driver, Slot, SlotNote)  # of a page on places and hours

# Tables that need what no night has yet: an earlier list to compare with, actions set at a meeting, a model bundle.
SHARED_LATER: frozenset[type[Row]] = frozenset(
    {Contrary, Mover, Action, Review, Quiet, News, ModelCard, CalibrationBin, FairGroup, ReasonShare}
)


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


def people_room(
    own: tuple[type[Row], ...],
    sections: Callable[[PeopleBook], tuple[Section, ...]],
    person: Callable[[PeopleBook, Ranked], Section],
    later: Iterable[type[Row]] = (),
) -> ProfileRoom:
    """The room of a profile about people: what all share, its `own` rows and its pages. `person` makes one page;
    people after those in the pack get one each, printed apart. `later` are own rows that no night need have yet."""

    def printed_apart(book: PeopleBook) -> tuple[Section, ...]:
        return tuple(person(book, row) for row in book.further)

    return ProfileRoom(
        rows=(*SHARED_ROWS, *own),
        book=PeopleBook,
        sections=sections,
        feeds_line=feeds_line,
        contracts=contracts,
        warnings=warnings,
        evidence=evidence_of,
        printed_apart=printed_apart,
        later=SHARED_LATER.union(later),
    )

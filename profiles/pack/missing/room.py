"""The missing profile as one room: its rows, its pages in order.

Here: the list. Not here: pages (beside this module and in profiles/pack/people/).
"""

from profiles.pack.missing.adults import adults_section
from profiles.pack.missing.cover import cover_section
from profiles.pack.missing.found import found_section
from profiles.pack.missing.gaps import gaps_section
from profiles.pack.missing.now import now_section
from profiles.pack.missing.repeat import person_section, repeat_section
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.changed import changed_section
from profiles.pack.people.data import data_section
from profiles.pack.people.ledger import evidence_of, ledger_section
from profiles.pack.people.model import model_section
from profiles.pack.people.picture import picture_section
from profiles.pack.people.rooms import SHARED_LATER, SHARED_ROWS, contracts, feeds_line, warnings
from profiles.pack.room import ProfileRoom
from profiles.pack.tables.missing import (
    AddressOfConcern,
    AdultOfConcern,
    AsAt,
    OpenEpisode,
    OutOfArea,
    Overdue,
    OverdueByAuthority,
    PlacePair,
    RepeatFacts,
)
from profiles.pack.tables.places import Area, AreaNote, Driver, Slot, SlotNote


def _sections(book: PeopleBook) -> tuple[Section, ...]:
    return (
        cover_section(book),
        changed_section(book),
        picture_section(book, "measure"),
        *((found_section(book),) if book.makes("p-found") else ()),
        now_section(book),
        repeat_section(book),
        *(person_section(book, row) for row in book.listed),
        *((adults_section(book),) if book.makes("p-adults") else ()),
        gaps_section(book),
        data_section(book),
        model_section(book),
        ledger_section(book),
    )


def _further(book: PeopleBook) -> tuple[Section, ...]:
    return tuple(person_section(book, row) for row in book.further)


ROOM = ProfileRoom(
    rows=(
        *SHARED_ROWS, Area, AreaNote, Driver, Slot, SlotNote, OpenEpisode, PlacePair, OutOfArea, RepeatFacts,
        AdultOfConcern, AddressOfConcern, Overdue, OverdueByAuthority, AsAt,
    ),
    book=PeopleBook,
    sections=_sections,
    feeds_line=feeds_line,
    contracts=contracts,
    warnings=warnings,
    evidence=evidence_of,
    printed_apart=_further,
    later=SHARED_LATER
    | {Area, AreaNote, Driver, Slot, SlotNote, PlacePair, OutOfArea, AdultOfConcern, AddressOfConcern},
)  # fmt: skip

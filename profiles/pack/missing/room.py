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
from profiles.pack.people.ledger import ledger_section
from profiles.pack.people.model import model_section
from profiles.pack.people.picture import picture_section
from profiles.pack.people.rooms import PLACE_ROWS, people_room
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


ROOM = people_room(
    (
        *PLACE_ROWS, OpenEpisode, PlacePair, OutOfArea, RepeatFacts, AdultOfConcern, AddressOfConcern, Overdue,
        OverdueByAuthority, AsAt,
    ),
    _sections,
    person_section,
    later=(*PLACE_ROWS, PlacePair, OutOfArea, AdultOfConcern, AddressOfConcern),
)  # fmt: skip

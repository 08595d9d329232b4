"""The VAWG profile as one room: its rows, its pages in order.

Here: the list. Not here: pages (cover.py, where.py, victims.py and profiles/pack/people/).
"""

from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.changed import changed_section
from profiles.pack.people.data import data_section
from profiles.pack.people.ledger import ledger_section
from profiles.pack.people.listed import listed_section
from profiles.pack.people.model import model_section
from profiles.pack.people.nobody import nobody_section
from profiles.pack.people.picture import picture_section
from profiles.pack.people.rooms import PLACE_ROWS, people_room
from profiles.pack.people.subject import subject_section
from profiles.pack.tables.places import HotPlace, Window
from profiles.pack.tables.ranked import NobodyOwns
from profiles.pack.tables.victims import ProtectionCover, VictimCounts, VictimGap
from profiles.pack.vawg.cover import cover_section
from profiles.pack.vawg.victims import victims_section
from profiles.pack.vawg.where import where_section


def _sections(book: PeopleBook) -> tuple[Section, ...]:
    return (
        cover_section(book),
        changed_section(book),
        picture_section(book),
        *((where_section(book),) if book.makes("p-where") else ()),
        listed_section(book),
        nobody_section(book),
        *(subject_section(book, row) for row in book.listed),
        *((victims_section(book),) if book.makes("p-victims") else ()),
        data_section(book),
        model_section(book),
        ledger_section(book),
    )


ROOM = people_room(
    (NobodyOwns, *PLACE_ROWS, HotPlace, Window, VictimCounts, VictimGap, ProtectionCover),
    _sections,
    subject_section,
    later=(*PLACE_ROWS, HotPlace, Window),
)

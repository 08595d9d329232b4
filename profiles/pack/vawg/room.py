"""The VAWG profile as one room: its rows, its pages in order.

Here: the list. Not here: pages (cover.py, where.py, victims.py and profiles/pack/people/).
"""

from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.changed import changed_section
from profiles.pack.people.data import data_section
from profiles.pack.people.ledger import evidence_of, ledger_section
from profiles.pack.people.listed import listed_section
from profiles.pack.people.model import model_section
from profiles.pack.people.nobody import nobody_section
from profiles.pack.people.picture import picture_section
from profiles.pack.people.rooms import (
    SHARED_LATER,
    SHARED_ROWS,
    contracts,
    feeds_line,
    further_subjects,
    subjects,
    warnings,
)
from profiles.pack.room import ProfileRoom
from profiles.pack.tables.places import Area, AreaNote, Driver, HotPlace, Slot, SlotNote, Window
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
        *subjects(book),
        *((victims_section(book),) if book.makes("p-victims") else ()),
        data_section(book),
        model_section(book),
        ledger_section(book),
    )


ROOM = ProfileRoom(
    rows=(
        *SHARED_ROWS, NobodyOwns, Area, AreaNote, Driver, Slot, SlotNote, HotPlace, Window, VictimCounts, VictimGap,
        ProtectionCover,
    ),
    book=PeopleBook,
    sections=_sections,
    feeds_line=feeds_line,
    contracts=contracts,
    warnings=warnings,
    evidence=evidence_of,
    printed_apart=further_subjects,
    later=SHARED_LATER
    | {Area, AreaNote, Driver, Slot, SlotNote, HotPlace, Window},
)  # fmt: skip

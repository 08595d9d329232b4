"""The profile of managed offenders as one room: its rows, its pages in order.

Here: the list. Not here: pages (beside this module and in profiles/pack/people/), who may receive it
(governance/recipients.py).
"""

from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.changed import changed_section
from profiles.pack.people.data import data_section
from profiles.pack.people.ledger import ledger_section
from profiles.pack.people.listed import listed_section
from profiles.pack.people.model import model_section
from profiles.pack.people.rooms import people_room
from profiles.pack.tables.managed import (
    Disagreement,
    Handover,
    LateVisit,
    LookAlike,
    NewInformation,
    NominalFacts,
    Order,
    TeamLoad,
)
from profiles.pack.visor.alike import alike_section
from profiles.pack.visor.caseload import caseload_section
from profiles.pack.visor.cover import cover_section
from profiles.pack.visor.differ import differ_section
from profiles.pack.visor.handover import handover_section
from profiles.pack.visor.late import late_section
from profiles.pack.visor.news import news_section
from profiles.pack.visor.nominal import nominal_section


def _sections(book: PeopleBook) -> tuple[Section, ...]:
    return (
        cover_section(book),
        changed_section(book),
        caseload_section(book),
        late_section(book),
        news_section(book),
        *((differ_section(book),) if book.makes("p-differ") else ()),
        listed_section(book),
        *(nominal_section(book, row) for row in book.listed),
        *((alike_section(book),) if book.makes("p-alike") else ()),
        handover_section(book),
        data_section(book),
        model_section(book),
        ledger_section(book),
    )


ROOM = people_room(
    (TeamLoad, LateVisit, NewInformation, Disagreement, Order, NominalFacts, LookAlike, Handover),
    _sections,
    nominal_section,
    later=(Disagreement, LookAlike),
)

"""A nominal's page: the one-page management view, with orders and duties beside what all person pages hold.

Here: what a nominal's page adds. Not here: the person page itself (profiles/pack/people/subject.py).
"""

from profiles.pack import formats as f
from profiles.pack.blocks import Cell, Column, Table
from profiles.pack.cells import cut
from profiles.pack.cite import Text
from profiles.pack.facts import shown
from profiles.pack.model import Section
from profiles.pack.people.book import PeopleBook
from profiles.pack.people.subject import subject_section
from profiles.pack.tables.managed import NominalFacts, Order
from profiles.pack.tables.ranked import Ranked
from profiles.pack.text import join, only, say


def nominal_section(book: PeopleBook, row: Ranked) -> Section:
    """One nominal's page, with a strip of management facts."""
    section = subject_section(book, row)
    facts = book.rows(NominalFacts).where(person_ref=row.person_ref).one()
    if facts is None:
        return section
    return section.model_copy(update={"tables": {**section.tables, "facts": _facts(book, facts)}})


def _facts(book: PeopleBook, facts: NominalFacts) -> Table:
    orders = book.rows(Order).where(person_ref=facts.person_ref)
    listed = join(*(_order(order) for order in orders.items[:3]), gap="; ")

    def pair(label: str, text: Text) -> tuple[Cell, ...]:
        return (Cell(text=say(label)), Cell(text=text))

    def on(name: str, otherwise: str) -> Text:
        return only(shown(f.on_short_day, facts.fact(name))) if getattr(facts, name) else say(otherwise)

    def of(name: str, most: int = 60) -> Text:
        return only(cut(facts.fact(name), most))

    return Table(
        title="Management",
        columns=(Column(heading="What"), Column(heading="State")),
        rows=(
            pair("MAPPA", of("mappa_text")),
            pair(
                "ARMS",
                say(
                    "{level}, {day}",
                    level=cut(facts.fact("arms_level"), 20),
                    day=on("arms_on", "not assessed"),
                ),
            ),
            pair("Manager", of("manager", 40)),
            pair("Licence ends", on("licence_ends_on", "no licence")),
            pair(
                "Notification due",
                say(
                    "{due}; last {last}",
                    due=on("notification_due_on", "none"),
                    last=on("notified_on", "never"),
                ),
            ),
            pair(
                "Last and next visit",
                say("{a}; {b}", a=on("last_visit_on", "never"), b=on("next_visit_on", "none planned")),
            ),
            pair("Household", of("household_text")),
            pair("Devices, vehicles", join(of("devices_text", 36), of("vehicles_text", 36), gap="; ")),
            pair("Orders", listed or say("none recorded")),
            pair("Addresses", of("addresses_text", 90)),
        ),
    )


def _order(order: Order) -> Text:
    end = say(" to {day}", day=shown(f.on_short_day, order.fact("to_on"))) if order.to_on else say(", no end")
    return say("{kind}{end}", kind=cut(order.fact("kind"), 24), end=end)

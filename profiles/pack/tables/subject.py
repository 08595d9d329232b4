"""What lies behind one listed person: identities, events, reasons, evidence, conflicts, links, overlaps, options.

Here: the rows of a subject page, the same for every profile about people. Not here: the page
(profiles/pack/people/subject.py), the list (ranked.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, coded, column


@dataclass(frozen=True, kw_only=True)
class Identity(Row):
    """One record of the person in one system of one force."""

    section: ClassVar = "identities"
    key: ClassVar = ("person_ref", "identity_no")
    order: ClassVar = ("person_ref", "identity_no")

    person_ref: str = column("Printed reference.")
    identity_no: int = column("Order on the page, the base record first, the weakest match last.")
    source_force: str = column("Force that holds the record.")
    system_name: str = column("Force and system as printed: Northmoor custody.")
    local_ref: str = column("The force's own reference.")
    name_recorded: str = column("Name as recorded.")
    born_recorded: str | None = column("Date of birth as recorded; null where not held.")
    match_basis: str = column("What it was matched on: Base record, PNC ID, Name and date of birth.")
    match_probability: float | None = column("Probability of the match, 0 to 1; null for the base record.")
    checked_on: date | None = column("Day a person checked the match; null where nobody did.")
    feed: str = column("Feed of the record.")
    source_record_id: str = column("The record.")
    delivery_id: str = column("The delivery it came in.")
    handling: str = coded("Handling code", "P", "C")
    sensitivity: str | None = column("Restricted markers of the record; null for none.")


@dataclass(frozen=True, kw_only=True)
class Event(Row):
    """One event on the person's timeline."""

    section: ClassVar = "events"
    key: ClassVar = ("person_ref", "event_no")
    order: ClassVar = ("person_ref", "lane_order", "from_on", "event_no")

    person_ref: str = column("Printed reference.")
    event_no: int = column("Tells events of one person apart.")
    lane: str = column("Lane as printed: Northmoor crime, Custody, Orders and bail.")
    lane_order: int = column("Order of lanes.")
    shape: str = coded(
        "Shape of the mark, span for something in force for a time",
        "serious",
        "dot",
        "square",
        "ring",
        "span",
    )
    from_on: date = column("Day, or first day of a span.")
    to_on: date | None = column("Last day of a span; null for a day or for what is still in force.")
    label: str | None = column("A letter above a serious event, or the words in a span.")
    text: str = column("The event in a few words, for the text alternative.")
    source_force: str = column("Force that holds it.")
    handling: str = coded("Handling code", "P", "C")
    sensitivity: str | None = column("Restricted markers; null for none.")


@dataclass(frozen=True, kw_only=True)
class ReasonRow(Row):
    """One reason of the score, in words from the reason library."""

    section: ClassVar = "reasons"
    key: ClassVar = ("person_ref", "reason_no")
    order: ClassVar = ("person_ref", "reason_no")

    person_ref: str = column("Printed reference.")
    reason_no: int = column("Order: those that raise first, strongest first.")
    direction: str = coded("Whether it raises or lowers the score", "up", "down")
    group_code: str = column("Group of reasons it belongs to.")
    push: float = column(
        "Share of all that raises the score, 0 to 1; for a lowering reason, its size beside that."
    )
    lead_text: str = column("The fact, with its value: Three different women report strangulation.")
    rest_text: str | None = column("The rest of the sentence, with a comparison.")
    evidence_nos: tuple[int, ...] = column("Numbers of the evidence it rests on.")
    badge: str | None = column("One record, One source, Identity not confirmed; null for none.")


@dataclass(frozen=True, kw_only=True)
class EvidenceRow(Row):
    """One source record behind a subject page. The ledger lists every one; `trace` leads here."""

    section: ClassVar = "evidence"
    key: ClassVar = ("person_ref", "evidence_no")
    order: ClassVar = ("person_ref", "evidence_no")

    person_ref: str = column("Printed reference.")
    evidence_no: int = column("E1, E2 … on the person's page.")
    event_on: date | None = column("Day of the event.")
    source_force: str = column("Force that owns the record.")
    source_force_name: str = column("Its name as printed.")
    feed: str = column("Feed of the record.")
    record_ref: str = column("The reference a reader can look up: crime number, custody number, URN.")
    gist: str = column("What it says, in a few words of a template or of sanitised text.")
    source_kind: str = column("Crime report, Custody, Interview; for intelligence its 3x5x2 grade: 2 B P.")
    statement_kind: str = coded("Kind of statement", "FACT", "ALLEGATION", "INTELLIGENCE", "MODEL")
    handling: str = coded("Handling code", "P", "C")
    sensitivity: str | None = column("Restricted markers; null for none.")
    source_record_id: str = column("The record as landed.")
    delivery_id: str = column("The delivery it came in.")
    contract_version: str = column("Version of the contract it was read with.")
    known_on: date = column("Day from which it could be known here.")


@dataclass(frozen=True, kw_only=True)
class Contrary(Row):
    """One thing that conflicts with the reasons, or is missing from them."""

    section: ClassVar = "contrary"
    key: ClassVar = ("person_ref", "contrary_no")
    order: ClassVar = ("person_ref", "contrary_no")

    person_ref: str = column("Printed reference.")
    contrary_no: int = column("Order on the page.")
    lead_text: str = column("What conflicts or is missing.")
    rest_text: str | None = column("The rest of the sentence.")
    evidence_no: int | None = column("Evidence it rests on; null where it is an absence.")


@dataclass(frozen=True, kw_only=True)
class LinkRow(Row):
    """One person or place linked to the subject."""

    section: ClassVar = "links"
    key: ClassVar = ("person_ref", "link_no")
    order: ClassVar = ("person_ref", "link_no")

    person_ref: str = column("Printed reference of the subject.")
    link_no: int = column("Order, strongest first.")
    kind: str = coded("Kind of link", "person", "victim", "child", "place", "managed")
    linked_ref: str = column(
        "Reference of the linked person or place; victims and children by reference only."
    )
    label: str = column("As printed in the chart.")
    sublabel: str | None = column("A few words under it.")
    basis: str = column("What links them: crime, incident, intelligence, address, phone.")
    is_intelligence_only: bool = column("Whether nothing but intelligence links them.")
    n_records: int = column("Records that link them.")
    source_force: str = column("Force that holds the strongest of these.")
    handling: str = coded("Handling code", "P", "C")
    sensitivity: str | None = column("Restricted markers; null for none.")


@dataclass(frozen=True, kw_only=True)
class Overlap(Row):
    """What another profile or register says of the person; for the register of managed offenders, a flag only."""

    section: ClassVar = "overlaps"
    key: ClassVar = ("person_ref", "overlap_no")
    order: ClassVar = ("person_ref", "overlap_no")

    person_ref: str = column("Printed reference.")
    overlap_no: int = column("Order on the page.")
    subject: str = column("Missing, Managed, Custody now, Weapons.")
    text: str = column("What was found, or that nothing was; for Managed only yes or no and the manager.")


@dataclass(frozen=True, kw_only=True)
class OptionRow(Row):
    """One tactical option proposed by what is recorded, from the seed tactical_options."""

    section: ClassVar = "options"
    key: ClassVar = ("person_ref", "option_code")
    order: ClassVar = ("person_ref", "p_order", "option_code")

    person_ref: str = column("Printed reference.")
    option_code: str = column("Code in the seed tactical_options.")
    p: str = coded("The P", "Pursue", "Protect", "Prevent", "Prepare")
    p_order: int = column("1 to 4, in that order.")
    option: str = column("The option as printed.")
    basis: str = column("Law or policy behind it.")
    trigger_text: str = column("What in the records proposed it.")

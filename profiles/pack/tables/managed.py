"""Managed offenders: caseload, overdue visits, what other systems have learned, disagreement, handovers, look-alikes.

Here: the rows of the visor profile's own pages. Nothing of these tables may stand in another profile's pack.
Not here: the pages (profiles/pack/visor/), nominals (ranked.py holds their rows).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, coded, column


@dataclass(frozen=True, kw_only=True)
class TeamLoad(Row):
    """One manager or team and how many nominals it has."""

    section: ClassVar = "team_loads"
    key: ClassVar = ("team",)
    order: ClassVar = ("load DESC", "team")

    team: str = column("Manager or team as printed.")
    n_nominals: int = column("Nominals in the community.")
    n_very_high: int = column("Of these, very high or high risk.")
    load: float = column("Nominals per manager.")
    agreed_load: float = column("Agreed number per manager.")
    is_above: bool = column("Whether the load is above what is agreed.")


@dataclass(frozen=True, kw_only=True)
class LateVisit(Row):
    """One visit or review that is late."""

    section: ClassVar = "late_visits"
    key: ClassVar = ("person_ref", "kind")
    order: ClassVar = ("level_order", "days_late DESC", "person_ref", "kind")

    person_ref: str = column("Printed reference of the nominal.")
    name: str = column("SURNAME, Forenames.")
    kind: str = column("Visit, ARMS, Risk management plan, Annual notification.")
    level: str = column("ARMS level: Very high, High, Medium, Low; Not assessed.")
    level_order: int = column("1 for very high to 5.")
    last_done_on: date | None = column("Last done; null where never recorded.")
    due_on: date = column("Due, by the plan; never from the level alone.")
    days_late: int = column("Days late.")
    late_band: str = column("Band of the matrix: 1 to 7, 8 to 30, 31 to 90, over 90.")
    late_band_order: int = column("Order of the band.")
    manager: str = column("Manager or team.")
    reason: str | None = column("Reason recorded; null: none.")
    is_reactive: bool = column("Whether in reactive management, where no visits are planned.")


@dataclass(frozen=True, kw_only=True)
class NewInformation(Row):
    """One event in another system since the nominal's last visit."""

    section: ClassVar = "new_information"
    key: ClassVar = ("person_ref", "event_no")
    order: ClassVar = ("level_order", "event_on DESC", "person_ref", "event_no")

    person_ref: str = column("Printed reference of the nominal.")
    name: str = column("SURNAME, Forenames.")
    level: str = column("ARMS level.")
    level_order: int = column("1 for very high to 5.")
    event_no: int = column("Tells events apart.")
    event_on: date = column("Day of the event.")
    feed_title: str = column("Feed as printed.")
    source_force: str = column("Force that holds it.")
    source_force_name: str = column("Its name.")
    record_ref: str = column("Reference a reader can look up.")
    gist: str = column("What it says, a few words.")
    grade: str | None = column("3x5x2 grade for intelligence; null otherwise.")
    last_visit_on: date | None = column("Last visit.")
    seen_on: date | None = column("Day the manager recorded having seen it; null: not seen.")
    manager: str = column("Manager or team.")
    handling: str = coded("Handling code", "P", "C")
    sensitivity: str | None = column("Restricted markers; null for none.")


@dataclass(frozen=True, kw_only=True)
class Disagreement(Row):
    """One nominal for whom score and ARMS part by more than one band. Never one number, never in place of ARMS."""

    section: ClassVar = "disagreement"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("direction", "p DESC NULLS LAST", "person_ref")

    person_ref: str = column("Printed reference.")
    name: str = column("SURNAME, Forenames.")
    direction: str = coded("Which is higher", "score_higher", "score_lower")
    level: str = column("ARMS level.")
    assessed_on: date | None = column("Day of the ARMS assessment.")
    p: float | None = column("Calibrated chance, 0 to 1.")
    p_lower: float | None = column("Lower end of its interval.")
    p_upper: float | None = column("Upper end of it.")
    reasons_text: str = column("The main reasons in one or two short clauses.")
    manager: str = column("Manager or team.")


@dataclass(frozen=True, kw_only=True)
class Order(Row):
    """One order or prohibition on a nominal."""

    section: ClassVar = "orders"
    key: ClassVar = ("person_ref", "order_no")
    order: ClassVar = ("person_ref", "order_no")

    person_ref: str = column("Printed reference.")
    order_no: int = column("Tells orders apart, the one that ends first on top.")
    kind: str = column("SHPO, Licence, SRO …")
    from_on: date = column("First day.")
    to_on: date | None = column("Last day; null: no end.")
    conditions: str = column("Conditions, a few words.")


@dataclass(frozen=True, kw_only=True)
class NominalFacts(Row):
    """The one-page management view of a nominal."""

    section: ClassVar = "nominal_facts"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("person_ref",)

    person_ref: str = column("Printed reference.")
    mappa_text: str = column("MAPPA category and level.")
    arms_level: str = column("ARMS level.")
    arms_on: date | None = column("Day of the assessment.")
    manager: str = column("Manager or team.")
    licence_ends_on: date | None = column("Last day of licence; null: none.")
    notification_due_on: date | None = column("Next annual notification.")
    notified_on: date | None = column("Last notification.")
    last_visit_on: date | None = column("Last visit.")
    next_visit_on: date | None = column("Next planned visit.")
    household_text: str = column("Household and children, a few words, by number and age.")
    devices_text: str = column("Devices and online identities, by number.")
    vehicles_text: str = column("Vehicles, by registration as recorded.")
    addresses_text: str = column("Addresses of the last two years, newest first.")


@dataclass(frozen=True, kw_only=True)
class LookAlike(Row):
    """One person outside management who behaves like the managed, for referral."""

    section: ClassVar = "lookalikes"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("p DESC NULLS LAST", "person_ref")

    person_ref: str = column("Printed reference.")
    name: str = column("SURNAME, Forenames.")
    age: int | None = column("Age in years.")
    basis_text: str = column("What meets the referral test, a few words.")
    is_convicted: bool = column("Whether convicted of a qualifying offence; false: alleged only.")
    p: float | None = column("Calibrated chance, 0 to 1.")
    p_lower: float | None = column("Lower end of its interval.")
    p_upper: float | None = column("Upper end of it.")
    links: tuple[str, ...] = column("References of managed people or missing children linked.")
    referral_text: str = column("What is proposed.")


@dataclass(frozen=True, kw_only=True)
class Handover(Row):
    """One release, transfer or end of licence in the next 60 days."""

    section: ClassVar = "handovers"
    key: ClassVar = ("person_ref", "kind")
    order: ClassVar = ("due_on", "person_ref", "kind")

    person_ref: str = column("Printed reference.")
    name: str = column("SURNAME, Forenames.")
    kind: str = column("Release, Transfer, Licence ends, Order ends.")
    due_on: date = column("Day.")
    level: str = column("ARMS level.")
    from_team: str = column("From.")
    to_team: str | None = column("Receiving team; null: none named.")
    plan_on: date | None = column("Day of the plan; null: none recorded.")
    accepted_on: date | None = column("Day the receiving team accepted; null: not yet.")

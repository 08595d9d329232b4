"""People on a list: suspects to review, repeat missing people, managed nominals, and people whom nobody owns.

Here: the rows. A victim never stands in any of these tables; victims have their own (victims.py).
Not here: the pages (profiles/pack/people/), what lies behind one person (subject.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, coded, column


@dataclass(frozen=True, kw_only=True)
class Ranked(Row):
    """One listed person. The first ten have a page in the pack, the rest a page of their own."""

    section: ClassVar = "ranked"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("rank", "person_ref")

    person_ref: str = column("Printed reference: S-104772, M-0097, N-0311.")
    name: str | None = column("SURNAME, Forenames; null where only a reference may be printed.")
    short_name: str = column("Surname, or the reference.")
    born_on: date | None = column("Date of birth, of the record that stands; null where not held.")
    age: int | None = column("Age in years at the as-of date.")
    rank: int = column("Rank, 1 first.")
    rank_prev: int | None = column("Rank in the last pack.")
    rank_group: str = column("A, B, C …: people of one group are too close to call.")
    rule_rank: int = column("Rank by the rule alone.")
    p: float | None = column("Calibrated chance of the outcome, 0 to 1; null without a model.")
    p_lower: float | None = column("Lower end of its 90% interval.")
    p_upper: float | None = column("Upper end of it.")
    p_history: tuple[float | None, ...] = column("Chance in the last packs, oldest first, this one last.")
    n_like: int | None = column("People scored like this in the test period.")
    n_like_hits: int | None = column("Of these, with the outcome.")
    forces: tuple[str, ...] = column("Names of the forces that hold records, the viewing force first.")
    flags: tuple[str, ...] = column(
        "Short labels: On bail, Licence, Managed, Missing link, Identity not confirmed …"
    )
    status_text: str = column("Where the person is now, in one short sentence.")
    summary_text: str = column("What is alleged or recorded, in one sentence of the mart, with counts.")
    recency_days: int | None = column("Days since the last event.")
    recency_pct: float = column("Percentile of that among the cohort, 0 to 100, 100 most recent.")
    n_events: int = column("Events in 12 months.")
    frequency_pct: float = column("Percentile of that, 0 to 100.")
    gravity_pct: float = column("Percentile of the harm weight of alleged offences, 0 to 100.")
    reasons_text: str = column("The main reasons in one or two short clauses.")
    last_decision: str = coded(
        "Last decision", "task", "known", "reject", "defer", "not_reviewed", "first_time"
    )
    last_decision_text: str | None = column(
        "Its state in a few words: arrest overdue; null: the decision alone."
    )
    weakest_record: str | None = column("The record whose join is least certain; null when all are certain.")
    p_without_weakest: float | None = column("Chance if that record were someone else's.")
    rank_without_weakest: int | None = column("Rank then.")
    is_merged_on: date | None = column(
        "Day on which two people were joined into this one, for 90 days after it."
    )
    drops_out_on: date | None = column("Day on which the person leaves the list if nothing new is recorded.")
    is_also_victim: bool = column(
        "Whether the person also appears as a victim; said with care, on neither list."
    )
    manager: str | None = column(
        "Team that manages the person, for a managed nominal; nothing else of it is printed."
    )


@dataclass(frozen=True, kw_only=True)
class NobodyOwns(Row):
    """One person whose offences lie with several teams, divisions or forces, and whom no one of them owns."""

    section: ClassVar = "nobody_owns"
    key: ClassVar = ("person_ref",)
    order: ClassVar = ("n_forces DESC", "n_teams DESC", "n_offences DESC", "person_ref")

    person_ref: str = column("Printed reference.")
    name: str = column("SURNAME, Forenames.")
    age: int | None = column("Age in years.")
    rank: int | None = column("Rank on the list; null for who is not listed.")
    n_offences: int = column("Offences in which the person is a named suspect, 24 months.")
    n_open: int = column("Of these, still under investigation.")
    n_victims: int = column("Different people harmed.")
    n_teams: int = column("Teams that hold at least one.")
    n_divisions: int = column("Divisions or districts.")
    n_forces: int = column("Forces.")
    teams: tuple[str, ...] = column("The teams with their forces, as printed, largest first.")
    first_on: date = column("First offence.")
    last_on: date = column("Last offence.")
    suggested_owner: str = column("The team with the gravest open offence.")

"""People who may need protection: listed by the gap, by reference only, on a page made to be detached.

Here: the rows. No score, no rank, no name. Not here: the page (profiles/pack/vawg/victims.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class VictimCounts(Row):
    """The numbers at the top of the page."""

    section: ClassVar = "victim_counts"
    key: ClassVar = ()

    n_high_risk: int = column("People at high risk with an open case.")
    n_high_risk_prev: int | None = column("The same in the last pack.")
    n_protected: int = column("Of these, with every protection recorded.")
    n_gap: int = column("Of these, with a gap and a suspect at liberty.")
    n_children: int = column("Children in the homes of those with a gap.")
    n_children_known: int = column("Of these, known to children's services.")
    n_children_unreferred: int = column("Of these, with no referral recorded.")
    n_access: int = column("People with a gap whose suspect has access to their phone or home.")
    n_homes_unreferred: int = column("Homes with a child without a referral.")


@dataclass(frozen=True, kw_only=True)
class VictimGap(Row):
    """One person with a gap in protection today, ordered by how urgent the gap is."""

    section: ClassVar = "victim_gaps"
    key: ClassVar = ("victim_ref",)
    order: ClassVar = ("act_by", "gap_order", "victim_ref")

    victim_ref: str = column("Reference: V-0501. Names are held by the safeguarding desk.")
    age: int | None = column("Age in years.")
    area_name: str | None = column("Area, no smaller than a neighbourhood.")
    known_text: str = column("What is known, in one or two short sentences; no name of the person.")
    safe_contact: str | None = column("How the person may be reached safely; null: none agreed.")
    in_place: tuple[str, ...] = column("Protections recorded.")
    gaps: tuple[str, ...] = column("Protections missing, gravest first.")
    act_by: date | None = column("Day by which to act.")
    gap_order: int = column("Urgency of the gap, 1 most urgent; not a score of the person.")
    n_children: int = column("Children in the home.")
    is_also_suspect: bool = column("Whether the person is also listed as a suspect; said with care.")


@dataclass(frozen=True, kw_only=True)
class ProtectionCover(Row):
    """How many of those who should have a protection do."""

    section: ClassVar = "protection_cover"
    key: ClassVar = ("protection",)
    order: ClassVar = ("protection_order", "protection")

    protection: str = column("The protection as printed.")
    protection_order: int = column("Order on the page.")
    n_in_place: int = column("People who have it recorded.")
    n_due: int = column("People who should have it.")

"""Which force may see whose records for what: the sharing agreements that the night was run under.

Here: the row. Every profile about people has it; the gate before pages are built (profiles/pack/visible.py)
asks it. Not here: the rule (governance/sharing.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class AgreementRow(Row):
    """One agreement under which the pack's force may see another force's records of some feeds."""

    section: ClassVar = "agreements"
    key: ClassVar = ("owner_force", "feed")
    order: ClassVar = ("owner_force", "feed", "from_on")

    owner_force: str = column("The force that owns the records.")
    feed: str = column("Feed the agreement covers.")
    purpose: str = column("What the records may be used for: the profile.")
    from_on: date = column("First day.")
    to_on: date | None = column("Last day; null: no end.")

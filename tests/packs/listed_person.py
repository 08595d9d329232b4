"""What a test says of one listed person; the rest is drawn (drawn_people.py)."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Person:
    """One invented person. `more` sets further columns of the list's row."""

    ref: str
    name: str
    age: int
    rank: int
    before: int | None = None
    p: float | None = None
    forces: tuple[str, ...] = ("northmoor",)
    flags: tuple[str, ...] = ()
    group: str = "A"
    reasons: str = "Several reports by different people in twelve months"
    summary: str = "Named suspect in several events in twelve months."
    status: str = "Not in custody."
    decision: tuple[str, str | None] = ("task", None)
    manager: str | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The surname, in ordinary letters."""
        return self.name.split(",")[0].title()

"""The frame of a pack: what is decided outside the data (as-of date, the pack before, who may see it).

Here: the frame and its facts. Not here: finding the pack before (publish/shelf.py), dates in words (dates.py).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from profiles.pack.facts import Fact, from_frame


@dataclass(frozen=True)
class PreviousPack:
    """The pack this one is compared with: the last released, else the last draft of an earlier as-of date."""

    pack_id: str
    as_of: date
    is_released: bool


@dataclass(frozen=True)
class Frame:
    """As-of is an exclusive upper bound of knowledge: data as at the day before.

    `audience` partners: only pages that may leave the force, with counts suppressed and rounded.
    """

    as_of: date
    previous: PreviousPack | None = None
    audience: Literal["force", "partners"] = "force"

    @property
    def data_as_at(self) -> date:
        """Last day that may have been known."""
        return self.as_of - timedelta(days=1)

    def tree(self) -> dict[str, Any]:
        """What figures of the frame are made again from."""
        previous = None if self.previous is None else self.previous.as_of
        return {"as_of": self.as_of, "data_as_at": self.data_as_at, "previous_as_of": previous}

    def fact(self, name: str) -> Fact:
        """One of the frame's dates."""
        return from_frame(name, self.tree()[name])

"""What truly happens, one place an event, whatever process it comes from and whether or not anybody hears of it.

Not here: how events are drawn (dyads, stranger, volume, cell_offences), what is recorded of them (recording).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from synthetic_world.crimes.columns import NEVER
from synthetic_world.model import Codes, Flags, Longs
from synthetic_world.ordering import Whole

RELATIONSHIPS: Final = (
    "partner", "ex_partner", "parent", "child", "sibling", "other_family", "acquaintance", "stranger", "professional",
    "unknown",
)  # fmt: skip
PROCESSES: Final = ("dyad", "sexual", "volume", "cell")
DYAD, SEXUAL, VOLUME, CELL = range(4)
INTIMATE: Final = 2  # relationships below this are or were partners
FAMILY: Final = 6  # relationships below this make an offence domestic abuse
ACQUAINTANCE, STRANGER, PROFESSIONAL, UNKNOWN = 6, 7, 8, 9


@dataclass(slots=True)
class Events:
    """Arrays of one length. Persons are indices of the block, -1 nobody."""

    second: Longs
    force: Whole
    lsoa: Whole
    address: Whole
    offence: Whole
    tier: Codes
    suspect: Whole
    victim: Whole
    dyad: Whole
    cell: Whole  # place among the block's cells
    relation: Codes  # index into RELATIONSHIPS: what the suspect is to the victim
    place: Codes  # index into offences.PLACES
    process: Codes
    is_crime: Flags  # else an incident that is no crime
    group: Codes  # how many offend together
    reported: Longs  # NEVER if it is not
    recorded: Longs  # NEVER if it is not

    def __len__(self) -> int:
        """How many."""
        return len(self.second)

    def take(self, places: npt.NDArray[Any]) -> "Events":
        """Some of them."""
        return Events(*(getattr(self, field.name)[places] for field in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence["Events"]) -> "Events":
        """One after another."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


def new_events(
    second: Longs,
    suspect: Whole,
    victim: Whole,
    process: int,
    **given: npt.NDArray[Any],
) -> Events:
    """Events with what is known of them; the rest is filled in by later stages."""
    n = len(second)
    empty: dict[str, npt.NDArray[Any]] = {
        "force": np.full(n, -1, np.int16),
        "lsoa": np.full(n, -1, np.int32),
        "address": np.full(n, -1, np.int32),
        "offence": np.full(n, -1, np.int32),
        "tier": np.zeros(n, np.uint8),
        "dyad": np.full(n, -1, np.int32),
        "cell": np.full(n, -1, np.int32),
        "relation": np.full(n, UNKNOWN, np.uint8),
        "place": np.zeros(n, np.uint8),
        "process": np.full(n, process, np.uint8),
        "is_crime": np.ones(n, bool),
        "group": np.ones(n, np.uint8),
        "reported": np.full(n, NEVER, np.int64),
        "recorded": np.full(n, NEVER, np.int64),
    }
    return Events(second=second, suspect=suspect, victim=victim, **{**empty, **given})

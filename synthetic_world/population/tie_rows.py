"""Ties as they are being collected: one kind at a time.

Not here: which ties there are (partners, relatives, associates).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.model import TIES, Indices, Ties

LASTS: Final = 2**31 - 1  # end_day of a tie that has not ended
PARTNER, EX_PARTNER, PARENT, CHILD, SIBLING, OTHER_FAMILY, CO_RESIDENT, CARE_PLACEMENT, ASSOCIATE = range(
    len(TIES)
)


@dataclass(frozen=True, slots=True)
class TieRows:
    """Ties of one kind: b is that to a."""

    kind: int
    a: Indices
    b: Indices
    start_day: Indices
    end_day: Indices


def joined(rows: Sequence[TieRows]) -> Ties:
    """One table of all, kind after kind."""
    return Ties(
        a=np.concatenate([one.a for one in rows]).astype(np.int32),
        b=np.concatenate([one.b for one in rows]).astype(np.int32),
        kind=np.concatenate([np.full(len(one.a), one.kind, dtype=np.uint8) for one in rows]),
        start_day=np.concatenate([one.start_day for one in rows]).astype(np.int32),
        end_day=np.concatenate([one.end_day for one in rows]).astype(np.int32),
    )


def lasting(kind: int, a: Indices, b: Indices, start_day: Indices) -> TieRows:
    """Ties that do not end."""
    return TieRows(kind, a, b, start_day, np.full(len(a), LASTS, dtype=np.int64))

"""Who deals with a crime: teams, collar numbers, and how each force spells its offences. All invented.

Not here: the spellings themselves (offences.csv).
"""

import zlib
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.chances import happens
from synthetic_world.crimes.events import DYAD, SEXUAL, Events
from synthetic_world.crimes.offences import offences
from synthetic_world.model import Places
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

CENTRAL: Final = (
    "Domestic Abuse Unit", "Rape and Serious Sexual Offences Team", "Public Protection Unit", "Major Crime Team",
    "Investigation Hub",
)  # fmt: skip
LOCAL: Final = ("Response A", "Response B", "Response C", "Neighbourhood Team", "CID")
OFFICERS: Final = 24  # in a team


@lru_cache(maxsize=64)
def teams(force_code: str, towns: tuple[str, ...]) -> tuple[pa.Array, pa.Array]:
    """Names of teams, central ones first, and collar numbers, OFFICERS a team."""
    names = [*CENTRAL, *(f"{local}, {town}" for town in towns for local in LOCAL)]
    first = 1_000 + zlib.crc32(force_code.encode()) % 500
    numbers = [str(first + 7 * place) for place in range(len(names) * OFFICERS)]
    return pa.array(names), pa.array(numbers)


def posted(random: np.random.Generator, places: Places, events: Events) -> tuple[Whole, Whole]:
    """Team and officer of each crime, as places in `teams`."""
    n, r = len(events), rates("harm")
    town = places.town[events.lsoa]
    local = random.integers(0, len(LOCAL), size=n)
    team = len(CENTRAL) + town * len(LOCAL) + local
    central = happens(random, r.number("central_team"), n)
    serious = events.tier >= 3
    team = np.where(central & (events.process == DYAD), CENTRAL.index("Domestic Abuse Unit"), team)
    sexual = events.process == SEXUAL
    own = CENTRAL.index("Rape and Serious Sexual Offences Team")
    team = np.where(central & sexual, np.where(serious, own, CENTRAL.index("Public Protection Unit")), team)
    hub = happens(random, r.number("hub_team"), n) & (events.suspect < 0) | (
        central & (events.process > SEXUAL)
    )
    team = np.where(hub & (events.tier == 0), CENTRAL.index("Investigation Hub"), team)
    team = np.where(serious & ~sexual & (events.process != DYAD), CENTRAL.index("Major Crime Team"), team)
    return team.astype(np.int32), (team * OFFICERS + random.integers(0, OFFICERS, size=n)).astype(np.int32)


def spellings(random: np.random.Generator, number: int, offence: Whole) -> Whole:
    """Spelling of each offence: the force's own, at times another."""
    own = (offence * 7 + number * 13 + 5) % np.maximum(offences().n_texts[offence], 1)
    is_own = happens(random, rates("harm").number("own_spelling"), len(offence))
    first = happens(random, rates("harm").number("standard_spelling"), len(offence))
    other = random.integers(0, 1 << 12, size=len(offence))
    return np.where(is_own, np.where(first, 0, own), other).astype(np.int32)

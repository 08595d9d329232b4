"""The flags of a recorded crime, as a force sets them: some missing, some wrong.

Not here: what is truly so (events, answers), the rest of the record (crime_records).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import happens, logit_moved
from synthetic_world.crimes.columns import flags
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import CELL, DYAD, FAMILY, INTIMATE
from synthetic_world.crimes.offences import HOURS, PLACES, offences
from synthetic_world.model import Flags, Ground, Longs
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates


def flag_columns(
    random: np.random.Generator, ground: Ground, cases: Cases, rows: Whole
) -> dict[str, pa.Array]:
    """Flags as the force sets them: some missing, some wrong (C3.13)."""
    r, known, n = rates("harm"), offences(), len(rows)
    events = cases.events.take(rows)
    flagging = ground.places[int(events.force[0])].force.flagging if n else 0.0
    home = (events.process == DYAD) | (
        (events.relation < FAMILY) & _is_grown(ground, events.victim, events.second)
    )
    missed = happens(random, float(logit_moved(r.number("flag_missing"), -flagging)), n)
    violent = known.of_kind("violence", "harassment", "stalking", "communications", "threats")[events.offence]
    false = violent & ~home & happens(random, r.number("flag_false") * r.number("flag_false_spread"), n)
    night = known.hours[events.offence] == HOURS.index("night")
    armed = known.of_kind("weapons", "robbery", "threats")[events.offence]
    exploited = known.of_kind("exploitation", "trafficking")[events.offence]
    supply = known.of_kind("supply", "slavery")[events.offence]
    family = home & (events.relation >= INTIMATE)
    cce, cce_other, knife, knife_other = (*r.numbers("flag_cce"), *r.numbers("flag_knife"))
    drunk, drunk_night, drunk_other = r.numbers("flag_alcohol")
    return {
        "is_domestic_abuse": flags((home & ~missed) | false),
        "is_honour_based": flags(
            known.of_kind("honour")[events.offence] | (family & happens(random, r.number("honour_family"), n))
        ),
        "is_cse": flags(exploited & ~happens(random, r.number("cse_missed"), n)),
        "is_cce": flags(
            happens(random, np.where(events.process == CELL, cce, np.where(supply, cce_other, 0)), n)
        ),
        "is_online": flags(events.place == PLACES.index("online")),
        "is_knife": flags(happens(random, np.where(armed, knife, np.where(violent, knife_other, 0)), n)),
        "is_alcohol": flags(
            happens(random, np.where(home, drunk, np.where(night & violent, drunk_night, drunk_other)), n)
        ),
    }


def _is_grown(ground: Ground, victim: Whole, second: Longs) -> Flags:
    """Whether the victim is somebody of 16 or over: younger ones are no victims of domestic abuse in law."""
    born = ground.people.birth_day[np.maximum(victim, 0)]
    return np.asarray((victim >= 0) & (second // DAY - born >= 16 * 365.25))

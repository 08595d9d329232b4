"""Contact in breach of a protective order: visits, calls and messages that are a crime only because it forbids them.

Drawn for each order while it is in force, more where the hidden harm of the pair is greater; many are never told. Not
here: which orders there are (orders_da), other crimes inside an order (orders_da.breach).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import exponential, happens, repeats
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import DYAD, Events, new_events
from synthetic_world.crimes.offences import HOURS, PLACES, offences
from synthetic_world.crimes.orders_da import DAPO, DVPN, DVPO, FMPO, NMO, RO, SPO, Orders
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.rates import rates

CODES: Final = {NMO: "FL96001", RO: "PH97003", SPO: "ST19001", DAPO: "DA21001", FMPO: "FL96002"}
_CIVIL: Final = (DVPN, DVPO)  # a breach of these is no offence of its own


def contacts(
    random: np.random.Generator,
    here: Whereabouts,
    times: EventTimes,
    dyads: Dyads,
    cases: Cases,
    made: Orders,
) -> Events:
    """All contact in breach of orders between pairs, told or not."""
    r, world = rates("harm"), here.ground.world
    dyad = cases.events.dyad[made.case]
    pair = np.flatnonzero((dyad >= 0) & np.isin(made.kind, list(CODES)))
    harm = dyads.harm[dyad[pair]]
    until = np.minimum(made.end[pair], world.horizon)
    still, by_harm = r.numbers("breach_contacts")
    a_year = still + by_harm * harm / (1 + harm)
    row = repeats(random, a_year * np.maximum(until - made.start[pair], 0) / 365.25)
    lag = exponential(random, r.number("breach_days"), len(row))  # most come early
    span = np.maximum(until - made.start[pair], 1)[row]
    day = (made.start[pair][row] + 1 + lag % span).astype(np.int32)
    order = pair[row]
    suspect, victim = cases.events.suspect[made.case[order]], cases.events.victim[made.case[order]]
    n = len(row)
    by_kind = np.full(max(CODES) + 1, -1, np.int32)
    by_kind[list(CODES)] = [offences().coded(code) for code in CODES.values()]
    events = new_events(
        times.at(random, day, np.full(n, HOURS.index("evening"), np.uint8)),
        suspect,
        victim,
        DYAD,
        dyad=dyad[order],
        offence=by_kind[made.kind[order]],
        relation=dyads.relation_on(dyad[order], day).astype(np.uint8),
        place=np.where(
            happens(random, r.number("breach_online"), n), PLACES.index("online"), PLACES.index("dwelling")
        ).astype(np.uint8),
    )
    events.force, events.address = here.home(victim, events.second)
    events.lsoa = here.lsoa(events.force, events.address)
    _told(random, here, events)
    return events


def _told(random: np.random.Generator, here: Whereabouts, events: Events) -> None:
    """Who has an order tells more than others, and soon."""
    r, n = rates("harm"), len(events)
    is_told = happens(random, r.number("breach_told"), n)
    reported = (
        events.second + (exponential(random, r.number("breach_report_days"), n) * DAY).astype(np.int64) + 600
    )
    recorded = reported + ((0.01 + exponential(random, r.number("recording_days"), n)) * DAY).astype(np.int64)
    is_past = recorded < (here.ground.world.horizon + 1) * DAY
    events.reported[:] = np.where(is_told, reported, NEVER)
    events.recorded[:] = np.where(is_told & is_past, recorded, NEVER)

"""What breaches a protective order: contact that only the order forbids, and other crimes of the pair inside it.

Contact is drawn for each order while it is in force, more where the hidden harm of the pair is greater; much is never
told. A later crime of the same pair inside the order breaches it too; with `interactions=high` a breach in a busy time
is more often serious, which no linear model of counts can see. Not here: which orders there are (orders_da).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import exponential, happens, repeats
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.detection import Suspects
from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import DYAD, Events, new_events
from synthetic_world.crimes.offences import HOURS, PLACES, offences
from synthetic_world.crimes.orders_da import BAIL, DAPO, DVPN, DVPO, FMPO, NMO, RO, SPO, Orders
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.ordering import Whole
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


def breach(
    random: np.random.Generator, cases: Cases, suspects: Suspects, made: Orders, interactions: str
) -> None:
    """Finds later crimes of a pair inside an order, and says so in the order."""
    events, r = cases.events, rates("harm")
    known_lead = np.zeros(len(cases), bool)
    known_lead[suspects.case[suspects.is_named & suspects.is_lead]] = True
    home = np.flatnonzero((events.process == DYAD) & known_lead)
    lasting = np.flatnonzero((made.kind != BAIL) & (events.process[made.case] == DYAD))
    width = np.int64(1) << 20
    order_key = events.dyad[made.case[lasting]] * width + made.start[lasting]
    by_key = lasting[np.argsort(order_key, kind="stable")]  # few
    day = events.second[home] // DAY
    at = np.searchsorted(np.sort(order_key), events.dyad[home] * width + day) - 1
    order = by_key[np.maximum(at, 0)] if len(by_key) else np.zeros(len(home), np.int64)
    inside = (at >= 0) & (len(by_key) > 0)
    if not inside.any():
        return
    inside &= (events.dyad[made.case[order]] == events.dyad[home]) & (day <= made.end[order])
    rows, order = home[inside], order[inside]
    is_told = happens(random, r.number("breach_told"), len(rows))
    rows, order = rows[is_told], order[is_told]
    np.minimum.at(made.breached, order, events.second[rows])
    if interactions == "high":
        _worsen(random, cases, rows)


def _worsen(random: np.random.Generator, cases: Cases, rows: Whole) -> None:
    """interactions=high: a breach with two recorded crimes of the pair in the 60 days before is often serious."""
    events, known = cases.events, offences()
    home = np.flatnonzero(events.process == DYAD)
    width = np.int64(1) << 40
    moments = np.sort(events.dyad[home] * width + events.second[home])
    here = events.dyad[rows] * width + events.second[rows]
    before = np.searchsorted(moments, here) - np.searchsorted(moments, here - 60 * DAY)
    chosen = rows[(before >= 2) & happens(random, rates("harm").number("high_breach_serious"), len(rows))]
    serious = np.flatnonzero((known.tier == 2) & (known.da > 0.2))
    events.offence[chosen] = serious[random.integers(0, len(serious), size=len(chosen))]
    events.tier[chosen] = 2

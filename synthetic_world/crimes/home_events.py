"""Events of pairs with their circumstances: what the law calls them, where, and whether they are a crime at all.

Not here: pairs (dyads), when they meet harm (hawkes), how bad it is (severity).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.chances import Lottery, happens
from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import DYAD, Events, new_events
from synthetic_world.crimes.hawkes import cascade, prevented
from synthetic_world.crimes.offences import HOURS, PLACES, TIERS, offences
from synthetic_world.crimes.severity import tiers
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Codes, Flags, Longs, People, stream
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates


def home_events(
    random: np.random.Generator, here: Whereabouts, times: EventTimes, dyads: Dyads, tasking: pa.Table | None
) -> tuple[Events, Flags]:
    """All events of the pairs since the start, told or not, and which of them tasking has prevented."""
    ground = here.ground
    world, people = ground.world, ground.people
    made = cascade(random, dyads, world.horizon)
    own_luck = stream(world.seed, "tasking", people.block.key)  # so that tasking moves nobody else's
    gone = prevented(own_luck, made, dyads, people, tasking)
    second = times.towards_weekend(random, made.second)
    evening = np.full(len(second), HOURS.index("evening"), np.uint8)
    second = times.at(random, (second // DAY).astype(np.int32), evening)
    tier = tiers(random, world, people.block.number, dyads, made.dyad, second)
    kept = np.flatnonzero((second >= world.start * DAY) & (second < (world.horizon + 1) * DAY))
    dyad, second, tier = made.dyad[kept], second[kept], tier[kept]
    suspect, victim = dyads.suspect[dyad], dyads.victim[dyad]
    offence = _offences(random, people, victim, second, tier)
    is_crime = (tier > 0) | ~happens(random, rates("harm").number("no_crime_share"), len(tier))
    events = new_events(
        second,
        suspect,
        victim,
        DYAD,
        dyad=dyad,
        tier=tier,
        offence=offence,
        is_crime=is_crime,
        relation=dyads.relation_on(dyad, (second // DAY).astype(np.int32)).astype(np.uint8),
        place=offences().place[offence],
    )
    _place(random, here, events)
    return events, gone[kept]


def age_at(people: People, person: Whole, second: Longs) -> Whole:
    """Age in whole years of each person at each moment."""
    return ((second // DAY - people.birth_day[person]) / 365.25).astype(np.int32)


def _offences(
    random: np.random.Generator, people: People, victim: Whole, second: Longs, tier: Codes
) -> Whole:
    """An offence of its tier for each event, as the law names it for that victim."""
    known = offences()
    chosen = np.zeros(len(tier), np.int32)
    for level in range(TIERS):
        own = np.flatnonzero(tier == level)
        lottery = Lottery.of(np.where(known.tier == level, known.da, 0))
        chosen[own] = lottery.draw(random, len(own))
    return known.fitting(chosen, people.sex[victim] == 1, age_at(people, victim, second))


def _place(random: np.random.Generator, here: Whereabouts, events: Events) -> None:
    """Where: mostly the victim's home, at times the suspect's, else near the victim's."""
    r, n = rates("harm"), len(events)
    is_theirs = happens(random, r.number("at_suspects_home"), n)
    host = np.where(is_theirs, events.suspect, events.victim)
    events.force, events.address = here.home(host, events.second)
    events.lsoa = here.lsoa(events.force, events.address)
    is_out = (events.place != PLACES.index("dwelling")) & (events.place != PLACES.index("online"))
    is_out &= happens(random, r.number("out_of_home"), n)
    events.place[~is_out & (events.place != PLACES.index("online"))] = PLACES.index("dwelling")
    out = np.flatnonzero(is_out)
    around = here.address_in(random, events.force[out], events.lsoa[out])
    events.address[out] = around

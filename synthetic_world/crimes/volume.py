"""Ordinary crime: every event has a true offender, mostly unknown to the police; some of it breeds more of it nearby.

Drawn as it happens: more than half of it is never told. Not here: who offends together (co_offending), what is told
and written down (recording, crime_records).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.cells import age_on
from synthetic_world.crimes.chances import Lottery, happens, repeats
from synthetic_world.crimes.dyads import residents
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import ACQUAINTANCE, STRANGER, UNKNOWN, VOLUME, Events, new_events
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import HOURS, PLACES, VICTIMS, offences
from synthetic_world.crimes.recording import told_chance
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Codes, Flags
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

PERSON: Final = VICTIMS.index("P")
_DWELLING, _STREET, _SHOP = (PLACES.index(place) for place in ("dwelling", "street", "shop"))
_LIABLE: Final = 10  # years: nobody younger can be a suspect


def volume_events(random: np.random.Generator, here: Whereabouts, times: EventTimes) -> Events:
    """All of it, near repeats last."""
    known, ground = offences(), here.ground
    suspect = _offenders(random, here)
    n = len(suspect)
    offence = Lottery.of(known.volume / told_chance()).draw(random, n)
    hours = known.hours[offence]
    second = times.on_any_day(random, hours)
    force, address = here.home(suspect, second)
    force, lsoa = here.goes_out(random, force, address, hours == HOURS.index("night"))
    victim = np.full(n, -1, np.int32)
    is_of_person = np.flatnonzero(known.victim[offence] == PERSON)
    victim[is_of_person] = here.met(random, force[is_of_person], lsoa[is_of_person])
    victim[victim == suspect] = -1
    suspect[age_at(ground.people, suspect, second) < _LIABLE] = -1
    events = new_events(
        second,
        suspect,
        victim,
        VOLUME,
        offence=offence,
        force=force,
        lsoa=lsoa,
        place=known.place[offence],
        relation=_relations(random, offence, victim),
    )
    events = Events.joined([events, _near_repeats(random, times, here, events)])
    events.tier = known.tier[events.offence]
    _child_victims(here, events)
    _settle(random, here, events)
    return events


def _offenders(random: np.random.Generator, here: Whereabouts) -> Whole:
    """True offender of each event, in order of person."""
    ground, r = here.ground, rates("harm")
    home = ground.block.home
    volume = offences().volume
    untold = float((volume / told_chance()).sum() / volume.sum())  # events for each that is reported
    total = r.number("volume_per_1000") / 1000 * residents(ground.world, home, len(ground.people))
    total *= ground.world.years * home.crime * untold
    weight = np.minimum(ground.people.offending, r.number("offending_most") * ground.people.offending.mean())
    return repeats(random, weight * (total / max(float(weight.sum()), 1e-9)))


def _relations(random: np.random.Generator, offence: Whole, victim: Whole) -> Codes:
    """Acquaintance or stranger, by what kind of offence it is; unknown where there is no victim."""
    known = offences()
    near = known.of_kind(
        "violence", "threats", "harassment", "stalking", "communications", "child_cruelty", "damage"
    )
    chance = np.where(near[offence], *rates("harm").numbers("by_acquaintance"))
    relation = np.where(happens(random, chance, len(offence)), ACQUAINTANCE, STRANGER)
    return np.where(victim < 0, UNKNOWN, relation).astype(np.uint8)


def _near_repeats(
    random: np.random.Generator, times: EventTimes, here: Whereabouts, events: Events
) -> Events:
    """Further burglaries, thefts and damage close to one, soon after it (Exp 14 days, the same LSOA)."""
    r, known = rates("harm"), offences()
    rate = np.where(known.is_near[events.offence], r.number("near_repeat"), 0)
    parent = repeats(random, rate)
    lag = 0.5 + random.exponential(r.number("near_repeat_days"), len(parent))
    day = (events.second[parent] // DAY + lag).astype(np.int32)
    kept = day <= here.ground.world.horizon
    parent, day = parent[kept], day[kept]
    children = events.take(parent)
    children.second = times.at(random, day, known.hours[children.offence])
    is_other = ~happens(random, r.number("near_repeat_same_offender"), len(parent))
    children.suspect[is_other] = -1
    is_same_victim = happens(random, r.number("near_repeat_same_victim"), len(parent))
    moved = np.flatnonzero((children.victim >= 0) & ~is_same_victim)
    children.victim[moved] = here.met(random, children.force[moved], children.lsoa[moved])
    return children


def _child_victims(here: Whereabouts, events: Events) -> None:
    """No victim where the law wants a child and nobody of that age was met: the child is not known by name."""
    known, people = offences(), here.ground.people
    limited: Flags = known.victim_to < 100
    rows = np.flatnonzero(limited[events.offence] & (events.victim >= 0))
    if not len(rows):
        return
    age = age_at(people, events.victim[rows], events.second[rows])
    young = np.flatnonzero(age_on(people, (here.ground.world.start + here.ground.world.end) // 2) < 13)
    unfit = rows[age > known.victim_to[events.offence[rows]]]
    events.victim[unfit] = young[events.victim[unfit] % len(young)] if len(young) else -1
    age = age_at(people, np.maximum(events.victim[unfit], 0), events.second[unfit])
    events.victim[unfit[(age < 0) | (age > known.victim_to[events.offence[unfit]])]] = -1


def _settle(random: np.random.Generator, here: Whereabouts, events: Events) -> None:
    """Addresses: the victim's home, a shop that is hit again and again, or anywhere in the LSOA."""
    at_home = np.flatnonzero((events.place == _DWELLING) & (events.victim >= 0))
    events.force[at_home], events.address[at_home] = here.home(events.victim[at_home], events.second[at_home])
    events.lsoa[at_home] = here.lsoa(events.force[at_home], events.address[at_home])
    rest = np.flatnonzero(events.address < 0)
    events.address[rest] = here.address_in(random, events.force[rest], events.lsoa[rest])
    for number, around in here.around.items():
        own = np.flatnonzero((events.place == _SHOP) & (events.force == number))
        lsoa = events.lsoa[own]
        few = (random.random(len(own)) ** 4 * 0.25 * around.count[lsoa]).astype(np.int32)
        events.address[own] = around.addresses[
            np.minimum(around.first[lsoa] + few, len(around.addresses) - 1)
        ]
    _premises(random, here, events)


def _premises(random: np.random.Generator, here: Whereabouts, events: Events) -> None:
    """Licensed premises and hotels are real ones of the force."""
    for number, around in here.around.items():
        places = around.places
        for word, there in (("licensed_premises", places.licensed), ("hotel", places.hotels)):
            own = np.flatnonzero((events.place == PLACES.index(word)) & (events.force == number))
            if len(there) and len(own):
                events.address[own] = there[random.integers(0, len(there), size=len(own))]
                events.lsoa[own] = places.address_lsoa[events.address[own]]

"""Sexual offences outside couples: driven by the offender, against strangers, people they know, and children.

Strangers are met by distance and at night; a share comes to light many years later (non-recent abuse). Not here:
sexual offences between partners (home_events), who is reported and named (recording, detection).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.cells import age_on
from synthetic_world.crimes.chances import Groups, Lottery, happens
from synthetic_world.crimes.dyads import offending_score, residents
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import (
    ACQUAINTANCE,
    PROFESSIONAL,
    RELATIONSHIPS,
    SEXUAL,
    STRANGER,
    Events,
    new_events,
)
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import HOURS, PLACES, offences
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Flags, Floats, Ground, Longs, People, stream
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

FAMILY_MEMBER: Final = RELATIONSHIPS.index("other_family")
_AGES: Final = (13, 16)  # children, teenagers, adults


def sexual_latent(ground: Ground) -> Floats:
    """Hidden tendency to offend sexually, mean 1: most have next to none."""
    people = ground.people
    r, random = rates("harm"), stream(ground.world.seed, "sexual latent", people.block.key)
    spread, tied = r.number("sexual_spread"), r.number("sexual_offending")
    log = spread * random.standard_normal(len(people)) + tied * offending_score(people)
    middle = age_on(people, _middle(ground))
    ages, weights = r.numbers("sexual_age_from"), r.numbers("sexual_age_weight")
    by_age = np.array([0.0, *weights])[np.searchsorted(ages, middle, side="right")]
    by_sex = np.where(people.sex == 1, 1.0, r.number("sexual_female"))
    latent = np.exp(log) * by_age * by_sex
    latent = np.minimum(latent, r.number("sexual_most") * latent.mean())
    return np.asarray(latent / max(float(latent.mean()), 1e-9), np.float32)


def _middle(ground: Ground) -> int:
    """The day in the middle of the history, on which ages are taken where they need not be exact."""
    return (ground.world.start + ground.world.end) // 2


def sexual_events(
    random: np.random.Generator, here: Whereabouts, times: EventTimes, latent: Floats
) -> tuple[Events, Longs]:
    """The events, and for those that come to light years later the moment when they do (else -1)."""
    ground, r, known = here.ground, rates("harm"), offences()
    people, world = ground.people, ground.world
    block = people.block
    total = r.number("sexual_per_1000") / 1000 * residents(world, block.home, len(people)) * world.years
    suspect = np.repeat(
        np.arange(len(people), dtype=np.int32),
        random.poisson(latent * total * block.home.crime / len(people)),
    )
    n = len(suspect)
    offence = Lottery.of(known.sexual).draw(random, n)
    second = times.on_any_day(random, known.hours[offence])
    told = np.where(happens(random, r.number("non_recent_share"), n), second, -1)
    relation = _relations(random, known.victim_to[offence] < 18, n)
    force, address = here.home(suspect, second)
    is_night = (known.hours[offence] == HOURS.index("night")) & (relation == STRANGER)
    force, lsoa = here.goes_out(random, force, address, is_night)
    victim = _victims(random, here, force, lsoa, _wanted_age(random, offence, told >= 0))
    victim, relation = _at_home(random, ground, suspect, victim, relation, known.victim_to[offence])
    near = {"relation": relation.astype(np.uint8), "force": force, "lsoa": lsoa}
    kept = np.flatnonzero((victim >= 0) & (victim != suspect))
    events = new_events(second, suspect, victim, SEXUAL, offence=offence, **near).take(kept)
    told = told[kept]
    ago = _years_ago(random, people, events.suspect, events.victim, told)
    events.second = np.where(told >= 0, told - ago, events.second)
    events.offence = _lawful(people, events.offence, events.victim, events.second)
    events.tier, events.place = known.tier[events.offence], known.place[events.offence]
    _settle(random, here, events)
    return events, told


def _relations(random: np.random.Generator, is_of_child: Flags, n: int) -> Whole:
    """What the suspect is to the victim, other than a partner."""
    r, codes = rates("harm"), np.array([FAMILY_MEMBER, ACQUAINTANCE, PROFESSIONAL, STRANGER])
    adult, child = (Lottery.of(r.numbers(f"sexual_relation_{name}")) for name in ("adult", "child"))
    return np.asarray(codes[np.where(is_of_child, child.draw(random, n), adult.draw(random, n))])


def _wanted_age(random: np.random.Generator, offence: Whole, is_non_recent: Flags) -> Whole:
    """Group of ages the victim is drawn from, as they are now: child, teenager, adult."""
    known, r = offences(), rates("harm")
    drawn = Lottery.of(r.numbers("sexual_victim_ages")).draw(random, len(offence))
    least = np.searchsorted(_AGES, known.victim_from[offence], side="right")
    most = np.searchsorted(_AGES, known.victim_to[offence], side="right")
    is_free = (known.victim_from[offence] <= 16) & (known.victim_to[offence] > 90)
    group = np.where(is_free, drawn, np.clip(drawn, least, most))
    return np.where(is_non_recent, len(_AGES), group).astype(np.int32)


def _victims(
    random: np.random.Generator, here: Whereabouts, force: Whole, lsoa: Whole, group: Whole
) -> Whole:
    """Somebody of that group of ages, in that LSOA where there is anybody, more often a woman or girl."""
    people, r = here.ground.people, rates("harm")
    n_groups, found = len(_AGES) + 1, np.full(len(lsoa), -1, np.int32)
    middle = age_on(people, _middle(here.ground))
    of_age = np.searchsorted(_AGES, middle, side="right")
    young = 1 + r.number("sexual_young_victims") * ((middle >= 13) & (middle < 30))
    weight = np.where(
        people.sex == 0, r.number("sexual_female_victims"), 1 - r.number("sexual_female_victims")
    )
    weight = weight * young * np.minimum(people.vulnerability, r.number("vulnerability_most"))
    for number, around in here.around.items():
        home = around.places.address_lsoa[np.minimum(people.address, len(around.places.address_lsoa) - 1)]
        groups = [
            Groups.of(home, np.where(of_age == one, weight, 0).astype(np.float32), len(around.count), 64)
            for one in range(n_groups)
        ]
        for one, drawn_from in enumerate(groups):
            own = np.flatnonzero((force == number) & (group == one))
            found[own] = drawn_from.draw(random, lsoa[own])
    return found


def _at_home(
    random: np.random.Generator, ground: Ground, suspect: Whole, victim: Whole, relation: Whole, oldest: Whole
) -> tuple[Whole, Whole]:
    """Victims in the family are somebody of the household, where there is somebody of a fitting age."""
    people = ground.people
    order = np.argsort(people.household, kind="stable")
    first = np.searchsorted(people.household[order], people.household[suspect])
    count = np.searchsorted(people.household[order], people.household[suspect], side="right") - first
    mate = order[first + (random.random(len(suspect)) * count).astype(np.int64)].astype(np.int32)
    is_young = (oldest > 90) | (_middle(ground) - people.birth_day[mate] < (oldest + 1) * 365.25)
    fits = (mate != suspect) & is_young & (people.sex[mate] == 0) & (relation == FAMILY_MEMBER)
    return np.where(fits, mate, victim), np.where((relation == FAMILY_MEMBER) & ~fits, ACQUAINTANCE, relation)


def _years_ago(
    random: np.random.Generator, people: People, suspect: Whole, victim: Whole, told: Longs
) -> Longs:
    """Seconds between a non-recent offence and the day it was told: the suspect was 14 then, the victim 4, or older."""
    room = np.minimum(
        told // DAY - people.birth_day[victim] - 4 * 365, told // DAY - people.birth_day[suspect] - 14 * 365
    )
    ago = 365 + random.exponential(rates("harm").number("non_recent_days"), len(told))
    return np.asarray(np.clip(np.minimum(ago, room), 30, None) * DAY, np.int64)


def _lawful(people: People, offence: Whole, victim: Whole, second: Longs) -> Whole:
    """The offence as the law names it for the victim's sex and age; where that is too old for it, sexual assault."""
    known = offences()
    age, is_male = age_at(people, victim, second), people.sex[victim] == 1
    fitting = known.fitting(offence, is_male, age)
    is_off = (age < known.victim_from[fitting]) | (age > known.victim_to[fitting])
    plain = known.fitting(np.full(len(offence), known.coded("SX03007"), np.int32), is_male, age)
    return np.where(is_off, plain, fitting)


def _settle(random: np.random.Generator, here: Whereabouts, events: Events) -> None:
    """Address: at home where the offence is one of home or online, else somewhere in the LSOA."""
    indoors = np.isin(events.place, [PLACES.index("dwelling"), PLACES.index("online")])
    is_known = events.relation < STRANGER
    own = np.flatnonzero(indoors & is_known)
    host = np.where(
        random.random(len(own)) < rates("harm").number("sexual_at_victims_home"),
        events.victim[own],
        events.suspect[own],
    )
    events.force[own], events.address[own] = here.home(host, events.second[own])
    events.lsoa[own] = here.lsoa(events.force[own], events.address[own])
    rest = np.flatnonzero(~(indoors & is_known))
    events.address[rest] = here.address_in(random, events.force[rest], events.lsoa[rest])
    events.place[rest] = np.where(indoors[rest], PLACES.index("street"), events.place[rest])

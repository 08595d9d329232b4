"""Rows of the feed incident: domestic abuse that is no crime, and the calls that fill a control room's day.

Not here: crimes (crime_records), missing people (missing).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cells import age_on
from synthetic_world.crimes.chances import exponential, happens, repeats
from synthetic_world.crimes.columns import NEVER, flags, keys, spine, words
from synthetic_world.crimes.dyads import residents
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import RELATIONSHIPS, UNKNOWN, Events
from synthetic_world.crimes.narratives import summaries
from synthetic_world.crimes.place_columns import place_columns
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Floats, Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates

KINDS: Final = (
    "domestic_abuse", "concern_for_safety", "antisocial", "suspicious", "cse_non_crime", "reported_rape", "other",
)  # fmt: skip
OTHERS: Final = KINDS[1:]


@dataclass(slots=True)
class Incidents:
    """One place an incident, in order of recording. Persons are indices of the block, -1 nobody."""

    key: Longs
    kind: Whole
    victim: Whole
    subject: Whole
    relation: Whole
    second: Longs
    recorded: Longs
    force: Whole
    lsoa: Whole
    address: Whole
    event: Whole  # place among all events, -1 where it is none of them

    def __len__(self) -> int:
        """How many."""
        return len(self.key)


def incidents(
    random: np.random.Generator,
    here: Whereabouts,
    times: EventTimes,
    events: Events,
    quarrels: Whole,
    in_cell: Whole,
) -> Incidents:
    """All incidents. quarrels: recorded events of pairs that are no crime; in_cell: people in a cell."""
    ground = here.ground
    n = len(quarrels)
    other = [_others(random, here, times, kind, in_cell) for kind in range(1, len(KINDS))]
    home = (
        np.zeros(n, np.int8),
        events.victim[quarrels],
        events.suspect[quarrels],
        events.relation[quarrels].astype(np.int8),
        events.second[quarrels],
        events.recorded[quarrels],
        events.force[quarrels],
        events.lsoa[quarrels],
        events.address[quarrels],
        quarrels.astype(np.int64),
    )
    joined = [np.concatenate(one) for one in zip(home, *other, strict=True)]
    recorded = joined[5]
    kept = np.flatnonzero(recorded < (ground.world.horizon + 1) * DAY)
    kept = kept[in_order(recorded[kept])]
    key = (np.int64(ground.block.number) << 32) + np.arange(len(kept))
    return Incidents(key, *(one[kept] for one in joined))


def _weights(ground: Ground, kind: int, in_cell: Whole) -> tuple[Floats, bool]:
    """Who the incident is about, and whether as somebody at risk (else as the subject of the call)."""
    people = ground.people
    ages = age_on(people, (ground.world.start + ground.world.end) // 2)
    factors = rates("harm").numbers("incident_factors")
    vulnerable = np.minimum(people.vulnerability, rates("harm").number("vulnerability_most"))
    if OTHERS[kind - 1] in ("antisocial", "suspicious"):
        return np.minimum(
            people.offending, rates("harm").number("offending_most") * people.offending.mean()
        ), False
    if OTHERS[kind - 1] == "cse_non_crime":
        in_care = np.where(people.is_looked_after, factors[0], 1.0)
        weight = np.where((ages >= 11) & (ages < 18), vulnerable * in_care, 0)
        weight[in_cell] *= factors[1]
        return weight.astype(np.float32), True
    if OTHERS[kind - 1] == "reported_rape":
        return np.where((people.sex == 0) & (ages >= 14), vulnerable, 0).astype(np.float32), True
    unwell = np.where(people.mental_health, factors[2], 1.0)
    return (vulnerable * unwell).astype(np.float32), True


def _others(
    random: np.random.Generator, here: Whereabouts, times: EventTimes, kind: int, in_cell: Whole
) -> tuple[Whole, ...]:
    """Incidents of one kind, from anybody of the block."""
    ground = here.ground
    people, world, r = ground.people, ground.world, rates("harm")
    weight, is_at_risk = _weights(ground, kind, in_cell)
    total = r.number(f"incident_{OTHERS[kind - 1]}") / 1000 * residents(world, ground.block.home, len(people))
    total *= world.years * ground.block.home.crime
    person = repeats(random, weight * (total / max(float(weight.sum()), 1e-9)))
    n = len(person)
    second = times.on_any_day(random, np.full(n, 1, np.uint8))
    force, address = here.home(person, second)
    force, lsoa = here.goes_out(random, force, address, np.zeros(n, bool))
    at_home = happens(random, r.numbers("incident_at_home")[not is_at_risk], n)
    own_force, own_address = here.home(person, second)
    force = np.where(at_home, own_force, force).astype(np.int16)
    around = here.address_in(random, force, np.where(at_home, here.lsoa(own_force, own_address), lsoa))
    address = np.where(at_home, own_address, around)
    nobody = np.full(n, -1, np.int32)
    recorded = second + (exponential(random, r.number("incident_entry_days"), n) * DAY).astype(np.int64) + 300
    return (
        np.full(n, kind, np.int8),
        person if is_at_risk else nobody,
        nobody if is_at_risk else person,
        np.full(n, -1, np.int8),
        second,
        recorded,
        force,
        here.lsoa(force, address),
        address,
        np.full(n, -1, np.int64),
    )


def incident_rows(random: np.random.Generator, ground: Ground, made: Incidents, number: int) -> pa.Table:
    """The records of one force."""
    rows = np.flatnonzero(made.force == number)
    n, uid, kind = len(rows), ground.people.uid, made.kind[rows]
    victim, subject = made.victim[rows], made.subject[rows]
    is_home = kind == 0
    flagged = is_home & ~happens(random, rates("harm").number("flag_missing"), n)
    written = np.where(made.relation[rows] < 0, -1, made.relation[rows])
    kinds = np.array([summaries().kinds.index(name) for name in KINDS], np.int32)
    return pa.table(
        {
            **spine(made.key[rows], made.recorded[rows], made.second[rows], np.full(n, NEVER)),
            "kind": words(kind, KINDS),
            "victim_uid": keys(np.where(victim >= 0, uid[np.maximum(victim, 0)], -1)),
            "subject_uid": keys(np.where(subject >= 0, uid[np.maximum(subject, 0)], -1)),
            "relationship": words(np.where(is_home, np.minimum(written, UNKNOWN), -1), RELATIONSHIPS),
            "is_domestic_abuse": flags(flagged),
            **place_columns(ground, number, made.address[rows], made.lsoa[rows]),
            "summary_text": words(summaries().pick(random, kinds[kind]), summaries().texts),
        }
    )

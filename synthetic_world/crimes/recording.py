"""What the police hear of, when, and what they write down: reporting, late reports, reveals, recording habits.

A serious report brings earlier untold events of the same pair to light (C3.13). Bias and drift act here and nowhere
else, so that records of two groups may differ where the truth does not. Not here: which suspects become known
(detection), what a crime record looks like (crime_records).
"""

from typing import Final

import numpy as np

from synthetic_world.crimes.chances import exponential, happens, logit_moved
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.event_times import DAY, EventTimes
from synthetic_world.crimes.events import DYAD, SEXUAL, Events
from synthetic_world.crimes.offences import INJURIES, RULES, VICTIMS, offences
from synthetic_world.model import ETHNICITIES, Flags, Floats, Ground, Longs, People
from synthetic_world.ordering import Whole, in_order_of
from synthetic_world.rates import rates

GROUPS: Final = ("W", "M", "A", "B", "O")
_SEARCHED: Final = ("drugs", "weapons")  # mostly found by stopping and searching somebody
_GROUP: Final = np.array([GROUPS.index(code[0]) for code in ETHNICITIES])


def record(
    random: np.random.Generator, ground: Ground, times: EventTimes, events: Events, told: Longs, gone: Flags
) -> None:
    """Fills in when each event is reported and recorded.

    told: when non-recent ones come to light, else -1. gone: events that tasking has prevented.
    """
    personal = np.flatnonzero(events.process <= SEXUAL)
    _report_personal(random, ground, times, events, personal, told, gone)
    _report_ordinary(random, ground, events, np.flatnonzero(events.process > SEXUAL))
    n, first, last = len(events), ground.world.start * DAY, (ground.world.horizon + 1) * DAY
    is_recorded = happens(
        random, _recorded_chance(ground, events), n
    )  # drawn for all: tasking moves no other's luck
    days = exponential(random, rates("harm").number("recording_days"), n) + 0.01
    recorded = events.reported + (days * DAY).astype(np.int64)
    events.recorded[:] = np.where(is_recorded & (recorded >= first) & (recorded < last), recorded, NEVER)


def is_vawg(ground: Ground, events: Events) -> Flags:
    """Whether an event counts as violence against women and girls: type and a female victim (domain reference, 2)."""
    known = offences()
    female = np.zeros(len(events), bool)
    some = np.flatnonzero(events.victim >= 0)
    female[some] = ground.people.sex[events.victim[some]] == 0
    rule = known.rule[events.offence]
    by_type = (rule == RULES.index("F")) | (rule == RULES.index("C")) | (rule == RULES.index("O"))
    return np.asarray(female & (by_type | (events.process == DYAD)))


def _report_personal(
    random: np.random.Generator,
    ground: Ground,
    times: EventTimes,
    events: Events,
    rows: Whole,
    told: Longs,
    gone: Flags,
) -> None:
    """Events of pairs and sexual offences: most are never told."""
    r = rates("harm")
    tier, relation = events.tier[rows], events.relation[rows]
    chance = np.array(r.numbers("report_by_tier"))[tier]
    shift = np.array(r.numbers("report_by_relation"))[relation] + r.number("report_habit") * _habit(
        ground, events, rows
    )
    chance = logit_moved(chance, shift) * np.where(events.process[rows] == DYAD, 1, r.number("report_sexual"))
    drift = np.where(is_vawg(ground, events)[rows], times.recording_drift(events.second[rows]), 1)
    is_fatal = offences().injury[events.offence[rows]] == INJURIES.index("fatal")
    is_reported = happens(random, np.minimum(chance * drift, 0.98), len(rows)) | is_fatal
    reported = events.second[rows] + _delays(random, "personal", tier >= 2)
    reported = np.where(told[rows] >= 0, told[rows], reported)
    events.reported[rows] = np.where(is_reported, reported, NEVER)
    pairs = rows[events.process[rows] == DYAD]
    _reveal(random, events, pairs, gone)


def told_chance() -> Floats:
    """By offence: chance that ordinary crime is told; much that has no victim is there only once it is found."""
    known = offences()
    by_tier = np.array(rates("harm").numbers("report_by_tier"), np.float32)[known.tier]
    by_tier[known.injury == INJURIES.index("fatal")] = 1
    chance = np.where(known.victim == VICTIMS.index("N"), np.float32(1), by_tier)
    return np.where(known.of_kind(*_SEARCHED), np.float32(rates("harm").number("search_finds")), chance)


def _report_ordinary(random: np.random.Generator, ground: Ground, events: Events, rows: Whole) -> None:
    """Ordinary crime: told by how bad it is and by the habits of the force."""
    chance = told_chance()[events.offence[rows]]
    shift = rates("harm").number("report_habit") * _habit(ground, events, rows)
    searched = offences().of_kind(*_SEARCHED)[events.offence[rows]] & (events.suspect[rows] >= 0)
    stopped = _of_group(ground, events.suspect[rows], "group_stop_search")
    chance = np.where(searched, np.minimum(chance * stopped, 0.99), chance)
    is_certain = chance >= 1
    chance = np.where(is_certain, 1, logit_moved(np.where(is_certain, 0.5, chance), shift))
    is_told = happens(random, chance, len(rows))
    reported = events.second[rows] + _delays(random, "volume", np.zeros(len(rows), bool))
    events.reported[rows] = np.where(is_told, reported, NEVER)


def _of_group(ground: Ground, person: Whole, knob: str) -> Floats:
    """What a knob says of the group of each person (the first for nobody)."""
    return np.array(rates("harm").numbers(knob), np.float32)[group_of(ground.people, np.maximum(person, 0))]


def group_of(people: People, person: Whole) -> Whole:
    """Index into GROUPS of each person."""
    return np.asarray(_GROUP[people.ethnicity[person]])


def _reveal(random: np.random.Generator, events: Events, rows: Whole, gone: Flags) -> None:
    """A serious report brings untold earlier events of the pair to light."""
    order = rows[in_order_of(events.dyad[rows], events.second[rows])]
    serious = np.where((events.tier[order] >= 2) & ~gone[order], events.reported[order], NEVER)
    spread = np.int64(1) << 36  # wider than any moment, so that one scan serves all pairs
    lift = events.dyad[order] * spread
    soonest = np.minimum.accumulate((np.minimum(serious, spread - 1) + lift)[::-1])[::-1] - lift
    is_open = (events.reported[order] == NEVER) & (soonest < spread - 1)
    is_open &= happens(random, rates("harm").number("reveal"), len(order))
    moved = soonest + (random.random(len(order)) * 3 * DAY).astype(np.int64)
    events.reported[order] = np.where(is_open, moved, events.reported[order])


def _delays(random: np.random.Generator, kind: str, is_serious: Flags) -> Longs:
    """Seconds from event to report: mostly soon, some very late, serious ones later."""
    r, n = rates("harm"), len(is_serious)
    slow_share, fast, slow, serious = r.numbers(f"delay_{kind}")
    mean = np.where(happens(random, slow_share, n), slow, fast) * np.where(is_serious, serious, 1)
    return np.asarray((random.standard_exponential(n, dtype=np.float32) * mean * DAY + 300).astype(np.int64))


def _habit(ground: Ground, events: Events, rows: Whole) -> Floats:
    """The force's recording habit at each event, on the log odds."""
    atlas = ground.world.atlas
    return np.array([force.recording for force in atlas], np.float32)[events.force[rows]]


def _recorded_chance(ground: Ground, events: Events) -> Floats:
    """Chance that something heard of is recorded: the force's habit, and for minor matters the suspect's group."""
    r = rates("harm")
    habits = [float(logit_moved(r.number("recorded"), force.recording)) for force in ground.world.atlas]
    chance = np.array(habits, np.float32)[events.force]
    bias = _of_group(ground, events.suspect, "group_recording") / max(r.numbers("group_recording"))
    is_minor = (events.tier == 0) & (events.suspect >= 0)
    return np.where(is_minor, chance * bias, chance).astype(np.float32)

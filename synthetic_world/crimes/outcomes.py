"""What becomes of a recorded crime: outcome, cancellation, reclassification, transfer, deletion, and when.

Not here: who is charged (detection), the versions of a record that follow (crime_records).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import Lottery, exponential, happens
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.detection import CAUTION, CHARGED, REMANDED, RESOLVED, UNDECIDED, Suspects
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import DYAD, SEXUAL
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import offences
from synthetic_world.model import Flags, Ground, Longs
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

CODES: Final = (
    "1", "1A", "2", "3", "3A", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19", "20", "21", "22",
)  # fmt: skip
OPEN: Final = -1
CLASSES: Final = {  # outcomes that a class of crime can have without a charge; shares in rates/harm.yml
    "unnamed": ("18", "14", "20", "17", "21"),
    "unnamed_personal": ("18", "14", "20", "17"),
    "home": ("16", "15", "10", "20", "8", "3", "21", "22", "12", "13", "9", "17", "1"),
    "sexual": ("16", "15", "20", "21", "10", "12", "13", "9", "17", "22", "1", "5"),
    "drugs": ("8", "7", "22", "3", "6", "10", "15", "1", "2"),
    "other": ("15", "16", "8", "3", "2", "10", "22", "20", "21", "6", "1", "4", "9", "17"),
}


@dataclass(slots=True)
class Fates:
    """By case. Moments are NEVER where it does not happen."""

    outcome: Whole  # index into CODES, OPEN while there is none
    closed: Longs
    cancelled: Longs
    reclassified: Longs
    transferred: Longs
    deleted: Longs


def fates(random: np.random.Generator, ground: Ground, cases: Cases, suspects: Suspects) -> Fates:
    """What becomes of each case up to the horizon."""
    r, last = rates("harm"), np.int64(ground.world.horizon + 1) * DAY
    outcome, closed = _outcomes(random, ground, cases, suspects)
    recorded = cases.events.recorded
    cancelled = _sometimes(random, r.number("cancelled"), recorded, r.number("cancelled_days"))
    reclassified = _sometimes(random, r.number("reclassified"), recorded, r.number("reclassified_days"))
    changes = offences().unlike[cases.events.offence] != cases.events.offence
    reclassified = np.where(changes, reclassified, NEVER)
    transferred = _sometimes(random, r.number("transferred"), recorded, r.number("transferred_days"))
    deleted = _sometimes(random, r.number("deleted"), recorded, r.number("deleted_days"))
    transferred = np.where(cancelled < NEVER, NEVER, transferred)
    deleted = np.where((cancelled < NEVER) | (transferred < NEVER), NEVER, deleted)
    gone = np.minimum(np.minimum(cancelled, transferred), deleted)
    closed = np.where(gone < NEVER, NEVER, closed)
    outcome = np.where(closed < last, outcome, OPEN).astype(np.int8)
    found = (closed, cancelled, reclassified, transferred, deleted)
    closed, cancelled, reclassified, transferred, deleted = (
        np.where(one < last, one, NEVER) for one in found
    )
    reclassified = np.where(reclassified < np.minimum(gone, closed), reclassified, NEVER)
    return Fates(outcome, closed, cancelled, reclassified, transferred, deleted)


def _sometimes(random: np.random.Generator, chance: float, after: Longs, mean: float) -> Longs:
    """A moment after for a share of them. Rare, so only those few are drawn for."""
    when = np.full(len(after), NEVER, np.int64)
    rows = np.flatnonzero(happens(random, chance, len(after)))
    when[rows] = after[rows] + ((0.1 + exponential(random, mean, len(rows))) * DAY).astype(np.int64)
    return when


def _outcomes(
    random: np.random.Generator, ground: Ground, cases: Cases, suspects: Suspects
) -> tuple[Whole, Longs]:
    r, n, events = rates("harm"), len(cases), cases.events
    named, charged, waits, milder = _from_suspects(suspects, n)
    kind = _classes(cases, named)
    outcome, closed = np.full(n, OPEN, np.int32), np.full(n, NEVER, np.int64)
    spread = np.exp(random.standard_normal(n, dtype=np.float32))
    for place, (name, codes) in enumerate(CLASSES.items()):
        own = np.flatnonzero(kind == place)
        codes_of = np.array([CODES.index(code) for code in codes])
        outcome[own] = codes_of[Lottery.of(r.numbers(f"outcome_{name}")).draw(random, len(own))]
        days = r.number(f"outcome_days_{name}") * spread[own]
        closed[own] = events.recorded[own] + (days * DAY).astype(np.int64) + 3600
    closed = np.maximum(closed, waits + DAY)
    is_charged = charged < NEVER
    outcome[is_charged], closed[is_charged] = (
        CODES.index("1"),
        np.maximum(charged, events.recorded + 7200)[is_charged],
    )
    mild = np.flatnonzero((milder != UNDECIDED) & ~is_charged)
    is_child = age_at(ground.people, np.maximum(events.suspect[mild], 0), events.second[mild]) < 18
    caution = np.where(is_child, CODES.index("2"), CODES.index("3"))
    outcome[mild] = np.where(milder[mild] == CAUTION, caution, CODES.index("8"))
    young = np.flatnonzero((outcome == CODES.index("2")) & ~is_charged)
    is_grown = age_at(ground.people, np.maximum(events.suspect[young], 0), events.second[young]) >= 18
    outcome[young[is_grown]] = CODES.index("3")
    return outcome, np.where(closed > events.recorded + 1800, closed, events.recorded + 1800)


def _from_suspects(suspects: Suspects, n: int) -> tuple[Flags, Longs, Longs, Whole]:
    """By case: anybody named; first charge; last decision waited for; a milder disposal."""
    named = np.zeros(n, bool)
    named[suspects.case[suspects.is_named]] = True
    charged, waits = np.full(n, NEVER, np.int64), np.zeros(n, np.int64)
    decided = suspects.decided < NEVER
    rows = np.flatnonzero(decided & ((suspects.last == CHARGED) | (suspects.last == REMANDED)))
    np.minimum.at(charged, suspects.case[rows], suspects.decided[rows])
    rows = np.flatnonzero(decided)
    np.maximum.at(waits, suspects.case[rows], suspects.decided[rows])
    milder = np.full(n, UNDECIDED, np.int8)
    rows = np.flatnonzero(
        decided & suspects.is_lead & ((suspects.last == CAUTION) | (suspects.last == RESOLVED))
    )
    milder[suspects.case[rows]] = suspects.last[rows]
    return named, charged, waits, milder


def _classes(cases: Cases, named: Flags) -> Whole:
    """Index into CLASSES by case."""
    process, names = cases.events.process, list(CLASSES)
    personal = (process == DYAD) | (process == SEXUAL)
    kind = np.where(named, names.index("other"), names.index("unnamed"))
    kind = np.where(personal & ~named, names.index("unnamed_personal"), kind)
    kind = np.where((process == DYAD) & named, names.index("home"), kind)
    kind = np.where((process == SEXUAL) & named, names.index("sexual"), kind)
    drugs = offences().of_kind("drugs")[cases.events.offence]
    return np.asarray(np.where(drugs & named, names.index("drugs"), kind))

"""Protective orders of domestic abuse, stalking and honour, and bail: made after a crime, kept, expired or breached.

Not here: what breaches them (breaches), orders against managed offenders and exploiters (managed, safeguarding).
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import exponential, happens
from synthetic_world.crimes.columns import NEVER, days, keys, later, seconds, spine, words
from synthetic_world.crimes.custody import CONDITIONS, Stays
from synthetic_world.crimes.detection import BAILED, CHARGED, NFA, Suspects
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import DYAD, INTIMATE
from synthetic_world.crimes.offences import offences
from synthetic_world.model import Flags, Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates

KINDS: Final = ("DVPN", "DVPO", "NMO", "RO", "SPO", "DAPO", "FMPO", "bail")
DVPN, DVPO, NMO, RO, SPO, DAPO, FMPO, BAIL = range(8)
STATUSES: Final = ("interim", "active", "expired", "discharged", "breached")
COURTS: Final = ("Police superintendent", "Magistrates' Court", "Family Court", "Crown Court", "Police bail")
_COURT: Final = np.array([0, 1, 2, 3, 1, 1, 2, 4], np.int8)
TERMS: Final = (
    *CONDITIONS,
    "Not to molest the protected person or use or threaten violence; not to enter the home address",
    "Not to contact {other} directly or indirectly; not to go within 100 metres of the home address",
    "To leave the premises and not return; not to contact the protected person",
    "Not to contact or follow the protected person; not to use any device to track them",
    "Not to arrange or take part in any ceremony of marriage of the protected person",
)
_TERM: Final = np.array([8, 8, 6, 7, 9, 7, 10, 0], np.int8)


@dataclass(slots=True)
class Orders:
    """One place an order, in order of the day it began."""

    kind: Whole
    case: Whole  # the crime that led to it
    person: Whole
    protected: Whole
    start: Whole  # day
    end: Whole
    terms: Whole
    breached: Longs

    def __len__(self) -> int:
        """How many."""
        return len(self.kind)


def orders(random: np.random.Generator, ground: Ground, cases: Cases, suspects: Suspects) -> Orders:
    """The orders that courts and superintendents make after a crime, none of them breached yet."""
    return _orders(ground, cases, list(_after_crime(random, cases, suspects)))


def with_bail(ground: Ground, cases: Cases, made: Orders, all_stays: Stays) -> Orders:
    """The same, and conditional bail."""
    bail = _orders(ground, cases, [_bail(cases, all_stays)])
    both = Orders(
        *(np.concatenate([getattr(made, one.name), getattr(bail, one.name)]) for one in fields(Orders))
    )
    order = in_order(both.start)
    return Orders(*(getattr(both, one.name)[order] for one in fields(Orders)))


def _orders(ground: Ground, cases: Cases, made: list[tuple[Whole, ...]]) -> Orders:
    kind, case, person, start, lasts, terms = (np.concatenate(one) for one in zip(*made, strict=True))
    kept = np.flatnonzero((start >= ground.world.start) & (start <= ground.world.horizon))
    kept = kept[in_order(start[kept])]
    victim = cases.events.victim[case[kept]]
    return Orders(
        kind[kept].astype(np.int8),
        case[kept].astype(np.int32),
        person[kept].astype(np.int32),
        np.where(victim == person[kept], -1, victim).astype(np.int32),
        start[kept].astype(np.int32),
        (start + lasts)[kept].astype(np.int32),
        terms[kept].astype(np.int8),
        np.full(len(kept), NEVER, np.int64),
    )


def _after_crime(
    random: np.random.Generator, cases: Cases, suspects: Suspects
) -> Iterator[tuple[Whole, ...]]:
    """Kind, case, person, first day, days it lasts, terms of the orders that a crime leads to."""
    r, known, events = rates("harm"), offences(), cases.events
    leads = np.flatnonzero(suspects.is_named & suspects.is_lead)
    case, person = suspects.case[leads], suspects.person[leads]
    home = events.process[case] == DYAD
    intimate = home & (events.relation[case] < INTIMATE)
    stalked = known.of_kind("stalking")[events.offence[case]]
    forced = known.of_kind("honour")[events.offence[case]]
    day = events.recorded[case] // DAY
    decided = np.minimum(suspects.decided[leads] // DAY, 1 << 30)
    arrested = suspects.arrested[leads] < NEVER
    free = arrested & ((suspects.first[leads] == NFA) | (suspects.first[leads] == BAILED))
    charged = suspects.last[leads] == CHARGED
    waits = r.numbers("order_wait_days")
    lasts = [int(one) for one in r.numbers("order_days")]

    def some(able: Flags, name: str) -> Whole:
        return np.flatnonzero(able & happens(random, r.number(f"order_{name}"), len(able)))

    def row(kind: int, own: Whole, start: Longs, lasts: Whole) -> tuple[Whole, ...]:
        n = len(own)
        return np.full(n, kind), case[own], person[own], start, lasts, np.full(n, _TERM[kind])

    notices = some(home & free, "dvpn")
    yield row(DVPN, notices, decided[notices], np.full(len(notices), lasts[0]))
    own = notices[happens(random, r.number("order_dvpo"), len(notices))]
    yield row(DVPO, own, decided[own] + 2, np.full(len(own), lasts[1]))
    own = some(intimate, "nmo")
    yield row(
        NMO,
        own,
        day[own] + 3 + exponential(random, waits[0], len(own)).astype(np.int64),
        np.full(len(own), lasts[2]),
    )
    own = some((home | stalked) & charged, "ro")
    years = random.integers(1, 6, size=len(own)) * 365
    yield row(RO, own, decided[own] + 20 + exponential(random, waits[1], len(own)).astype(np.int64), years)
    own = some(stalked, "spo")
    yield row(
        SPO,
        own,
        day[own] + 14 + exponential(random, waits[2], len(own)).astype(np.int64),
        np.full(len(own), lasts[3]),
    )
    own = some(home & (day > int(r.number("dapo_from_day"))), "dapo")
    yield row(
        DAPO,
        own,
        day[own] + 7 + exponential(random, waits[3], len(own)).astype(np.int64),
        np.full(len(own), lasts[4]),
    )
    own = some(forced, "fmpo")
    yield row(FMPO, own, day[own] + 3, np.full(len(own), lasts[5]))


def _bail(cases: Cases, all_stays: Stays) -> tuple[Whole, ...]:
    """Conditional bail."""
    own = np.flatnonzero((all_stays.first == BAILED) & (all_stays.conditions >= 0) & (all_stays.case >= 0))
    start = all_stays.released[own] // DAY
    lasts = np.maximum(np.minimum(all_stays.returns[own], all_stays.decided[own] // DAY) - start, 1)
    return (
        np.full(len(own), BAIL),
        all_stays.case[own],
        all_stays.person[own],
        start,
        lasts,
        all_stays.conditions[own],
    )


def order_rows(
    random: np.random.Generator, ground: Ground, cases: Cases, made: Orders, number: int
) -> pa.Table:
    """The records of one force: as made, then breached, discharged or expired."""
    rows = np.flatnonzero(cases.events.force[made.case] == number)
    n, uid = len(rows), ground.people.uid
    kind, start, end = made.kind[rows], made.start[rows], made.end[rows]
    moment = start.astype(np.int64) * DAY + 10 * 3600
    recorded = moment + (exponential(random, 1.0, n) * DAY).astype(np.int64)
    protected = made.protected[rows]
    interim = (kind == SPO) & happens(random, rates("harm").number("order_interim"), n)
    first = pa.table(
        {
            **spine((np.int64(ground.block.number) << 32) + rows, recorded, moment, np.full(n, NEVER)),
            "person_uid": keys(uid[made.person[rows]]),
            "kind": words(kind, KINDS),
            "protected_person_uid": keys(np.where(protected >= 0, uid[np.maximum(protected, 0)], -1)),
            "start_date": days(start),
            "end_date": days(end),
            "conditions_text": words(made.terms[rows], TERMS),
            "court": words(_COURT[kind], COURTS),
            "status": words(np.where(interim, 0, 1), STATUSES),
            "breached_at": seconds(np.full(n, NEVER)),
        }
    )
    return pa.concat_tables([first, *_later(random, ground, first, made, rows, recorded)])


def _later(
    random: np.random.Generator, ground: Ground, first: pa.Table, made: Orders, rows: Whole, recorded: Longs
) -> list[pa.Table]:
    last = np.int64(ground.world.horizon + 1) * DAY
    breached = made.breached[rows]
    told = np.maximum(breached, recorded) + DAY
    broken = np.flatnonzero((breached < NEVER) & (told < last))
    changes = {"status": words(np.full(len(broken), 4), STATUSES), "breached_at": seconds(breached[broken])}
    one = later(first, broken, np.ones(len(broken)), told[broken], changes)
    over = np.maximum((made.end[rows].astype(np.int64) + 1) * DAY + 3600, recorded + 3600)
    past = np.flatnonzero((breached == NEVER) & (over < last))
    early = happens(random, rates("harm").number("order_discharged"), len(past)) & (
        made.kind[rows[past]] != BAIL
    )
    status = words(np.where(early, 3, 2), STATUSES)
    two = later(first, past, np.ones(len(past)), over[past], {"status": status})
    return [one, two]

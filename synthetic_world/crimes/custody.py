"""Custody records: arrests for recorded crimes, arrests again, and people who come in for something else (C3.12).

Not here: who is arrested and what is decided (detection), orders that follow from bail (orders_da).
"""

from dataclasses import dataclass
from itertools import compress
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import exponential, happens
from synthetic_world.crimes.columns import (
    NEVER,
    NO_DAY,
    days,
    flags,
    keys,
    later,
    same,
    seconds,
    spine,
    words,
)
from synthetic_world.crimes.detection import BAILED, DISPOSALS, RECALLED, RUI, UNDECIDED, Suspects
from synthetic_world.crimes.event_times import DAY, HOUR
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import offences
from synthetic_world.crimes.posts import spellings
from synthetic_world.model import Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates
from synthetic_world.records.pnc import LETTERS

MARKERS: Final = ("self-harm", "mental health", "drugs", "alcohol", "violent", "medication")
CONDITIONS: Final = (
    "Not to contact the victim directly or indirectly",
    "Not to contact the victim directly or indirectly; not to enter the victim's street",
    "To live and sleep each night at the address given; curfew 9 pm to 6 am",
    "Not to enter the town centre; to report to the police station on Mondays and Fridays",
    "Not to contact any person under 16 unless supervised",
    "To surrender travel documents; not to leave the country",
)
ARREST_PLACES: Final = (
    "Home address", "Street", "Police station, by appointment", "Victim's address", "Shop", "Licensed premises",
    "Vehicle stop", "Another police force's area",
)  # fmt: skip
_ASN_BLOCK: Final = 10_000_000  # numbers kept for each block


@dataclass(slots=True)
class Stays:
    """One place a detention, in order of arrival."""

    key: Longs
    person: Whole
    force: Whole
    case: Whole  # the crime it is truly for, -1 for none
    linked: Whole  # the crime the record says it is for, -1 for none
    arrested: Longs
    released: Longs
    offence: Whole
    first: Whole
    last: Whole
    decided: Longs
    returns: Whole  # day to answer bail, NO_DAY for none
    conditions: Whole  # index into CONDITIONS, -1 for none

    def __len__(self) -> int:
        """How many."""
        return len(self.key)


def stays(random: np.random.Generator, ground: Ground, cases: Cases, suspects: Suspects) -> Stays:
    """All detentions of the block."""
    r = rates("harm")
    rows = np.flatnonzero(suspects.arrested < NEVER)
    again = rows[happens(random, r.number("custody_again"), len(rows))]
    others = random.permutation(rows)[
        : int(len(rows) * (1 + r.number("custody_again")) * r.number("custody_other"))
    ]
    row = np.concatenate([rows, again, others])
    part = np.repeat([0, 1, 2], [len(rows), len(again), len(others)])
    arrested = suspects.arrested[row]
    arrested = np.where(
        part == 1,
        arrested
        + (exponential(random, r.number("custody_again_days"), len(row)) * DAY).astype(np.int64)
        + DAY,
        arrested,
    )
    world = ground.world
    anywhen = (world.start + random.random(len(row)) * (world.horizon - world.start)) * DAY
    arrested = np.where(part == 2, anywhen.astype(np.int64), arrested)
    inside = (3 + exponential(random, r.number("custody_hours"), len(row))) * HOUR
    released = arrested + np.minimum(inside, 36 * HOUR).astype(np.int64)
    kept = np.flatnonzero(arrested < world.horizon * DAY)
    kept = kept[in_order(arrested[kept])]
    row, part, arrested, released = row[kept], part[kept], arrested[kept], released[kept]
    case = np.where(part == 2, -1, suspects.case[row])
    first, last, decided = suspects.first[row].copy(), suspects.last[row].copy(), suspects.decided[row].copy()
    first[part > 0] = np.where(
        happens(random, r.number("custody_recalled"), int((part > 0).sum())), RECALLED, 0
    )
    last[part > 0], decided[part > 0] = first[part > 0], released[part > 0]
    waits = (first == BAILED) | (first == RUI)
    decided = np.where(waits, np.maximum(decided, released + DAY), released)
    is_bailed = first == BAILED
    back = (released // DAY + 14 + exponential(random, r.number("bail_days") / 2, len(row))).astype(np.int64)
    condition = np.where(
        is_bailed & happens(random, r.number("bail_conditional"), len(row)),
        _conditions(random, cases, case),
        -1,
    )
    return Stays(
        key=(np.int64(ground.block.number) << 32) + np.arange(len(row)),
        person=suspects.person[row],
        force=cases.events.force[suspects.case[row]],
        case=case,
        linked=_linked(random, cases, case, suspects.case[row]),
        arrested=arrested,
        released=released,
        offence=_offences(random, cases, case),
        first=first,
        last=last,
        decided=decided,
        returns=np.where(is_bailed, back, NO_DAY).astype(np.int32),
        conditions=condition.astype(np.int8),
    )


def _conditions(random: np.random.Generator, cases: Cases, case: Whole) -> Whole:
    """Conditions of bail; to keep away from the victim where there is one."""
    has_victim = cases.events.victim[np.maximum(case, 0)] >= 0
    drawn = random.integers(0, len(CONDITIONS), size=len(case))
    return np.where(
        has_victim & (random.random(len(case)) < rates("harm").number("bail_no_contact")), drawn % 2, drawn
    )


def _linked(random: np.random.Generator, cases: Cases, case: Whole, near: Whole) -> Whole:
    """The crime the record names: none for a share, and at times a wrong one of the same force."""
    wrong = happens(random, rates("harm").number("custody_wrong"), len(case)) & (case >= 0)
    shift = random.integers(1, 40, size=len(case))
    other = np.minimum(near + shift, len(cases) - 1)
    same_force = cases.events.force[other] == cases.events.force[near]
    return np.where(wrong & same_force, other, case).astype(np.int32)


def _offences(random: np.random.Generator, cases: Cases, case: Whole) -> Whole:
    known = offences()
    plain = np.flatnonzero(known.of_kind("custody_only"))
    drawn = plain[random.integers(0, len(plain), size=len(case))]
    return np.where(case >= 0, cases.events.offence[np.maximum(case, 0)], drawn).astype(np.int32)


def custody_rows(
    random: np.random.Generator, ground: Ground, cases: Cases, all_stays: Stays, number: int
) -> pa.Table:
    """The records of one force."""
    rows = np.flatnonzero(all_stays.force == number)
    n, people, known = len(rows), ground.people, offences()
    person, offence = all_stays.person[rows], all_stays.offence[rows]
    arrested, released = all_stays.arrested[rows], all_stays.released[rows]
    arrival = arrested + HOUR // 2 + (random.random(n) * HOUR).astype(np.int64)
    is_child = age_at(people, person, arrested) < 18
    needs_adult = is_child | (
        people.mental_health[person] & happens(random, rates("harm").number("appropriate_adult"), n)
    )
    linked = all_stays.linked[rows]
    table = {
        **spine(all_stays.key[rows], arrival + HOUR // 4, arrival, np.full(n, NEVER)),
        "person_uid": keys(people.uid[person]),
        "crime_key": keys(np.where(linked >= 0, cases.key[np.maximum(linked, 0)], -1)),
        "asn": _asn(number, all_stays.key[rows], arrested, ground.block.number),
        "cro_number": same(None, n),
        "arrested_at": seconds(arrested),
        "arrest_place": words(random.integers(0, len(ARREST_PLACES), size=n), ARREST_PLACES),
        "offence_text": known.texts.column(known.text(offence, spellings(random, number, offence))),
        "cjs_code": known.cjs_code.column(offence),
        "is_child": flags(is_child),
        "has_appropriate_adult": flags(needs_adult),
        "risk_markers": _markers(random, ground, person),
        "released_at": seconds(np.full(n, NEVER)),
        "disposal": words(np.full(n, -1), DISPOSALS),
        "bail_return_date": days(np.full(n, NO_DAY)),
        "bail_conditions": words(np.full(n, -1), CONDITIONS),
    }
    first = pa.table(table)
    return pa.concat_tables([first, *_later(ground, first, all_stays, rows, released)])


def _later(ground: Ground, first: pa.Table, all_stays: Stays, rows: Whole, released: Longs) -> list[pa.Table]:
    """Release, and the decision where somebody was bailed or released under investigation."""
    last_second = (ground.world.horizon + 1) * DAY
    out = np.flatnonzero(released < last_second)
    at = released[out]
    release = later(
        first,
        out,
        np.ones(len(out)),
        at + HOUR // 3,
        {
            "occurred_to": seconds(at),
            "released_at": seconds(at),
            "disposal": words(all_stays.first[rows[out]], DISPOSALS),
            "bail_return_date": days(all_stays.returns[rows[out]]),
            "bail_conditions": words(all_stays.conditions[rows[out]], CONDITIONS),
        },
    )
    decided = all_stays.decided[rows[out]]
    waits = (all_stays.first[rows[out]] == BAILED) | (all_stays.first[rows[out]] == RUI)
    done = np.flatnonzero(waits & (decided < last_second) & (all_stays.last[rows[out]] != UNDECIDED))
    final = later(
        release,
        done,
        np.full(len(done), 2),
        np.maximum(decided[done], at[done] + HOUR),
        {"disposal": words(all_stays.last[rows[out[done]]], DISPOSALS)},
    )
    return [release, final]


def _asn(number: int, key: Longs, arrested: Longs, block: int) -> pa.Array:
    """Arrest and summons numbers, YY/FFUU/SS/NNNNNNNNNNNL; no two are the same."""
    year = 1970 + ((arrested // DAY) / 365.2425).astype(np.int64)
    serial = block * _ASN_BLOCK + (key & 0xFFFFFFFF)
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), 11, "0")
    letter = pa.array(list(LETTERS)).take(pa.array((year % 100 * 10**11 + serial) % len(LETTERS)))
    heads = pa.array([f"{y:02d}/{number % 90 + 10:02d}0{1 + number % 7}/01/" for y in range(100)])
    return pc.binary_join_element_wise(heads.take(pa.array(year % 100)), digits, letter, "")


def _markers(random: np.random.Generator, ground: Ground, person: Whole) -> pa.Array:
    """Warnings of the risk assessment, noisy signs of what is so."""
    people, n = ground.people, len(person)
    unwell, uses = people.mental_health[person], people.substance[person]
    signs = (unwell, unwell, uses, uses, np.zeros(n, bool), unwell)
    seen, other = (rates("harm").numbers(f"marker_{name}") for name in ("where_so", "elsewhere"))
    chance = [np.where(sign, high, low) for sign, high, low in zip(signs, seen, other, strict=True)]
    mask = sum(happens(random, one, n).astype(np.int32) << bit for bit, one in enumerate(chance))
    told = ["; ".join(compress(MARKERS, _bits(value))) for value in range(1 << len(MARKERS))]
    return words(np.where(mask == 0, -1, mask), told)


def _bits(value: int) -> tuple[bool, ...]:
    return tuple(bool(value >> bit & 1) for bit in range(len(MARKERS)))

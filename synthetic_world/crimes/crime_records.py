"""Rows of the feed crime, all versions: as first recorded, reclassified, cancelled, given an outcome, taken back.

Not here: which crimes are recorded (recording), what becomes of them (outcomes), their people (crime_parties).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import exponential, happens
from synthetic_world.crimes.columns import (
    NEVER,
    NO_DAY,
    OPS,
    SENSITIVITIES,
    days,
    keys,
    later,
    seconds,
    spine,
    words,
)
from synthetic_world.crimes.crime_flags import flag_columns
from synthetic_world.crimes.detection import Suspects
from synthetic_world.crimes.event_times import DAY, HOUR
from synthetic_world.crimes.events import DYAD, SEXUAL, STRANGER, Events
from synthetic_world.crimes.narratives import looks, method_of, methods
from synthetic_world.crimes.offences import PLACES, offences
from synthetic_world.crimes.outcomes import CODES, OPEN, Fates
from synthetic_world.crimes.place_columns import place_columns
from synthetic_world.crimes.posts import posted, spellings, teams
from synthetic_world.model import Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates

STATUSES: Final = ("recorded", "cancelled", "reclassified", "transferred")
_SUSPECTS_TEXT: Final = (
    "{person}", "{person}; {other}", "{person} (ex-partner)", "{person} (partner)", "Suspect believed to be {person}",
)  # fmt: skip
_COURSE: Final = ("harassment", "stalking", "coercive_control", "communications")


@dataclass(frozen=True, slots=True)
class Seen:
    """By case: its named suspects (uids, -1 for none) and the description of an unnamed one (-1 for none)."""

    person: Longs
    other: Longs
    looks: Whole


def seen_of(
    random: np.random.Generator, ground: Ground, cases: Cases, suspects: Suspects
) -> tuple[Seen, Whole]:
    """For the crimes' own text, and for each suspect their description (-1 for those who are named or not seen)."""
    n, uid = len(cases), ground.people.uid
    person, other = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    leads = np.flatnonzero(suspects.is_named & suspects.is_lead)
    person[suspects.case[leads]] = uid[suspects.person[leads]]
    more = np.flatnonzero(suspects.is_named & ~suspects.is_lead)
    other[suspects.case[more]] = uid[suspects.person[more]]
    described = np.full(len(suspects), -1, np.int32)
    rows = np.flatnonzero(suspects.is_seen)
    second = cases.events.second[suspects.case[rows]]
    described[rows] = looks().describe(random, ground, suspects.person[rows], second)
    text = np.full(n, -1, np.int32)
    text[suspects.case[rows]] = described[rows]
    return Seen(person, other, text), described


def crime_rows(
    random: np.random.Generator, ground: Ground, cases: Cases, own: Fates, seen: Seen, number: int
) -> pa.Table:
    """The records of one force."""
    rows = np.flatnonzero(cases.events.force == number)
    first = pa.table(_first(random, ground, cases, own, seen, rows, number))
    return pa.concat_tables([first, *_later(random, first, cases, own, rows, number)])


def _first(
    random: np.random.Generator,
    ground: Ground,
    cases: Cases,
    own: Fates,
    seen: Seen,
    rows: Whole,
    number: int,
) -> dict[str, pa.Array]:
    events, known, places = cases.events.take(rows), offences(), ground.places[number]
    n = len(rows)
    was_wrong = own.reclassified[rows] < NEVER
    offence = np.where(was_wrong, known.unlike[events.offence], events.offence)
    since, until = _occurred(random, cases, rows)
    team, officer = posted(random, places, events)
    team_names, collars = teams(places.force.force_code, places.towns)
    suspects_text = _suspects_text(seen, rows, events.relation)
    quoted = (suspects_text >= 0) & (suspects_text < len(_SUSPECTS_TEXT))
    texts = pa.concat_arrays([pa.array(_SUSPECTS_TEXT), looks().texts])
    columns = {
        **spine(
            cases.key[rows],
            events.recorded,
            since,
            until,
            _handling(random, n),
            _sensitivity(random, events.process, n),
        ),
        **_offence_columns(random, offence, number),
        "reported_at": seconds(events.reported),
        "status": words(np.zeros(n, np.int8), STATUSES),
        "outcome_code": words(np.full(n, OPEN, np.int8), CODES),
        "outcome_date": days(np.full(n, NO_DAY)),
        **flag_columns(random, ground, cases, rows),
        "premises_type": words(events.place, PLACES),
        **place_columns(ground, number, events.address, events.lsoa),
        "team": words(team, team_names, is_local=True),
        "officer_in_case": words(officer, collars, is_local=True),
        "linked_crime_key": keys(_linked(random, cases, rows)),
        "method_text": words(methods().pick(random, _method(events)), methods().texts),
        "suspects_text": words(suspects_text, texts),
        "text_person_uid": keys(np.where(quoted, seen.person[rows], -1)),
        "text_other_uid": keys(np.where(quoted, seen.other[rows], -1)),
    }
    return columns


def _method(events: Events) -> Whole:
    is_home = events.place == PLACES.index("dwelling")
    return np.asarray(method_of()[events.offence, is_home.astype(np.int8)])


def _offence_columns(random: np.random.Generator, offence: Whole, number: int) -> dict[str, pa.Array]:
    known = offences()
    return {
        "offence_text": known.texts.column(known.text(offence, spellings(random, number, offence))),
        "rc_class": known.rc_class.column(offence),
        "ho_class": known.ho_class.column(offence),
        "cjs_code": known.cjs_code.column(offence),
    }


def _occurred(random: np.random.Generator, cases: Cases, rows: Whole) -> tuple[Longs, Longs]:
    """From and to: a window for what nobody saw, a course for harassment, else one moment."""
    known, n = offences(), len(rows)
    second, reported = cases.events.second[rows], cases.events.reported[rows]
    offence = cases.events.offence[rows]
    unseen = known.of_kind("burglary", "vehicle", "damage")[offence] & (cases.events.process[rows] > SEXUAL)
    course = known.of_kind(*_COURSE)[offence]
    hours = rates("harm").number("unseen_hours")
    back = np.where(unseen, (random.random(n) * hours * HOUR).astype(np.int64) // 300 * 300, 0)
    ahead = np.where(unseen, (random.random(n) * hours * HOUR).astype(np.int64) // 300 * 300, 0)
    lasting = np.flatnonzero(course)
    ahead[lasting] = (
        (exponential(random, rates("harm").number("course_days") * DAY, len(lasting))).astype(np.int64)
        // 300
        * 300
    )
    until = np.maximum(np.minimum(second + ahead, reported), second)
    return second - back, np.where(ahead > 0, until, NEVER)


def _handling(random: np.random.Generator, n: int) -> Whole:
    return happens(random, rates("harm").number("handling_c"), n).astype(np.int8)


def _sensitivity(random: np.random.Generator, process: npt.NDArray[np.uint8], n: int) -> Whole:
    """Mostly none; sexual offences at times restricted, and a few of everything sealed or of a witness."""
    luck, r = random.random(n, dtype=np.float32), rates("harm")
    code = np.where(
        (process == SEXUAL) & (luck < r.number("restricted_sexual")), SENSITIVITIES.index("restricted"), 0
    )
    code = np.where(luck > 1 - r.number("sealed"), SENSITIVITIES.index("sealed"), code)
    is_witness = (luck > 1 - r.number("sealed") - r.number("witness")) & (luck <= 1 - r.number("sealed"))
    return np.where(is_witness, SENSITIVITIES.index("witness"), code).astype(np.int8)


def _suspects_text(seen: Seen, rows: Whole, relation: npt.NDArray[np.uint8]) -> Whole:
    """Index: a sentence with names in it, else a description, else -1."""
    person, other = seen.person[rows] >= 0, seen.other[rows] >= 0
    sentence = np.where(
        other, 1, np.where(relation == 1, 2, np.where(relation == 0, 3, np.where(relation == STRANGER, 4, 0)))
    )
    described = np.where(seen.looks[rows] >= 0, seen.looks[rows] + len(_SUSPECTS_TEXT), -1)
    return np.where(person, sentence, described).astype(np.int32)


def _linked(random: np.random.Generator, cases: Cases, rows: Whole) -> Longs:
    """An earlier recorded crime of the same pair, at times."""
    linked = np.full(len(cases), -1, np.int64)
    home = np.flatnonzero(cases.events.process == DYAD)
    order = home[in_order(cases.events.dyad[home])]
    same_pair = np.flatnonzero(np.diff(cases.events.dyad[order], prepend=-2) == 0)
    told = same_pair[happens(random, rates("harm").number("linked"), len(same_pair))]
    same_force = cases.events.force[order[told]] == cases.events.force[order[told - 1]]
    linked[order[told[same_force]]] = cases.key[order[told[same_force] - 1]]
    return linked[rows]


def _later(
    random: np.random.Generator, first: pa.Table, cases: Cases, own: Fates, rows: Whole, number: int
) -> list[pa.Table]:
    """Further versions, each made from the one before it."""
    tables, version = [], np.zeros(len(rows), np.int16)
    right = np.flatnonzero(own.reclassified[rows] < NEVER)
    offence = cases.events.offence[rows[right]]
    changes = {
        **_offence_columns(random, offence, number),
        "status": words(np.full(len(right), 2, np.int8), STATUSES),
    }
    version[right] += 1
    corrected = later(first, right, version[right], own.reclassified[rows[right]], changes)
    tables.append(corrected)
    current = np.arange(len(rows))
    current[right] = len(rows) + np.arange(len(right))
    base = pa.concat_tables([first, corrected])
    for name, when in (
        ("outcome", own.closed),
        ("cancelled", own.cancelled),
        ("transferred", own.transferred),
        ("deleted", own.deleted),
    ):
        due = np.flatnonzero(when[rows] < NEVER)
        at = when[rows[due]]
        version[due] += 1
        tables.append(later(base, current[due], version[due], at, _change(name, own.outcome[rows[due]], at)))
    return tables


def _change(name: str, outcome: Whole, at: Longs) -> dict[str, pa.Array]:
    """What a further version says that the one before did not."""
    if name == "outcome":
        return {"outcome_code": words(outcome, CODES), "outcome_date": days(at // DAY)}
    if name == "deleted":
        return {"op": words(np.full(len(at), OPS.index("delete")), OPS)}
    return {"status": words(np.full(len(at), STATUSES.index(name)), STATUSES)}

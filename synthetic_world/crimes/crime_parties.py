"""Rows of the feed crime_party: victims, suspects named or only described, and those who saw or told.

Not here: who the suspects are and what becomes of them (detection), crimes themselves (crime_records).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import happens
from synthetic_world.crimes.columns import NEVER, OPS, keys, later, spine, whole, words
from synthetic_world.crimes.detection import CHARGED, NFA, REMANDED, Suspects
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import FAMILY, RELATIONSHIPS, UNKNOWN
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.narratives import looks
from synthetic_world.crimes.offences import INJURIES, offences
from synthetic_world.crimes.outcomes import Fates
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Codes, Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates

ROLES: Final = ("victim", "suspect", "witness", "reporter")
VICTIM, SUSPECT, WITNESS, REPORTER = range(4)
STANDINGS: Final = ("named", "arrested", "charged", "eliminated", "unnamed")
NO_CODE: Final = -1


@dataclass(slots=True)
class Parties:
    """One place a person's part in a crime, in order of the crimes."""

    key: Longs
    case: Whole
    person: Whole  # -1 for a suspect nobody knows
    role: Codes
    suspect: Whole  # place among the suspects, -1 for other roles
    recorded: Longs
    looks: Whole


def parties(
    random: np.random.Generator, here: Whereabouts, cases: Cases, suspects: Suspects, described: Whole
) -> Parties:
    """All parties of the cases of a block."""
    events, people, r = cases.events, here.ground.people, rates("harm")
    hurt = np.flatnonzero(events.victim >= 0)
    known = np.flatnonzero(suspects.is_named | suspects.is_seen)
    saw = np.flatnonzero(happens(random, r.number("witnesses"), len(cases)))
    watcher = here.met(random, events.force[saw], events.lsoa[saw])
    free = (watcher >= 0) & (watcher != events.victim[saw]) & (watcher != events.suspect[saw])
    saw, watcher = saw[free], watcher[free]
    told = happens(random, r.number("reporters"), len(saw))
    case = np.concatenate([hurt, suspects.case[known], saw]).astype(np.int32)
    role = np.concatenate(
        [np.full(len(hurt), VICTIM), np.full(len(known), SUSPECT), np.where(told, REPORTER, WITNESS)]
    )
    culprit = np.where(suspects.is_named[known], suspects.person[known], -1)
    person = np.concatenate([events.victim[hurt], culprit, watcher])
    suspect = np.concatenate([np.full(len(hurt), -1), known, np.full(len(saw), -1)]).astype(np.int32)
    later_on = happens(random, r.number("named_later"), len(case)) & (role == SUSPECT) & (person >= 0)
    wait = np.where(later_on, random.standard_exponential(len(case)) * r.number("named_later_days") * DAY, 0)
    recorded = events.recorded[case] + wait.astype(np.int64)
    order = in_order(case)
    kept = order[recorded[order] < (here.ground.world.horizon + 1) * DAY]
    key = (np.int64(people.block.number) << 32) + np.arange(len(kept))
    look = np.where(suspect >= 0, described[np.maximum(suspect, 0)] if len(described) else -1, -1)
    return Parties(
        key,
        case[kept],
        person[kept].astype(np.int32),
        role[kept].astype(np.uint8),
        suspect[kept],
        recorded[kept],
        look[kept].astype(np.int32),
    )


def party_rows(
    random: np.random.Generator,
    ground: Ground,
    cases: Cases,
    suspects: Suspects,
    own: Fates,
    all_parties: Parties,
    number: int,
) -> pa.Table:
    """The records of one force."""
    rows = np.flatnonzero(cases.events.force[all_parties.case] == number)
    case, person, role = all_parties.case[rows], all_parties.person[rows], all_parties.role[rows]
    events, n = cases.events, len(rows)
    recorded, second = all_parties.recorded[rows], events.second[case]
    is_known = person >= 0
    age = age_at(ground.people, np.maximum(person, 0), second)
    is_suspect = role == SUSPECT
    standing = np.where(is_suspect, np.where(is_known, 0, STANDINGS.index("unnamed")), NO_CODE)
    first = pa.table(
        {
            **spine(all_parties.key[rows], recorded, second, np.full(n, NEVER)),
            "crime_key": pa.array(cases.key[case]),
            "person_uid": keys(np.where(is_known, ground.people.uid[np.maximum(person, 0)], -1)),
            "role": words(role, ROLES),
            "relationship": words(_relationships(random, events.relation[case], role), RELATIONSHIPS),
            "age_recorded": whole(age, is_known & (age >= 0)),
            "suspect_status": words(standing, STANDINGS),
            "injury": words(_injuries(random, events.offence[case], role), INJURIES),
            "description_text": words(all_parties.looks[rows], looks().texts),
        }
    )
    return pa.concat_tables([first, *_later(random, ground, first, suspects, own, all_parties, rows)])


def _relationships(random: np.random.Generator, relation: Codes, role: Codes) -> Whole:
    """Of suspect to victim; written down for both, and at times not at all."""
    missing = happens(random, rates("harm").number("relationship_missing"), len(role))
    written = np.where(missing & (relation >= FAMILY), UNKNOWN, relation).astype(np.int8)
    return np.where((role <= SUSPECT), written, NO_CODE).astype(np.int8)


def _injuries(random: np.random.Generator, offence: Whole, role: Codes) -> Whole:
    """Of victims: what the offence means, at times worse, at times unknown."""
    worse, unknown = rates("harm").numbers("injury_else")
    usual = offences().injury[offence].astype(np.int8)
    luck = random.random(len(role), dtype=np.float32)
    injury = np.where(
        (usual == 1) & (luck < worse), 2, np.where((usual < 2) & (luck > 1 - unknown), 4, usual)
    )
    return np.where(role == VICTIM, injury, NO_CODE).astype(np.int8)


def _later(
    random: np.random.Generator,
    ground: Ground,
    first: pa.Table,
    suspects: Suspects,
    own: Fates,
    all_parties: Parties,
    rows: Whole,
) -> list[pa.Table]:
    """Arrest, then charge or elimination; links taken back; and everybody of a crime that is taken back."""
    recorded, suspect = all_parties.recorded[rows], all_parties.suspect[rows]
    named = np.flatnonzero((suspect >= 0) & (all_parties.person[rows] >= 0))
    who = suspect[named]
    last_second = (ground.world.horizon + 1) * DAY
    arrested = suspects.arrested[who] + 1800
    one = np.flatnonzero((arrested > recorded[named]) & (arrested < last_second))
    version = np.zeros(len(rows), np.int16)
    tables = []
    version[named[one]] += 1
    standing = np.full(len(one), STANDINGS.index("arrested"))
    tables.append(
        later(
            first,
            named[one],
            version[named[one]],
            arrested[one],
            {"suspect_status": words(standing, STANDINGS)},
        )
    )
    decided, disposal = suspects.decided[who] + 3600, suspects.last[who]
    charged = (disposal == CHARGED) | (disposal == REMANDED)
    cleared = (disposal == NFA) & happens(random, rates("harm").number("eliminated"), len(named))
    two = np.flatnonzero(
        (charged | cleared) & (decided > np.maximum(recorded[named], arrested)) & (decided < last_second)
    )
    version[named[two]] += 1
    standing = np.where(charged[two], STANDINGS.index("charged"), STANDINGS.index("eliminated"))
    tables.append(
        later(
            first,
            named[two],
            version[named[two]],
            decided[two],
            {"suspect_status": words(standing, STANDINGS)},
        )
    )
    latest = recorded.copy()
    latest[named[one]] = arrested[one]
    latest[named[two]] = decided[two]
    return [
        *tables,
        _taken_back(random, first, own.deleted[all_parties.case[rows]], version, latest, last_second),
    ]


def _taken_back(
    random: np.random.Generator,
    first: pa.Table,
    gone: Longs,
    version: Whole,
    latest: Longs,
    last_second: int,
) -> pa.Table:
    """Deletions, after every other version: everybody of a crime taken back, and links made in error."""
    n = len(latest)
    wrong = happens(random, rates("harm").number("wrong_link"), n) & (version == 0) & (gone == NEVER)
    when = np.where(wrong, latest + (random.random(n) * 30 * DAY).astype(np.int64) + 60, gone)
    when = np.where(gone < NEVER, np.maximum(gone, latest + 60), when)
    due = np.flatnonzero(when < last_second)
    return later(first, due, version[due] + 1, when[due], {"op": words(np.ones(len(due), np.int8), OPS)})

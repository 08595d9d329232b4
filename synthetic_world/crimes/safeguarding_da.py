"""Risk assessments and conferences that follow domestic abuse reports: DASH, MARAC, MATAC.

A grade reflects what the officer saw and the reports before it, with much noise and never the hidden harm: published
work finds that it adds almost nothing (domain reference, 0 and 7). Not here: referrals of children (safeguarding).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.chances import exponential, happens
from synthetic_world.crimes.columns import NEVER, NO_DAY, days, keys, spine, whole, words
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import DYAD, Events
from synthetic_world.crimes.home_events import age_at
from synthetic_world.model import Ground, Longs
from synthetic_world.ordering import Whole, in_order
from synthetic_world.rates import rates

KINDS: Final = ("DASH", "MARAC", "MATAC")
DASH, MARAC, MATAC = range(3)
LEVELS: Final = ("standard", "medium", "high")
OUTCOMES: Final = (
    "Safety plan agreed; independent adviser allocated",
    "Markers placed on address; police visit arranged",
    "Housing and children's services to follow up",
    "No further action by conference; information shared",
    "Perpetrator adopted; contact plan with probation",
    "Perpetrator programme offered",
)


@dataclass(slots=True)
class Referrals:
    """One place a DASH, MARAC or MATAC row, in order of recording."""

    kind: Whole
    event: Whole  # place among all events of the block
    level: Whole
    score: Whole  # -1 for none
    meeting: Whole
    recorded: Longs

    def __len__(self) -> int:
        """How many."""
        return len(self.kind)


def referrals(random: np.random.Generator, ground: Ground, events: Events, told: Whole) -> Referrals:
    """Referrals after recorded reports between adults. told: places of those reports, crimes and incidents."""
    r, people = rates("harm"), ground.people
    home = told[events.process[told] == DYAD]
    grown = age_at(people, events.victim[home], events.second[home]) >= 16
    home = home[grown]
    year = _reports_before(events, home, events.dyad[home], 365)
    dash = np.flatnonzero(happens(random, r.number("dash_done"), len(home)))
    score, level = _grades(random, events, home[dash], year[dash])
    high = (level == 2) & happens(random, r.number("marac_high"), len(dash))
    many = (year[dash] >= 3) & happens(random, r.number("marac_repeat"), len(dash))
    marac = np.flatnonzero(high | many)
    serial = _reports_before(events, home, events.suspect[home], 730)
    matac = np.flatnonzero((serial >= 4) & happens(random, r.number("matac"), len(home)))
    entry = events.recorded[home] + (
        exponential(random, r.number("dash_entry_days"), len(home)) * DAY
    ).astype(np.int64)
    wednesday = (6 + 14 * ((entry // DAY + 13) // 14)).astype(np.int32)
    monthly = (6 + 28 * ((entry // DAY + 20) // 28)).astype(np.int32)
    nothing, conferred = np.full(len(home), -1), dash[marac]
    parts = (
        (np.full(len(dash), DASH), home[dash], level, score, np.full(len(dash), NO_DAY), entry[dash]),
        (
            np.full(len(marac), MARAC),
            home[conferred],
            level[marac],
            nothing[conferred],
            wednesday[conferred],
            entry[conferred] + 2 * DAY,
        ),
        (
            np.full(len(matac), MATAC),
            home[matac],
            nothing[matac],
            nothing[matac],
            monthly[matac],
            entry[matac] + 5 * DAY,
        ),
    )
    kind, event, level, score, meeting, recorded = (np.concatenate(one) for one in zip(*parts, strict=True))
    kept = np.flatnonzero(recorded < (ground.world.horizon + 1) * DAY)
    kept = kept[in_order(recorded[kept])]
    return Referrals(
        kind[kept].astype(np.int8),
        event[kept],
        level[kept].astype(np.int8),
        score[kept].astype(np.int16),
        meeting[kept].astype(np.int32),
        recorded[kept],
    )


def _reports_before(events: Events, rows: Whole, of: Whole, window: int) -> Whole:
    """Recorded reports of the same pair or person in so many days before each."""
    width = np.int64(1) << 40
    keyed = of.astype(np.int64) * width + events.recorded[rows]
    ordered = np.sort(keyed)
    lowest = np.maximum(keyed - window * DAY, of.astype(np.int64) * width)
    found = np.searchsorted(ordered, keyed) - np.searchsorted(ordered, lowest)
    return np.asarray(found, np.int32)


def _grades(random: np.random.Generator, events: Events, rows: Whole, before: Whole) -> tuple[Whole, Whole]:
    """Score of the questionnaire and the officer's grade, which follows the score only in part."""
    r, n = rates("harm"), len(rows)
    weights = r.numbers("dash_score")
    mean = weights[0] + weights[1] * np.minimum(events.tier[rows], 2) + weights[2] * np.log1p(before)
    score = np.clip(np.round(mean + r.number("dash_noise") * random.standard_normal(n)), 0, 27)
    judged = score + r.number("dash_judgement") * random.standard_normal(n)
    level = np.searchsorted(r.numbers("dash_levels"), judged, side="right")
    return score.astype(np.int16), level.astype(np.int8)


def referral_rows(
    random: np.random.Generator,
    ground: Ground,
    events: Events,
    crime_key: Longs,
    made: Referrals,
    number: int,
) -> pa.Table:
    """The records of one force. crime_key: by event, -1 for incidents."""
    rows = np.flatnonzero(events.force[made.event] == number)
    n, uid, event, kind = len(rows), ground.people.uid, made.event[rows], made.kind[rows]
    victim, suspect = uid[events.victim[event]], uid[events.suspect[event]]
    is_matac = kind == MATAC
    outcome = np.where(is_matac, 4 + random.integers(0, 2, size=n), random.integers(0, 4, size=n))
    return pa.table(
        {
            **spine(
                (np.int64(ground.block.number) << 32) + rows,
                made.recorded[rows],
                events.second[event],
                np.full(n, NEVER),
            ),
            "kind": words(kind, KINDS),
            "person_uid": keys(np.where(is_matac, suspect, victim)),
            "other_person_uid": keys(np.where(is_matac, victim, suspect)),
            "crime_key": keys(crime_key[event]),
            "risk_level": words(made.level[rows], LEVELS),
            "score": whole(made.score[rows], made.score[rows] >= 0),
            "meeting_date": days(made.meeting[rows]),
            "outcome_text": words(np.where(kind == DASH, -1, outcome), OUTCOMES),
        }
    )

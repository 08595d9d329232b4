"""Which suspects the police come to know, who is arrested, and what becomes of them: charged, released, or nothing.

One row for each suspect of each recorded crime; custody records, parties and outcomes all follow from it. Not here:
the rows of those feeds (custody, crime_parties, outcomes).
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import Lottery, exponential, happens
from synthetic_world.crimes.co_offending import Companions
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.event_times import DAY, HOUR
from synthetic_world.crimes.events import CELL, DYAD, SEXUAL, Events
from synthetic_world.crimes.hawkes import tasked
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import offences
from synthetic_world.model import Flags, Floats, Ground, Longs
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

LIABLE: Final = 10  # years: nobody younger is recorded as a suspect
DISPOSALS: Final = (
    "charged", "remanded", "bailed", "released_under_investigation", "no_further_action", "caution",
    "community_resolution", "recalled", "hospital", "detained",
)  # fmt: skip
CHARGED, REMANDED, BAILED, RUI, NFA, CAUTION, RESOLVED, RECALLED = range(8)
UNDECIDED: Final = -1


@dataclass(slots=True)
class Suspects:
    """Who did it, whether or not the police know; leads first, then companions. case: place among the cases."""

    case: Whole
    person: Whole
    is_lead: Flags
    is_named: Flags
    is_seen: Flags  # not named, but somebody can describe them
    arrested: Longs  # NEVER if they are not
    first: Whole  # disposal on release, UNDECIDED without arrest
    last: Whole  # disposal in the end
    decided: Longs  # when the last disposal was made, NEVER if not yet

    def __len__(self) -> int:
        """How many."""
        return len(self.case)

    def take(self, rows: Whole) -> "Suspects":
        """Some of them."""
        return Suspects(*(getattr(self, field.name)[rows] for field in fields(self)))

    @classmethod
    def joined(cls, parts: Sequence["Suspects"]) -> "Suspects":
        """One after another."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))


def detect(
    random: np.random.Generator, ground: Ground, cases: Cases, others: Companions, tasking: pa.Table | None
) -> Suspects:
    """All suspects of the cases."""
    events = cases.events
    leads = np.flatnonzero(events.suspect >= 0)
    place = cases.of_event(_n_events(cases, others))[others.event]
    with_them = place >= 0
    case = np.concatenate([leads, place[with_them]]).astype(np.int32)
    person = np.concatenate([events.suspect[leads], others.person[with_them]])
    is_lead = np.arange(len(case)) < len(leads)
    boost = np.zeros(len(case), np.float32)
    if tasking is not None:
        boost[tasked(ground.people, person, events.reported[case], tasking)] = rates("harm").number(
            "tasking_detection"
        )
    liable = age_at(ground.people, person, events.second[case]) >= LIABLE
    is_named = _named(random, events, case, is_lead, boost) & liable
    is_seen = ~is_named & happens(random, _seen_chance(events, case), len(case))
    arrested = _arrests(random, ground, events, case, is_named, boost)
    first, last, decided = _disposals(random, ground, events, case, arrested)
    return Suspects(case, person, is_lead, is_named, is_seen, arrested, first, last, decided)


def _n_events(cases: Cases, others: Companions) -> int:
    return max(int(cases.origin.max(initial=-1)), int(others.event.max(initial=-1))) + 1


def _named(random: np.random.Generator, events: Events, case: Whole, is_lead: Flags, boost: Floats) -> Flags:
    """Leads by process, kind and relation; companions mostly where the lead is known."""
    r, known = rates("harm"), offences()
    chance = known.named[events.offence] * np.float32(r.number("named_factor"))
    chance[events.process == DYAD] = r.number("named_dyad")
    sexual = events.process == SEXUAL
    chance[sexual] = np.array(r.numbers("named_sexual"), np.float32)[events.relation[sexual]]
    chance[events.process == CELL] = r.number("named_cell")
    luck = random.random(len(case), dtype=np.float32)
    named = luck < 1 - (1 - chance[case]) * (1 - boost)
    known_case = np.zeros(len(events), bool)
    known_case[case[is_lead & named]] = True
    return np.where(is_lead, named, known_case[case] & (luck < r.number("named_companion")))


def _seen_chance(events: Events, case: Whole) -> Floats:
    """Chance that somebody can describe a suspect who is not named: high where they met a victim."""
    known, r = offences(), rates("harm")
    met = known.of_kind(
        "violence",
        "threats",
        "racial",
        "robbery",
        "rape",
        "sexual",
        "exposure",
        "order",
        "kidnap",
        "exploitation",
    )
    return np.where(met[events.offence[case]], *r.numbers("described")).astype(np.float32)


def _arrests(
    random: np.random.Generator, ground: Ground, events: Events, case: Whole, is_named: Flags, boost: Floats
) -> Longs:
    """When a named suspect is arrested; nobody under ten is."""
    r, known = rates("harm"), offences()
    custody = np.array([force.custody for force in ground.world.atlas], np.float32)[events.force[case]]
    chance = np.array(r.numbers("arrest_by_tier"), np.float32)[events.tier[case]] * custody
    caught = known.of_kind("drugs", "supply", "weapons")[events.offence[case]]
    chance = np.where(caught, np.float32(r.number("arrest_caught")), chance)
    chance = 1 - (1 - np.minimum(chance, 0.97)) * (1 - boost)
    is_arrested = is_named & happens(random, chance, len(case))
    lag = exponential(
        random,
        np.where(happens(random, r.number("arrest_soon"), len(case)), *r.numbers("arrest_days")),
        len(case),
    )
    when = np.where(
        caught, events.second[case] + HOUR // 2, events.reported[case] + (lag * DAY).astype(np.int64)
    )
    is_past = when < (ground.world.horizon + 1) * DAY
    return np.where(is_arrested & is_past, when, NEVER)


def _disposals(
    random: np.random.Generator, ground: Ground, events: Events, case: Whole, arrested: Longs
) -> tuple[Whole, Whole, Longs]:
    """Disposal on release and in the end, and when that was."""
    r, n = rates("harm"), len(case)
    first, last = np.full(n, UNDECIDED, np.int8), np.full(n, UNDECIDED, np.int8)
    decided = np.full(n, NEVER, np.int64)
    rows = np.flatnonzero(arrested < NEVER)
    sexual = events.process[case[rows]] == SEXUAL
    own = np.where(
        sexual,
        Lottery.of(r.numbers("disposal_sexual")).draw(random, len(rows)),
        Lottery.of(r.numbers("disposal")).draw(random, len(rows)),
    ).astype(np.int8)
    mild = (own == CAUTION) | (own == RESOLVED)
    own = np.where(mild & (events.tier[case[rows]] > 0), NFA, own).astype(np.int8)  # not for serious matters
    first[rows], last[rows] = own, own
    decided[rows] = arrested[rows] + (
        (3 + exponential(random, r.number("custody_hours"), len(rows))) * HOUR
    ).astype(np.int64)
    waits = rows[(own == BAILED) | (own == RUI)]
    chosen = Lottery.of(r.numbers("disposal_after_bail")).draw(random, len(waits))
    after = np.array([CHARGED, NFA, CAUTION, RESOLVED], np.int8)[chosen]
    last[waits] = np.where((chosen > 1) & (events.tier[case[waits]] > 0), NFA, after)
    days = 10 + exponential(random, r.number("bail_days"), len(waits))
    decided[waits] = arrested[waits] + (days * DAY).astype(np.int64)
    return first, last, decided

"""What the counting rules make of a report: a course of conduct beside another crime counted twice, until they changed.

On 31 May 2023 the Home Office counting rules ended the second record: from that day on recorded crime falls although
nothing else has changed (C3.14). Not here: whether anything is recorded at all (recording).
"""

import numpy as np

from synthetic_world.crimes.cases import Cases
from synthetic_world.crimes.chances import Lottery, happens
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.detection import UNDECIDED, Suspects
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import DYAD
from synthetic_world.crimes.offences import offences
from synthetic_world.rates import rates

CONDUCT = ("harassment", "stalking")


def count_again(random: np.random.Generator, cases: Cases, suspects: Suspects) -> tuple[Cases, Suspects]:
    """The cases and their suspects, with the second records of reports under the old rules."""
    r, known, events = rates("harm"), offences(), cases.events
    is_conduct = known.of_kind(*CONDUCT)
    able = (events.process == DYAD) & (events.tier <= 1) & ~is_conduct[events.offence]
    able &= events.recorded < int(r.number("counting_rules_day")) * DAY
    rows = np.flatnonzero(able & happens(random, r.number("counted_again"), len(cases)))
    again = events.take(rows)
    again.offence = Lottery.of(np.where(is_conduct, known.da, 0)).draw(random, len(rows))
    again.tier = known.tier[again.offence]
    return cases.and_then(again, cases.origin[rows], is_again=True), _with_theirs(suspects, rows, len(cases))


def _with_theirs(suspects: Suspects, rows: np.ndarray, n: int) -> Suspects:
    """Whoever is suspected in the first record is in the second, arrested once and for the first."""
    place = np.full(n, -1, np.int32)
    place[rows] = n + np.arange(len(rows), dtype=np.int32)
    own = np.flatnonzero(place[suspects.case] >= 0)
    again = suspects.take(own)
    again.case = place[again.case]
    again.arrested = np.full(len(own), NEVER, np.int64)
    again.decided = np.full(len(own), NEVER, np.int64)
    again.first, again.last = np.full((2, len(own)), UNDECIDED, np.int8)
    return Suspects.joined([suspects, again])

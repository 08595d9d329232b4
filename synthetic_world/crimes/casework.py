"""What the police make of what they hear: cases, suspects, detentions, orders, and the breaches that orders bring.

Orders come from cases, and contact in breach of them is told and becomes cases again: one turn of that wheel. Not here:
each of these stages, the rows of any feed (crimes).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.breaches import breach, contacts
from synthetic_world.crimes.cases import Cases, cases_of, recorded_crimes
from synthetic_world.crimes.co_offending import Companions
from synthetic_world.crimes.counting import count_again
from synthetic_world.crimes.course import Course, alive, stage
from synthetic_world.crimes.custody import Stays, stays
from synthetic_world.crimes.detection import Suspects, detect
from synthetic_world.crimes.event_times import EventTimes
from synthetic_world.crimes.events import Events
from synthetic_world.crimes.orders_da import Orders, orders, with_bail
from synthetic_world.crimes.outcomes import Fates, fates
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Flags, Ground
from synthetic_world.ordering import Whole


@dataclass(slots=True)
class Casework:
    """All of it, for one block."""

    events: Events  # of the course, and contact in breach of orders behind them
    happened: Flags
    cases: Cases
    quarrels: Whole  # places of recorded events of pairs that are no crime
    suspects: Suspects
    stays: Stays
    orders: Orders
    fates: Fates


def casework(here: Whereabouts, times: EventTimes, course: Course, tasking: pa.Table | None) -> Casework:
    """The casework of a block; events learn what the orders make of them."""
    ground = here.ground
    cases, quarrels = cases_of(course.events, course.happened)
    suspects = detect(stage(ground, "detection"), ground, cases, course.others, tasking)
    made = orders(stage(ground, "orders"), ground, cases, suspects)
    broken = contacts(stage(ground, "contacts"), here, times, course.dyads, cases, made)
    events = Events.joined([course.events, broken])
    happened = np.concatenate([course.happened, np.ones(len(broken), bool)])
    happened &= alive(events, ~happened, len(ground.people))
    cases, suspects = _with_breaches(ground, cases, suspects, events, happened, len(course.events))
    breach(stage(ground, "breaches"), cases, suspects, made, ground.world.interactions)
    events.tier[cases.origin], events.offence[cases.origin] = cases.events.tier, cases.events.offence
    cases, suspects = count_again(stage(ground, "counting"), cases, suspects)
    cases.give_keys(ground.block.number)
    all_stays = stays(stage(ground, "stays"), ground, cases, suspects)
    made = with_bail(ground, cases, made, all_stays)
    fate = fates(stage(ground, "fates"), ground, cases, suspects)
    return Casework(events, happened, cases, quarrels, suspects, all_stays, made, fate)


def _with_breaches(
    ground: Ground, cases: Cases, suspects: Suspects, events: Events, happened: Flags, first: int
) -> tuple[Cases, Suspects]:
    """The cases and suspects, with those of the events from `first` on."""
    late = events.take(np.arange(first, len(events)))
    rows = recorded_crimes(late, happened[first:])
    n = len(cases)
    every = cases.and_then(late.take(rows), first + rows, is_again=False)
    alone = Companions(rows[:0], rows[:0])
    found = detect(stage(ground, "breach suspects"), ground, every.since(n), alone, None)
    found.case = found.case + np.int32(n)
    return every, Suspects.joined([suspects, found])

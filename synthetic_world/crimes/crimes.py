"""The entrance to crime in one block: what happens, what is heard and written down of it, and the truth behind.

Everything is drawn from streams of the block's own, stage by stage, so that one stage can change without moving the
draws of another. Not here: the stages themselves; missing people, managed offenders and intelligence (risks).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic_world.crimes import answers
from synthetic_world.crimes.cell_offences import cell_events
from synthetic_world.crimes.cells import make_cells
from synthetic_world.crimes.co_offending import Companions, companions
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.crime_parties import parties, party_rows
from synthetic_world.crimes.crime_records import crime_rows, seen_of
from synthetic_world.crimes.custody import custody_rows, stays
from synthetic_world.crimes.detection import Cases, detect
from synthetic_world.crimes.dyads import Dyads, make_dyads
from synthetic_world.crimes.event_times import EventTimes
from synthetic_world.crimes.events import Events
from synthetic_world.crimes.home_events import home_events
from synthetic_world.crimes.incidents import incident_rows, incidents
from synthetic_world.crimes.offences import INJURIES, offences
from synthetic_world.crimes.orders_da import breach, order_rows, orders
from synthetic_world.crimes.outcomes import fates
from synthetic_world.crimes.recording import record
from synthetic_world.crimes.safeguarding_da import referral_rows, referrals
from synthetic_world.crimes.stranger import sexual_events, sexual_latent
from synthetic_world.crimes.volume import volume_events
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Flags, Floats, Ground, Happening, Longs, Truth, stream
from synthetic_world.ordering import Whole, in_order


@dataclass(slots=True)
class Course:
    """Everything that happens in a block."""

    events: Events
    others: Companions
    happened: Flags  # False: prevented by tasking, or somebody in it had died
    dyads: Dyads
    sexual: Floats


def crimes(ground: Ground, cells: pa.Table | None = None, tasking: pa.Table | None = None) -> Happening:
    """Events, records and truth of one block. tasking: person_uid, from_day, to_day; None: nobody is tasked.

    A seeded scenario has its own hand-written course, and nothing here.
    """
    if ground.block.scenario:
        return Happening({}, Truth({}))
    cells = make_cells(ground) if cells is None else cells
    here, times = Whereabouts.of(ground), EventTimes.of(ground.world)
    course = _course(here, times, cells, tasking)
    return _written(here, times, course, cells, tasking)


def _stage(ground: Ground, name: str) -> np.random.Generator:
    return stream(ground.world.seed, f"crimes {name}", ground.block.key)


def _course(here: Whereabouts, times: EventTimes, cells: pa.Table, tasking: pa.Table | None) -> Course:
    """All events, and which of them are reported and recorded."""
    ground = here.ground
    dyads = make_dyads(_stage(ground, "dyads"), here)
    home, gone = home_events(_stage(ground, "home"), here, times, dyads, tasking)
    sexual = sexual_latent(ground)
    outside, told = sexual_events(_stage(ground, "sexual"), here, times, sexual)
    plain = volume_events(_stage(ground, "volume"), here, times)
    together = companions(_stage(ground, "companions"), here, plain)
    of_cells, with_them = cell_events(_stage(ground, "cells"), here, times, cells)
    first = len(home) + len(outside)
    events = Events.joined([home, outside, plain, of_cells])
    others = Companions(
        np.concatenate([together.event + first, with_them.event + first + len(plain)]).astype(np.int32),
        np.concatenate([together.person, with_them.person]),
    )
    all_told = np.full(len(events), -1, np.int64)
    all_told[len(home) : first] = told
    all_gone = np.zeros(len(events), bool)
    all_gone[: len(home)] = gone
    record(_stage(ground, "recording"), ground, times, events, all_told, all_gone)
    happened = ~all_gone & _alive(events, all_gone, len(ground.people))
    return Course(events, others, happened, dyads, sexual)


def _alive(events: Events, gone: Flags, n_people: int) -> Flags:
    """False where somebody takes part who had been killed before."""
    killed = np.flatnonzero((offences().injury[events.offence] == INJURIES.index("fatal")) & ~gone)
    killed = killed[events.victim[killed] >= 0]
    death = np.full(n_people + 1, NEVER, np.int64)  # the last place is nobody's
    np.minimum.at(death, events.victim[killed], events.second[killed])
    return (events.second <= death[events.victim]) & (events.second <= death[events.suspect])


def _cases(ground: Ground, events: Events, happened: Flags) -> tuple[Cases, Whole]:
    """Recorded crimes in order of recording, and recorded events of pairs that are no crime."""
    recorded = happened & (events.recorded < NEVER)
    rows = np.flatnonzero(recorded & events.is_crime)
    rows = rows[in_order(events.recorded[rows])]
    key = (np.int64(ground.block.number) << 32) + np.arange(len(rows))
    return Cases(events.take(rows), rows, key), np.flatnonzero(recorded & ~events.is_crime)


def _written(
    here: Whereabouts, times: EventTimes, course: Course, cells: pa.Table, tasking: pa.Table | None
) -> Happening:
    """The records of each force, and the answers."""
    ground, events = here.ground, course.events
    cases, quarrels = _cases(ground, events, course.happened)
    suspects = detect(_stage(ground, "detection"), ground, cases, course.others, tasking)
    all_stays = stays(_stage(ground, "stays"), ground, cases, suspects)
    all_orders = orders(_stage(ground, "orders"), ground, cases, suspects, all_stays)
    breach(_stage(ground, "breaches"), cases, suspects, all_orders, ground.world.interactions)
    events.tier[cases.origin], events.offence[cases.origin] = cases.events.tier, cases.events.offence
    fate = fates(_stage(ground, "fates"), ground, cases, suspects)
    seen, described = seen_of(_stage(ground, "looks"), ground, cases, suspects)
    all_parties = parties(_stage(ground, "parties"), here, cases, suspects, described)
    in_cell = np.unique(cells["person"].to_numpy()).astype(np.int32)
    calls = incidents(_stage(ground, "incidents"), here, times, events, quarrels, in_cell)
    crime_key = np.full(len(events), -1, np.int64)
    crime_key[cases.origin] = cases.key
    reports = np.concatenate([cases.origin, quarrels])
    referred = referrals(_stage(ground, "referrals"), ground, events, reports)
    records = {}
    for number, places in ground.places.items():
        code = places.force.force_code
        records[number] = {
            "crime": crime_rows(_stage(ground, f"crime {code}"), ground, cases, fate, seen, number),
            "crime_party": party_rows(
                _stage(ground, f"party {code}"), ground, cases, suspects, fate, all_parties, number
            ),
            "custody": custody_rows(_stage(ground, f"custody {code}"), ground, cases, all_stays, number),
            "incident": incident_rows(_stage(ground, f"incident {code}"), ground, calls, number),
            "safeguarding": referral_rows(
                _stage(ground, f"referral {code}"), ground, events, crime_key, referred, number
            ),
            "order": order_rows(_stage(ground, f"order {code}"), ground, cases, all_orders, number),
        }
    cell_ids: Longs = np.unique(cells["cell_id"].to_numpy())
    tables = {
        "event": answers.event_table(ground, events, course.happened, crime_key, cell_ids),
        "companion": answers.companion_table(ground, course.others),
        "dyad": answers.dyad_table(ground, course.dyads, events),
        "latent": answers.latent_table(ground, course.sexual),
        "label": answers.label_table(ground, events, course.happened, cases, fate),
        "cell": cells,
    }
    return Happening(records, Truth(tables))

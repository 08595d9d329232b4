"""The entrance to crime in one block: what happens, what is heard and written down of it, and the truth behind.

Not here: what happens (course), what the police make of it (casework), missing people, managed offenders and
intelligence (risks).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.crimes import answers
from synthetic_world.crimes.casework import Casework, casework
from synthetic_world.crimes.cells import make_cells
from synthetic_world.crimes.course import Course, course_of, stage
from synthetic_world.crimes.crime_parties import parties, party_rows
from synthetic_world.crimes.crime_records import crime_rows, seen_of
from synthetic_world.crimes.custody import custody_rows
from synthetic_world.crimes.event_times import EventTimes
from synthetic_world.crimes.incidents import incident_rows, incidents
from synthetic_world.crimes.latent_months import latent_month_table
from synthetic_world.crimes.orders_da import order_rows
from synthetic_world.crimes.safeguarding_da import referral_rows, referrals
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Ground, Happening, Longs, Truth


def crimes(ground: Ground, cells: pa.Table | None = None, tasking: pa.Table | None = None) -> Happening:
    """Events, records and truth of one block. tasking: person_uid, from_day, to_day; None: nobody is tasked.

    A seeded scenario has its own hand-written course, and nothing here.
    """
    if ground.block.scenario:
        return Happening({}, Truth({}))
    cells = make_cells(ground) if cells is None else cells
    here, times = Whereabouts.of(ground), EventTimes.of(ground.world)
    course = course_of(here, times, cells, tasking)
    return _written(here, times, course, casework(here, times, course, tasking), cells)


def _written(
    here: Whereabouts, times: EventTimes, course: Course, work: Casework, cells: pa.Table
) -> Happening:
    """The records of each force, and the answers."""
    ground, events, cases, suspects = here.ground, work.events, work.cases, work.suspects
    seen, described = seen_of(stage(ground, "looks"), ground, cases, suspects)
    all_parties = parties(stage(ground, "parties"), here, cases, suspects, described)
    in_cell = np.unique(cells["person"].to_numpy()).astype(np.int32)
    calls = incidents(stage(ground, "incidents"), here, times, events, work.quarrels, in_cell)
    place = cases.of_event(len(events))
    crime_key = np.where(place >= 0, cases.key[np.maximum(place, 0)] if len(cases) else -1, -1)
    reports = np.concatenate([cases.origin[~cases.is_again], work.quarrels])
    referred = referrals(stage(ground, "referrals"), ground, events, reports)
    records = {}
    for number, places in ground.places.items():
        code = places.force.force_code
        records[number] = {
            "crime": crime_rows(stage(ground, f"crime {code}"), ground, cases, work.fates, seen, number),
            "crime_party": party_rows(
                stage(ground, f"party {code}"), ground, cases, suspects, work.fates, all_parties, number
            ),
            "custody": custody_rows(stage(ground, f"custody {code}"), ground, cases, work.stays, number),
            "incident": incident_rows(stage(ground, f"incident {code}"), ground, calls, number),
            "safeguarding": referral_rows(
                stage(ground, f"referral {code}"), ground, events, crime_key, referred, number
            ),
            "order": order_rows(stage(ground, f"order {code}"), ground, cases, work.orders, number),
        }
    return Happening(records, _truth(ground, course, work, cells, crime_key))


def _truth(ground: Ground, course: Course, work: Casework, cells: pa.Table, crime_key: Longs) -> Truth:
    events, happened = work.events, work.happened
    cell_ids: Longs = np.unique(cells["cell_id"].to_numpy())
    return Truth(
        {
            "event": answers.event_table(ground, events, happened, crime_key, cell_ids),
            "companion": answers.companion_table(ground, course.others),
            "dyad": answers.dyad_table(ground, course.dyads, events),
            "latent": answers.latent_table(ground, course.sexual),
            "latent_month": latent_month_table(ground, course.dyads, cells),
            "label": answers.label_table(ground, events, happened, work.cases, work.fates),
            "counted_again": answers.counted_table(work.cases),
            "cell": cells,
        }
    )

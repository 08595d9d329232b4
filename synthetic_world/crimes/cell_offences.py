"""What a cell does that the police may meet: supply, weapons and violence, mostly in the importing force.

Not here: who belongs to a cell (cells), its missing children and the intelligence about it (missing, intel).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cells import EXPORTER
from synthetic_world.crimes.chances import Lottery, happens
from synthetic_world.crimes.co_offending import Companions
from synthetic_world.crimes.event_times import DAY, EventTimes, spread_over
from synthetic_world.crimes.events import ACQUAINTANCE, CELL, UNKNOWN, Events, new_events
from synthetic_world.crimes.offences import HOURS, VICTIMS, offences
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates


def cell_events(
    random: np.random.Generator, here: Whereabouts, times: EventTimes, cells: pa.Table
) -> tuple[Events, Companions]:
    """Offences of the people in cells, and who was with them."""
    world, r, known = here.ground.world, rates("harm"), offences()
    person = cells["person"].to_numpy()
    is_exporter = cells["role"].combine_chunks().indices.to_numpy() == EXPORTER
    from_day = np.maximum(cells["start_day"].to_numpy(), world.start)
    to_day = np.minimum(cells["end_day"].to_numpy(), world.horizon)
    years = np.maximum(to_day - from_day, 0) / 365.25
    row = np.repeat(np.arange(len(person)), random.poisson(r.number("cell_offences_a_year") * years))
    n = len(row)
    weight = np.zeros(len(known), np.float32)
    for kind, share in zip(
        ("supply", "drugs", "weapons", "violence"), r.numbers("cell_offence_kinds"), strict=True
    ):
        own = known.of_kind(kind) & (known.tier < 3) & (known.victim != VICTIMS.index("A"))
        weight[own] = share * known.volume[own] / known.volume[own].sum()
    offence = Lottery.of(weight).draw(random, n)
    second = spread_over(random, from_day[row], to_day[row])
    second = times.at(random, (second // DAY).astype(np.int32), known.hours[offence])
    at_importer = happens(random, np.where(is_exporter[row], *r.numbers("cell_at_importer")), n)
    force = np.where(
        at_importer, cells["importer_force"].to_numpy()[row], cells["exporter_force"].to_numpy()[row]
    )
    force = force.astype(np.int16)
    lsoa = _lsoas(random, here, force)
    victim = np.full(n, -1, np.int32)
    hurt = np.flatnonzero(known.victim[offence] == VICTIMS.index("P"))
    victim[hurt] = here.met(random, force[hurt], lsoa[hurt])
    victim[victim == person[row]] = -1
    cell = _cell_places(cells)
    events = new_events(
        second,
        person[row].astype(np.int32),
        victim,
        CELL,
        offence=offence,
        tier=known.tier[offence],
        force=force,
        lsoa=lsoa,
        address=here.address_in(random, force, lsoa),
        place=known.place[offence],
        cell=cell[row],
        relation=np.where(victim >= 0, ACQUAINTANCE, UNKNOWN).astype(np.uint8),
    )
    return events, _others(random, cell, person, events)


def _cell_places(cells: pa.Table) -> Whole:
    """Place among the block's cells of each row."""
    return np.unique(cells["cell_id"].to_numpy(), return_inverse=True)[1].astype(np.int32)


def _lsoas(random: np.random.Generator, here: Whereabouts, force: Whole) -> Whole:
    """Where a cell works: drawn to the night-time economy."""
    lsoa = np.zeros(len(force), np.int32)
    for number, around in here.around.items():
        own = np.flatnonzero(force == number)
        start = random.integers(0, len(around.count), size=len(own)).astype(np.int32)
        lsoa[own] = around.trip(random, start, np.full(len(own), HOURS.index("night") > 0))
    return lsoa


def _others(random: np.random.Generator, cell: Whole, person: Whole, events: Events) -> Companions:
    """Another of the same cell, found with them at times. Rows of a cell lie together."""
    first = np.searchsorted(cell, events.cell)
    count = np.searchsorted(cell, events.cell, side="right") - first
    other = (
        person[first + (random.random(len(events)) * count).astype(np.int64)] if len(events) else person[:0]
    )
    together = happens(random, rates("harm").number("cell_together"), len(events)) & (other != events.suspect)
    return Companions(np.flatnonzero(together).astype(np.int32), other[together].astype(np.int32))

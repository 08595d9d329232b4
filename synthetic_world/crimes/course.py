"""Everything that happens in one block, whatever process it comes from, and what is reported of it.

Stages are drawn from streams of the block's own, so that one can change without moving the draws of another. Not here:
the stages themselves, what the police do about it (casework).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cell_offences import cell_events
from synthetic_world.crimes.co_offending import Companions, companions
from synthetic_world.crimes.columns import NEVER
from synthetic_world.crimes.dyads import Dyads, make_dyads
from synthetic_world.crimes.event_times import EventTimes
from synthetic_world.crimes.events import Events
from synthetic_world.crimes.home_events import home_events
from synthetic_world.crimes.offences import INJURIES, offences
from synthetic_world.crimes.recording import record
from synthetic_world.crimes.stranger import sexual_events, sexual_latent
from synthetic_world.crimes.volume import volume_events
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.model import Flags, Floats, Ground, stream


@dataclass(slots=True)
class Course:
    """Everything that happens in a block."""

    events: Events
    others: Companions
    happened: Flags  # False: prevented by tasking, or somebody in it had died
    dyads: Dyads
    sexual: Floats


def stage(ground: Ground, name: str) -> np.random.Generator:
    """The random stream of one stage of a block's crime."""
    return stream(ground.world.seed, f"crimes {name}", ground.block.key)


def course_of(here: Whereabouts, times: EventTimes, cells: pa.Table, tasking: pa.Table | None) -> Course:
    """All events, and which of them are reported and recorded."""
    ground = here.ground
    dyads = make_dyads(stage(ground, "dyads"), here)
    home, gone = home_events(stage(ground, "home"), here, times, dyads, tasking)
    sexual = sexual_latent(ground)
    outside, told = sexual_events(stage(ground, "sexual"), here, times, sexual)
    plain = volume_events(stage(ground, "volume"), here, times)
    together = companions(stage(ground, "companions"), here, plain)
    of_cells, with_them = cell_events(stage(ground, "cells"), here, times, cells)
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
    record(stage(ground, "recording"), ground, times, events, all_told, all_gone)
    happened = ~all_gone & alive(events, all_gone, len(ground.people))
    return Course(events, others, happened, dyads, sexual)


def alive(events: Events, gone: Flags, n_people: int) -> Flags:
    """False where somebody takes part who had been killed before."""
    killed = np.flatnonzero((offences().injury[events.offence] == INJURIES.index("fatal")) & ~gone)
    killed = killed[events.victim[killed] >= 0]
    death = np.full(n_people + 1, NEVER, np.int64)  # the last place is nobody's
    np.minimum.at(death, events.victim[killed], events.second[killed])
    return (events.second <= death[events.victim]) & (events.second <= death[events.suspect])

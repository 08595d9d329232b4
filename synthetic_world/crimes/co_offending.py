"""Who offends together: a network of offenders in blocks of neighbourhoods, and groups drawn along its edges (C3.8).

Degrees follow a power law, most edges stay inside one cluster of LSOAs and run between people of like age. Not here:
cells over force borders (cells, cell_offences).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from synthetic_world.crimes.chances import Lottery
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.events import VOLUME, Events
from synthetic_world.crimes.home_events import age_at
from synthetic_world.crimes.offences import offences
from synthetic_world.crimes.whereabouts import Whereabouts
from synthetic_world.ordering import Whole, in_order, in_order_of, starts
from synthetic_world.rates import rates

_LSOAS_IN_CLUSTER: Final = 5
_ALONE: Final = ("communications", "harassment", "stalking", "images", "weapons", "drugs")


@dataclass(frozen=True, slots=True)
class Companions:
    """Further suspects of events, one row each."""

    event: Whole
    person: Whole


def companions(random: np.random.Generator, here: Whereabouts, events: Events) -> Companions:
    """The others in each group, the lead not counted. Sets `group` of the events to what came together."""
    known, people = offences(), here.ground.people
    able = (events.process == VOLUME) & (events.suspect >= 0) & ~known.of_kind(*_ALONE)[events.offence]
    rows = np.flatnonzero(able)
    is_child = age_at(people, events.suspect[rows], events.second[rows]) < 18
    size = _sizes(random, is_child.astype(np.int8))
    rows, size = rows[size > 1], size[size > 1]
    lead = events.suspect[rows]
    is_lead = np.zeros(len(people), bool)
    is_lead[lead] = True
    first, near = _network(random, here, np.flatnonzero(is_lead).astype(np.int32))
    event = np.repeat(rows, size - 1)
    mine = np.repeat(lead, size - 1)
    degree = first[mine + 1] - first[mine]
    chosen = first[mine] + (random.random(len(mine)) * degree).astype(np.int64)
    other = np.where(degree > 0, near[np.minimum(chosen, max(len(near) - 1, 0))] if len(near) else -1, -1)
    kept = (other >= 0) & (other != mine)
    pairs = np.sort(event[kept].astype(np.int64) * len(people) + other[kept])
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    found = Companions((pairs // len(people)).astype(np.int32), (pairs % len(people)).astype(np.int32))
    events.group = (1 + np.bincount(found.event, minlength=len(events))).astype(np.uint8)
    return found


def _sizes(random: np.random.Generator, is_child: Whole) -> Whole:
    """1 to 4 and more, by whether the lead is under 18."""
    r = rates("harm")
    adult, child = (Lottery.of(r.numbers(f"group_size_{name}")) for name in ("adult", "child"))
    size = 1 + np.where(is_child == 1, child.draw(random, len(is_child)), adult.draw(random, len(is_child)))
    more = random.poisson(r.number("group_more"), len(is_child))
    return np.asarray(np.where(size == 4, size + more, size), np.int32)


def _network(random: np.random.Generator, here: Whereabouts, nodes: Whole) -> tuple[Whole, Whole]:
    """Neighbours of everybody: where each person's begin, and the list of them. Only `nodes` have any."""
    ground, r = here.ground, rates("harm")
    people = ground.people
    degree = np.minimum(
        random.pareto(r.number("network_power") - 1, len(nodes)) + 1, r.number("network_most")
    )
    stub = np.repeat(nodes, degree.astype(np.int32))
    force, address = here.home(stub, np.full(len(stub), ground.world.start * DAY, np.int64))
    cluster = here.lsoa(force, address) // _LSOAS_IN_CLUSTER
    is_near = random.random(len(stub)) < r.number("network_near")
    n_clusters = int(cluster.max(initial=0)) + 1
    cluster = np.where(is_near, cluster, random.integers(0, n_clusters, size=len(stub)) + n_clusters)
    age = (ground.world.start - people.birth_day[stub]) / 365.25 + random.normal(
        0, r.number("network_age_gap"), len(stub)
    )
    order = in_order_of(cluster, np.maximum(age * 1000, 0).astype(np.int64))
    ends = stub[order][: len(stub) // 2 * 2].reshape(-1, 2)
    source = np.concatenate([ends[:, 0], ends[:, 1]])
    target = np.concatenate([ends[:, 1], ends[:, 0]])
    return starts(source, len(people)), target[in_order(source)]

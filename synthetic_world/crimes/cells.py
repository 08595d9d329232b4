"""County-lines-like cells: a few adults of one force who use children and vulnerable adults in another.

A cell lives in a pool, the block whose people live in one force and touch another; natives and seeded scenarios
have none here. What is drawn is latent: no file of any force holds it. Not here: the offences of a cell (volume),
missing episodes and intelligence about it (missing, intel), the cells written by hand (scenarios).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.model import Flags, Floats, Ground, People, stream
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

ROLES: Final = ("exporter", "member")
SCHEMA: Final = pa.schema(
    {
        "cell_id": pa.int64(),  # block number << 32 + number in the block
        "person": pa.int32(),  # index in the block
        "role": pa.dictionary(pa.int8(), pa.string()),
        "exporter_force": pa.int16(),  # number of the force the adults come from
        "importer_force": pa.int16(),  # number of the force where the cell sells
        "start_day": pa.int32(),
        "end_day": pa.int32(),
    }
)
_ADULT, _CHILD_FROM, _EXPORTER_TO = 18, 12, 36


def make_cells(ground: Ground) -> pa.Table:
    """One row for each person of each cell of the block."""
    block, world = ground.block, ground.world
    if block.other is None or block.scenario:
        return SCHEMA.empty_table()
    r, random = rates("harm"), stream(world.seed, "cells", block.key)
    share = block.home.population / max(len(block.home.neighbours), 1) / 1e6
    n = int(random.poisson(r.number("cells_per_million") * share * world.years / 3.0))
    years = age_on(ground.people, (world.start + world.end) // 2)
    adults = _drawn(random, _exporter_weight(ground.people, years))
    young = _drawn(random, _member_weight(ground.people, years))
    n_adults = 1 + random.integers(int(r.number("cell_exporters_most")), size=n)
    low, high = (int(bound) for bound in r.numbers("cell_members"))
    n_young = low + random.integers(high - low + 1, size=n)
    n = min(n, _fitting(n_adults, len(adults)), _fitting(n_young, len(young)))
    starts = random.integers(world.start - 180, max(world.horizon - 120, world.start), size=n)
    lasts = np.maximum(
        random.lognormal(np.log(r.number("cell_days_median")), r.number("cell_days_spread"), size=n), 60
    ).astype(np.int64)
    return _table(ground, adults, young, n_adults[:n], n_young[:n], starts, starts + lasts)


def age_on(people: People, day: int | Whole) -> Whole:
    """Age in whole years (near enough: no leap-day rule) of everybody on a day."""
    return ((day - people.birth_day) / 365.25).astype(np.int32)


def _exporter_weight(people: People, years: Whole) -> Floats:
    is_fit = (years >= _ADULT) & (years < _EXPORTER_TO)
    return np.where(is_fit, people.offending, 0).astype(np.float32)


def _member_weight(people: People, years: Whole) -> Floats:
    """Children, more so in care or already living in the other force; and adults with substance needs."""
    has_moved = np.zeros(len(people), dtype=bool)
    other = people.block.other
    has_moved[people.move_person[people.move_force == (other.number if other else -1)]] = True
    in_care, moved, adults = rates("harm").numbers("cell_member_weights")
    is_child: Flags = (years >= _CHILD_FROM) & (years < _ADULT)
    child = np.where(people.is_looked_after, in_care, 1.0) * np.where(has_moved, moved, 1.0)
    adult = np.where(people.substance & (years >= _ADULT), adults, 0.0)
    return (people.vulnerability * np.where(is_child, child, adult)).astype(np.float32)


def _drawn(random: np.random.Generator, weight: Floats) -> Whole:
    """All with a weight, in random order, the heavy ones early: a draw without replacement."""
    noise = random.random(len(weight))
    able = np.flatnonzero(weight > 0)
    key = np.log(weight[able]) - np.log(-np.log(noise[able]))
    return able[np.argsort(-key, kind="stable")].astype(np.int32)


def _fitting(sizes: Whole, there: int) -> int:
    """How many of the groups can be filled from so many people."""
    return int(np.searchsorted(np.cumsum(sizes), there, side="right"))


def _table(
    ground: Ground, adults: Whole, young: Whole, n_adults: Whole, n_young: Whole, starts: Whole, ends: Whole
) -> pa.Table:
    n = len(starts)
    cell = np.concatenate([np.repeat(np.arange(n), n_adults), np.repeat(np.arange(n), n_young)])
    person = np.concatenate([adults[: n_adults.sum()], young[: n_young.sum()]])
    role = np.concatenate([np.zeros(n_adults.sum(), np.int8), np.ones(n_young.sum(), np.int8)])
    order = np.argsort(cell, kind="stable")
    cell, other = cell[order], ground.block.other
    columns = [
        (np.int64(ground.block.number) << 32) + cell,
        person[order],
        pa.DictionaryArray.from_arrays(role[order], pa.array(ROLES)),
        np.full(len(cell), ground.block.home.number, np.int16),
        np.full(len(cell), other.number if other else -1, np.int16),
        starts[cell].astype(np.int32),
        ends[cell].astype(np.int32),
    ]
    return pa.table([pa.array(column) for column in columns], schema=SCHEMA)

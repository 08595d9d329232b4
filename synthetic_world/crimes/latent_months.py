"""What is hidden about people and changes from month to month: the state of their worst pair, what may come, a cell.

Months in which nothing much is hidden are left out: there are many people, and most of them harm nobody. For the answer
book alone. Not here: tendencies that do not change (answers.latent_table), the ceiling for a score (gates.hidden_risk).
"""

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.dyads import Dyads
from synthetic_world.crimes.event_times import DAY
from synthetic_world.crimes.hawkes import arrivals, offspring
from synthetic_world.crimes.severity import dyad_uid, hidden_state, serious_chance, severity
from synthetic_world.model import EPOCH, Floats, Ground, Longs, World
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates


def latent_month_table(ground: Ground, dyads: Dyads, cells: pa.Table) -> pa.Table:
    """One row for each person and month in which they stand in a pair of great harm, or in a running cell.

    state: of the pair with most harm, mean 0 and spread 1. expected_serious: serious events that start of themselves in
    the person's pairs of great harm, in that month. is_in_cell: whether they are used by or run a cell.
    """
    months = _months(ground.world)
    pair, month, state, expected = _of_pairs(ground, dyads, months)
    person, in_month = _of_cells(cells, months)
    key = np.concatenate(
        [dyads.suspect[pair].astype(np.int64) * len(months) + month, person * len(months) + in_month]
    )
    known, place = np.unique(key, return_inverse=True)
    worst = np.zeros(len(known), np.float32)
    order = np.argsort(dyads.harm[pair], kind="stable")  # the worst is written last, and stays
    worst[place[: len(pair)][order]] = state[order]
    total = np.zeros(len(known))
    np.add.at(total, place[: len(pair)], expected)
    in_cell = np.zeros(len(known), bool)
    in_cell[place[len(pair) :]] = True
    return pa.table(
        {
            "person": pa.array((known // len(months)).astype(np.int32)),
            "month": pa.array(months[known % len(months), 0]).cast(pa.date32()),
            "state": pa.array(worst),
            "expected_serious": pa.array(total.astype(np.float32)),
            "is_in_cell": pa.array(in_cell),
        }
    )


def _months(world: World) -> Whole:
    """First day of each month, and of the month after it."""
    first = np.datetime64(EPOCH, "D") + world.start
    last = np.datetime64(EPOCH, "D") + world.horizon
    starts = np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + 2)
    days = starts.astype("datetime64[D]").astype(np.int32)
    return np.column_stack([days[:-1], days[1:]])


def _of_pairs(ground: Ground, dyads: Dyads, months: Whole) -> tuple[Whole, Whole, Floats, Floats]:
    """Pair, place of the month, state in its middle, and serious events to be expected in it."""
    great = np.flatnonzero(dyads.harm >= rates("harm").number("answer_month_harm"))
    first = np.maximum(dyads.risk_from[great][:, None], months[None, :, 0])
    days = np.minimum(dyads.risk_to[great][:, None], months[None, :, 1]) - first
    row, month = np.nonzero(days > 0)
    pair = great[row]
    middle: Longs = (months[month].sum(axis=1).astype(np.int64) // 2) * DAY
    state = hidden_state(ground.world, dyad_uid(ground.block.number, pair), middle)
    harm = dyads.harm[pair]
    count = arrivals(harm) / (1 - offspring(harm)) * days[row, month] / 365.25
    return pair, month, state, (count * serious_chance(severity(harm, state))).astype(np.float32)


def _of_cells(cells: pa.Table, months: Whole) -> tuple[Longs, Whole]:
    """Person and place of the month, for the months in which a cell they are in runs."""
    start, end = cells["start_day"].to_numpy()[:, None], cells["end_day"].to_numpy()[:, None]
    row, month = np.nonzero((start < months[None, :, 1]) & (end >= months[None, :, 0]))
    return cells["person"].to_numpy().astype(np.int64)[row], month

"""County-lines-like cells: a few adults of one force who use children and vulnerable adults in others.

A block holds parts of cells (cell_plans): in a pool, the adults who live in one force and sell in the other, and those
whom adults of the other force use where they live. Natives and seeded scenarios have none. What is drawn is latent: no
file of any force holds it. Not here: the offences of a cell (cell_offences), missing episodes and intelligence about it
(missing, intel), the cells written by hand (scenarios).
"""

from typing import Final

import numpy as np
import pyarrow as pa

from synthetic_world.crimes.cell_plans import Part, cells_from
from synthetic_world.model import Flags, Floats, Ground, People, stream
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

ROLES: Final = ("exporter", "runner", "member")
EXPORTER, RUNNER, MEMBER = range(len(ROLES))
SCHEMA: Final = pa.schema(
    {
        "cell_id": pa.int64(),  # the same in every block that holds a part of the cell
        "person": pa.int32(),  # index in the block
        "role": pa.dictionary(pa.int8(), pa.string()),
        "exporter_force": pa.int16(),  # number of the force the adults come from
        "importer_force": pa.int16(),  # number of the force where this part of the cell sells
        "start_day": pa.int32(),
        "end_day": pa.int32(),
    }
)
_ADULT, _CHILD_FROM, _EXPORTER_TO, _RUNNER_TO = 18, 12, 36, 46


def make_cells(ground: Ground) -> pa.Table:
    """One row for each person of the block who is in a cell."""
    parts = _parts(ground)
    if not parts:
        return SCHEMA.empty_table()
    world, people = ground.world, ground.people
    random = stream(world.seed, "people of cells", ground.block.key)
    years = age_on(people, (world.start + world.end) // 2)
    taken, rows = np.zeros(len(people), bool), list[tuple[int, int, int]]()
    for role, weigh in enumerate((_exporter_weight, _runner_weight, _member_weight)):
        weight = weigh(people, years)
        able = _drawn(random, np.where(taken, 0, weight).astype(np.float32)).tolist()
        for place, part in enumerate(parts):
            for _ in range(_wanted(ground, part, role)):
                if able:
                    rows.append((place, role, able.pop()))
                    taken[rows[-1][2]] = True
    return _table(parts, sorted(rows))


def _parts(ground: Ground) -> list[Part]:
    """The parts of cells that a pool holds: of those from its home, and of those from the force it touches."""
    block = ground.block
    if block.other is None or block.scenario:
        return []
    ends = {block.home.number, block.other.number}
    every = (*cells_from(ground.world, block.home.number), *cells_from(ground.world, block.other.number))
    own = (part for part in every if {part.exporter, part.importer} == ends)
    return sorted(own, key=lambda part: part.cell_id)


def _wanted(ground: Ground, part: Part, role: int) -> int:
    """How many people of a role the block has to find: adults who bring live in one force, the others in the other."""
    is_from_here = part.exporter == ground.block.home.number
    wanted = (part.n_exporters, part.n_runners, part.n_members)[role]
    return wanted if is_from_here == (role == EXPORTER) else 0


def age_on(people: People, day: int | Whole) -> Whole:
    """Age in whole years (near enough: no leap-day rule) of everybody on a day."""
    return ((day - people.birth_day) / 365.25).astype(np.int32)


def _exporter_weight(people: People, years: Whole) -> Floats:
    is_fit = (years >= _ADULT) & (years < _EXPORTER_TO)
    return np.where(is_fit, people.offending, 0).astype(np.float32)


def _runner_weight(people: People, years: Whole) -> Floats:
    """Adults who use drugs themselves."""
    is_fit = (years >= _ADULT) & (years < _RUNNER_TO) & people.substance
    return np.where(is_fit, people.offending + people.vulnerability, 0).astype(np.float32)


def _member_weight(people: People, years: Whole) -> Floats:
    """Children, more so in care or already known in the other force; and adults with substance needs."""
    has_moved = np.zeros(len(people), dtype=bool)
    other = people.block.other
    has_moved[people.move_person[people.move_force == (other.number if other else -1)]] = True
    in_care, moved, adults = rates("harm").numbers("cell_member_weights")
    is_child: Flags = (years >= _CHILD_FROM) & (years < _ADULT)
    child = np.where(people.is_looked_after, in_care, 1.0) * np.where(has_moved, moved, 1.0)
    adult = np.where(people.substance & (years >= _ADULT), adults, 0.0)
    return (people.vulnerability * np.where(is_child, child, adult)).astype(np.float32)


def _drawn(random: np.random.Generator, weight: Floats) -> Whole:
    """All with a weight, in random order, the heavy ones late: a draw without replacement, taken from the end."""
    noise = random.random(len(weight))
    able = np.flatnonzero(weight > 0)
    key = np.log(weight[able]) - np.log(-np.log(noise[able]))
    return able[np.argsort(key, kind="stable")].astype(np.int32)


def _table(parts: list[Part], rows: list[tuple[int, int, int]]) -> pa.Table:
    own = [parts[place] for place, _, _ in rows]
    columns = [
        np.array([part.cell_id for part in own], np.int64),
        np.array([person for _, _, person in rows], np.int32),
        pa.DictionaryArray.from_arrays(np.array([role for _, role, _ in rows], np.int8), pa.array(ROLES)),
        np.array([part.exporter for part in own], np.int16),
        np.array([part.importer for part in own], np.int16),
        np.array([part.start_day for part in own], np.int32),
        np.array([part.end_day for part in own], np.int32),
    ]
    return pa.table([pa.array(column) for column in columns], schema=SCHEMA)

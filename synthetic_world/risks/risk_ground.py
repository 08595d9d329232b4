"""What the safeguarding stages ask of the ground: ages, who lives where when, who is in a cell, who knows whom.

`Standing` is made once for a block and read by all stages. Not here: what happens to anybody.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.crimes.cells import EXPORTER, RUNNER
from synthetic_world.model import NOBODY, Flags, Floats, Force, Ground, Ints, Longs, People
from synthetic_world.population.atlas import known_people
from synthetic_world.risks.risk_rows import DAY

YEAR: Final = 365.25
ADULT_DAYS: Final = round(18 * YEAR)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where people of the block stand in a cell, by person; NOBODY and zeros for those in none."""

    cell: Ints  # number of the cell in the block
    is_exporter: Flags
    from_day: Ints
    to_day: Ints
    leader: Ints  # the adult of the cell whom others there know, NOBODY if the block has none
    line: Longs  # what names the cell wherever it is met: its people quote one number


@dataclass(frozen=True, slots=True)
class Standing:
    """A ground with what is worked out of it once."""

    ground: Ground
    adversity: Floats  # what makes life hard, mean 0, spread 1: shared with a person's other latents
    cell: CellPlace
    residents: float  # residents that the block stands for
    first_move: Longs  # by person: where their rows begin in the moves; one entry more than people
    first_tie: Longs  # by person: where theirs begin in tied
    tied: Ints  # the other ends of everybody's ties, person after person

    @property
    def years(self) -> float:
        """Simulated years."""
        return self.ground.world.years

    def age(self, person: npt.NDArray[Any], second: Longs) -> npt.NDArray[np.float64]:
        """Age in years of people at a time."""
        years: npt.NDArray[np.float64] = (second / DAY - self.ground.people.birth_day[person]) / YEAR
        return years

    def in_cell(self, person: npt.NDArray[Any], day: npt.NDArray[Any]) -> Flags:
        """Whether people are in a running cell on a day."""
        cell = self.cell
        is_in: Flags = (
            (cell.cell[person] >= 0) & (cell.from_day[person] <= day) & (day <= cell.to_day[person])
        )
        return is_in

    def residence(self, person: npt.NDArray[Any], day: npt.NDArray[Any]) -> tuple[Ints, Ints]:
        """Force and address at which people live on a day."""
        people = self.ground.people
        force = np.full(len(person), people.block.home.number, dtype=np.int32)
        address = people.address[person]
        row, end = self.first_move[person], self.first_move[person + 1]
        waiting = np.flatnonzero(row < end)
        while len(waiting):
            at = row[waiting]
            waiting = waiting[people.move_day[at] <= day[waiting]]
            at = row[waiting]
            force[waiting], address[waiting] = people.move_force[at], people.move_address[at]
            row[waiting] += 1
            waiting = waiting[row[waiting] < end[waiting]]
        return force, address

    def acquaintances(self, random: np.random.Generator, person: npt.NDArray[Any]) -> Ints:
        """For each person somebody tied to them, NOBODY for those without ties."""
        start, count = self.first_tie[person], self.first_tie[person + 1] - self.first_tie[person]
        at = start + (random.random(len(person)) * count).astype(np.int64)
        found = self.tied[np.minimum(at, max(len(self.tied) - 1, 0))] if len(self.tied) else person
        return np.where(count > 0, found, NOBODY).astype(np.int32)


def standing(ground: Ground, cells: pa.Table) -> Standing:
    """The standing of a block."""
    people, ties = ground.people, ground.ties
    ends = np.concatenate([ties.a, ties.b])
    return Standing(
        ground,
        _adversity(people),
        _cells(len(people), cells),
        residents_of(ground),
        _starts(people.move_person, len(people)),
        _starts(ends, len(people)),
        np.concatenate([ties.b, ties.a])[np.argsort(ends, kind="stable")],
    )


def _adversity(people: People) -> Floats:
    log = np.log(np.maximum(people.vulnerability, 1e-4))
    standard: Floats = ((log - log.mean()) / max(float(log.std()), 1e-6)).astype(np.float32)
    return standard


def _starts(person: Ints, n: int) -> Longs:
    """Where each person's entries begin once they are in order of person, and where the last one's end."""
    return np.concatenate([[0], np.cumsum(np.bincount(person, minlength=n))]).astype(np.int64)


def residents_of(ground: Ground) -> float:
    """Residents that a block stands for: its people are those who come to notice."""
    home = ground.block.home
    return len(ground.people) * home.population / max(known_people(ground.world, home), 1)


def forces_of(ground: Ground) -> dict[int, Force]:
    """The forces a block touches, by number."""
    return {number: places.force for number, places in ground.places.items()}


def other_force(ground: Ground) -> int:
    """Number of the other force of a pool, NOBODY for natives."""
    return ground.block.other.number if ground.block.other else NOBODY


def _cells(n: int, cells: pa.Table) -> CellPlace:
    cell = np.full(n, NOBODY, dtype=np.int32)
    from_day, to_day = (np.zeros(n, dtype=np.int32) for _ in range(2))
    is_exporter, leader, line = np.zeros(n, bool), np.full(n, NOBODY, np.int32), np.zeros(n, np.int64)
    if len(cells):
        person, cell_id = cells["person"].to_numpy(), cells["cell_id"].to_numpy()
        _, number = np.unique(cell_id, return_inverse=True)
        role = cells["role"].combine_chunks().indices.to_numpy()
        lead = np.full(number.max() + 1, NOBODY, dtype=np.int32)
        for adult in (RUNNER, EXPORTER):
            lead[number[role == adult]] = person[role == adult]
        cell[person], is_exporter[person], leader[person] = number, role == EXPORTER, lead[number]
        from_day[person], to_day[person] = cells["start_day"].to_numpy(), cells["end_day"].to_numpy()
        line[person] = cell_id
    return CellPlace(cell, is_exporter, from_day, to_day, leader, line)


def chosen(random: np.random.Generator, shares: tuple[float, ...], n: int) -> npt.NDArray[np.int8]:
    """`n` draws of a code by shares, which need not sum to one."""
    bounds = np.cumsum(shares, dtype=np.float64)
    return np.searchsorted(bounds[:-1] / bounds[-1], random.random(n), side="right").astype(np.int8)


def kinds_of(events: pa.Table) -> tuple[tuple[str, ...], npt.NDArray[Any]]:
    """The kinds of events: the words, and the word of each event."""
    column = events["kind"].combine_chunks()
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return tuple(coded.dictionary.to_pylist()), coded.indices.to_numpy(zero_copy_only=False)


def logistic(odds: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """The chance that belongs to log odds."""
    chance: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return chance


def band(
    values: npt.NDArray[Any], starts: tuple[float, ...], by_band: tuple[float, ...]
) -> npt.NDArray[np.float64]:
    """Step function: the value of the last band that began; 0 before the first."""
    at = np.searchsorted(np.asarray(starts), values, side="right")
    steps: npt.NDArray[np.float64] = np.concatenate([[0.0], by_band])[at]
    return steps


def towns_of(ground: Ground) -> tuple[dict[int, int], pa.Array, pa.Array]:
    """All towns of the block's forces below each other: where each force's begin, their names, their authorities."""
    start, names = dict[int, int](), list[str]()
    for number, places in sorted(ground.places.items()):
        start[number] = len(names)
        names += places.towns
    return start, pa.array(names, pa.string()), pa.array([f"{name} Council" for name in names], pa.string())


def address_texts(
    standing: Standing, force: npt.NDArray[Any], address: npt.NDArray[Any]
) -> tuple[pa.Array, pa.Array]:
    """Address lines and postcodes of addresses in any force of the block; empty where the address is NOBODY."""
    lines, codes, rows = [], [], []
    for number, places in standing.ground.places.items():
        mine = np.flatnonzero((force == number) & (address >= 0))
        index = pa.array(address[mine])
        lines.append(places.address_line.take(index))
        codes.append(places.address_postcode.take(index))
        rows.append(mine)
    found = np.concatenate(rows)
    place = np.full(len(force), NOBODY, dtype=np.int64)
    place[found] = np.arange(len(found))
    index = pa.array(place, mask=place < 0)
    return pa.concat_arrays(lines).take(index), pa.concat_arrays(codes).take(index)

"""Where looked-after children are placed: one row a placement, a new one with every move, ended at eighteen.

Not here: who is looked after (people), episodes of going missing from there (missing).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.model import NOBODY, Ints, Longs, stream
from synthetic_world.rates import Rates
from synthetic_world.risks.risk_ground import ADULT_DAYS, Standing, chosen, towns_of
from synthetic_world.risks.risk_rows import DAY, NO_DAY, Book, Coded, Columns, picked, stacked

HOMES: Final = ("residential_care", "foster_care", "supported_housing", "secure")


@dataclass(frozen=True, slots=True)
class PlacedAt:
    """Where people were placed at a time; `row` NOBODY for those who were not."""

    row: Ints
    home: Ints  # index into Placements.refs
    home_type: Ints  # index into HOMES
    placing: Ints  # index into the authorities of the block
    host: Ints


@dataclass(frozen=True, slots=True)
class Placements:
    """All placements of a block in order of person and day."""

    person: Ints
    from_day: Ints
    to_day: Ints
    home: Ints
    home_type: Ints
    placing: Ints
    host: Ints
    force: Ints
    refs: pa.Array  # names of homes, as all forces write them

    def at(self, person: Ints, day: npt.NDArray[Any]) -> PlacedAt:
        """The placement of each person on a day."""
        if not len(self.person):
            nothing = np.full(len(person), NOBODY, dtype=np.int32)
            return PlacedAt(nothing, nothing, np.zeros_like(nothing), nothing, nothing)
        key = (self.person.astype(np.int64) << 24) + self.from_day
        row = np.searchsorted(key, (person.astype(np.int64) << 24) + day, side="right") - 1
        row = np.maximum(row, 0)
        is_there = (self.person[row] == person) & (self.from_day[row] <= day) & (day <= self.to_day[row])
        found = np.where(is_there, row, NOBODY).astype(np.int32)
        return PlacedAt(found, self.home[row], self.home_type[row], self.placing[row], self.host[row])


def make_placements(standing: Standing, book: Book, r: Rates) -> Placements:
    """Place every looked-after child of a block and enter the records in the book."""
    ground = standing.ground
    random = stream(ground.world.seed, "placements", ground.block.key)
    made = _placed(standing, r, random)
    _write(standing, book, r, random, made)
    return made


def _placed(standing: Standing, r: Rates, random: np.random.Generator) -> Placements:
    people, world = standing.ground.people, standing.ground.world
    children = np.flatnonzero(people.is_looked_after).astype(np.int32)
    since = np.maximum(
        world.start - random.integers(30, 900, size=len(children)), people.birth_day[children] + 30
    )
    moved = people.is_looked_after[people.move_person]
    person = np.concatenate([children, people.move_person[moved]])
    from_day = np.concatenate([since, people.move_day[moved]])
    force = np.concatenate(
        [np.full(len(children), people.block.home.number, dtype=np.int32), people.move_force[moved]]
    )
    address = np.concatenate([people.address[children], people.move_address[moved]])
    last = people.birth_day[person] + ADULT_DAYS - 1
    kept = from_day < last
    person, from_day, force, address, last = (one[kept] for one in (person, from_day, force, address, last))
    order = np.lexsort((from_day, person))
    person, from_day, force, address, last = (one[order] for one in (person, from_day, force, address, last))
    to_day = last.copy()
    same = person[1:] == person[:-1]
    to_day[:-1][same] = np.minimum(last[:-1][same], from_day[1:][same] - 1)
    home, home_type, refs = _homes(standing, r, random, force, address, len(person))
    start, names, _ = towns_of(standing.ground)
    host = _town(standing, force, address, start)
    elsewhere = random.random(len(person)) < r.number("placement_out_of_area")
    placing = np.where(elsewhere, random.integers(max(len(names), 1), size=len(person)), host).astype(
        np.int32
    )
    return Placements(person, from_day, to_day, home, home_type, placing, host, force, refs)


def _homes(
    standing: Standing, r: Rates, random: np.random.Generator, force: Ints, address: Ints, n: int
) -> tuple[Ints, Ints, pa.Array]:
    """The home of each placement: the care home at that address, else one drawn, or a foster family."""
    kind = chosen(random, r.numbers("placement_type"), n).astype(np.int32)
    refs, home = list[str](), np.full(n, NOBODY, dtype=np.int32)
    for number, places in sorted(standing.ground.places.items()):
        mine, n_homes = force == number, len(places.care_homes)
        order = np.argsort(places.care_homes)
        at = np.searchsorted(places.care_homes[order], address[mine])
        at = order[np.minimum(at, n_homes - 1)]
        is_home = places.care_homes[at] == address[mine]
        drawn = np.where(is_home, at, random.integers(n_homes, size=len(at)))
        kind[mine] = np.where(is_home & (kind[mine] == 1), 0, kind[mine])
        home[mine] = len(refs) + drawn
        refs += places.care_home_refs
    families = np.flatnonzero(kind == 1)
    home[families] = len(refs) + np.arange(len(families))
    block = standing.ground.block.number
    refs += [f"FF{block:05d}{number:05d}" for number in range(len(families))]
    return home, kind, pa.array(refs, pa.string())


def _town(standing: Standing, force: Ints, address: Ints, start: dict[int, int]) -> Ints:
    town = np.zeros(len(force), dtype=np.int32)
    for number, places in standing.ground.places.items():
        mine = force == number
        town[mine] = start[number] + places.town[places.address_lsoa[address[mine]]]
    return town


def _write(standing: Standing, book: Book, r: Rates, random: np.random.Generator, made: Placements) -> None:
    n, world = len(made.person), standing.ground.world
    entered = _seconds(made.from_day, r, random)
    left = _seconds(made.to_day, r, random)
    held = np.where(made.home_type == 0, 1.0, 1 / 3) * r.number("placement_form_held")
    authorities = towns_of(standing.ground)[2]
    first: Columns = {
        "key": book.keys("placement", n), "version": np.zeros(n, np.int16), "recorded_at": entered,
        "occurred_from": made.from_day.astype(np.int64) * DAY, "person_uid": book.uid(made.person),
        "home_ref": Coded(made.refs, made.home), "home_type": Coded(HOMES, made.home_type),
        "placing_authority": Coded(authorities, made.placing), "host_authority": Coded(authorities, made.host),
        "ended_at": np.full(n, NO_DAY), "holds_philomena": random.random(n) < held,
    }  # fmt: skip
    ended = made.to_day <= world.horizon
    after: Columns = {
        **first, "version": np.ones(n, np.int16), "recorded_at": np.maximum(left, entered + 60),
        "ended_at": made.to_day,
    }  # fmt: skip
    _, columns = stacked([(n, first), (int(ended.sum()), picked(after, ended))])
    book.add("placement", np.concatenate([made.force, made.force[ended]]), columns)


def _seconds(day: Ints, r: Rates, random: np.random.Generator) -> Longs:
    """When a change of that day was entered: in working hours, some days later."""
    later = r.number("placement_entry_days") * random.standard_exponential(len(day))
    seconds: Longs = (day.astype(np.int64) + later.astype(np.int64)) * DAY + random.integers(
        8 * 3600, 18 * 3600, len(day)
    )
    return seconds

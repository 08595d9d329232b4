"""Everybody whom one force may write down: the people of all blocks that touch it, and every address they have had.

The truth about them, in arrays with one entry a person, in order of uid. Not here: what is written about them
(mentions), with which errors (noise).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from synthetic_world.draws import Draws
from synthetic_world.model import NOBODY, Codes, Flags, Floats, Ground, Ints, Longs, People, Places
from synthetic_world.rates import rates
from synthetic_world.records import pnc
from synthetic_world.records.lookup import Lookup

MONDAY_SHIFT: Final = 40_000  # days added so that a day before 1970 is still a positive number
_DAY_BITS: Final = 18


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The addresses of several forces under one numbering."""

    base: Mapping[int, int]  # number of the force to the place of its first address
    size: Mapping[int, int]
    line: pa.Array
    postcode: pa.Array

    @classmethod
    def of(cls, places: Mapping[int, Places]) -> "Gazetteer":
        """All addresses, force after force in order of number."""
        base, size, start = {}, {}, 0
        for number in sorted(places):
            base[number], size[number] = start, len(places[number].address_line)
            start += size[number]
        lines = [places[number].address_line for number in sorted(places)]
        codes = [places[number].address_postcode for number in sorted(places)]
        return cls(base, size, pa.concat_arrays(lines), pa.concat_arrays(codes))


@dataclass(frozen=True, slots=True)
class Roll:
    """The people of one force's files."""

    seed: int
    uid: Longs  # ascending
    by_uid: Lookup = field(repr=False)
    household: Longs
    sex: Codes  # index into model.SEXES
    birth_day: Ints
    ethnicity: Codes
    culture: Codes
    forename: Ints  # words: index into the forenames; surnames follow on
    middle: Ints
    surname: Ints
    former: Ints
    phone: Longs
    twin: Ints  # places on this roll
    sibling: Ints  # somebody of the same household, sex and generation
    offending: Floats
    address: Ints  # where they live at the start: place in the gazetteer
    earlier: Ints  # where they lived before that
    move_key: Longs  # person and day in one number, ascending
    move_address: Ints
    gazetteer: Gazetteer
    police_number: Longs = field(repr=False)  # pnc.NONE for those who never get one
    number_from: Longs = field(repr=False)  # second from which they have it

    def __len__(self) -> int:
        """How many."""
        return len(self.uid)

    def places_of(self, uid: Longs) -> Ints:
        """Where these people stand on the roll; NOBODY for one who does not."""
        return self.by_uid.places(uid)

    def address_on(self, person: Ints, day: Ints) -> tuple[Ints, Ints, Longs]:
        """Address on a day, the one before it, and the day of the move between them (a very early one if none)."""
        wanted = move_key(person, day)
        place = np.searchsorted(self.move_key, wanted, side="right") - 1
        now, has_moved = self._moved_to(person, place, self.address[person])
        before, _ = self._moved_to(person, place - 1, self.address[person])
        since = (
            np.where(has_moved, self.move_key[np.maximum(place, 0)] % (1 << _DAY_BITS), 0)
            if len(self.move_key)
            else np.zeros(len(person), np.int64)
        )
        return now, np.where(has_moved, before, self.earlier[person]), since - MONDAY_SHIFT

    def _moved_to(self, person: Ints, place: npt.NDArray[Any], otherwise: Ints) -> tuple[Ints, Flags]:
        if not len(self.move_key):
            return otherwise, np.zeros(len(person), bool)
        safe = np.maximum(place, 0)
        is_own = (place >= 0) & (self.move_key[safe] >> _DAY_BITS == person)
        return np.where(is_own, self.move_address[safe], otherwise).astype(np.int32), is_own


def move_key(person: npt.NDArray[Any], day: npt.NDArray[Any]) -> Longs:
    """Person and day as one number that sorts by both."""
    return (person.astype(np.int64) << _DAY_BITS) + (day.astype(np.int64) + MONDAY_SHIFT)


def make_roll(
    grounds: Sequence[Ground], n_forenames: int, ranks: Mapping[int, int], custody: Mapping[int, Longs]
) -> Roll:
    """The roll of a force. ranks: by block, how many people stand before it in the whole atlas.

    custody: by block, two rows: the uids of those ever in custody in any force, and the second of the first time.
    """
    grounds = sorted(grounds, key=lambda ground: ground.block.number)
    everybody = [ground.people for ground in grounds]
    gazetteer = Gazetteer.of({number: one for ground in grounds for number, one in ground.places.items()})
    starts = np.cumsum([0, *(len(people) for people in everybody)])
    uid = np.concatenate([people.uid for people in everybody])
    seed = grounds[0].world.seed
    household = np.concatenate([(p.uid & ~np.int64(0xFFFFFFFF)) + p.household for p in everybody])
    sex, birth_day = _all(everybody, "sex"), _all(everybody, "birth_day")
    offending = _all(everybody, "offending")
    address = np.concatenate([p.address + gazetteer.base[p.block.home.number] for p in everybody])
    numbers, since = _police_numbers(
        seed, everybody, offending, birth_day, ranks, custody, grounds[0].world.start
    )
    moves = _moves(everybody, starts, gazetteer)
    return Roll(
        seed=seed,
        uid=uid,
        by_uid=Lookup.of(uid),
        household=household,
        sex=sex,
        birth_day=birth_day,
        ethnicity=_all(everybody, "ethnicity"),
        culture=_all(everybody, "culture"),
        forename=_all(everybody, "forename"),
        middle=_all(everybody, "middle"),
        surname=_surnames(_all(everybody, "surname"), n_forenames),
        former=_surnames(_all(everybody, "former_surname"), n_forenames),
        phone=_all(everybody, "phone"),
        twin=_shifted([p.twin_of for p in everybody], starts),
        sibling=_siblings(household, sex, birth_day),
        offending=offending,
        address=address.astype(np.int32),
        earlier=_earlier(seed, uid, everybody, gazetteer),
        move_key=moves[0],
        move_address=moves[1],
        gazetteer=gazetteer,
        police_number=numbers,
        number_from=since,
    )


def _all(everybody: Sequence[People], name: str) -> Any:
    return np.concatenate([getattr(people, name) for people in everybody])


def _surnames(words: Ints, n_forenames: int) -> Ints:
    return np.where(words == NOBODY, NOBODY, words + n_forenames).astype(np.int32)


def _shifted(parts: Sequence[Ints], starts: npt.NDArray[Any]) -> Ints:
    moved = [
        np.where(part == NOBODY, NOBODY, part + start) for part, start in zip(parts, starts, strict=False)
    ]
    return np.concatenate(moved).astype(np.int32)


def _siblings(household: Longs, sex: Codes, birth_day: Ints) -> Ints:
    """The next of the same household and sex, at most fifteen years apart; households are short runs after sorting."""
    order = np.lexsort((birth_day, sex, household))
    near = (
        (household[order[:-1]] == household[order[1:]])
        & (sex[order[:-1]] == sex[order[1:]])
        & (birth_day[order[1:]] - birth_day[order[:-1]] < 15 * 365)
    )
    found = np.full(len(household), NOBODY, dtype=np.int32)
    found[order[1:][near]] = order[:-1][near]
    found[order[:-1][near]] = order[1:][near]
    return found


def _earlier(seed: int, uid: Longs, everybody: Sequence[People], gazetteer: Gazetteer) -> Ints:
    """An address of the home force for each, where they are taken to have lived before the history begins."""
    draw = Draws.of(seed, "earlier", uid)
    home = np.repeat([p.block.home.number for p in everybody], [len(p) for p in everybody])
    found = np.zeros(len(uid), dtype=np.int32)
    for number in np.unique(home):
        at = home == number
        found[at] = gazetteer.base[int(number)] + draw.take(at).whole("place", gazetteer.size[int(number)])
    return found


def _moves(everybody: Sequence[People], starts: npt.NDArray[Any], gazetteer: Gazetteer) -> tuple[Longs, Ints]:
    base = np.zeros(1 + max(gazetteer.base), dtype=np.int64)
    for number, place in gazetteer.base.items():
        base[number] = place
    person = np.concatenate([p.move_person + s for p, s in zip(everybody, starts, strict=False)])
    key = move_key(person, _all(everybody, "move_day"))
    force = _all(everybody, "move_force")
    address = base[force] + _all(everybody, "move_address")
    order = np.argsort(key, kind="stable")
    return key[order], address[order].astype(np.int32)


def _police_numbers(
    seed: int,
    everybody: Sequence[People],
    offending: Floats,
    birth_day: Ints,
    ranks: Mapping[int, int],
    custody: Mapping[int, Longs],
    start: int,
) -> tuple[Longs, Longs]:
    """Who has a police number and from when: adults with a past, and everybody who has been in custody."""
    least, most = rates("noise").numbers("has_pnc")
    uid = np.concatenate([p.uid for p in everybody])
    draw = Draws.of(seed, "police number", uid)
    share = least + (most - least) * np.minimum(offending / np.float32(3.0), 1.0)
    of_age = birth_day + 18 * 365
    has_past = (draw.chance("past") < share) & (of_age < start)
    first = np.where(has_past, np.iinfo(np.int64).min, np.iinfo(np.int64).max)
    for block_custody in custody.values():
        place = np.searchsorted(uid, block_custody[0])
        first[place] = np.minimum(first[place], block_custody[1])
    span = np.maximum(start - of_age, 1).astype(np.float32)
    past_day = of_age - 4 * 365 + (draw.chance("year") * np.minimum(span, 8 * 365)).astype(np.int32)
    known_day = np.where(has_past, past_day, np.where(first < np.iinfo(np.int64).max, first // 86_400, 0))
    year = np.clip(1970 + known_day // 365.25, 1975, 2026)
    rank = np.concatenate([np.arange(len(p)) + ranks[p.block.number] for p in everybody])
    has_number = first < np.iinfo(np.int64).max
    return np.where(has_number, pnc.number_of(year, rank), pnc.NONE), first

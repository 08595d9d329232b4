"""Where people are and where things happen: addresses over time, LSOAs reached from home, people to be met there.

Distances follow `1 / (1 + d / 2 km) ** 2` (C3.6). Not here: towns, addresses and moves themselves (places, people).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.crimes.cells import age_on
from synthetic_world.crimes.chances import Groups, happens
from synthetic_world.crimes.event_times import DAY
from synthetic_world.model import Floats, Ground, Longs, People, Places, stream
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

KM_PER_DEGREE: Final = 111.2
_TRIPS: Final = 256  # destinations kept for each LSOA
_AT_ONCE: Final = 512
_MOST_KEPT: Final = 24
_KEPT: dict[tuple[object, ...], tuple[Whole, Whole]] = {}


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """One force's ground for events."""

    places: Places
    first: Whole  # by LSOA: where its addresses begin in `addresses`
    count: Whole
    addresses: Whole  # in order of LSOA
    trips: Whole  # LSOA by draw: where people from there offend
    evening: Whole  # the same, drawn to where the night is
    people: Groups  # people of the block met in an LSOA, as victims of ordinary crime

    def address_in(self, random: np.random.Generator, lsoa: Whole) -> Whole:
        """An address in each LSOA."""
        place = (random.random(len(lsoa)) * self.count[lsoa]).astype(np.int32)
        return np.asarray(self.addresses[np.minimum(self.first[lsoa] + place, len(self.addresses) - 1)])

    def trip(self, random: np.random.Generator, home: Whole, is_night: npt.NDArray[np.bool_]) -> Whole:
        """Where somebody who lives there goes."""
        draw = random.integers(0, _TRIPS, size=len(home), dtype=np.uint16)
        return np.where(is_night, self.evening[home, draw], self.trips[home, draw])


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A block's people on its ground."""

    ground: Ground
    around: Mapping[int, Neighbourhood]  # by number of force
    first_move: Whole  # by person: where their moves begin
    n_moves: Whole

    @classmethod
    def of(cls, ground: Ground) -> "Whereabouts":
        """Ready to be asked."""
        people = ground.people
        n_moves = np.bincount(people.move_person, minlength=len(people)).astype(np.int32)
        around = {number: _neighbourhood(ground, places) for number, places in ground.places.items()}
        return cls(ground, around, (np.cumsum(n_moves) - n_moves).astype(np.int32), n_moves)

    def home(self, person: Whole, second: Longs) -> tuple[Whole, Whole]:
        """Number of force and address where each person lives at that moment; the person must be somebody."""
        people = self.ground.people
        force = np.full(len(person), people.block.home.number, np.int16)
        address = people.address[person]
        day = second // DAY
        rows, turn = np.flatnonzero(self.n_moves[person] > 0), 0
        while len(rows):
            move = self.first_move[person[rows]] + turn
            rows = rows[people.move_day[move] <= day[rows]]
            move = self.first_move[person[rows]] + turn
            force[rows] = people.move_force[move]
            address[rows] = people.move_address[move]
            turn += 1
            rows = rows[self.n_moves[person[rows]] > turn]
        return force, address

    def lsoa(self, force: Whole, address: Whole) -> Whole:
        """LSOA of each address."""
        found = np.zeros(len(address), np.int32)
        for number, around in self.around.items():
            own = force == number
            found[own] = around.places.address_lsoa[address[own]]
        return found

    def goes_out(
        self,
        random: np.random.Generator,
        force: Whole,
        address: Whole,
        is_night: npt.NDArray[np.bool_],
    ) -> tuple[Whole, Whole]:
        """Force and LSOA where each offends who lives there: mostly near home, in pools often over the border."""
        home, other = self.ground.block.home, self.ground.block.other
        lsoa = self.lsoa(force, address)
        n, where = len(force), force.copy()
        if other is not None:
            is_over = happens(random, rates("harm").number("over_the_border"), n)
            where[is_over] = np.where(force[is_over] == home.number, other.number, home.number)
        for number, around in self.around.items():
            own = np.flatnonzero(where == number)
            start = np.where(
                force[own] == number, lsoa[own], random.integers(0, len(around.count), size=len(own))
            ).astype(np.int32)
            lsoa[own] = around.trip(random, start, is_night[own])
        return where, lsoa

    def address_in(self, random: np.random.Generator, force: Whole, lsoa: Whole) -> Whole:
        """An address in each LSOA."""
        found = np.zeros(len(lsoa), np.int32)
        for number, around in self.around.items():
            own = np.flatnonzero(force == number)
            found[own] = around.address_in(random, lsoa[own])
        return found

    def met(self, random: np.random.Generator, force: Whole, lsoa: Whole) -> Whole:
        """A person met in each LSOA."""
        found = np.full(len(lsoa), -1, np.int32)
        for number, around in self.around.items():
            own = np.flatnonzero(force == number)
            found[own] = around.people.draw(random, lsoa[own])
        return found


def _neighbourhood(ground: Ground, places: Places) -> Neighbourhood:
    n = len(places.lsoa_codes)
    order = np.argsort(places.address_lsoa, kind="stable").astype(np.int32)
    count = np.bincount(places.address_lsoa, minlength=n).astype(np.int32)
    age = np.maximum(age_on(ground.people, (ground.world.start + ground.world.end) // 2), 0)
    trips, evening = _journeys(ground.world.seed, places, count)
    return Neighbourhood(
        places=places,
        first=(np.cumsum(count) - count).astype(np.int32),
        count=np.maximum(count, 1),
        addresses=order,
        trips=trips,
        evening=evening,
        people=_met(ground.people, age, places, n),
    )


def _journeys(seed: int, places: Places, count: Whole) -> tuple[Whole, Whole]:
    """Destinations by day and by night. Those of the last forces asked for are kept: many blocks touch one force."""
    pulls = tuple(rates("harm").number(name) for name in ("deprivation_pull", "night_time_pull", "trip_km"))
    key = (seed, places.force.force_code, len(count), int(places.address_lsoa.sum()), pulls)
    if key not in _KEPT:
        random = stream(seed, "trips", places.force.force_code)
        usual = np.exp(rates("harm").number("deprivation_pull") * places.deprivation) * np.maximum(count, 0.1)
        night = usual.copy()
        night[places.night_time] *= rates("harm").number("night_time_pull")
        made = _trips(random, places, usual), _trips(random, places, night)
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[key] = made
    return _KEPT[key]


def _trips(random: np.random.Generator, places: Places, pull: npt.NDArray[np.float64]) -> Whole:
    """Destinations of each LSOA, drawn by pull and distance."""
    n, near = len(pull), rates("harm").number("trip_km")
    east = places.longitude.astype(np.float64) * KM_PER_DEGREE * np.cos(np.radians(places.latitude.mean()))
    north = places.latitude.astype(np.float64) * KM_PER_DEGREE
    trips = np.empty((n, _TRIPS), np.int32)
    for low in range(0, n, _AT_ONCE):
        own = slice(low, min(low + _AT_ONCE, n))
        apart = np.hypot(east[own, None] - east[None, :], north[own, None] - north[None, :])
        total = np.cumsum(pull[None, :] / (1 + apart / near) ** 2, axis=1)
        total /= total[:, -1:]
        rows = np.arange(len(total))[:, None]
        at = (np.arange(_TRIPS) + random.random((len(total), 1))) / _TRIPS
        flat = np.searchsorted((total + rows).ravel(), (at + rows).ravel(), side="right")
        trips[own] = np.minimum(flat.reshape(at.shape) - rows * n, n - 1)
    return trips


def _met(people: People, age: Whole, places: Places, n_lsoas: int) -> Groups:
    """Who lives in an LSOA of the force: at the start, or by the last move they make into it."""
    address = np.full(len(people), -1, np.int32)
    if people.block.home.number == places.force.number:
        address[:] = people.address
    into = people.move_force == places.force.number
    address[people.move_person[into]] = people.move_address[into]
    lives = np.flatnonzero(address >= 0)
    weight: Floats = np.zeros(len(people), np.float32)
    r = rates("harm")
    by_age = np.array(r.numbers("met_by_age"))[np.searchsorted(r.numbers("met_ages"), age, side="right") - 1]
    weight[lives] = (np.minimum(people.vulnerability, r.number("vulnerability_most")) * by_age)[lives]
    lsoa = np.zeros(len(people), np.int32)
    lsoa[lives] = places.address_lsoa[address[lives]]
    return Groups.of(lsoa, weight, n_lsoas)

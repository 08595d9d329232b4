"""How one mention fares: which errors it suffers, given its quality and the habits of the unit that writes it (C5).

Errors come together: quality and habit scale every rate with mean one, so that a rate is obtained as asked while
some records are bad all through. Not here: what an error does to a name, a birthday or an address (noise, birthdays).
"""

from dataclasses import dataclass
from enum import IntFlag
from typing import Final

import numpy as np

from synthetic_world.draws import Draws
from synthetic_world.model import Codes, Flags, Floats, Ints
from synthetic_world.rates import Rates, rates

SOURCES: Final = ("custody", "suspect", "victim", "missing", "intel")
SMALL: Final = 0.2  # rates up to here are scaled outright; larger ones bend, so that none leaves 0 to 1
CAREFUL: Final = 0.25  # scale of every rate in a seeded scenario, which has to be found


class Errors(IntFlag):
    """What went wrong when a mention was written."""

    FORENAME_TYPO = 1
    FORENAME_NICKNAME = 2
    FORENAME_INITIAL = 4
    SURNAME_TYPO = 8
    SURNAME_VARIANT = 16
    SURNAME_FORMER = 32
    NAMES_SWAPPED = 64
    MIDDLE_FIRST = 128
    BIRTH_MISSING = 256
    BIRTH_DAY_MONTH = 512
    BIRTH_DIGIT = 1024
    BIRTH_YEAR = 2048
    BIRTH_FIRST_JANUARY = 4096
    ADDRESS_OLD = 8192
    ADDRESS_MISSING = 16384
    ADDRESS_NONE_FIXED = 32768
    ALIAS = 65536
    SIBLING = 131072
    PNC_MISSING = 262144
    PNC_WRONG = 524288
    SEX_WRONG = 1048576
    ETHNICITY_UNKNOWN = 2097152


@dataclass(frozen=True, slots=True)
class Luck:
    """How one set of mentions fares. `errors` gathers what went wrong."""

    draw: Draws
    source: Codes
    scale: Floats  # quality of the mention times habit of its unit, mean one
    numbers: Rates
    errors: Ints

    @classmethod
    def of(cls, seed: int, draw: Draws, source: Codes, habit: str, is_careful: Flags) -> "Luck":
        """The luck of mentions that units of the force `habit` write."""
        numbers = rates("noise")
        scale = np.where(is_careful, np.float32(CAREFUL), _scale(seed, draw, habit, numbers))
        return cls(draw, source, scale.astype(np.float32), numbers, np.zeros(len(source), np.int32))

    def fails(self, error: Errors) -> Flags:
        """Where the error is made."""
        return self.one_of((error,), str(error.name))[0]

    def one_of(self, errors: tuple[Errors, ...], name: str) -> list[Flags]:
        """Where each of several errors is made that exclude each other: one draw, called `name`."""
        u, start, found = self.draw.chance(name), np.zeros(len(self.scale), np.float32), []
        for error in errors:
            end = start + self.rate(str(error.name).lower())
            found.append((u >= start) & (u < end))
            start = end
        return found

    def note(self, error: Errors, at: Flags) -> None:
        """Remember where an error really took effect."""
        self.errors[at] |= np.int32(error)

    def misses(self, what: str) -> Flags:
        """Where something is simply not written down."""
        missed: Flags = self.draw.chance(what) < self.rate(what)
        return missed

    def rate(self, key: str) -> Floats:
        """The rate of an error for each mention: as asked on average, whatever the quality."""
        asked = np.array(self.numbers.numbers(key), dtype=np.float32)
        slope = np.where(asked <= SMALL, asked, np.minimum(asked, 1 - asked) / 3)
        rate: Floats = np.clip(asked[self.source] + (self.scale - 1) * slope[self.source], 0, 1)
        return rate.astype(np.float32)


def _scale(seed: int, draw: Draws, habit: str, numbers: Rates) -> Floats:
    """Quality, Beta(1, 3) over its mean, times the habit of the unit, lognormal with mean one."""
    quality = 4 * (1 - np.cbrt(1 - draw.chance("quality")))
    n_units, spread = int(numbers.number("n_units")), numbers.number("unit_spread")
    own = Draws.of(seed, f"habits of {habit}", np.arange(n_units))
    normal = np.sqrt(-2 * np.log(1 - own.chance("radius"))) * np.cos(2 * np.pi * own.chance("angle"))
    units = np.exp(spread * normal - spread**2 / 2)
    return (quality * (units / units.mean())[draw.whole("unit", n_units)]).astype(np.float32)

"""People with a recorded crime against women and girls, looked at on three days: what was known, hidden, and followed.

One row a person and day, kept in the answer book, so that the gates on scores can be judged once the world is made. Not
here: fitting and judging scores (scorer).
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from synthetic_world.crimes.event_times import DAY
from synthetic_world.gates.hidden_risk import expected_harm
from synthetic_world.gates.suspects import Suspects, suspects_of
from synthetic_world.model import NOBODY, UID_BITS, Flags, Ground, Happening, Longs, World
from synthetic_world.rates import rates
from synthetic_world.records.mentions import longs

BACK: Final = 730  # days that count
AHEAD: Final = 365  # days in which serious harm may follow
MATURE: Final = 60  # days after that by which it is taken to be known
LOOKS: Final = 3  # cohorts, a year apart
FEATURES: Final = (
    "sexual_ever", "any_ever", "any", "vawg", "serious", "hurt_ever", "stalking", "quarrels", "recent_90", "recent_365",
)  # fmt: skip
_SERIOUS: Final = 2  # tiers from here on
_QUARREL_DAYS: Final = 120

Numbers = npt.NDArray[np.float64]


def days_of(world: World) -> list[int]:
    """The days looked from, latest first, those with a year of history before them at least."""
    days = [world.end - MATURE - AHEAD * (back + 1) for back in range(LOOKS)]
    return [day for day in days if day - 365 >= world.start]


def cohort_table(
    world: World, ground: Ground, happening: Happening, found: Suspects | None = None
) -> pa.Table:
    """The rows of one block."""
    found = found or suspects_of(ground, happening)
    tables = [_on_day(world, ground, happening, found, day) for day in days_of(world)]
    return pa.concat_tables(tables) if tables else pa.table({})


def _on_day(world: World, ground: Ground, happening: Happening, found: Suspects, day: int) -> pa.Table:
    n, at = len(ground.people), day * DAY
    known = (found.known < at) & (found.occurred < at)
    is_new = known & (found.occurred >= at - BACK * DAY)
    count = _Counts(found.person, n)
    people = np.flatnonzero(count(is_new & found.is_vawg))
    quarrels = _quarrels(ground, happening, at)
    last = np.full(n, -1e9)
    np.maximum.at(
        last, found.person[known & found.is_vawg], found.occurred[known & found.is_vawg].astype(float)
    )
    ago = (at - last) / DAY
    features = (
        count(known & found.is_sexual), count(known), count(is_new), count(is_new & found.is_vawg),
        count(is_new & found.is_vawg & (found.tier >= _SERIOUS)), count(known & found.is_vawg & (found.tier == 1)),
        count(is_new & found.is_stalking), quarrels, np.exp(-ago / 90), np.exp(-ago / 365),
    )  # fmt: skip
    columns = {name: one[people].astype(np.float32) for name, one in zip(FEATURES, features, strict=True)}
    return pa.table(
        {
            "person_uid": ground.people.uid[people],
            "day": np.full(len(people), day, np.int32),
            "is_serious": _serious(ground, happening, found, at)[people],
            "hidden": expected_harm(world, happening.truth, people, day, AHEAD),
            "points": _points(found, is_new & found.is_vawg, ago, quarrels, n)[people].astype(np.float32),
            **columns,
        }
    )


class _Counts:
    """Counts entries by person."""

    def __init__(self, person: npt.NDArray[Any], n: int) -> None:
        self.person, self.n = person, n

    def __call__(self, which: Flags, weight: Numbers | None = None) -> Numbers:
        return np.bincount(
            self.person[which], None if weight is None else weight[which], minlength=self.n
        ).astype(np.float64)


def _quarrels(ground: Ground, happening: Happening, at: int) -> Numbers:
    """Incidents at home that were no crime, of the last weeks, by the person they were about."""
    found = np.zeros(len(ground.people))
    for tables in happening.records.values():
        rows = tables["incident"]
        second, subject = longs(rows["recorded_at"]), longs(rows["subject_uid"])
        own = pc.equal(rows["kind"].cast(pa.string()), "domestic_abuse").to_numpy()
        own = own & (subject != NOBODY) & (second < at) & (second >= at - _QUARREL_DAYS * DAY)
        np.add.at(found, subject[own] & ((1 << UID_BITS) - 1), 1)
    return found


def _serious(ground: Ground, happening: Happening, found: Suspects, at: int) -> Flags:
    """By person: serious harm in the year that follows, recorded, not cancelled, and they were named in it."""
    label = happening.truth.tables["label"]
    second, crime = longs(label["second"]), longs(label["crime_key"])
    stands = label["recorded_at"].is_valid().to_numpy() & label["cancelled_at"].is_null().to_numpy()
    own = np.flatnonzero(stands & (second >= at) & (second < at + AHEAD * DAY))
    person = longs(label["person_uid"])[own] & ((1 << UID_BITS) - 1)
    is_named = np.isin(_pair(person, crime[own]), _pair(found.person, found.crime_key))
    serious = np.zeros(len(ground.people), bool)
    serious[person[is_named]] = True
    return serious


def _pair(person: npt.NDArray[Any], crime: Longs) -> Longs:
    return (person.astype(np.int64) << UID_BITS) + (crime & ((1 << UID_BITS) - 1))


def _points(found: Suspects, which: Flags, ago: Numbers, quarrels: Numbers, n: int) -> Numbers:
    """Recency, frequency, gravity and victims, 0 to 100 (domain reference, 3): the rule that a model has to beat."""
    count = _Counts(found.person, n)
    recency = np.select([ago <= 28, ago <= 90, ago <= 180, ago <= 365, ago <= BACK], [25, 20, 14, 8, 3], 0)
    frequency = 25 * np.minimum(1, np.log1p(count(which) + 0.25 * quarrels) / np.log(13))
    days = np.array(rates("harm").numbers("tier_days"))[found.tier]
    gravity = 30 * np.minimum(1, np.log10(1 + count(which, days)) / 4)
    own = which & (found.victim != NOBODY)
    pairs = np.unique((found.person[own].astype(np.int64) << UID_BITS) + found.victim[own])
    victims = np.bincount(pairs >> UID_BITS, minlength=n)
    return np.asarray(
        recency + frequency + gravity + np.select([victims >= 4, victims == 3, victims == 2], [18, 14, 8], 0)
    )

"""Who goes missing, when and for how long: first episodes by propensity, each of which may set off others.

What is drawn here is what happened. Not here: what the force wrote down about it (missing).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from synthetic_world.model import NOBODY, Flags, Floats, Ints, Longs
from synthetic_world.rates import Rates
from synthetic_world.risks.risk_ground import ADULT_DAYS, YEAR, Standing, band
from synthetic_world.risks.risk_rows import DAY, HOUR, NEVER, picked

Times = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Episodes:
    """Episodes in order of person and time."""

    person: Ints
    seen: Longs  # second last seen
    returned: Longs  # NEVER while missing at the horizon
    is_child: Flags
    in_cell: Flags
    with_row: Ints  # row of the episode of somebody who went missing with them, NOBODY for none

    def __len__(self) -> int:
        """How many."""
        return len(self.person)

    @property
    def place(self) -> Ints:
        """1 for the first episode of a person, 2 for the second, …"""
        begins = np.r_[True, self.person[1:] != self.person[:-1]][: len(self)]
        row = np.arange(len(self))
        return (1 + row - np.maximum.accumulate(np.where(begins, row, 0))).astype(np.int32)


def episodes(standing: Standing, r: Rates, random: np.random.Generator, habit: Floats) -> Episodes:
    """All episodes of a block. `habit`: how readily each person's force records one, about 1."""
    person, day = _first_episodes(standing, r, random, habit)
    person, day = _echoes(standing, r, random, person, day)
    person, day, origin = _together(standing, r, random, person, day)
    hours = np.exp(
        r.number("missing_hours_log_mean")
        + r.number("missing_hours_log_spread") * random.standard_normal(len(person))
    )
    last = r.number("missing_days_most") * DAY
    seconds = np.minimum(np.maximum(hours * HOUR, 900), last).astype(np.int64)
    is_second = (origin != NOBODY) & (origin < np.arange(len(person)))
    seconds = np.where(is_second, seconds[np.maximum(origin, 0)], seconds)  # they come back together
    order = np.lexsort((day, person))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    partner = np.where(origin == NOBODY, NOBODY, rank[np.maximum(origin, 0)])[order]
    person, seen, seconds = person[order], (day[order] * DAY).astype(np.int64), seconds[order]
    return _one_at_a_time(standing, person, seen, seen + seconds, partner)


def _first_episodes(
    standing: Standing, r: Rates, random: np.random.Generator, habit: Floats
) -> tuple[Ints, Times]:
    """Episodes that no earlier one set off, by thinning a constant rate for each person."""
    world, people = standing.ground.world, standing.ground.people
    shorter = (
        r.number("missing_known_share") * standing.residents / max(len(people), 1)
    )  # fewer known, the same calls
    weight = _propensity(standing, r, random) * habit * shorter
    span, found = world.horizon - world.start + 1, []
    for stage, is_able in (
        ("child", people.birth_day + ADULT_DAYS > world.start),
        ("adult", people.birth_day + ADULT_DAYS < world.horizon),
    ):
        rate = r.number(f"missing_{stage}_rate") * r.number(f"missing_{stage}_scale")
        who = np.flatnonzero(is_able)
        person = np.repeat(who, random.poisson(rate * standing.years * weight[who])).astype(np.int32)
        day = world.start + span * random.random(len(person))
        years = (day - people.birth_day[person]) / YEAR
        steps = band(years, r.numbers(f"missing_{stage}_age_from"), r.numbers(f"missing_{stage}_age_weight"))
        steps[(years < 18) != (stage == "child")] = 0
        kept = random.random(len(person)) < steps
        found.append((person[kept], day[kept]))
    person, day = (np.concatenate(parts) for parts in zip(*found, strict=True))
    extra, extra_day = _from_cells(standing, r, random)
    return np.concatenate([person, extra]), np.concatenate([day, extra_day])


def _propensity(standing: Standing, r: Rates, random: np.random.Generator) -> Times:
    """Factor of each person on the rate of their age, of mean one before the reasons that multiply it."""
    people, spread = standing.ground.people, r.number("missing_spread")
    tilt = r.number("missing_adversity")
    log = spread * random.standard_normal(len(people)) + tilt * standing.adversity
    log -= (spread**2 + tilt**2) / 2
    factor = np.exp(log) * np.where(people.is_looked_after, r.number("missing_care_factor"), 1.0)
    factor *= np.where(people.mental_health, r.number("missing_mental_health_factor"), 1.0)
    capped: Times = np.minimum(factor, r.number("missing_factor_most"))
    return capped


def _from_cells(standing: Standing, r: Rates, random: np.random.Generator) -> tuple[Ints, Times]:
    """Further first episodes of those whom a cell uses, while it runs."""
    cell, world = standing.cell, standing.ground.world
    used = np.flatnonzero((cell.cell >= 0) & ~cell.is_exporter)
    start = np.maximum(cell.from_day[used], world.start)
    span = np.maximum(np.minimum(cell.to_day[used], world.horizon) - start, 0)
    rate = r.number("missing_child_rate") * (r.number("missing_cell_factor") - 1)
    counts = random.poisson(rate * span / YEAR)
    person = np.repeat(used, counts).astype(np.int32)
    return person, np.repeat(start, counts) + np.repeat(span, counts) * random.random(len(person))


def _echoes(
    standing: Standing, r: Rates, random: np.random.Generator, person: Ints, day: Times
) -> tuple[Ints, Times]:
    """Episodes and all that they set off, generation by generation until none is left."""
    people, horizon = standing.ground.people, standing.ground.world.horizon
    child, adult = r.numbers("missing_child_echo"), r.number("missing_adult_echo")
    of_child = np.where(people.is_looked_after | (standing.cell.cell >= 0), child[1], child[0])
    fast, slow, share = (r.number(f"missing_{name}") for name in ("fast_days", "slow_days", "slow_share"))
    persons, days = [person], [day]
    while len(person):
        is_child = day < people.birth_day[person] + ADULT_DAYS
        counts = random.poisson(np.where(is_child, of_child[person], adult))
        person, day = np.repeat(person, counts), np.repeat(day, counts)
        mean = np.where(random.random(len(person)) < share, slow, fast)
        day = day + mean * random.standard_exponential(len(person))
        kept = day < horizon + 1
        person, day = person[kept], day[kept]
        persons.append(person)
        days.append(day)
    return np.concatenate(persons), np.concatenate(days)


def _together(
    standing: Standing, r: Rates, random: np.random.Generator, person: Ints, day: Times
) -> tuple[Ints, Times, Ints]:
    """Add episodes of a second child of the same care home or cell; `origin` is the row of the other child's."""
    mate = _mates(standing)[person]
    is_child = day < standing.ground.people.birth_day[person] + ADULT_DAYS
    draw = random.random(len(person)) < r.number("missing_together")
    rows = np.flatnonzero((mate != NOBODY) & is_child & draw)
    origin = np.full(len(person) + len(rows), NOBODY, dtype=np.int32)
    origin[len(person) :] = rows
    origin[rows] = len(person) + np.arange(len(rows))
    later = day[rows] + random.random(len(rows)) * 0.01
    return np.concatenate([person, mate[rows]]), np.concatenate([day, later]), origin


def _mates(standing: Standing) -> Ints:
    """For a child used by a cell or living in a care home: the next child there, else NOBODY."""
    people, cell = standing.ground.people, standing.cell
    middle = (standing.ground.world.start + standing.ground.world.end) // 2
    is_child = people.birth_day + ADULT_DAYS > middle
    used = (cell.cell >= 0) & ~cell.is_exporter
    who = np.flatnonzero(is_child & (used | people.is_looked_after))
    place = np.where(used[who], cell.cell[who].astype(np.int64), np.int64(1 << 40) + people.address[who])
    who = who[np.argsort(place, kind="stable")]
    place = np.sort(place, kind="stable")
    mate = np.full(len(people), NOBODY, dtype=np.int32)
    if len(who) > 1:
        is_same = place[1:] == place[:-1]
        mate[who[:-1][is_same]] = who[1:][is_same]
        mate[who[1:][is_same & (mate[who[1:]] == NOBODY)]] = who[:-1][is_same & (mate[who[1:]] == NOBODY)]
    return mate


def _one_at_a_time(
    standing: Standing, person: Ints, seen: Longs, returned: Longs, partner: npt.NDArray[Any]
) -> Episodes:
    """Drop episodes that begin before the person is back, and returns that lie after the horizon."""
    end = (standing.ground.world.horizon + 1) * DAY
    width = np.int64(1) << 34
    until = np.maximum.accumulate(person.astype(np.int64) * width + returned)
    begins = person.astype(np.int64) * width + seen
    kept = np.ones(len(person), dtype=bool)
    kept[1:] = begins[1:] > until[:-1] + HOUR
    kept &= seen < end
    place = np.where(kept, np.cumsum(kept) - 1, NOBODY)
    partner = np.where(partner == NOBODY, NOBODY, place[np.maximum(partner, 0)])
    rows = picked({"person": person, "seen": seen, "returned": returned, "partner": partner}, kept)
    who, when = np.asarray(rows["person"]), np.asarray(rows["seen"])
    back = np.asarray(rows["returned"])
    is_child = when < (standing.ground.people.birth_day[who].astype(np.int64) + ADULT_DAYS) * DAY
    return Episodes(
        who,
        when,
        np.where(back < end, back, NEVER),
        is_child,
        standing.in_cell(who, when // DAY),
        np.asarray(rows["partner"]).astype(np.int32),
    )

"""When things happen: week, holidays, season, hours of the day; and how recording drifts over the years.

Not here: when it is reported and recorded (recording).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from synthetic_world.crimes.chances import Lottery, happens
from synthetic_world.model import EPOCH, Codes, Floats, Longs, World
from synthetic_world.ordering import Whole
from synthetic_world.rates import rates

DAY: Final = 86_400
HOUR: Final = 3_600
_MINUTES: Final = 1_440


@dataclass(frozen=True, slots=True)
class EventTimes:
    """The days of one world and the hours of the three ways of the day."""

    first: int
    last: int
    days: Lottery
    hours: tuple[Lottery, ...]  # minutes of the day: day, evening, night
    world: World

    @classmethod
    def of(cls, world: World) -> "EventTimes":
        """The times of a world."""
        r = rates("harm")
        profiles = [np.repeat(r.numbers(f"hours_{name}"), 60) for name in ("day", "evening", "night")]
        habits = (r.numbers("weekday"), r.numbers("season"), r.number("holiday_factor"))
        days = Lottery.of(_day_weights(world.start, world.horizon, *habits))
        return cls(world.start, world.horizon, days, tuple(Lottery.of(one) for one in profiles), world)

    def on_any_day(self, random: np.random.Generator, hours: Codes) -> Longs:
        """A moment for each, by the way of the day that its kind follows."""
        return self.at(random, self.first + self.days.draw(random, len(hours)), hours)

    def at(self, random: np.random.Generator, day: Whole, hours: Codes) -> Longs:
        """A moment on each of these days. Most are remembered to five minutes, as people do."""
        minute = np.zeros(len(day), np.int32)
        for code, lottery in enumerate(self.hours):
            chosen = np.flatnonzero(hours == code)
            minute[chosen] = lottery.draw(random, len(chosen)) % _MINUTES
        is_round = happens(random, rates("harm").number("rounded_times"), len(day))
        minute = np.where(is_round, minute - minute % 5, minute)
        return day.astype(np.int64) * DAY + minute.astype(np.int64) * 60

    def towards_weekend(self, random: np.random.Generator, second: Longs) -> Longs:
        """Some of these moments moved to the Saturday or Sunday of their week (a Thursday was day 0)."""
        day = second // DAY
        is_moved = happens(random, rates("harm").number("weekend_pull"), len(day))
        saturday = day + (2 - day) % 7 + (random.random(len(day)) < rates("harm").number("sunday_share"))
        return np.where(is_moved & (saturday <= self.last), second + (saturday - day) * DAY, second)

    def recording_drift(self, second: Longs) -> Floats:
        """Factor on the chance that violence against women and girls is reported: a trend, and one campaign month."""
        r = rates("harm")
        middle = (self.first + self.last) / 2 * DAY
        years = (second - middle) / (365.25 * DAY)
        campaign = self.first + int(r.number("campaign_after_days"))
        day = second // DAY
        is_campaign = (day >= campaign) & (day < campaign + 30)
        factor = (1 + r.number("recording_trend")) ** years
        return (factor * np.where(is_campaign, r.number("campaign_factor"), 1)).astype(np.float32)


@lru_cache(maxsize=8)
def _day_weights(
    first: int, last: int, week: tuple[float, ...], season: tuple[float, ...], on_holidays: float
) -> npt.NDArray[np.float64]:
    """Weight of each day from the first to the last."""
    dates = [EPOCH + timedelta(days=day) for day in range(first, last + 1)]
    weight = np.array([week[one.weekday()] * season[one.month - 1] for one in dates])
    holiday = np.array([_is_holiday(one) for one in dates])
    return np.where(holiday, weight * on_holidays, weight)


def _is_holiday(day: date) -> bool:
    """The days around Christmas and New Year, and the last Mondays of May and August."""
    is_winter = (day.month == 12 and day.day in (24, 25, 26, 31)) or (day.month == 1 and day.day == 1)
    return is_winter or (day.month in (5, 8) and day.weekday() == 0 and day.day >= 25)


def spread_over(random: np.random.Generator, first: Whole, last: Whole) -> Longs:
    """A second anywhere between two days, each."""
    width = np.maximum(last - first, 0).astype(np.float64) * DAY
    return np.asarray(first.astype(np.int64) * DAY + random.random(len(first)) * width, np.int64)

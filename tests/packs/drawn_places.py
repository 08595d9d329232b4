"""Areas and hours of the week, drawn from a seed. All invented.

Not here: places that are written out (worlds/*.yml).
"""

import random
from collections.abc import Callable, Sequence

from written import FORCE

from profiles.pack.rows import Row
from profiles.pack.tables.places import Area, Slot, SlotNote

AREAS = (
    "Castle Ward", "Quayside", "University", "Stanley Road", "Southgate", "Priory", "Riverside", "Fenwick",
    "Millbank", "Victoria Park", "Brackenford", "Thornhill", "Elmstead", "Marsh End", "Penhurst", "Yarrow",
    "Ashby Vale", "Grange", "Cotmanhay", "Hawkmoor", "Oakhanger", "Netherby", "Dunmere", "Westlea", "Lindale",
    "Kingsmead", "Holt Cross",
)  # fmt: skip


def areas(
    draw: random.Random, rates: Sequence[float], people: float = 17_000.0, level: float = 3.3
) -> list[Row]:
    """Areas with the given rates first, the rest below the force rate."""
    told = [*rates, *(max(1.4, 3.7 - 0.1 * at) for at in range(len(rates), len(AREAS)))]
    return [_area(draw, at, rate, people, level) for at, rate in enumerate(told)]


def _area(draw: random.Random, at: int, rate: float, people: float, level: float) -> Area:
    n = round(rate * people / 1000)
    lower, upper = 0.55 * rate, 1.45 * rate
    return Area(
        force_code=FORCE, area_code=f"NM{at:03d}", area_name=AREAS[at], n_recent=n, population=people, rate=rate,
        rate_lower=lower, rate_upper=upper,
        position="above" if lower > level else "below" if upper < level else "not_clear",
        longitude=-2.0 + 0.07 * (at % 6), latitude=53.4 + 0.05 * (at // 6) + 0.01 * draw.random(),
        monthly=tuple(max(0, round(n / 3 * (0.6 + 0.05 * m + 0.2 * draw.random()))) for m in range(12)),
    )  # fmt: skip


def by_night(day: int, hour: int) -> bool:
    """Friday and Saturday nights."""
    return (day in (5, 6) and hour >= 20) or (day in (6, 7) and hour <= 2)


def on_sunday(day: int, hour: int) -> bool:
    """Sunday from two o'clock."""
    return day == 7 and hour >= 14


def slots(
    draw: random.Random, order: int, setting: str, title: str, is_busy: Callable[[int, int], bool],
    peak: str, short: str, peak_hours: int,
) -> list[Row]:  # fmt: skip
    """A week in slots of two hours, and what is said of it."""
    found = [
        Slot(force_code=FORCE, setting=setting, day_of_week=day, hour_from=hour,
             n=max(0, round(3 + 4 * draw.random() + (18 if is_busy(day, hour) else 0))))
        for day in range(1, 8)
        for hour in range(0, 24, 2)
    ]  # fmt: skip
    n = sum(row.n for row in found)
    busy = sum(row.n for row in found if is_busy(row.day_of_week, row.hour_from))
    note = SlotNote(
        force_code=FORCE, setting=setting, setting_order=order, title=title, n_timed=n, n_untimed=61, window_days=180,
        peak_share=round(busy / n, 2), peak_text=peak, peak_short=short, peak_hours=peak_hours,
    )  # fmt: skip
    return [*found, note]

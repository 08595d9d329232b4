"""Where and when: areas, hours of the week, places that keep appearing, windows to cover.

Here: the rows, for every profile about people. Counts stand here as they are; pages that may leave the force suppress
and round them (profiles/pack/disclosure). Not here: the pages.
"""

from dataclasses import dataclass
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class Area(Row):
    """One neighbourhood, beside the force."""

    section: ClassVar = "areas"
    key: ClassVar = ("area_code",)
    order: ClassVar = ("rate DESC NULLS LAST", "area_name")

    area_code: str = column("Code of the area.")
    area_name: str = column("Its name.")
    n_recent: int = column("Offences or episodes in the window.")
    population: float | None = column(
        "People the rate is of: women and girls, or under-18s; null where unknown."
    )
    rate: float | None = column("Per 1,000 of these; null without a population.")
    rate_lower: float | None = column("Lower end of its interval, widened for the number compared.")
    rate_upper: float | None = column("Upper end of it.")
    position: str = column("above, below, not_clear or too_few beside the force rate.")
    longitude: float | None = column("Longitude of its middle, degrees.")
    latitude: float | None = column("Latitude of its middle, degrees.")
    monthly: tuple[int | None, ...] = column("Offences or episodes a month, 12 months, oldest first.")


@dataclass(frozen=True, kw_only=True)
class AreaNote(Row):
    """What the page must say about its areas."""

    section: ClassVar = "area_notes"
    key: ClassVar = ()

    what: str = column("What is counted: Stalking and harassment.")
    rate_unit: str = column("per 1,000 women and girls, last 90 days.")
    force_rate: float | None = column("The rate of all areas together.")
    interval_level: float | None = column("Level of each interval, 0 to 1.")
    n_compared: int = column("Areas compared.")
    n_without_area: int = column("Offences or episodes without an area, left out.")


@dataclass(frozen=True, kw_only=True)
class Driver(Row):
    """One thing that sits behind the series with a signal."""

    section: ClassVar = "drivers"
    key: ClassVar = ("driver_no",)
    order: ClassVar = ("driver_no",)

    driver_no: int = column("Order on the page.")
    lead_text: str = column("What: Ex-partners.")
    rest_text: str = column("The rest of the sentence: are suspects in {share} of the extra offences.")
    share: float | None = column(
        "The share that stands for {share} in the sentence, 0 to 1; null where it has none."
    )


@dataclass(frozen=True, kw_only=True)
class Slot(Row):
    """One two-hour slot of the week in one setting."""

    section: ClassVar = "slots"
    key: ClassVar = ("setting", "day_of_week", "hour_from")
    order: ClassVar = ("setting", "day_of_week", "hour_from")

    setting: str = column("public, home, or for missing people placement.")
    day_of_week: int = column("1 Monday to 7 Sunday.")
    hour_from: int = column("0, 2 … 22.")
    n: int = column("Offences or episodes with a reliable time.")


@dataclass(frozen=True, kw_only=True)
class SlotNote(Row):
    """What may be said of one setting's week."""

    section: ClassVar = "slot_notes"
    key: ClassVar = ("setting",)
    order: ClassVar = ("setting_order", "setting")

    setting: str = column("As in slots.")
    setting_order: int = column("Order on the page.")
    title: str = column("Public places.")
    n_timed: int = column("Offences or episodes with a reliable time.")
    n_untimed: int = column("Without one, left out.")
    window_days: int = column("Days counted.")
    peak_text: str | None = column(
        "The peak in words: Friday and Saturday, 20:00 to 04:00; null where none stands out."
    )
    peak_short: str | None = column("The same for a title: Friday and Saturday nights out.")
    peak_share: float | None = column("Share of offences in the peak, 0 to 1.")
    peak_hours: int | None = column("Hours of the week in the peak, of 168.")


@dataclass(frozen=True, kw_only=True)
class HotPlace(Row):
    """One place that keeps appearing."""

    section: ClassVar = "hot_places"
    key: ClassVar = ("place_id",)
    order: ClassVar = ("n_recent DESC", "place_name", "place_id")

    place_id: str = column("Identity of the place.")
    place_name: str = column("As printed; never one person's home address.")
    kind: str = column("Transport hub, Park, Homes.")
    n_recent: int = column("Offences in 90 days.")
    change: int = column("More than in the 90 days before; negative: fewer.")
    is_signal: bool = column("Whether the number is above what its own past leads one to expect.")
    weekly: tuple[int | None, ...] = column("Offences a week, 26 weeks, oldest first.")
    peak_text: str | None = column("When: Fri, Sat 22 to 02.")
    what_text: str = column("What is happening, a few words made by rule from methods.")
    plan_text: str | None = column("Plan and owner; null: none recorded.")


@dataclass(frozen=True, kw_only=True)
class Window(Row):
    """One window to cover before the next meeting."""

    section: ClassVar = "windows"
    key: ClassVar = ("window_no",)
    order: ClassVar = ("window_no",)

    window_no: int = column("Order on the page.")
    when_text: str = column("Fri and Sat, 20:00 to 04:00.")
    where_text: str = column("Station Approach to Quayside rank.")
    aim_text: str = column("What for.")

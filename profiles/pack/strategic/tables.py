"""The tables of the strategic profile that no other profile has.

Here: the rows. Not here: series and verdicts (profiles/pack/tables/series.py), deliveries (tables/deliveries.py),
SQL (dbt_project/models/marts/profiles).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class Place(Row):
    """One neighbourhood or district, with an interval wide enough for comparing all of its level."""

    section: ClassVar = "places"
    key: ClassVar = ("place_level", "place_name")
    order: ClassVar = ("place_level", "rate DESC", "place_name")

    place_level: str = column("neighbourhood, or district where a force has more than 150 neighbourhoods.")
    place_name: str = column("Name of the place.")
    district_name: str | None = column("District the place belongs to.")
    n_lsoas: int = column("LSOAs in it in which anything was recorded.")
    population_est: float | None = column(
        "Residents, taken as LSOAs times the force mean; null where unknown."
    )
    n_records: int = column("Records in the window.")
    rate: float | None = column("Records per 1,000 residents (or per LSOA) over the window.")
    rate_lower: float | None = column("Lower end of its interval.")
    rate_upper: float | None = column("Upper end of its interval.")
    position: str = column(
        "Where the place stands beside the force rate: above, below, not_clear or too_few."
    )
    longitude: float | None = column("Mean longitude of its records, degrees.")
    latitude: float | None = column("Mean latitude of its records, degrees.")
    monthly: tuple[int | None, ...] = column("Records in each month of the window, oldest first.")


@dataclass(frozen=True, kw_only=True)
class PlaceNote(Row):
    """What the place page must say about its own figures."""

    section: ClassVar = "place_notes"
    key: ClassVar = ("place_level",)
    order: ClassVar = ("place_level",)

    place_level: str = column("neighbourhood or district.")
    rate_unit: str = column("per 1,000 residents, or per LSOA.")
    force_rate: float | None = column("The rate of all places together.")
    interval_level: float = column("Level of each interval (Bonferroni over the places compared).")
    window_from: date = column("First month counted.")
    window_to: date = column("Last month counted.")
    n_months_held: int = column("Usable months in the window.")
    n_records: int = column("Violence and sexual offences recorded by the force in the window.")
    n_without_place: int = column("Of these, without an LSOA.")
    n_border_neighbourhoods: int = column("Neighbourhoods outside the force where it recorded some.")
    n_border_records: int = column("Records there, left out of the places.")
    n_compared: int = column("Places compared.")


@dataclass(frozen=True, kw_only=True)
class Outcome(Row):
    """Records of one crime type with one outcome, over months old enough to have one."""

    section: ClassVar = "outcomes"
    key: ClassVar = ("crime_type", "outcome_group")
    order: ClassVar = ("crime_type", "outcome_group")

    crime_type: str = column("One of the fourteen published crime types.")
    outcome_group: str = column("What the last recorded outcome amounts to.")
    n: int = column("Records with that outcome.")
    n_total: int = column("Records of that crime type.")
    share: float = column("n / n_total.")
    share_lower: float = column("Lower end of its 95% interval (Wilson).")
    share_upper: float = column("Upper end of its 95% interval (Wilson).")
    window_from: date | None = column("First month counted.")
    window_to: date | None = column("Last month counted.")


@dataclass(frozen=True, kw_only=True)
class Feed(Row):
    """One feed a pack can use, held or not, with its freshness and its account of rows."""

    section: ClassVar = "feeds"
    key: ClassVar = ("feed",)
    order: ClassVar = ("is_held DESC", "feed")

    feed: str = column("The feed, by its canonical name.")
    feed_title: str = column("Name as printed.")
    is_held: bool = column("Whether any row of it stands.")
    is_used: bool = column("Whether this profile rests on it.")
    not_held_sentence: str = column("What a page prints while it is not held.")
    newest_month: date | None = column("Newest month landed.")
    last_used_date: date | None = column("Date of the newest delivery that is used.")
    age_days: int | None = column("Days from the newest delivery to the as-of date.")
    freshness_days: int | None = column("Days after which the feed counts as stale.")
    is_stale: bool = column("Older than that.")
    n_deliveries: int = column("Deliveries seen.")
    n_deliveries_refused: int = column("Deliveries refused whole.")
    n_deliveries_unverified: int = column("Deliveries that came without a manifest.")
    rows_in: int = column("Rows in the file.")
    rows_accepted: int = column("Rows that passed every rule.")
    rows_refused: int = column("Rows refused with a reason.")
    rows_loaded: int = column("Accepted rows this night rests on.")
    rows_exact_duplicate: int = column("Accepted rows that were there already.")
    rows_superseded: int = column("Accepted rows replaced by a later delivery.")
    n_checks_failed: int = column("Rows refused, and notes on its deliveries.")
    contract_version: str | None = column("Version of the contract it was read with.")
    state: str = column("State as printed: current, stale, degraded or not_held.")


@dataclass(frozen=True, kw_only=True)
class Refusal(Row):
    """Rows of one delivery refused for one reason."""

    section: ClassVar = "refusals"
    key: ClassVar = ("file_name", "reason_code")
    order: ClassVar = ("n_rows DESC", "period", "file_name", "reason_code")

    feed: str = column("The feed, by its canonical name.")
    period: date = column("Month that the delivery covers.")
    file_name: str = column("Path of the file within the landing place.")
    reason_code: str = column("Code of the rule.")
    reason: str = column("Why, in plain words.")
    n_rows: int = column("Rows refused for it.")
    first_line: int | None = column("First such line in the file.")

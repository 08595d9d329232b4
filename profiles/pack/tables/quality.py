"""What a pack about people does not know: feeds, joins, gaps.

Here: the rows of the data page, the same for every profile about people. Not here: the page
(profiles/pack/people/data.py), deliveries (deliveries.py).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, coded, column


@dataclass(frozen=True, kw_only=True)
class FeedState(Row):
    """One feed of one force whose records this pack may use."""

    section: ClassVar = "feeds"
    key: ClassVar = ("source_force", "feed")
    order: ClassVar = ("source_force_name", "feed_order", "feed")

    source_force: str = column("The force that sends it.")
    source_force_name: str = column("Its name as printed.")
    feed: str = column("The feed, by its canonical name.")
    feed_title: str = column("Name as printed.")
    feed_order: int = column("Order on the page.")
    is_held: bool = column("Whether any row of it stands.")
    is_used: bool = column("Whether this profile rests on it.")
    last_record_on: date | None = column("Day of the newest record; null where none is held.")
    stopped_on: date | None = column("Day after which nothing came, for a feed that stopped.")
    age_days: int | None = column("Days from the newest record to the as-of date.")
    freshness_days: int | None = column("Days after which the feed counts as late.")
    weekly: tuple[int | None, ...] = column("Records a week, 26 weeks, oldest first.")
    weekly_lower: float | None = column("Lower end of the usual number a week; null where none may be drawn.")
    weekly_upper: float | None = column("Upper end of the usual number a week.")
    n_checks_failed: int = column("Records refused, and notes on its deliveries.")
    state: str = coded("State", "current", "weekly", "stale", "stopped", "degraded", "refused", "not_held")
    note: str | None = column("One short sentence on what that means for this pack; null: nothing to note.")
    ranks_touched: tuple[int, ...] = column(
        "Ranks of listed people who have records of this force and feed, if it is late."
    )
    contract_version: str | None = column("Version of the contract it was read with.")


@dataclass(frozen=True, kw_only=True)
class Joins(Row):
    """How well records were joined into people, in the data of this pack."""

    section: ClassVar = "joins"
    key: ClassVar = ()

    n_people: int = column("People in this pack's data.")
    n_in_many_forces: int = column("Of these, with records of more than one force.")
    n_checked: int | None = column("Joins checked by hand or against truth; null where none were.")
    n_wrong: int | None = column("Of these, wrong.")
    wrong_lower: float | None = column("Lower end of the 95% interval of the share wrong, 0 to 1.")
    wrong_upper: float | None = column("Upper end of it.")
    n_missed: int | None = column("Of as many pairs, joins that were missed.")
    missed_lower: float | None = column("Lower end of the 95% interval of the share missed, 0 to 1.")
    missed_upper: float | None = column("Upper end of it.")
    n_top: int = column("Joins behind the people who are listed.")
    n_top_checked: int = column("Of these, checked by a person.")
    method_text: str = column("How records are joined, in one or two sentences.")


@dataclass(frozen=True, kw_only=True)
class Gap(Row):
    """One known gap that could change a decision."""

    section: ClassVar = "gaps"
    key: ClassVar = ("gap_code",)
    order: ClassVar = ("gap_order", "gap_code")

    gap_code: str = column("Which gap.")
    gap_order: int = column("Order on the page, gravest first.")
    subject: str = column("What is missing: Ethnicity, Online offences.")
    text: str = column("The rest of the sentence, without its page.")
    page_id: str | None = column("The page it touches, by its anchor; null for all.")

"""The account of each delivery that a pack rests on. Every profile has this table: the receipt and `trace` read it.

Here: the row. Not here: feeds and their state (beside each profile's data page).
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from profiles.pack.rows import Row, column


@dataclass(frozen=True, kw_only=True)
class Delivery(Row):
    """One delivery: nothing vanishes."""

    section: ClassVar = "deliveries"
    key: ClassVar = ("delivery_id",)
    order: ClassVar = ("feed", "period", "file_name", "delivery_id")

    source_force: str = column("The force that sent it.")
    feed: str = column("The feed, by its canonical name.")
    period: date = column("Month that the delivery covers, or its day for daily feeds.")
    file_name: str = column("Path of the file within the landing place.")
    delivery_id: str = column("Identity of the delivery: feed, force and content.")
    content_sha256: str = column("sha256 of the file.")
    contract_version: str | None = column("Version of the contract it was read with.")
    state: str = column(
        "What became of it: landed, superseded, refused, corrected, held, degraded or replayed."
    )
    reason: str | None = column("Why, in plain words.")
    rows_in: int = column("Rows in the file.")
    rows_accepted: int = column("Rows that passed every rule.")
    rows_refused: int = column("Rows refused with a reason.")
    rows_loaded: int = column("Accepted rows this night rests on.")
    rows_exact_duplicate: int = column("Accepted rows that were there already.")
    rows_superseded: int = column("Accepted rows replaced by a later delivery.")
    volume_ratio: float | None = column(
        "Rows over the median of earlier deliveries; null where there are too few."
    )
    is_volume_suspect: bool = column("Outside the usual range: noted, not held.")

"""A landed person-level delivery, as far as versions and vanishing records need it. Not here: its outcome (outcome)."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Landed:
    """One delivery in use. is_whole: a full extract of everything, which says something by what it lacks."""

    feed: str
    part: str
    delivery_id: str
    delivery_date: date
    force_code: str = ""
    is_whole: bool = False

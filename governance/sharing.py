"""Who may see what: agreements between forces, and the one function that answers for a record. The default is no.

A force sees its own records. Another force's it sees where an agreement says so for the feed, and for intelligence
only where its handling permits it (P). Restricted records are nobody else's. Not here: what a view is used for
(conflation/viewer.py).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

HERE: Final = Path(__file__).parent
SHAREABLE: Final = "P"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Forces that share some feeds with each other, and for what purpose."""

    name: str
    forces: frozenset[str]
    feeds: frozenset[str]
    purpose: str


@cache
def agreements(path: Path = HERE / "agreements.yml") -> tuple[Agreement, ...]:
    """The agreements in a file."""
    told = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    return tuple(
        Agreement(each["name"], frozenset(each["forces"]), frozenset(each["feeds"]), each["purpose"])
        for each in told.get("agreements", [])
    )


def is_visible(
    viewer: str,
    owner: str,
    feed: str,
    handling: str | None,
    sensitivity: str | None,
    known: tuple[Agreement, ...],
) -> bool:
    """Whether `viewer` may see a record of `owner`."""
    if viewer == owner:
        return True
    if sensitivity not in (None, "", "none", "normal"):
        return False
    if feed.startswith("intel") and handling != SHAREABLE:
        return False
    return any({viewer, owner} <= each.forces and feed in each.feeds for each in known)

"""The board of all feeds: of every force and feed whether it is drafted, rehearsed, awaited, live, stale or nothing.

A pure function of the contracts and of what landed. Not here: finding both (feed_status), words (board_words), its page
(orchestration/pages).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from data_contracts.model import FeedContract
from data_contracts.registry import Registry
from orchestration.catalogue import landed_feeds
from orchestration.landing.manifest import ManifestRow
from orchestration.landing.outcome import LANDED, REFUSED
from orchestration.landing.standing import SET_ASIDE

NOTHING, DRAFTED, REHEARSED, AWAITED, LIVE, STALE = (
    "nothing",
    "drafted",
    "rehearsed",
    "awaited",
    "live",
    "stale",
)
STATES = (NOTHING, DRAFTED, REHEARSED, AWAITED, LIVE, STALE)
Slot = tuple[str, str]  # force, feed


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One feed of one force. age_days: from the newest delivery that is used to the as-of; open_refusals: deliveries
    refused and not put right since; set_aside: held, degraded or replayed; rows_refused: in its newest delivery.
    """

    force: str
    feed: str
    state: str
    contract_version: str = ""
    newest_delivery: str = ""
    age_days: int | None = None
    freshness_days: int | None = None
    deliveries: int = 0
    open_refusals: int = 0
    rows_refused: int = 0
    set_aside: int = 0
    last_state: str = ""  # of the newest delivery, used or not
    reason: str = ""  # of the newest delivery that is refused or set aside

    @property
    def is_fit(self) -> bool:
        """Whether the newest delivery is used, and is not too old."""
        return self.state != STALE and self.last_state not in (REFUSED, *SET_ASIDE)

    def as_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        return asdict(self)


def make_board(
    registry: Registry,
    rows: Iterable[ManifestRow],
    as_of: date | None,
    rehearsed: Mapping[Slot, str] | None = None,
) -> list[BoardRow]:
    """The board, by force and feed. rehearsed: of a slot the hash of the draft that was rehearsed (contract_hash)."""
    by_slot: dict[Slot, list[ManifestRow]] = {}
    for row in rows:
        by_slot.setdefault((row.outcome.force_code, row.outcome.feed), []).append(row)
    forces = sorted(
        {c.force_code for c in (*registry.contracts, *registry.drafts) if c.force_code}
        | {f for f, _ in by_slot}
    )
    feeds = landed_feeds(registry.canonicals)
    return [
        _row((force, feed), registry, by_slot.get((force, feed), []), as_of, rehearsed or {})
        for force in forces
        for feed in feeds
    ]


def _row(
    slot: Slot,
    registry: Registry,
    rows: Sequence[ManifestRow],
    as_of: date | None,
    rehearsed: Mapping[Slot, str],
) -> BoardRow:
    force, feed = slot
    active = _of(registry.contracts, force, feed)
    drafts = [draft for draft in registry.drafts if (draft.force_code, draft.feed) == slot]
    landed = [row for row in rows if row.outcome.state == LANDED]
    newest = max((row.delivery_date for row in landed), default=None)
    contract = active or (drafts[-1] if drafts else None)
    age = (as_of - newest).days if as_of and newest else None
    ordered = sorted(rows, key=lambda row: (row.delivery_date, row.outcome.delivery_id))
    refused = [row for row in ordered if row.state == REFUSED]
    set_aside = [row for row in ordered if row.state in SET_ASIDE]
    reasons = [row.outcome.reason for row in ordered if row.state in (REFUSED, *SET_ASIDE)]
    last = max(landed, key=lambda row: (row.delivery_date, row.outcome.delivery_id), default=None)
    return BoardRow(
        force=force, feed=feed, state=_state(slot, active, drafts, age, rehearsed),
        contract_version=contract.version if contract else "", newest_delivery=newest.isoformat() if newest else "",
        age_days=age, freshness_days=contract.freshness_days if contract else None, deliveries=len(rows),
        open_refusals=len(refused), rows_refused=last.outcome.rows_refused if last else 0,
        set_aside=len(set_aside), last_state=ordered[-1].state if ordered else "",
        reason=reasons[-1] if reasons else "",
    )  # fmt: skip


def _of(contracts: Iterable[FeedContract], force: str, feed: str) -> FeedContract | None:
    """The newest contract of a slot; that of a source serves every force that it names in its files."""
    own = [c for c in contracts if c.feed == feed and c.force_code == force]
    shared = [c for c in contracts if c.feed == feed and not c.force_code]
    found = own or shared
    return found[-1] if found else None


def _state(
    slot: Slot,
    active: FeedContract | None,
    drafts: Sequence[FeedContract],
    age: int | None,
    rehearsed: Mapping[Slot, str],
) -> str:
    if active and age is not None:
        return STALE if age > active.freshness_days else LIVE
    if active and active.force_code:
        return AWAITED
    if drafts:
        return REHEARSED if slot in rehearsed else DRAFTED
    return NOTHING


def counts(board: Iterable[BoardRow]) -> dict[str, int]:
    """How many slots have each state."""
    states = [row.state for row in board]
    return {state: states.count(state) for state in STATES}

"""Which deliveries a night is made of, and what became of the rows of each: a pure function of what was kept.

rows_accepted = rows_loaded + rows_exact_duplicate + rows_superseded, always (rulings.md 8). A later delivery for
the same force, feed and month supersedes an earlier one; the earlier one stays on disk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_contracts.registry import Registry
from orchestration.landing.outcome import LANDED, Outcome
from orchestration.landing.spine import delivery_date
from orchestration.landing.store import Kept
from orchestration.landing.volume import VolumeVerdict, judge_volumes

SUPERSEDED = "superseded"
CORRECTED = "corrected"  # refused, and a delivery for the same month landed later


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One delivery as the night sees it."""

    outcome: Outcome
    part: str | None
    state: str  # landed | superseded | refused | corrected
    delivery_date: date
    rows_loaded: int
    rows_exact_duplicate: int
    rows_superseded: int
    volume_ratio: float | None
    is_volume_suspect: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """All deliveries of a night, in a stable order."""

    rows: tuple[ManifestRow, ...]

    @property
    def delivery_ids(self) -> tuple[str, ...]:
        """Identity of the night's input: what landed and what was refused, with the contract it was read by."""
        return tuple(
            sorted(f"{r.outcome.delivery_id}:{r.outcome.contract_hash}:{r.state}" for r in self.rows)
        )

    def default_as_of(self) -> date | None:
        """The day after the newest landed delivery (rulings.md 4); None when nothing landed."""
        landed = [r.delivery_date for r in self.rows if r.state == LANDED]
        return max(landed) + timedelta(days=1) if landed else None

    def before(self, as_of: date) -> "Manifest":
        """The deliveries dated before a day: what could be known by then."""
        return Manifest(tuple(r for r in self.rows if r.delivery_date < as_of))


def _newest_reading(kept: Iterable[Kept]) -> list[Kept]:
    """One reading a delivery: the last, when a changed contract made it be read again."""
    newest: dict[str, Kept] = {}
    for item in sorted(kept, key=lambda k: k.received_at):
        newest[item.outcome.delivery_id] = item
    return list(newest.values())


def _current(items: Sequence[Kept]) -> set[str]:
    """Delivery ids that stand: the last received for their feed, force and month."""
    standing: dict[tuple[str, str, str], str] = {}
    for item in sorted(items, key=lambda k: (k.received_at, k.outcome.file_name, k.outcome.delivery_id)):
        o = item.outcome
        if o.state == LANDED:
            standing[(o.feed, o.force_code, o.period)] = o.delivery_id
    return set(standing.values())


def _volumes(items: Sequence[Kept], standing: set[str], registry: Registry) -> dict[str, VolumeVerdict]:
    by_feed: dict[tuple[str, str], list[Outcome]] = {}
    for item in items:
        if item.outcome.delivery_id in standing:
            by_feed.setdefault((item.outcome.feed, item.outcome.force_code), []).append(item.outcome)
    limits = {c.feed: c.volume for c in registry.contracts}
    verdicts: dict[str, VolumeVerdict] = {}
    for (feed, _), outcomes in by_feed.items():
        judged = judge_volumes([(o.period, o.rows_accepted) for o in outcomes], limits[feed])
        verdicts.update({o.delivery_id: judged[o.period] for o in outcomes})
    return verdicts


def _state(item: Kept, is_loaded: bool, landed_at: Mapping[tuple[str, str, str], str]) -> str:
    o = item.outcome
    if o.state == LANDED:
        return LANDED if is_loaded else SUPERSEDED
    later = landed_at.get((o.feed, o.force_code, o.period), "")
    return CORRECTED if later > item.received_at else o.state


def _row(
    item: Kept, standing: set[str], verdict: VolumeVerdict, landed_at: Mapping[tuple[str, str, str], str]
) -> ManifestRow:
    o = item.outcome
    is_loaded = o.delivery_id in standing
    return ManifestRow(
        outcome=o,
        part=str(item.part) if item.part else None,
        state=_state(item, is_loaded, landed_at),
        delivery_date=delivery_date(o.period),
        rows_loaded=o.rows_accepted if is_loaded else 0,
        rows_exact_duplicate=0,
        rows_superseded=0 if is_loaded else o.rows_accepted,
        volume_ratio=verdict.ratio,
        is_volume_suspect=verdict.is_suspect,
    )


def make_manifest(kept: Iterable[Kept], registry: Registry) -> Manifest:
    """The manifest of everything kept in a world."""
    items = _newest_reading(kept)
    standing = _current(items)
    verdicts = _volumes(items, standing, registry)
    unjudged = VolumeVerdict(None, False)
    landed_at: dict[tuple[str, str, str], str] = {}
    for item in items:
        o = item.outcome
        if o.delivery_id in standing:
            landed_at[(o.feed, o.force_code, o.period)] = item.received_at
    rows = [
        _row(item, standing, verdicts.get(item.outcome.delivery_id, unjudged), landed_at) for item in items
    ]
    return Manifest(
        tuple(sorted(rows, key=lambda r: (r.outcome.force_code, r.outcome.period, r.outcome.delivery_id)))
    )

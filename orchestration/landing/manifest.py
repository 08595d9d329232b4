"""Which deliveries a night is made of, and what became of the rows of each: a pure function of what was kept.

rows_accepted = rows_loaded + rows_exact_duplicate + rows_superseded, always (rulings.md 8). A street-level month stands
or falls as a whole: a later delivery for the same force and month supersedes an earlier one. Person-level deliveries
all stand, and their rows are told apart record by record (versions). Whatever is superseded stays on disk.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from data_contracts.registry import Registry
from orchestration.landing.landed import Landed
from orchestration.landing.outcome import LANDED, Outcome
from orchestration.landing.spine import delivery_date
from orchestration.landing.standing import HELD, SET_ASIDE, ContractOf, Standing, standings
from orchestration.landing.store import Kept, contract_hash
from orchestration.landing.versions import VersionCounts, Versions
from orchestration.landing.volume import VolumeVerdict, judge_volumes

SUPERSEDED = "superseded"
CORRECTED = "corrected"  # refused, and a delivery for the same period landed later
Slot = tuple[str, str, str, str]  # feed, force, period, mode


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """One delivery as the night sees it."""

    outcome: Outcome
    part: str | None
    state: str  # landed | superseded | refused | corrected | held | degraded | replayed
    delivery_date: date
    rows_loaded: int
    rows_exact_duplicate: int
    rows_superseded: int
    volume_ratio: float | None
    is_volume_suspect: bool
    is_typed: bool = False  # its rows have versions
    newest_record: str = ""  # the day of the last of them, where that was counted
    rows_missing: int = 0  # of those loaded: a whole extract lacks their record
    rows_closed: int = 0  # of these: a second one lacks it too
    rows_ahead: int = 0  # recorded more than a day after the delivery, by a clock that runs ahead


@dataclass(frozen=True, slots=True)
class Manifest:
    """All deliveries of a night, in a stable order.

    stale: (part, delivery) where a part still holds an older reading of a delivery. versions: the folder where the
    versions of person-level records are numbered; None before that is done. released: deliveries that a person has
    released, though they were held or degraded.
    """

    rows: tuple[ManifestRow, ...]
    stale: frozenset[tuple[str, str]] = frozenset()
    versions: Path | None = None
    released: frozenset[str] = frozenset()

    @property
    def delivery_ids(self) -> tuple[str, ...]:
        """Identity of the night's input: what landed and what was refused, with the contract it was read by."""
        return tuple(
            sorted(f"{r.outcome.delivery_id}:{r.outcome.contract_hash}:{r.state}" for r in self.rows)
        )

    def default_as_of(self) -> date | None:
        """The day after the newest landed delivery (rulings.md 4); None when nothing landed.

        One that was set aside counts as well: the night must tell of it, and its release must not move the date.
        """
        landed = [r.delivery_date for r in self.rows if r.state == LANDED]
        set_aside = [r.delivery_date for r in self.rows if r.state in SET_ASIDE]
        return max([*landed, *set_aside]) + timedelta(days=1) if landed else None

    def before(self, as_of: date) -> "Manifest":
        """The deliveries dated before a day: what could be known by then."""
        return replace(self, rows=tuple(r for r in self.rows if r.delivery_date < as_of))

    def versioned(self) -> tuple[Landed, ...]:
        """The deliveries whose rows are told apart record by record."""
        return tuple(
            Landed(o.feed, r.part, o.delivery_id, r.delivery_date, o.force_code, o.is_whole)
            for r in self.rows
            if (o := r.outcome) and r.is_typed and r.part and r.state == LANDED
        )

    def counted(self, versions: Versions) -> "Manifest":
        """The manifest with the versions of its rows counted, and what they brought to light held."""
        rows = (_held(r, versions.held.get(r.outcome.delivery_id, "")) for r in self.rows)
        counted = tuple(_counted(r, versions.counts.get(r.outcome.delivery_id)) for r in rows)
        return replace(self, rows=counted, versions=versions.folder)


def _held(row: ManifestRow, reason: str) -> ManifestRow:
    if not reason:
        return row
    outcome = _as_seen(row.outcome, Standing(HELD, "MANY_VANISHED", reason))
    return replace(row, outcome=outcome, state=HELD, rows_loaded=0, rows_superseded=0)


def _counted(row: ManifestRow, found: VersionCounts | None) -> ManifestRow:
    if found is None:
        return row
    return replace(
        row, rows_loaded=found.loaded, rows_exact_duplicate=found.exact_duplicate, rows_superseded=found.superseded,
        newest_record=found.newest, rows_missing=found.missing, rows_closed=found.closed, rows_ahead=found.ahead,
    )  # fmt: skip


def _newest_reading(kept: Iterable[Kept]) -> list[Kept]:
    """One reading a delivery: the last, when a changed contract made it be read again."""
    newest: dict[str, Kept] = {}
    for item in sorted(kept, key=lambda k: k.received_at):
        newest[item.outcome.delivery_id] = item
    return list(newest.values())


def _slot(outcome: Outcome) -> Slot:
    return outcome.feed, outcome.force_code, outcome.period, outcome.mode


def _standing(items: Sequence[Kept], typed: frozenset[str]) -> set[str]:
    """Delivery ids that stand: all of a person-level feed, else the last received for their slot."""
    standing: dict[object, str] = {}
    for item in sorted(items, key=lambda k: (k.received_at, k.outcome.file_name, k.outcome.delivery_id)):
        o = item.outcome
        if o.state == LANDED:
            standing[o.delivery_id if o.feed in typed else _slot(o)] = o.delivery_id
    return set(standing.values())


def _volumes(items: Sequence[Kept], registry: Registry) -> dict[str, VolumeVerdict]:
    """Verdicts on the size of street-level deliveries, each beside earlier months of its force."""
    series: dict[tuple[str, str], list[Outcome]] = {}
    for item in items:
        series.setdefault((item.outcome.feed, item.outcome.force_code), []).append(item.outcome)
    contract_of = _contracts(registry)
    verdicts: dict[str, VolumeVerdict] = {}
    for outcomes in series.values():
        if contract := contract_of(outcomes[-1]):
            judged = judge_volumes([(o.period, o.rows_accepted) for o in outcomes], contract.volume)
            verdicts.update((o.delivery_id, judged[o.period]) for o in outcomes)
    return verdicts


def _contracts(registry: Registry) -> ContractOf:
    """The contract that a delivery was read by, or else one of its force and feed."""
    by_hash = {contract_hash(c): c for c in registry.contracts}
    by_slot = {(c.feed, c.force_code): c for c in registry.contracts}
    return lambda o: by_hash.get(o.contract_hash) or by_slot.get((o.feed, o.force_code))


def _state(item: Kept, is_standing: bool, landed_at: Mapping[Slot, str]) -> str:
    o = item.outcome
    if o.state == LANDED:
        return LANDED if is_standing else SUPERSEDED
    return CORRECTED if landed_at.get(_slot(o), "") > item.received_at else o.state


def _as_seen(outcome: Outcome, standing: Standing) -> Outcome:
    """The outcome as the night sees it: rows of a delivery that is not used count as refused until it is."""
    if standing.state == LANDED:
        return outcome
    return replace(
        outcome, state=standing.state, reason_code=standing.code, reason=standing.reason, rows_accepted=0,
        rows_refused=outcome.rows_in,
    )  # fmt: skip


def _row(item: Kept, state: str, verdict: VolumeVerdict, is_typed: bool) -> ManifestRow:
    o, is_loaded = item.outcome, state == LANDED
    return ManifestRow(
        outcome=o,
        part=str(item.part) if item.part else None,
        state=state,
        delivery_date=delivery_date(o.period),
        rows_loaded=o.rows_accepted if is_loaded else 0,
        rows_exact_duplicate=0,
        rows_superseded=0 if is_loaded else o.rows_accepted,
        volume_ratio=verdict.ratio,
        is_volume_suspect=verdict.is_suspect,
        is_typed=is_typed,
    )


def make_manifest(
    kept: Iterable[Kept], registry: Registry, released: Collection[str] = frozenset()
) -> Manifest:
    """The manifest of everything kept in a world; versions are counted afterwards.

    released: deliveries that a person has released, though they were held or degraded.
    """
    everything = list(kept)
    items = _newest_reading(everything)
    typed = frozenset(feed for feed in {i.outcome.feed for i in items} if registry.is_typed(feed))
    landed = [i.outcome for i in items if i.outcome.state == LANDED]
    verdicts = standings((o for o in landed if o.feed in typed), _contracts(registry), released)
    items = [
        replace(i, outcome=_as_seen(i.outcome, verdicts.get(i.outcome.delivery_id, Standing())))
        for i in items
    ]
    standing = _standing(items, typed)
    months = [i for i in items if i.outcome.delivery_id in standing and i.outcome.feed not in typed]
    volumes = _volumes(months, registry)
    volumes |= {name: verdict.volume for name, verdict in verdicts.items()}
    landed_at = {_slot(i.outcome): i.received_at for i in items if i.outcome.delivery_id in standing}
    rows = []
    for item in items:
        name = item.outcome.delivery_id
        state = _state(item, name in standing, landed_at)
        rows.append(
            _row(item, state, volumes.get(name, VolumeVerdict(None, False)), item.outcome.feed in typed)
        )
    rows.sort(key=lambda r: (r.outcome.force_code, r.outcome.period, r.outcome.feed, r.outcome.delivery_id))
    return Manifest(tuple(rows), _stale(everything, items), released=frozenset(released))


def _stale(everything: Sequence[Kept], newest: Sequence[Kept]) -> frozenset[tuple[str, str]]:
    """Readings that a newer one has replaced, where the part they lie in is still used for other deliveries."""
    parts = {k.outcome.delivery_id: k.part for k in newest}
    used = {part for part in parts.values() if part}
    return frozenset(
        (str(k.part), k.outcome.delivery_id)
        for k in everything
        if k.part in used and k.part != parts[k.outcome.delivery_id]
    )

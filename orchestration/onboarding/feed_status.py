"""`feed status`: contracts, what landed in the world of the last night, and what was rehearsed, as the board.

Read-only. Not here: the board itself (board), rehearsing (rehearsal).
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from data_contracts.model import ContractError, FeedContract
from data_contracts.registry import HERE, Registry
from governance.feed_releases import read_feed_releases
from orchestration.landing.manifest import ManifestRow, make_manifest
from orchestration.landing.store import Store, contract_hash
from orchestration.layout import Layout, world_of
from orchestration.onboarding.board import BoardRow, Slot, counts, make_board


def rehearsals_of(out: Path) -> Path:
    """Where rehearsals of an OUT are kept: beside it, because a rehearsal leaves OUT as it was."""
    return out.with_name(f"{out.name}.rehearsals")


def record_of(out: Path, force_code: str, feed: str) -> Path:
    """The report of the last rehearsal of a feed."""
    return rehearsals_of(out) / force_code / f"{feed}.json"


def feed_status(
    out: Path, forces: Path | None = None, landing: Path | None = None, as_of: date | None = None
) -> dict[str, Any]:
    """The board as an answer. landing: the place whose world is meant; None for that of the last night."""
    registry = Registry.load(HERE, forces)
    layout = world_in(out, landing)
    rows: tuple[ManifestRow, ...] = ()
    if layout is not None:
        everything = make_manifest(
            Store(layout.landed, layout.quarantine).known(),
            registry,
            read_feed_releases(layout.feed_releases).released,
        )
        as_of = as_of or everything.default_as_of()
        rows = everything.before(as_of).rows if as_of else ()
    board = make_board(registry, rows, as_of, rehearsed(out, registry.drafts))
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "world": layout.world if layout else None,
        "states": counts(board),
        "feeds": [row.as_json() for row in board],
        "unread_drafts": _unread(forces or HERE / "forces", registry),
    }


def world_in(out: Path, landing: Path | None) -> Layout | None:
    """The world that was told, or that in which something was kept last; None where no night has run."""
    if landing is not None:
        return Layout(out, world_of(landing))
    worlds = [Layout(out, path.name) for path in sorted((out / "warehouse").glob("*")) if path.is_dir()]
    latest = [
        (max(k.received_at for k in kept), w)
        for w in worlds
        if (kept := Store(w.landed, w.quarantine).known())
    ]
    return max(latest, key=lambda pair: pair[0])[1] if latest else None


def rehearsed(out: Path, drafts: tuple[FeedContract, ...]) -> dict[Slot, str]:
    """The drafts that were rehearsed as they stand now."""
    found: dict[Slot, str] = {}
    for draft in drafts:
        path = record_of(out, draft.force_code, draft.feed)
        if path.is_file():
            said = json.loads(path.read_text(encoding="utf-8"))
            if said.get("contract_hash") == contract_hash(draft):
                found[(draft.force_code, draft.feed)] = said["contract_hash"]
    return found


def _unread(forces: Path, registry: Registry) -> list[str]:
    """Drafts that do not even read, and why."""
    from data_contracts import registry as reading

    by_version = reading.versions_of(registry.canonicals)
    said = []
    for path in sorted(forces.glob("*/*.odcs.yaml")):
        if reading.is_open_draft(path):
            try:
                reading.read_contract(path, by_version, {})
            except ContractError as problem:
                said.append(str(problem))
    return said


def board_of(answer: dict[str, Any]) -> list[BoardRow]:
    """The rows of an answer again."""
    return [BoardRow(**row) for row in answer["feeds"]]

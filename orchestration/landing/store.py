"""Keeping what landed: immutable Parquet parts and, beside each, the outcomes of the deliveries in it.

    landed/<feed>/<force>/<part>.parquet   accepted rows of one or more deliveries
    landed/<feed>/<force>/<part>.json      their outcomes; written last, so a part without one never counts
    quarantine/<feed>/<force>/<delivery>.parquet   refused rows, with line, reason and the line itself

A part is named by the deliveries in it and the contract they were read with: a changed contract makes new parts
and never touches old ones. Not here: reading files (fast, careful), which parts a night uses (manifest).
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data_contracts.model import FeedContract
from orchestration.landing.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """An outcome as found in the store, with the moment it was received (ISO, UTC)."""

    outcome: Outcome
    received_at: str
    part: Path | None


def contract_hash(contract: FeedContract) -> str:
    """12 hex digits over the files that a contract is made of."""
    stamps = ((path, path.stat()) for path in contract.made_of)
    return _hash_of(tuple((path, s.st_size, s.st_mtime_ns) for path, s in stamps))


@lru_cache(maxsize=1024)
def _hash_of(files: tuple[tuple[Path, int, int], ...]) -> str:
    digest = hashlib.sha256()
    for path, _, _ in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def part_name(delivery_ids: Iterable[str], contract_digest: str) -> str:
    """16 hex digits naming a part."""
    return hashlib.sha256("|".join([contract_digest, *sorted(delivery_ids)]).encode()).hexdigest()[:16]


def settle(temporary: Path, final: Path) -> None:
    """Make a finished file durable under its final name: fsync, rename, fsync the folder."""
    with temporary.open("rb+") as handle:
        os.fsync(handle.fileno())
    temporary.replace(final)
    folder = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Store:
    """The landed and quarantined rows of one world."""

    def __init__(self, landed: Path, quarantine: Path) -> None:
        """landed, quarantine: the two folders; made when first needed."""
        self._landed, self._quarantine = landed, quarantine

    def folder(self, feed: str, force_code: str) -> Path:
        """Where the parts of one force's feed lie."""
        folder = self._landed / feed / force_code
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def quarantine_path(self, feed: str, force_code: str, delivery_id: str) -> Path:
        """Where the refused rows of one delivery lie."""
        folder = self._quarantine / feed / force_code
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{delivery_id}.parquet"

    def known(self) -> tuple[Kept, ...]:
        """Every outcome ever kept, in a stable order."""
        found = []
        for sidecar in sorted(self._landed.glob("*/*/*.json")):
            raw = json.loads(sidecar.read_text())
            for item in raw["outcomes"]:
                outcome = Outcome.from_json(item)
                part = sidecar.with_name(f"{outcome.part}.parquet") if outcome.part else None
                found.append(Kept(outcome, raw["received_at"], part))
        return tuple(found)

    def restate(self, outcome: Outcome, received_at: str) -> None:
        """Note that a delivery kept before was sent again and is the force's last word for its month."""
        folder = self.folder(outcome.feed, outcome.force_code)
        again = hashlib.sha256(f"{outcome.delivery_id}|{received_at}".encode()).hexdigest()[:16]
        self._write(folder, again, [outcome], received_at)

    def keep(self, outcomes: Sequence[Outcome], received_at: str, rows: Path | None) -> None:
        """Settle a part and its outcomes. rows: the Parquet file just written, None when nothing was accepted."""
        first = outcomes[0]
        folder = self.folder(first.feed, first.force_code)
        name = first.part or part_name((o.delivery_id for o in outcomes), first.contract_hash)
        if rows is not None:
            settle(rows, folder / f"{name}.parquet")
        self._write(folder, name, outcomes, received_at)

    @staticmethod
    def _write(folder: Path, name: str, outcomes: Sequence[Outcome], received_at: str) -> None:
        temporary = folder / f".{name}.json.tmp"
        body = {"received_at": received_at, "outcomes": [o.as_json() for o in outcomes]}
        temporary.write_text(json.dumps(body, indent=1, sort_keys=True) + "\n")
        settle(temporary, folder / f"{name}.json")

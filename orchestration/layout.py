"""Where things lie under OUT: one frozen record of paths, so that no other module joins strings.

    OUT/packs/<as-of>/<force>/                    the shelf: draft packs
    OUT/runs/<run>/summary.json                   what each night did
    OUT/ledger.sqlite                             which nights ran, and which is running
    OUT/decisions/*.json                          people's decisions, dropped here
    OUT/decisions/identity/*.json                 decisions about who is who
    OUT/decisions/feeds/*.json                    deliveries that people released
    OUT/audit.jsonl                               releases and withdrawals, chained
    OUT/warehouse/<world>/landed/<feed>/<force>/  accepted rows, immutable, named by content
    OUT/warehouse/<world>/quarantine/…            refused rows, the same
    OUT/warehouse/<world>/validated/<code>/       what Great Expectations found in each delivery
    OUT/warehouse/<world>/people/                 what linkage keeps between nights, and the ledger of ids
    OUT/warehouse/<world>/generations/*.duckdb    one file per night; CURRENT names the one to read
    OUT/warehouse/<world>/work/<run>/             scratch of a running night

A world is one landing place: what was landed from it before still counts, what came from elsewhere does not.
Not here: what the files hold (landing, warehouse, publish).
"""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one OUT folder and one world."""

    out: Path
    world: str

    @property
    def packs(self) -> Path:
        """The shelf, shared by all worlds."""
        return self.out / "packs"

    @property
    def ledger(self) -> Path:
        """The run ledger (SQLite), shared by all worlds."""
        return self.out / "ledger.sqlite"

    @property
    def decisions(self) -> Path:
        """Where people's decisions are dropped as JSON."""
        return self.out / "decisions"

    @property
    def identity_decisions(self) -> Path:
        """Where decisions about who is who are dropped as JSON."""
        return self.decisions / "identity"

    @property
    def feed_releases(self) -> Path:
        """Where the releases of deliveries that were set aside are kept as JSON."""
        return self.decisions / "feeds"

    @property
    def audit(self) -> Path:
        """The audit log, shared by all worlds."""
        return self.out / "audit.jsonl"

    @property
    def people(self) -> Path:
        """What linkage keeps between nights, and the ledger of persons' ids."""
        return self.home / "people"

    @property
    def home(self) -> Path:
        """The warehouse folder of this world."""
        return self.out / "warehouse" / self.world

    @property
    def landed(self) -> Path:
        """Accepted rows and the outcome of each delivery."""
        return self.home / "landed"

    @property
    def quarantine(self) -> Path:
        """Refused rows."""
        return self.home / "quarantine"

    @property
    def validated(self) -> Path:
        """What Great Expectations found in the newest deliveries, so that each is judged once."""
        return self.home / "validated"

    @property
    def generations(self) -> Path:
        """One warehouse file per night."""
        return self.home / "generations"

    @property
    def models(self) -> Path:
        """Fitted artefacts (normal ranges), named by content, with their own CURRENT."""
        return self.home / "models"

    def run(self, run_id: str) -> Path:
        """The folder of one run's summary."""
        return self.out / "runs" / run_id

    def work(self, run_id: str) -> Path:
        """Scratch of one running night."""
        return self.home / "work" / run_id


def world_of(landing: Path) -> str:
    """A short stable name for a landing place: its last word and a digest of its full path."""
    resolved = landing.resolve()
    word = re.sub(r"[^a-z0-9]+", "-", resolved.stem.lower()).strip("-") or "landing"
    return f"{word[:40]}-{hashlib.sha256(str(resolved).encode()).hexdigest()[:8]}"

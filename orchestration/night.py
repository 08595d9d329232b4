"""One night: what it was told, where it works, how far it is. Stages record themselves here; the lease is held here.

Not here: what a stage does (steps), the graph (assets), the words printed about it (progress, summary).
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from data_contracts.registry import Registry
from orchestration.fingerprint import code_hash
from orchestration.layout import Layout
from orchestration.ledger import Lease, Ledger
from orchestration.settings import REPOSITORY, Settings

STAGES = ("land", "stage", "conflate", "score", "profile", "publish")


class NightError(Exception):
    """The night cannot go on: one sentence for a person, no traceback."""


class Reporter(Protocol):
    """Whoever tells a person how far the night is."""

    def stage(self, name: str, said: str) -> None:
        """A stage began, or has something to say."""

    def done(self, name: str, seconds: float, said: str) -> None:
        """A stage ended."""


class Silent:
    """Says nothing."""

    def stage(self, name: str, said: str) -> None:
        """Nothing."""

    def done(self, name: str, seconds: float, said: str) -> None:
        """Nothing."""


@dataclass(slots=True)
class Night:
    """A running night. `facts` is its memory between stages; `record` writes it to the work folder as well."""

    settings: Settings
    landing: Path
    layout: Layout
    run_id: str
    registry: Registry
    lease: Lease
    reporter: Reporter
    facts: dict[str, Any] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))
    failed: str = ""
    taken: set[tuple[date, str]] = field(
        default_factory=set
    )  # packs of another world of this run: as-of date, force

    @property
    def work(self) -> Path:
        """Scratch of this night."""
        return self.layout.work(self.run_id)

    @property
    def code(self) -> str:
        """sha256 of the code that runs."""
        return code_hash(REPOSITORY)

    @property
    def as_of(self) -> date:
        """The night's as-of date; NightError before landing has found it."""
        if "as_of" not in self.facts:
            raise NightError("The as-of date is not known: run the landing stage first.")
        return date.fromisoformat(self.facts["as_of"])

    def record(self, **facts: Any) -> None:
        """Remember facts for later stages and for whoever looks into the work folder."""
        self.facts.update(facts)
        (self.work / "night.json").write_text(
            json.dumps(self.facts, indent=1, sort_keys=True, default=str) + "\n"
        )

    def say(self, stage: str, said: str) -> None:
        """Tell how far a stage is."""
        self.reporter.stage(stage, said)

    def spent(self, stage: str, seconds: float) -> None:
        """Add to the time of a stage."""
        self.seconds[stage] += seconds

    def fail(self, stage: str, error: BaseException) -> None:
        """Mark the night as failed, once: our own sentences are kept, other errors by their kind and first line."""
        lines = str(error).splitlines() or [""]
        said = str(error) if isinstance(error, NightError) else f"{type(error).__name__}: {lines[0]}"
        self.failed = self.failed or f"{stage}: {said}"

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Record a stage in the ledger and time it; an error marks the night as failed and goes on up."""
        self.lease.stage(name)
        started = time.perf_counter()
        try:
            yield
        except BaseException as error:
            self.fail(name, error)
            raise
        finally:
            self.spent(name, time.perf_counter() - started)


@contextmanager
def open_nights(
    settings: Settings,
    places: Sequence[tuple[Path, Layout]],
    run_id: str,
    reporter: Reporter,
    registry: Registry | None = None,
) -> Iterator[tuple[Night, ...]]:
    """Take the lease and hold it while a run's nights go on, one a landing place; the ledger then has the outcome.

    A run has failed when all its nights have. registry: contracts to read by, where they are not those in force (a
    rehearsal).
    """
    registry = registry or Registry.load()
    ledger = Ledger(places[0][1].ledger)
    as_of = settings.as_of or datetime.now(UTC).date()
    with ledger.lease(run_id, as_of, code_hash=code_hash(REPOSITORY)) as lease:
        nights = []
        for landing, layout in places:
            clear_abandoned(layout)
            layout.work(run_id).mkdir(parents=True, exist_ok=True)
            told = settings.told(landing=landing)
            nights.append(Night(told, landing, layout, run_id, registry, lease, reporter))
        yield tuple(nights)
        # the ledger holds where it failed, not the words, which may quote a record
        failed = [night.failed.split(":", 1)[0] for night in nights if night.failed]
        lease.finish("FAILED" if len(failed) == len(nights) else "SUCCEEDED", ", ".join(failed))


def clear_abandoned(layout: Layout) -> None:
    """Remove what dead nights left in scratch: the lease is ours, so nobody is using it."""
    import shutil

    for folder in (layout.home / "work").glob("*"):
        shutil.rmtree(folder, ignore_errors=True)
    for temporary in layout.landed.glob("*/*/.*.tmp"):
        temporary.unlink(missing_ok=True)

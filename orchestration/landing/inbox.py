"""Landing a whole place: every file found there ends as outcomes, a copy, or something left alone; none is lost.

inbox → archive → gate → groups. One file may bring several feeds: each is a delivery of its own. One bad file never
stops the others. Not here: holding one file against its
contract (gate), landing the files of a group (groups), which of the kept deliveries a night uses (manifest).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from data_contracts.model import FileMatch, Skipped
from data_contracts.registry import Registry
from orchestration.landing.archive import Candidate, Ignored, Refusal, open_landing
from orchestration.landing.found import Found, shown
from orchestration.landing.gate import manifest_digest, prepare
from orchestration.landing.groups import Bench, land_groups, take_out
from orchestration.landing.outcome import LANDED, Outcome
from orchestration.landing.ready import Ready
from orchestration.landing.sent_manifest import ManifestPath
from orchestration.landing.store import contract_hash
from orchestration.landing.unclaimed import parts_left_alone

__all__ = ["Bench", "Inbox", "LandingReport"]
Progress = Callable[[int, int], None]
Month = tuple[str, str, str]  # feed, force, period


@dataclass(slots=True)
class LandingReport:
    """What became of everything found in one landing place tonight."""

    outcomes: list[Outcome] = field(default_factory=list)  # deliveries new tonight
    n_reused: int = 0  # deliveries landed on an earlier night, unchanged
    copies: list[str] = field(default_factory=list)  # a second copy of a delivery under another name
    left_alone: list[Ignored] = field(default_factory=list)
    refused_files: list[Refusal] = field(default_factory=list)  # not opened, and of no known force


class _Manifests:
    """The manifests found at a place, by the path that each speaks of."""

    def __init__(self, listed: Sequence[Found]) -> None:
        """listed: everything found there."""
        self._left = {
            found.match.described: found
            for found in listed
            if isinstance(found, Candidate) and isinstance(found.match, ManifestPath)
        }

    def take(self, path: PurePosixPath) -> Path | None:
        """The manifest of a file, named after it with or without its suffix."""
        found = self._left.pop(str(path), None) or self._left.pop(str(path.with_suffix("")), None)
        return found.local_path if found else None

    def alone(self) -> list[Ignored]:
        """Those whose file is not there."""
        said = "stands alone: the file that it speaks of is not beside it, so send that as well."
        return [
            Ignored(found.relative_path, "MANIFEST_ALONE", f"{shown(found.relative_path)} {said}")
            for found in self._left.values()
        ]


class Inbox:
    """One landing place and what is already known of it."""

    def __init__(self, registry: Registry, bench: Bench) -> None:
        """Reads the outcomes already kept, so that the same file lands once."""
        self._registry, self._bench = registry, bench
        self._matches = lru_cache(maxsize=None)(registry.matches)
        self._known: dict[tuple[str, str, str], Outcome] = {}
        self._standing: dict[Month, str] = {}  # delivery last received
        for kept in sorted(bench.store.known(), key=lambda k: (k.received_at, k.outcome.file_name)):
            o = kept.outcome
            self._known[(o.delivery_id, o.contract_hash, o.manifest_sha256)] = o
            if o.state == LANDED:
                self._standing[_month_of(o)] = o.delivery_id

    def land(
        self, path: Path, only_force: str | None = None, progress: Progress | None = None
    ) -> LandingReport:
        """Land everything at `path` (or one force's files); LandingError when the place itself cannot be used."""
        report = LandingReport()
        groups: dict[tuple[object, ...], list[Ready]] = {}
        for ready in self._ready(path, only_force, report):
            dialect = ready.file.dialect if ready.file.reader == "csv" else None
            shape = (dialect, ready.heading.physical, ready.is_extracted)
            groups.setdefault((ready.contract.path, ready.force_code, shape), []).append(ready)
        total, done = sum(map(len, groups.values())), 0
        for n_files, outcomes in land_groups(self._bench, list(groups.values())):
            report.outcomes.extend(outcomes)
            done += n_files
            if progress:
                progress(done, total)
        return report

    def _recognise(self, path: PurePosixPath) -> tuple[FileMatch, ...] | ManifestPath | Skipped | None:
        """Every contract that reads a file, or that it is a manifest; why it is left alone, or None, where neither."""
        if manifest := ManifestPath.of(path):
            return manifest
        if matches := self._matches(path):
            return matches
        known = self._registry.match(path)
        return known if isinstance(known, Skipped) else None

    def _found(
        self, path: Path, only_force: str | None, report: LandingReport
    ) -> Iterator[tuple[Candidate | Refusal, FileMatch, Path | None]]:
        """Every file that some contract reads, once for each, with its manifest; the others go to the report."""
        listed = list(open_landing(path, self._bench.work, self._recognise))
        manifests = _Manifests(listed)
        for found in listed:
            matches = self._matches(found.relative_path)
            if isinstance(found.match if isinstance(found, Candidate) else None, ManifestPath):
                continue
            if matches and only_force not in (None, matches[0].force_code):
                manifests.take(found.relative_path)
            elif isinstance(found, Ignored):
                report.left_alone.append(found)
            elif matches:
                manifest = manifests.take(found.relative_path)
                yield from ((found, match, manifest) for match in matches)
            elif isinstance(found, Refusal):
                report.refused_files.append(found)
        report.left_alone += manifests.alone()

    def _tell_parts(self, found: Candidate | Refusal, report: LandingReport) -> None:
        """What no contract claims of a workbook or zip goes to the report."""
        files = [match.file for match in self._matches(found.relative_path)]
        for part in parts_left_alone(found, files) if isinstance(found, Candidate) else ():
            if isinstance(part, Ignored):
                report.left_alone.append(part)
            else:
                report.refused_files.append(part)

    def _ready(self, path: Path, only_force: str | None, report: LandingReport) -> Iterable[Ready]:
        seen: dict[str, str] = {}
        again: list[Outcome] = []
        months: Counter[Month] = Counter()
        opened: set[str] = set()
        for found, match, manifest in self._found(path, only_force, report):
            prepared = prepare(found, match, manifest)
            name = str(found.relative_path)
            if (first := seen.setdefault(prepared.delivery_id, name)) != name:
                copy = f"{name} is the same file as {first} and landed once"
                report.copies += [] if copy in report.copies else [copy]
                continue
            months[(match.contract.feed, match.force_code, match.period)] += 1
            digest = manifest_digest(prepared)
            known = self._known.get((prepared.delivery_id, contract_hash(match.contract), digest))
            if known:
                report.n_reused += 1
                is_month = known.state == LANDED and not match.contract.is_typed
                if is_month and self._standing[_month_of(known)] != known.delivery_id:
                    again.append(known)
                continue
            if isinstance(prepared, Ready) and match.file.reader != "csv":
                if name not in opened:
                    opened.add(name)
                    self._tell_parts(found, report)
                prepared = take_out(self._bench, prepared)
            if isinstance(prepared, Ready):
                yield prepared
            else:
                report.outcomes += self._bench.keep([prepared])
        for known in again:  # an earlier file sent again alone is the force's last word for its month
            if months[_month_of(known)] == 1:
                self._bench.store.restate(known, self._bench.received_at)


def _month_of(outcome: Outcome) -> Month:
    return outcome.feed, outcome.force_code, outcome.period

"""Landing a whole place: every file found there ends as outcomes, a copy, or something left alone; none is lost.

inbox → archive → header → groups. One file may bring several feeds: each is a delivery of its own. One bad file never
stops the others. Not here: landing the files of a group (groups), which of the kept deliveries a night uses (manifest).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from data_contracts.model import FileMatch, Skipped
from data_contracts.registry import Registry
from orchestration.landing.archive import Candidate, Ignored, Refusal, open_landing
from orchestration.landing.byte_faults import Expected, fault_of
from orchestration.landing.groups import Bench, land_groups, take_out
from orchestration.landing.header import HeaderError, Heading, read_heading
from orchestration.landing.judged import refused
from orchestration.landing.outcome import LANDED, Outcome, delivery_id_of
from orchestration.landing.ready import Ready, stamp_of
from orchestration.landing.store import contract_hash
from orchestration.landing.transcribe import codec_name, first_line
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


def _expected(match: FileMatch) -> Expected:
    """What the contract says the file is."""
    file = match.file
    kind = "zip" if file.reader == "xml" and file.member is not None else file.reader
    if file.reader != "csv":
        return Expected(kind)
    return Expected(kind, codec_name((file.dialect or match.contract.dialect).encoding))


def _identity(match: FileMatch, sha256: str) -> str:
    """Identity of a delivery. A dated file is its content under its date: two empty deltas are two deliveries."""
    content = f"{sha256}|{match.period}|{match.mode}" if match.contract.is_typed else sha256
    return delivery_id_of(match.contract.feed, match.force_code, content)


def _unread(path: str, match: FileMatch, sha256: str, local: Path, n_lines: int) -> Ready:
    """A delivery as a Ready, for an outcome that says why it was not read; its content keeps its file's name."""
    return Ready(
        contract=match.contract, file=match.file, force_code=match.force_code, period=match.period, mode=match.mode,
        file_name=path, original=local, local_path=local, content_sha256=sha256,
        delivery_id=delivery_id_of(match.contract.feed, match.force_code, f"{sha256}|{path}"),
        heading=Heading((), (), ()), n_lines=n_lines, is_plain=False,
    )  # fmt: skip


def _prepare(found: Candidate, match: FileMatch) -> Ready | Outcome:
    """A file that may be read, or the outcome that says why not."""
    path, report = str(found.relative_path), found.report
    n_lines = max(0, report.n_lines - 1)
    unread = _unread(path, match, found.sha256, found.local_path, n_lines)
    expected = _expected(match)
    if fault := fault_of(report, expected):
        return refused(unread, 0, fault.code, f"it {fault.complaint}")
    read = replace(unread, delivery_id=_identity(match, found.sha256), stamp=stamp_of(found.local_path))
    if expected.kind != "csv":
        return read
    try:
        heading = read_heading(first_line(found.local_path, expected.encoding), match.contract, read.dialect)
    except UnicodeDecodeError:
        return refused(unread, n_lines, "HEADER", "its first line is not valid text in the agreed encoding")
    except HeaderError as error:
        return refused(unread, n_lines, "HEADER", str(error))
    is_plain = report.is_utf8 and not report.has_controls and expected.encoding == "utf-8"
    return replace(
        read, heading=heading, is_plain=is_plain, is_tidy=not report.has_odd_signs, notes=heading.notes
    )


class Inbox:
    """One landing place and what is already known of it."""

    def __init__(self, registry: Registry, bench: Bench) -> None:
        """Reads the outcomes already kept, so that the same file lands once."""
        self._registry, self._bench = registry, bench
        self._matches = lru_cache(maxsize=None)(registry.matches)
        self._known: dict[tuple[str, str], Outcome] = {}
        self._standing: dict[Month, str] = {}  # delivery last received
        for kept in sorted(bench.store.known(), key=lambda k: (k.received_at, k.outcome.file_name)):
            o = kept.outcome
            self._known[(o.delivery_id, o.contract_hash)] = o
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

    def _recognise(self, path: PurePosixPath) -> tuple[FileMatch, ...] | Skipped | None:
        """Every contract that reads a file; why it is left alone, or None, where there is none."""
        if matches := self._matches(path):
            return matches
        known = self._registry.match(path)
        return known if isinstance(known, Skipped) else None

    def _found(
        self, path: Path, only_force: str | None, report: LandingReport
    ) -> Iterator[tuple[Candidate | Refusal, FileMatch]]:
        """Every file that some contract reads, once for each; the others go to the report."""
        for found in open_landing(path, self._bench.work, self._recognise):
            matches = self._matches(found.relative_path)
            if matches and only_force not in (None, matches[0].force_code):
                continue
            if isinstance(found, Ignored):
                report.left_alone.append(found)
            elif matches:
                yield from ((found, match) for match in matches)
            elif isinstance(found, Refusal):
                report.refused_files.append(found)

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
        for found, match in self._found(path, only_force, report):
            prepared = (
                _refused_unopened(found, match) if isinstance(found, Refusal) else _prepare(found, match)
            )
            name = str(found.relative_path)
            if (first := seen.setdefault(prepared.delivery_id, name)) != name:
                copy = f"{name} is the same file as {first} and landed once"
                report.copies += [] if copy in report.copies else [copy]
                continue
            months[(match.contract.feed, match.force_code, match.period)] += 1
            known = self._known.get((prepared.delivery_id, contract_hash(match.contract)))
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


def _refused_unopened(found: Refusal, match: FileMatch) -> Outcome:
    """A recognised file that was not opened: its rows cannot be counted, so none are."""
    unread = _unread(str(found.relative_path), match, found.code, Path(), 0)
    return refused(unread, 0, found.code, found.sentence)

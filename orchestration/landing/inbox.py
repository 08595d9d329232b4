"""Landing a whole place: every file found there ends as an outcome, a copy, or something left alone; none is lost.

inbox → archive → header → fast | careful → judged → store. One bad file never stops the others.
Not here: which of the kept deliveries a night uses (manifest).
"""

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from data_contracts.model import FeedContract, FileMatch
from data_contracts.registry import Registry
from orchestration.landing.archive import Candidate, Ignored, Refusal, open_landing
from orchestration.landing.fast import FastReading, read_fast
from orchestration.landing.header import HeaderError, Heading, read_heading
from orchestration.landing.judged import breaks_row_limits, judge_delivery, land_carefully, lines_of, refused
from orchestration.landing.outcome import LANDED, Outcome, delivery_id_of
from orchestration.landing.ready import Ready, stamp_of
from orchestration.landing.store import Store, contract_hash, part_name

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class LandingReport:
    """What became of everything found in one landing place tonight."""

    outcomes: list[Outcome] = field(default_factory=list)  # deliveries new tonight
    n_reused: int = 0  # deliveries landed on an earlier night, unchanged
    copies: list[str] = field(default_factory=list)  # a second copy of a delivery under another name
    left_alone: list[Ignored] = field(default_factory=list)
    refused_files: list[Refusal] = field(default_factory=list)  # not opened, and of no known force


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools a landing works with: a scratch connection, the store, a scratch folder, the moment of receipt."""

    con: duckdb.DuckDBPyConnection
    store: Store
    work: Path
    received_at: str


def _unread(
    path: str, match: FileMatch, heading: Heading | None, sha256: str, local: Path, n_lines: int
) -> Ready:
    """A delivery as a Ready, for an outcome that says why it was not read. Refused content keeps its file's name."""
    identity = delivery_id_of(
        match.contract.feed, match.force_code, f"{sha256}|{path}" if not heading else sha256
    )
    return Ready(
        contract=match.contract, force_code=match.force_code, period=match.period, file_name=path, local_path=local,
        content_sha256=sha256, delivery_id=identity, heading=heading or Heading((), (), ()), n_lines=n_lines,
        is_plain=False,
    )  # fmt: skip


def _first_line(path: Path, contract: FeedContract) -> str:
    with path.open("rb") as handle:
        raw = handle.readline(65_536).removeprefix(codecs.BOM_UTF8)
    return raw.decode(contract.dialect.encoding).rstrip("\r\n")


def _prepare(found: Candidate, match: FileMatch) -> Ready | Outcome:
    """A file that may be read, or the outcome that says why not."""
    path, report = str(found.relative_path), found.report
    n_lines = max(0, report.n_lines - 1)
    unread = _unread(path, match, None, found.sha256, found.local_path, n_lines)
    if report.fault:
        return refused(unread, 0, report.fault.code, f"it {report.fault.complaint}")
    try:
        heading = read_heading(_first_line(found.local_path, match.contract), match.contract)
    except UnicodeDecodeError:
        return refused(unread, n_lines, "HEADER", "its first line is not valid text in the agreed encoding")
    except HeaderError as error:
        return refused(unread, n_lines, "HEADER", str(error))
    read = _unread(path, match, heading, found.sha256, found.local_path, n_lines)
    is_plain = (
        report.is_utf8 and not report.has_controls and match.contract.dialect.encoding.lower() == "utf-8"
    )
    return replace(read, is_plain=is_plain, notes=heading.notes, stamp=stamp_of(found.local_path))


def _land_plain(bench: Bench, files: Sequence[Ready]) -> tuple[list[Outcome], list[Ready]]:
    """Land what the fast reader can vouch for; returns outcomes, and the files it cannot."""
    if not files:
        return [], []
    feed, force = files[0].contract.feed, files[0].force_code
    name = part_name((f.delivery_id for f in files), contract_hash(files[0].contract))
    target = bench.store.folder(feed, force) / f".{name}.parquet.tmp"
    reading = read_fast(bench.con, files, target)
    if changed := _changed(bench, files, target):
        gone = {o.file_name for o in changed}
        landed, more = _land_plain(bench, [f for f in files if f.file_name not in gone])
        return [*changed, *landed], more
    outcomes = [] if reading.doubtful else [_judged(bench, f, reading, name) for f in files]
    unsound = reading.doubtful | {o.delivery_id for o in outcomes if o.state != LANDED}
    if unsound:
        target.unlink(missing_ok=True)
        landed, more = _land_plain(bench, [f for f in files if f.delivery_id not in unsound])
        return landed, [*more, *(f for f in files if f.delivery_id in unsound)]
    bench.store.keep(outcomes, bench.received_at, target)
    return outcomes, []


def _judged(bench: Bench, ready: Ready, reading: FastReading, part: str) -> Outcome:
    """The outcome of a well-formed file: refused rows are fetched from it line by line."""
    wanted = dict(reading.refused.get(ready.delivery_id, ()))
    bad = lines_of(ready.local_path, wanted) if wanted else []
    quarantine = bench.store.quarantine_path(ready.contract.feed, ready.force_code, ready.delivery_id)
    return judge_delivery(ready, ready.n_lines, bad, quarantine, part)


def _land_troubled(bench: Bench, ready: Ready) -> Outcome:
    feed, force = ready.contract.feed, ready.force_code
    name = part_name([ready.delivery_id], contract_hash(ready.contract))
    target = bench.store.folder(feed, force) / f".{name}.parquet.tmp"
    quarantine = bench.store.quarantine_path(feed, force, ready.delivery_id)
    outcome = land_carefully(bench.con, ready, target, quarantine, name)
    if changed := _changed(bench, [ready], target):
        return changed[0]
    bench.store.keep([outcome], bench.received_at, target if outcome.part else None)
    return outcome


def _land_group(bench: Bench, files: Sequence[Ready]) -> list[Outcome]:
    """Land the files of one force that share contract and heading."""
    outcomes: list[Outcome] = []
    plain: list[Ready] = []
    troubled: list[Ready] = []
    for f in files:
        limit = breaks_row_limits(f.contract, f.n_lines)
        if limit:
            outcomes.append(refused(f, f.n_lines, *limit))
            bench.store.keep(outcomes[-1:], bench.received_at, None)
        else:
            (plain if f.is_plain else troubled).append(f)
    landed, doubtful = _land_plain(bench, plain)
    return [*outcomes, *landed, *(_land_troubled(bench, f) for f in (*troubled, *doubtful))]


def _changed(bench: Bench, files: Sequence[Ready], rows: Path) -> list[Outcome]:
    """Refusals of files that are no longer what was hashed; the rows read from them are thrown away."""
    changed = [f for f in files if stamp_of(f.local_path) != f.stamp]
    if changed:
        rows.unlink(missing_ok=True)
    why = "it was still being written while it was read; send it again when whole"
    outcomes = []
    for f in changed:  # named by file and moment, so that its content may still land
        name = f"{f.content_sha256}|{f.file_name}|{bench.received_at}"
        identity = delivery_id_of(f.contract.feed, f.force_code, name)
        outcomes.append(refused(replace(f, delivery_id=identity), 0, "CHANGED", why))
        bench.store.keep(outcomes[-1:], bench.received_at, None)
    return outcomes


class Inbox:
    """One landing place and what is already known of it."""

    def __init__(self, registry: Registry, bench: Bench) -> None:
        """Reads the outcomes already kept, so that the same file lands once."""
        self._registry, self._bench = registry, bench
        self._known: dict[tuple[str, str], Outcome] = {}
        self._standing: dict[
            tuple[str, str, str], str
        ] = {}  # delivery last received, by feed, force and month
        for kept in sorted(bench.store.known(), key=lambda k: (k.received_at, k.outcome.file_name)):
            o = kept.outcome
            self._known[(o.delivery_id, o.contract_hash)] = o
            if o.state == LANDED:
                self._standing[(o.feed, o.force_code, o.period)] = o.delivery_id

    def land(
        self, path: Path, only_force: str | None = None, progress: Progress | None = None
    ) -> LandingReport:
        """Land everything at `path` (or one force's files); LandingError when the place itself cannot be used."""
        report = LandingReport()
        groups: dict[tuple[str, str, tuple[str, ...]], list[Ready]] = {}
        for ready in self._ready(path, only_force, report):
            groups.setdefault(
                (str(ready.contract.path), ready.force_code, ready.heading.physical), []
            ).append(ready)
        total, done = sum(map(len, groups.values())), 0
        for files in groups.values():
            report.outcomes.extend(_land_group(self._bench, files))
            done += len(files)
            if progress:
                progress(done, total)
        return report

    def _ready(self, path: Path, only_force: str | None, report: LandingReport) -> Iterable[Ready]:
        seen: dict[str, str] = {}
        again: list[Outcome] = []
        months: Counter[tuple[str, str, str]] = Counter()
        for found in open_landing(path, self._bench.work, self._registry.match):
            match = self._registry.match(found.relative_path)
            if isinstance(match, FileMatch) and only_force not in (None, match.force_code):
                continue
            if isinstance(found, Ignored):
                report.left_alone.append(found)
                continue
            if not isinstance(match, FileMatch):
                assert isinstance(found, Refusal)  # noqa: S101 - a candidate always matched
                report.refused_files.append(found)
                continue
            prepared = (
                _refused_unopened(found, match) if isinstance(found, Refusal) else _prepare(found, match)
            )
            name = str(found.relative_path)
            if prepared.delivery_id in seen:
                report.copies.append(
                    f"{name} is the same file as {seen[prepared.delivery_id]} and landed once"
                )
                continue
            seen[prepared.delivery_id] = name
            months[(match.contract.feed, match.force_code, match.period)] += 1
            known = self._known.get((prepared.delivery_id, contract_hash(match.contract)))
            if known:
                report.n_reused += 1
                if known.state == LANDED and self._standing[_month_of(known)] != known.delivery_id:
                    again.append(known)
            elif isinstance(prepared, Outcome):
                self._bench.store.keep([prepared], self._bench.received_at, None)
                report.outcomes.append(prepared)
            else:
                yield prepared
        for known in again:  # an earlier file sent again alone is the force's last word for its month
            if months[_month_of(known)] == 1:
                self._bench.store.restate(known, self._bench.received_at)


def _month_of(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.feed, outcome.force_code, outcome.period


def _refused_unopened(found: Refusal, match: FileMatch) -> Outcome:
    """A recognised file that was not opened: its rows cannot be counted, so none are."""
    unread = _unread(str(found.relative_path), match, None, found.code, Path(), 0)
    return refused(unread, 0, found.code, found.sentence)

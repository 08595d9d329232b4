"""Landing beside the bare tool: our gate, heading, rules, spine and store against one DuckDB COPY of the same files.

Both read plain files from a folder, as text, with the same number of threads, and write Parquet with the same
compression; each in a process of its own. Unpacking a zip, where that is what was given, is measured by neither. Not
here: rendering, making files of many rows (many_rows).
"""

import shutil
import statistics
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.apart import Cost, cost_of
from benchmarks.clock import import_seconds
from benchmarks.many_rows import headings_of
from data_contracts import expectations
from data_contracts.registry import Registry
from orchestration.demo import demo_landing
from orchestration.landing.inbox import Bench, Inbox
from orchestration.landing.manifest import make_manifest
from orchestration.landing.quoting import literal, literals
from orchestration.landing.store import Store
from orchestration.settings import Settings
from orchestration.steps.sample import landed_sample
from orchestration.warehouse import connect_scratch

THREADS = 2
MEMORY = Settings(Path()).memory_limit
COMPRESSION = "snappy"


@dataclass(frozen=True, slots=True)
class LandingBench:
    """Costs of each round, of the same files. target: the ratio that is aimed at."""

    title: str
    files: int
    rows: int
    target: float
    ours: Sequence[Cost]
    bare: Sequence[Cost]

    @property
    def ratio(self) -> float:
        """Of the medians of CPU seconds."""
        return _median(self.ours) / _median(self.bare)

    def lines(self) -> list[str]:
        """For a person."""
        ours, bare = _median(self.ours), _median(self.bare)
        memory = [max(cost.peak_mb for cost in costs) for costs in (self.ours, self.bare)]
        rounds = ", ".join(f"{o.cpu / b.cpu:.2f}" for o, b in zip(self.ours, self.bare, strict=True))
        return [
            f"Landing {self.title}: {self.rows:,} rows in {self.files} files",
            f"  ours, row checks included   {ours:7.2f} s CPU   {self.rows / ours:12,.0f} rows a CPU second",
            f"  bare DuckDB CSV to Parquet  {bare:7.2f} s CPU   {self.rows / bare:12,.0f} rows a CPU second",
            f"  ratio                       {self.ratio:7.2f}   (target: at most {self.target}; each round: {rounds})",
            f"  largest memory              {memory[0]:7,.0f} MB ours, {memory[1]:,.0f} MB bare",
        ]


def _median(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def start_up_lines() -> list[str]:
    """CPU seconds that are over before either clock starts."""
    ours, bare = import_seconds("orchestration.landing.inbox"), import_seconds("duckdb")
    return [f"Start-up apart: {ours:.2f} s CPU of imports for ours, {bare:.2f} s for bare DuckDB"]


def expectations_lines(work: Path, feed: str, force: str) -> list[str]:
    """What Great Expectations costs beside: its suite over a sample of what was landed into `work`."""
    found = cost_of(_expect, work, feed, force)
    start_up = import_seconds("great_expectations")
    return [
        f"  Great Expectations beside   {found.cpu - start_up:7.2f} s CPU, and {start_up:.2f} s to import it"
    ]


def folder_of(landing: Path | None, work: Path) -> Path:
    """A plain folder of files: the place itself, or a zip unpacked."""
    place = landing or demo_landing(work, "demo")
    if place.is_dir():
        return place
    with zipfile.ZipFile(place) as archive:
        archive.extractall(work / "unpacked")  # a benchmark's own input, named by whoever runs it
    return work / "unpacked"


def land_all(folder: Path, work: Path) -> int:
    """Land a folder into an empty store; returns the rows that were in it."""
    con = connect_scratch(THREADS, MEMORY, work / "spill")
    bench = Bench(con, _store(work), work / "unpacked", "2026-01-01")
    report = Inbox(Registry.load(), bench).land(folder)
    con.close()
    return sum(o.rows_in for o in report.outcomes)


def copy_all(files: Sequence[Path], target: Path) -> None:
    """The bare tool: every file into one Parquet file, as text."""
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in headings_of(files[0]))
    with duckdb.connect(":memory:", config={"threads": str(THREADS)}) as con:
        con.execute(
            f"copy (select * from read_csv([{literals(files)}], columns = {{{columns}}}, header = true, "
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"')) "
            f"to {literal(target)} (format parquet, compression {COMPRESSION})"
        )


def _store(work: Path) -> Store:
    return Store(work / "landed", work / "quarantine")


def _expect(work: Path, feed: str, force: str) -> None:
    registry = Registry.load()
    contract = next(c for c in registry.contracts if c.feed == feed and c.force_code in ("", force))
    frame = landed_sample(make_manifest(_store(work).known(), registry), feed)
    expectations.validate(contract, frame, period=None)


def bench_landing(
    title: str, folder: Path, pattern: str, work: Path, rounds: int, target: float
) -> LandingBench:
    """Take turns, ours and bare, after one round of each that does not count. pattern: the files that are landed."""
    files = sorted(path for path in folder.rglob(pattern) if path.stat().st_size)
    ours, bare = [], []
    for turn in range(rounds + 1):
        print(f"landing {title}: round {turn} of {rounds}", file=sys.stderr, flush=True)
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        ours.append(cost_of(land_all, folder, work))
        bare.append(cost_of(copy_all, files, work / "bare.parquet"))
        (work / "bare.parquet").unlink()
    rows = sum(kept.outcome.rows_in for kept in _store(work).known())
    return LandingBench(title, len(files), rows, target, ours[1:], bare[1:])

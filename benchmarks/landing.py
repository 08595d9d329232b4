"""Landing beside the bare tool: our gate, heading, rules, spine and store against one DuckDB COPY of the same files.

Both read plain files from a folder with the same number of threads. Unpacking a zip, where that is what was given,
is measured apart. Not here: rendering.
"""

import shutil
import statistics
import zipfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.clock import import_seconds, timed
from data_contracts.registry import Registry
from orchestration.demo import demo_landing
from orchestration.landing.inbox import Bench, Inbox
from orchestration.landing.quoting import literal, literals
from orchestration.landing.store import Store
from orchestration.warehouse import connect_scratch

THREADS = 2


@dataclass(frozen=True, slots=True)
class LandingBench:
    """Median CPU seconds; rows are those landed."""

    files: int
    rows: int
    ours: float
    bare: float
    our_start_up: float
    bare_start_up: float

    def lines(self) -> list[str]:
        """For a person."""
        return [
            f"Landing {self.rows:,} rows in {self.files} files",
            f"  ours                        {self.ours:7.2f} s CPU   {self.rows / self.ours:12,.0f} rows a CPU second",
            f"  bare DuckDB CSV to Parquet  {self.bare:7.2f} s CPU   {self.rows / self.bare:12,.0f} rows a CPU second",
            f"  ratio                       {self.ours / self.bare:7.2f}   (target: at most 2.5)",
            f"  start-up apart              {self.our_start_up:7.2f} s ours, {self.bare_start_up:.2f} s bare",
        ]


def folder_of(landing: Path | None, work: Path) -> Path:
    """A plain folder of files: the place itself, or a zip unpacked."""
    place = landing or demo_landing(work, "demo")
    if place.is_dir():
        return place
    with zipfile.ZipFile(place) as archive:
        archive.extractall(work / "unpacked")  # a benchmark's own input, named by whoever runs it
    return work / "unpacked"


def _ours(folder: Path, work: Path) -> int:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    con = connect_scratch(THREADS, "4GB", work / "spill")
    bench = Bench(con, Store(work / "landed", work / "quarantine"), work / "unpacked", "2026-01-01")
    report = Inbox(Registry.load(), bench).land(folder)
    con.close()
    return sum(o.rows_in for o in report.outcomes)


def _bare(files: list[Path], heading: list[str], target: Path) -> None:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in heading)
    with duckdb.connect(":memory:", config={"threads": str(THREADS)}) as con:
        con.execute(
            f"copy (select * from read_csv([{literals(files)}], columns = {{{columns}}}, header = true, "
            "auto_detect = false, delim = ',', quote = '\"', escape = '\"')) "
            f"to {literal(target)} (format parquet)"
        )


def bench_landing(landing: Path | None, work: Path, rounds: int) -> LandingBench:
    """Take turns, ours and bare, after one round of each that does not count."""
    folder = folder_of(landing, work)
    registry = Registry.load()
    contract = next(c for c in registry.contracts if c.feed == "street_crime")
    heading = [physical for physical, _ in contract.headings]
    files = sorted(p for p in folder.rglob("*-street.csv") if p.stat().st_size)
    rows = _ours(folder, work / "ours")
    _bare(files, heading, work / "bare.parquet")
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: _ours(folder, work / "ours"))[0])
        bare.append(timed(lambda: _bare(files, heading, work / "bare.parquet"))[0])
    return LandingBench(
        len(files), rows, statistics.median(ours), statistics.median(bare),
        import_seconds("orchestration.landing.inbox"), import_seconds("duckdb"),
    )  # fmt: skip

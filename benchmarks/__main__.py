"""Prints ratios: landing beside bare DuckDB, rendering beside bare WeasyPrint, linkage beside bare Splink; and worlds.

Ratios are of CPU seconds, medians of several rounds in which ours and the bare tool take turns; start-up of libraries
is measured apart and printed. Worlds are made at each scale, and their gates judged at random seeds: a gate that is
missed ends with 1. Not here: the product.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.landing import bench_landing, expectations_lines, folder_of, start_up_lines
from benchmarks.linkage import bench_linkage
from benchmarks.many_rows import many_crimes, many_streets
from benchmarks.rendering import bench_rendering
from benchmarks.world import LIMITS, bench_gates, bench_worlds
from orchestration.demo import demo_landing

PARTS = ("archive", "crime", "street", "rendering", "linkage", "worlds")


def _told() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--landing", type=Path, help="folder or zip of deliveries (default: the demo world)")
    parser.add_argument("--rows", type=int, default=5_000_000, help="rows of the large landings")
    parser.add_argument("--mentions", type=int, default=300_000, help="mentions to link")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--scales", nargs="*", default=list(LIMITS), help="worlds to make (default: all four)"
    )
    return parser.parse_args()


def _ratios(told: argparse.Namespace, work: Path) -> Iterator[list[str]]:
    rounds = told.rounds
    if "archive" in told.only:
        folder = _street_only(folder_of(told.landing, work), work)
        title = "of the place given" if told.landing else "of the demo's street-level files"
        yield bench_landing(title, folder, "*-street.csv", work / "a", rounds, 2.5).lines()
    if "crime" in told.only:
        folder = many_crimes(demo_landing(work, "ci"), work / "crimes", told.rows)
        found = bench_landing("of recorded crimes, typed", folder, "*.csv", work / "c", rounds, 2.0)
        yield [*found.lines(), *expectations_lines(work / "c", "crime", "northmoor")]
    if "street" in told.only:
        folder = many_streets(demo_landing(work, "ci"), work / "streets", told.rows)
        found = bench_landing("of street-level crimes", folder, "*.csv", work / "s", rounds, 2.0)
        yield [*found.lines(), *expectations_lines(work / "s", "street_crime", "northmoor")]
    if "linkage" in told.only:
        yield list(bench_linkage(told.mentions, work / "linkage"))
    if told.only != ["worlds"]:
        yield start_up_lines()
    if "rendering" in told.only:
        yield bench_rendering(told.landing, work, rounds)


def _street_only(folder: Path, work: Path) -> Path:
    """A folder with the street-level files of a place alone, so that both land the same files."""
    target = work / "street-only"
    for path in folder.rglob("*-street.csv"):
        copy = target / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return target


def _worlds(told: argparse.Namespace, work: Path) -> Iterator[list[str]]:
    if "worlds" in told.only:
        yield list(bench_gates(work))
        yield from ([line] for line in bench_worlds(told.scales, work))


def main() -> int:
    """Run the benchmarks on the demo world, or on the landing place given."""
    told, is_missed = _told(), False
    for part in (_ratios, _worlds):
        with tempfile.TemporaryDirectory() as work:
            for lines in part(told, Path(work)):
                is_missed = is_missed or any("OUTSIDE" in line for line in lines)
                print("\n".join(lines), end="\n\n", flush=True)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"Python {sys.version.split()[0]}; CPU seconds (user + system); {told.rounds} rounds; load {load}")
    return int(is_missed)


if __name__ == "__main__":
    raise SystemExit(main())

"""Prints two ratios, landing beside a bare DuckDB read_csv → Parquet and rendering beside bare WeasyPrint; and worlds.

Ratios are of CPU seconds of this process, medians of several rounds in which ours and the bare tool take turns;
start-up of libraries is measured apart and printed. Worlds are made at each scale, and their gates judged at random
seeds: a gate that is missed ends with 1. Not here: the product.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.landing import bench_landing
from benchmarks.rendering import bench_rendering
from benchmarks.world import LIMITS, bench_gates, bench_worlds


def main() -> int:
    """Run both benchmarks on the demo world, or on the landing place given."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--landing", type=Path, help="folder or zip of deliveries (default: the demo world)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--scales", nargs="*", default=list(LIMITS), help="worlds to make (default: all four)"
    )
    parser.add_argument("--only-worlds", action="store_true", help="leave out landing and rendering")
    told = parser.parse_args()
    if not told.only_worlds:
        _ratios(told.landing, told.rounds)
    with tempfile.TemporaryDirectory() as work:
        lines = ["", *bench_gates(Path(work)), ""]
        print("\n".join(lines), flush=True)
        for line in bench_worlds(told.scales, Path(work)):
            print(line, flush=True)
    return int(any("OUTSIDE" in line for line in lines))


def _ratios(landing: Path | None, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as work:
        landed = bench_landing(landing, Path(work), rounds)
        rendered = bench_rendering(landing, Path(work), rounds)
    print("\n".join([*landed.lines(), "", *rendered.lines()]))
    print(
        f"\nPython {sys.version.split()[0]}; median of {rounds} rounds, CPU seconds (user + system)",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())

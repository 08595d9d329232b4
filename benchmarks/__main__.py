"""Prints two ratios: landing beside a bare DuckDB read_csv → Parquet, rendering beside bare WeasyPrint.

CPU seconds of this process, medians of several rounds in which ours and the bare tool take turns; start-up of
libraries is measured apart and printed. Not here: the product.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.landing import bench_landing
from benchmarks.rendering import bench_rendering


def main() -> int:
    """Run both benchmarks on the demo world, or on the landing place given."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--landing", type=Path, help="folder or zip of deliveries (default: the demo world)")
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        landed = bench_landing(told.landing, Path(work), told.rounds)
        rendered = bench_rendering(told.landing, Path(work), told.rounds)
    print("\n".join([*landed.lines(), "", *rendered.lines()]))
    print(f"\nPython {sys.version.split()[0]}; median of {told.rounds} rounds, CPU seconds (user + system)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Which forenames are variants of which: `bob` and `robert`. Read once from nicknames.csv (see NOTICE).

A forename has one or more roots; two forenames that share a root may belong to one person. Not here: spelling
variants, which the comparisons see by likeness.
"""

import csv
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def roots() -> dict[str, tuple[str, ...]]:
    """Forename → the names it may stand for, sorted, itself included where it is one."""
    found: dict[str, set[str]] = {}
    with (HERE / "nicknames.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines):
            names = [name.strip().lower() for name in row if name.strip()]
            if not names or names[0] == "name":
                continue
            for name in names:
                found.setdefault(name, set()).add(names[0])
    return {name: tuple(sorted(stands_for)) for name, stands_for in found.items()}

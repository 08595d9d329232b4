"""Whatever the order in which files arrive, one by one or at once: the same are held, degraded, replayed, missing."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from random import Random
from typing import Any

import pytest

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
HOLD = {"low": 0.3, "high": 3, "window": 56, "action": "hold"}


def made(files: Any, rng: Random) -> dict[str, bytes]:
    """Files of ten days: deltas of unlike sizes and faults, whole extracts that lack some, one sent again as new."""
    contents: dict[str, bytes] = {}

    def put(day: int, mode: str, refs: list[int], n_bad: int = 0, extract_to: str = "") -> None:
        rows = [
            files.row(Ref=f"S/{r}") | ({"People": "many"} if at < n_bad else {}) for at, r in enumerate(refs)
        ]
        name = f"samples_202610{day:02d}_{mode}.csv"
        contents[name] = files.csv(rows).encode()
        if extract_to:
            contents[f"{name}.manifest.json"] = json.dumps({"extract_to": extract_to}).encode()

    stock = list(range(400))
    put(1, "history", stock)
    for day in range(2, 9):
        first, n = rng.randrange(500), rng.choice((40, 45, 50, 50, 300))
        end = rng.choice(("", f"2026-10-{day:02d}", "2026-10-01"))
        put(day, "delta", list(range(first, first + n)), rng.choice((0, 0, 5, 12)), end)
    for day in (4, 6, 9):
        put(day, "full", [r for r in range(500) if rng.random() > rng.choice((0.01, 0.03, 0.3))])
    return contents


def seen(landed: Any) -> tuple[Any, ...]:
    rows = [
        (r.delivery_date, r.outcome.mode, r.state, r.outcome.reason_code, r.rows_loaded, r.rows_exact_duplicate,
         r.rows_superseded, r.rows_missing, r.rows_closed)
        for r in landed.manifest().rows
    ]  # fmt: skip
    standing = landed.con.execute(
        f"""select v.delivery_id, v.line_number, v.version, v.missing_since, v.is_closed
        from read_parquet('{landed.manifest().versions}/sample.parquet') as v where v.is_current order by all"""
    ).fetchall()
    return rows, standing


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_arrival_sets_the_same_aside(
    seed: int, shire: Any, files: Any, land: Land, tmp_path: Any
) -> None:
    file = {"pattern": PATTERN, "reader": "csv", "dialect": files.dialect, "whole": True}
    shire.contract([file], volume=HOLD)
    rng = Random(seed)
    contents = made(files, rng)
    names = sorted(name for name in contents if name.endswith(".csv"))
    states = []
    for number in range(3):
        shutil.rmtree(shire.landing)
        order = names if number == 0 else rng.sample(names, len(names))
        nights = [order] if number == 0 else [order[at : at + 3] for at in range(0, len(order), 3)]
        for night, some in enumerate(nights):
            for name in some:
                shire.put(name, contents[name])
                if f"{name}.manifest.json" in contents:
                    shire.put(f"{name}.manifest.json", contents[f"{name}.manifest.json"])
            landed = land(home=f"home{number}", at=datetime(2026, 11, 1, 2, night).isoformat())
        states.append(seen(landed))
    assert states[1] == states[0] and states[2] == states[0]
    assert len({row[2] for row in states[0][0]}) > 1, "something is set aside, or the test says nothing"

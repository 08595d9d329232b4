"""Two invented forces in the tables a pack reads, for tests and for looking at pages.

`steady`: 24 months, one signal. `broken`: 11 months, 13 missing, 4 at a tenth of the volume: nothing can be
judged.
"""

import math
import random
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import sample_feeds
import sample_places
from sample_places import TYPES

SCHEMA = (Path(__file__).parent / "sample_schema.sql").read_text(encoding="utf-8")
SHARES = (
    ("share_no_suspect", "No suspect identified", 17.0),
    ("share_unable_to_prosecute", "Unable to prosecute", 52.0),
    ("share_charged_or_court", "Charged or at court", 9.0),
    ("share_out_of_court", "Out-of-court disposal", 3.4),
)


def month_after(start: date, count: int) -> date:
    index = start.year * 12 + start.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def connect(path: Path | str = ":memory:") -> duckdb.DuckDBPyConnection:
    """A database with the empty tables."""
    con = duckdb.connect(str(path))
    con.execute(SCHEMA)
    return con


def steady(
    con: duckdb.DuckDBPyConnection, code: str = "northmoor", name: str = "Northmoor Constabulary"
) -> str:
    """24 months to October 2026: violence above its range for three months, shoplifting shifted for eight."""
    draw = random.Random(7)
    months = [month_after(date(2024, 11, 1), i) for i in range(24)]
    _force(con, code, name, 512_000, 300)
    total = [0.0] * 24
    for order, (series, title, level) in enumerate(TYPES):
        values: list[float | None] = [
            round(level * (1 + draw.gauss(0, 0.035) + 0.03 * math.sin(i / 2))) for i in range(24)
        ]
        if series == TYPES[0][0]:
            values[-3:] = [round(level * k) for k in (1.27, 1.31, 1.36)]
        if series == "shoplifting":
            values[-8:] = [round(level * (1.06 + draw.random() * 0.03)) for _ in range(8)]
        _series(con, code, series, title, "crime_type", "records", order + 1, months, values)
        if series != "anti_social_behaviour":
            total = [t + (v or 0) for t, v in zip(total, values, strict=True)]
    _series(
        con,
        code,
        "all_crime",
        "All crime but anti-social behaviour",
        "total",
        "records",
        0,
        months,
        list(total),
    )
    for order, (series, title, level) in enumerate(SHARES):
        values = [round(level * (1 + draw.gauss(0, 0.06)), 2) for _ in range(24)]
        _series(con, code, series, title, "outcome_share", "percent", 20 + order, months, values)
    sample_places.places(con, code, draw, months[-12:], 34, population=512_000, hot=5)
    sample_places.outcomes(con, code, draw, date(2025, 9, 1), date(2026, 8, 1), 1.0)
    rows = {"rows_in": 118_204, "rows_refused": 17}
    sample_feeds.feeds(con, code, months[-1], 1, rows, refused_files=1, state="current", stale=False)
    sample_feeds.deliveries(con, code, months, {})
    con.executemany(
        "INSERT INTO prof_strategic__refusals VALUES (?, 'street_crime', ?, ?, ?, ?, ?, ?)",
        [
            [
                code,
                date(2026, 3, 1),
                f"2026-03-{code}-street.csv",
                "CRIME_TYPE_UNKNOWN",
                "crime type is not one of the 14",
                9,
                812,
            ],
            [
                code,
                date(2026, 5, 1),
                f"2026-05-{code}-street.csv",
                "MONTH_WRONG",
                "month is not the month of the file",
                5,
                77,
            ],
            [
                code,
                date(2025, 1, 1),
                f"2025-01-{code}-street.csv",
                "COORDINATE_RANGE",
                "latitude is not a latitude",
                3,
                2044,
            ],
        ],
    )
    return code


def broken(
    con: duckdb.DuckDBPyConnection,
    code: str = "eastmarch",
    name: str = "Eastmarch Police",
    collapsed: bool = True,
) -> str:
    """January to November 2022, a gap of 13 months, then four months, at a tenth of the volume if
    `collapsed`."""
    draw = random.Random(11)
    months = [month_after(date(2022, 1, 1), i) for i in range(28)]
    state = ["delivered"] * 11 + ["missing"] * 13 + ["volume_suspect" if collapsed else "delivered"] * 4
    _force(con, code, name, 519_000, 320)
    total: list[float | None] = [None if s == "missing" else 0.0 for s in state]
    for order, (series, title, level) in enumerate(TYPES):
        values: list[float | None] = []
        for i, status in enumerate(state):
            volume = (
                level
                * (1 + draw.gauss(0, 0.05) + 0.06 * math.sin(i / 2))
                * (0.1 if status == "volume_suspect" else 1)
            )
            values.append(None if status == "missing" else round(volume))
        _series(con, code, series, title, "crime_type", "records", order + 1, months, values, state)
        if series != "anti_social_behaviour":
            total = [None if v is None else (t or 0) + v for t, v in zip(total, values, strict=True)]
    _series(
        con,
        code,
        "all_crime",
        "All crime but anti-social behaviour",
        "total",
        "records",
        0,
        months,
        total,
        state,
    )
    for order, (series, title, level) in enumerate(SHARES):
        values = [None if s == "missing" else round(level * (1 + draw.gauss(0, 0.08)), 2) for s in state]
        _series(con, code, series, title, "outcome_share", "percent", 20 + order, months, values, state)
    sample_places.places(
        con, code, draw, months[-12:], 70, population=519_000, hot=14, held=[i >= 8 for i in range(12)]
    )
    sample_places.outcomes(con, code, draw, date(2022, 1, 1), date(2022, 11, 1), 0.9)
    rows = {"rows_in": 48_911, "rows_refused": 0}
    sample_feeds.feeds(con, code, months[-1], 1, rows, refused_files=0, state="degraded", stale=True)
    sample_feeds.deliveries(
        con,
        code,
        [m for m, s in zip(months, state, strict=True) if s != "missing"],
        {m: 0.07 + 0.03 * i for i, m in enumerate(months[-4:])} if collapsed else {},
    )
    return code


def _force(con: Any, code: str, name: str, population: int, n_lsoas: int) -> None:
    con.execute("INSERT INTO dim_forces VALUES (?, ?, true, ?, ?)", [code, name, population, n_lsoas])


def _series(
    con: Any, code: str, series: str, title: str, group: str, unit: str, order: int, months: list[date],
    values: list[Any], state: list[str] | None = None,
) -> None:  # fmt: skip
    state = state or ["delivered"] * len(months)
    con.executemany(
        "INSERT INTO prof_strategic__trends VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            [code, series, title, group, unit, order, m, v, s]
            for m, v, s in zip(months, values, state, strict=True)
        ],
    )
    last = [(m, v) for m, v in zip(months, values, strict=True) if v is not None][-1]
    verdict, limits, count = _verdict(values, state)
    run = max(len(part) for part in "".join("d" if s == "delivered" else " " for s in state).split())
    con.execute(
        "INSERT INTO prof_strategic__verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [code, series, verdict, *limits, months[0], months[17], 18, *last, count, run],
    )


def _verdict(values: list[Any], state: list[str]) -> tuple[str, list[float | None], int]:
    if state[-1] == "volume_suspect":
        return "not_judged", [None, None, None], 4
    if "missing" in state:
        return "too_few_months", [None, None, None], 0
    base = values[:16]
    mean = sum(base) / len(base)
    moves = [abs(b - a) for a, b in pairwise(base)]
    reach = 2.66 * sum(moves) / len(moves)
    limits: list[float | None] = [mean, max(0.0, mean - reach), mean + reach]
    last = values[-1]
    if abs(last - mean) > reach:
        side = last > mean
        beyond = [abs(v - mean) > reach and (v > mean) == side for v in reversed(values)]
        return ("above_limit" if side else "below_limit"), limits, [*beyond, False].index(False)
    if all(value > mean for value in values[-8:]):
        return "run_8_above", limits, 8
    return "within", limits, 1

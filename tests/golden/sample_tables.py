"""Two invented forces in the tables a pack reads, for tests and for looking at pages.

`steady`: 24 months, one signal. `broken`: 11 months, 13 missing, 4 at a tenth of the volume: nothing can be
judged.
"""

import math
import random
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

SCHEMA = """
CREATE TABLE dim_forces(force_code VARCHAR, force_name VARCHAR, is_fictional BOOLEAN, population INT,
n_lsoas INT);
CREATE TABLE prof_vawg__trends(force_code VARCHAR, series_code VARCHAR, series_name VARCHAR, series_group
VARCHAR,
  unit VARCHAR, series_order INT, month DATE, value DOUBLE, month_status VARCHAR);
CREATE TABLE prof_vawg__verdicts(force_code VARCHAR, series_code VARCHAR, verdict VARCHAR, mean DOUBLE,
lower DOUBLE,
  upper DOUBLE, base_from DATE, base_to DATE, n_base_months INT, latest_month DATE, latest_value DOUBLE,
  months_in_state INT, longest_run_months INT);
CREATE TABLE prof_vawg__places(force_code VARCHAR, place_level VARCHAR, place_name VARCHAR, district_name
VARCHAR,
  n_lsoas INT, population_est DOUBLE, n_records INT, rate DOUBLE, rate_lower DOUBLE, rate_upper DOUBLE,
  position VARCHAR, longitude DOUBLE, latitude DOUBLE, monthly INTEGER[]);
CREATE TABLE prof_vawg__place_notes(force_code VARCHAR, place_level VARCHAR, rate_unit VARCHAR, force_rate
DOUBLE,
  interval_level DOUBLE, window_from DATE, window_to DATE, n_months_held INT, n_records INT, n_without_place
  INT,
  n_border_neighbourhoods INT, n_border_records INT, n_compared INT);
CREATE TABLE prof_vawg__outcomes(force_code VARCHAR, crime_type VARCHAR, outcome_group VARCHAR, n INT,
n_total INT,
  share DOUBLE, share_lower DOUBLE, share_upper DOUBLE, window_from DATE, window_to DATE);
CREATE TABLE prof_vawg__feeds(force_code VARCHAR, feed VARCHAR, feed_title VARCHAR, is_held BOOLEAN,
  not_held_sentence VARCHAR, newest_month DATE, age_days INT, freshness_days INT, is_stale BOOLEAN,
  n_deliveries INT,
  n_deliveries_refused INT, rows_in INT, rows_accepted INT, rows_refused INT, rows_loaded INT,
  rows_exact_duplicate INT, rows_superseded INT, n_checks_failed INT, contract_version VARCHAR, state
  VARCHAR);
CREATE TABLE prof_vawg__deliveries(force_code VARCHAR, feed VARCHAR, period DATE, file_name VARCHAR,
  delivery_id VARCHAR, content_sha256 VARCHAR, state VARCHAR, reason VARCHAR, rows_in INT, rows_accepted INT,
  rows_refused INT, rows_loaded INT, rows_exact_duplicate INT, rows_superseded INT, volume_ratio DOUBLE,
  is_volume_suspect BOOLEAN);
CREATE TABLE prof_vawg__refusals(force_code VARCHAR, feed VARCHAR, period DATE, file_name VARCHAR,
  reason_code VARCHAR, reason VARCHAR, n_rows INT, first_line INT);
"""

TYPES = (
    ("violence_and_sexual_offences", "Violence and sexual offences", 1720),
    ("anti_social_behaviour", "Anti-social behaviour", 760),
    ("bicycle_theft", "Bicycle theft", 64),
    ("burglary", "Burglary", 248),
    ("criminal_damage_and_arson", "Criminal damage and arson", 405),
    ("drugs", "Drugs", 133),
    ("other_crime", "Other crime", 108),
    ("other_theft", "Other theft", 346),
    ("possession_of_weapons", "Possession of weapons", 41),
    ("public_order", "Public order", 392),
    ("robbery", "Robbery", 33),
    ("shoplifting", "Shoplifting", 431),
    ("theft_from_the_person", "Theft from the person", 47),
    ("vehicle_crime", "Vehicle crime", 289),
)
SHARES = (
    ("share_no_suspect", "No suspect identified", 17.0),
    ("share_unable_to_prosecute", "Unable to prosecute", 52.0),
    ("share_charged_or_court", "Charged or at court", 9.0),
    ("share_out_of_court", "Out-of-court disposal", 3.4),
)
FEEDS = (
    (
        "crime",
        "Crime records",
        "Crime records are not held, so no offence can be tied to a person or a victim.",
    ),
    (
        "crime_party",
        "Suspects, victims and witnesses",
        "The people named in crimes are not held, so nobody can be listed.",
    ),
    ("custody", "Custody", "Custody records are not held, so arrests and bail cannot be shown."),
    (
        "intel_report",
        "Intelligence reports",
        "Intelligence reports are not held, so nothing graded 3x5x2 is used.",
    ),
    (
        "managed_offender",
        "Managed offenders",
        "The register of managed offenders is not held, so no flag can be shown.",
    ),
    (
        "missing_episode",
        "Missing episodes",
        "Missing-person episodes are not held, so repeat missing people cannot be shown.",
    ),
    ("person", "Persons", "Person records are not held, so no records were joined across forces."),
    (
        "safeguarding",
        "Safeguarding",
        "DASH, MARAC and referrals are not held, so gaps in protection cannot be shown.",
    ),
)
TOWNS = ("Harrow Fell", "Stanmere", "Coldwater", "Ashby Cross", "Northmoor Vale")


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
    _places(con, code, draw, months[-12:], 34, population=512_000, hot=5)
    _outcomes(con, code, draw, date(2025, 9, 1), date(2026, 8, 1), 1.0)
    rows = {"rows_in": 118_204, "rows_refused": 17}
    _feeds(con, code, months[-1], 1, rows, refused_files=1, state="current", stale=False)
    _deliveries(con, code, months, {})
    con.executemany(
        "INSERT INTO prof_vawg__refusals VALUES (?, 'street_crime', ?, ?, ?, ?, ?, ?)",
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
    _places(con, code, draw, months[-12:], 70, population=519_000, hot=14, held=[i >= 8 for i in range(12)])
    _outcomes(con, code, draw, date(2022, 1, 1), date(2022, 11, 1), 0.9)
    rows = {"rows_in": 48_911, "rows_refused": 0}
    _feeds(con, code, months[-1], 1, rows, refused_files=0, state="degraded", stale=True)
    _deliveries(
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
        "INSERT INTO prof_vawg__trends VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            [code, series, title, group, unit, order, m, v, s]
            for m, v, s in zip(months, values, state, strict=True)
        ],
    )
    last = [(m, v) for m, v in zip(months, values, strict=True) if v is not None][-1]
    verdict, limits, count = _verdict(values, state)
    run = max(len(part) for part in "".join("d" if s == "delivered" else " " for s in state).split())
    con.execute(
        "INSERT INTO prof_vawg__verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [code, series, verdict, *limits, months[0], months[17], 18, *last, count, run],
    )


def _verdict(values: list[Any], state: list[str]) -> tuple[str, list[float | None], int]:
    if state[-1] == "volume_suspect":
        return "not_judged", [None, None, None], 4
    if "missing" in state:
        return "too_few_months", [None, None, None], 0
    base = values[:16]
    mean = sum(base) / len(base)
    moves = [abs(b - a) for a, b in zip(base, base[1:], strict=False)]
    reach = 2.66 * sum(moves) / len(moves)
    limits: list[float | None] = [mean, max(0.0, mean - reach), mean + reach]
    last = values[-1]
    if abs(last - mean) > reach:
        side = last > mean
        beyond = [abs(v - mean) > reach and (v > mean) == side for v in reversed(values)]
        return ("above_limit" if side else "below_limit"), limits, (beyond + [False]).index(False)
    if all(value > mean for value in values[-8:]):
        return "run_8_above", limits, 8
    return "within", limits, 1


def _places(
    con: Any, code: str, draw: random.Random, window: list[date], n: int, population: int, hot: int,
    held: list[bool] | None = None,
) -> None:  # fmt: skip
    held = held or [True] * 12
    centres = {town: (-2.9 + 0.5 * draw.random(), 53.2 + 0.5 * draw.random()) for town in TOWNS}
    people = population / n
    rows = []
    for i in range(n):
        town = TOWNS[i % len(TOWNS)]
        level = 3.1 * (1.7 + draw.random() if i < hot else 0.45 + draw.random() * 0.75)
        if i == n - 1:
            level = 0.05
        monthly = [
            max(0, round(level * people / 1000 * (1 + draw.gauss(0, 0.2)) / 12 * (12 if n < 50 else 4)))
            for _ in window
        ]
        monthly = [m if h else None for m, h in zip(monthly, held, strict=True)]
        records = sum(m or 0 for m in monthly)
        rate, half = 1000 * records / people, 1000 * 3.3 * math.sqrt(records + 1) / people
        x, y = centres[town]
        rows.append([f"{town} {i // len(TOWNS) + 1:03d}", town, records, rate, max(0.0, rate - half), rate + half,
                     x + draw.gauss(0, 0.06), y + draw.gauss(0, 0.04), monthly])  # fmt: skip
    total = sum(row[2] for row in rows)
    force_rate = 1000 * total / population
    for row in rows:
        position = (
            "too_few"
            if row[2] < 20
            else "above"
            if row[4] > force_rate
            else "below"
            if row[5] < force_rate
            else "not_clear"
        )
        con.execute(
            "INSERT INTO prof_vawg__places VALUES (?, 'neighbourhood', ?, ?, 5, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [code, row[0], row[1], people, row[2], row[3], row[4], row[5], position, row[6], row[7], row[8]],
        )
    for town in TOWNS:
        inside = [row for row in rows if row[1] == town]
        records = sum(row[2] for row in inside)
        rate, half = (
            1000 * records / people / len(inside),
            1000 * 3.3 * math.sqrt(records) / people / len(inside),
        )
        position = (
            "above" if rate - half > force_rate else "below" if rate + half < force_rate else "not_clear"
        )
        con.execute(
            "INSERT INTO prof_vawg__places VALUES (?, 'district', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [code, town, town, 5 * len(inside), people * len(inside), records, rate, rate - half, rate +
            half, position,
             *centres[town], [None if not h else records // sum(held) for h in held]],
        )  # fmt: skip
    for level, compared in (("neighbourhood", n - 1), ("district", len(TOWNS))):
        con.execute(
            "INSERT INTO prof_vawg__place_notes VALUES (?, ?, 'per 1,000 residents', ?, ?, ?, ?, ?, ?, "
            "412, 3, 61, ?)",
            [
                code,
                level,
                force_rate,
                1 - 0.05 / compared,
                window[0],
                window[-1],
                sum(held),
                total + 412,
                compared,
            ],
        )


def _outcomes(con: Any, code: str, draw: random.Random, start: date, end: date, scale: float) -> None:
    groups = (("charged_or_court", 0.09), ("out_of_court", 0.035), ("unable_to_prosecute", 0.52), ("no_suspect", 0.17),
              ("not_public_interest", 0.03), ("other_body", 0.035), ("still_open", 0.12))  # fmt: skip
    for series, title, level in TYPES:
        if series == "anti_social_behaviour":
            continue
        total = int(level * 12 * scale)
        counts = [int(total * share * (0.7 + 0.6 * draw.random())) for _, share in groups]
        if series == "robbery":
            counts[1] = 3
        total = sum(counts)
        for (group, _), n in zip(groups, counts, strict=True):
            share = n / total
            half = 1.96 * math.sqrt(share * (1 - share) / total)
            con.execute(
                "INSERT INTO prof_vawg__outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [code, title, group, n, total, share, max(0.0, share - half), share + half, start, end],
            )


def _feeds(
    con: Any,
    code: str,
    newest: date,
    age: int,
    rows: dict[str, int],
    refused_files: int,
    state: str,
    stale: bool,
) -> None:
    accepted = rows["rows_in"] - rows["rows_refused"]
    con.execute(
        "INSERT INTO prof_vawg__feeds VALUES (?, 'street_crime', 'Street-level crime', true, '', ?, ?, "
        "62, ?, 24, ?, ?, ?, ?, ?, 0, 0, ?, '1.0.0', ?)",
        [
            code,
            newest,
            93 if stale else age,
            stale,
            refused_files,
            rows["rows_in"],
            accepted,
            rows["rows_refused"],
            accepted,
            2 if rows["rows_refused"] else 0,
            state,
        ],
    )
    for feed, title, sentence in FEEDS:
        con.execute(
            "INSERT INTO prof_vawg__feeds VALUES (?, ?, ?, false, ?, NULL, NULL, NULL, false, 0, 0, 0, "
            "0, 0, 0, 0, 0, 0, NULL, 'not_held')",
            [code, feed, title, sentence],
        )


def _deliveries(con: Any, code: str, months: list[date], ratios: dict[date, float]) -> None:
    for index, period in enumerate(months):
        ratio = ratios.get(period, 1.0)
        rows = int(4_300 * ratio)
        name = f"{period:%Y-%m}-{code}-street.csv"
        con.execute(
            "INSERT INTO prof_vawg__deliveries VALUES (?, 'street_crime', ?, ?, ?, ?, 'landed', NULL, "
            "?, ?, 0, ?, 0, 0, ?, ?)",
            [code, period, name, f"{index:016x}", f"{index:064x}", rows, rows, rows, ratio, period in ratios],
        )
    if not ratios:
        name = f"{months[-1]:%Y-%m}-{code}-street.csv"
        con.execute(
            "INSERT INTO prof_vawg__deliveries VALUES (?, 'street_crime', ?, ?, ?, ?, 'refused', ?, 0, "
            "0, 0, 0, 0, 0, NULL, false)",
            [code, months[-1], name, "f" * 16, "f" * 64, "The file is empty."],
        )

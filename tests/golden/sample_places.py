"""Places and outcomes of the invented forces."""

import math
import random
from datetime import date
from typing import Any

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
TOWNS = ("Harrow Fell", "Stanmere", "Coldwater", "Ashby Cross", "Northmoor Vale")


def places(
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
        name = f"{town} {i // len(TOWNS) + 1:03d}"
        lonlat = (x + draw.gauss(0, 0.06), y + draw.gauss(0, 0.04))
        rows.append([name, town, records, rate, max(0.0, rate - half), rate + half, *lonlat, monthly])
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
            "INSERT INTO prof_strategic__places VALUES (?, 'neighbourhood', ?, ?, 5, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            "INSERT INTO prof_strategic__places VALUES (?, 'district', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [code, town, town, 5 * len(inside), people * len(inside), records, rate, rate - half, rate +
            half, position,
             *centres[town], [None if not h else records // sum(held) for h in held]],
        )  # fmt: skip
    for level, compared in (("neighbourhood", n - 1), ("district", len(TOWNS))):
        con.execute(
            "INSERT INTO prof_strategic__place_notes VALUES (?, ?, 'per 1,000 residents', ?, ?, ?, ?, ?, ?, "
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


def outcomes(con: Any, code: str, draw: random.Random, start: date, end: date, scale: float) -> None:
    groups = (
        ("charged_or_court", 0.09),
        ("out_of_court", 0.035),
        ("unable_to_prosecute", 0.52),
        ("no_suspect", 0.17),
        ("not_public_interest", 0.03),
        ("other_body", 0.035),
        ("still_open", 0.12),
    )
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
                "INSERT INTO prof_strategic__outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [code, title, group, n, total, share, max(0.0, share - half), share + half, start, end],
            )

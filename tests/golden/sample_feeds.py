"""Feeds and deliveries of the invented forces."""

from datetime import date
from typing import Any

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


def feeds(
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
        "INSERT INTO prof_strategic__feeds VALUES (?, 'street_crime', 'Street-level crime', true, true, '', ?, ?, ?, "
        "62, ?, 24, ?, 24, ?, ?, ?, ?, 0, 0, ?, '1.0.0', ?)",
        [
            code,
            newest,
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
            "INSERT INTO prof_strategic__feeds VALUES (?, ?, ?, false, false, ?, NULL, NULL, NULL, NULL, false, 0, 0, "
            "0, 0, 0, 0, 0, 0, 0, 0, NULL, 'not_held')",
            [code, feed, title, sentence],
        )


def deliveries(con: Any, code: str, months: list[date], ratios: dict[date, float]) -> None:
    for index, period in enumerate(months):
        ratio = ratios.get(period, 1.0)
        rows = int(4_300 * ratio)
        name = f"{period:%Y-%m}-{code}-street.csv"
        con.execute(
            "INSERT INTO prof_strategic__deliveries VALUES (?, ?, 'street_crime', ?, ?, ?, ?, '1.0.0', 'landed', NULL, "
            "?, ?, 0, ?, 0, 0, ?, ?)",
            [
                code,
                code,
                period,
                name,
                f"{index:016x}",
                f"{index:064x}",
                rows,
                rows,
                rows,
                ratio,
                period in ratios,
            ],
        )
    if not ratios:
        name = f"{months[-1]:%Y-%m}-{code}-street.csv"
        con.execute(
            "INSERT INTO prof_strategic__deliveries VALUES (?, ?, 'street_crime', ?, ?, ?, ?, '1.0.0', 'refused', ?, "
            "0, 0, 0, 0, 0, 0, NULL, false)",
            [code, code, months[-1], name, "f" * 16, "f" * 64, "The file is empty."],
        )

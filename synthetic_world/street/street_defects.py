"""Defects of real deliveries, planted in known numbers into the rows of one file.

Not here: rows without identifier, without place or equal to others, which are part of ordinary rows
(street_rows); months that are missing or empty (street_counts).
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from synthetic_world.street.street_counts import period_of
from synthetic_world.street.street_rows import Month, Row

_FEWEST_ROWS = 40  # a smaller file is left clean


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to spoil a row, in each month whose number leaves `remainder` when divided by `every`."""

    code: str  # of the contract's rule that it breaks; empty if it breaks none
    is_refused: bool
    every: int
    remainder: int
    n_rows: int
    spoil: Callable[[Row, Month], None]


def _sets(**values: str) -> Callable[[Row, Month], None]:
    return lambda row, month: row.update(values)


def _other_month(row: Row, month: Month) -> None:
    row["month"] = period_of(month.number - 1)


def _short_id(row: Row, month: Month) -> None:
    row["crime_id"] = row["crime_id"][:32]


DEFECTS = (
    Defect("CRIME_TYPE_UNKNOWN", True, 5, 2, 2, _sets(crime_type="Computer misuse")),
    Defect("MONTH_SHAPE", True, 6, 3, 1, _sets(month="2026-13")),
    Defect("MONTH_NOT_OF_FILE", True, 6, 1, 1, _other_month),
    Defect("LONGITUDE_RANGE", True, 7, 4, 1, _sets(longitude="999.000000")),
    Defect("LATITUDE_RANGE", True, 8, 6, 1, _sets(latitude="not known")),
    Defect("COORDINATE_HALF", True, 9, 5, 1, _sets(longitude="")),
    Defect("LSOA_CODE_SHAPE", True, 8, 5, 1, _sets(lsoa_code="X1-00042")),
    Defect("CRIME_TYPE_MISSING", True, 11, 7, 1, _sets(crime_type="")),
    Defect("OUTCOME_UNKNOWN", False, 9, 0, 1, _sets(last_outcome="Deferred caution agreed")),
    Defect("CRIME_ID_SHAPE", False, 10, 1, 1, _short_id),
    Defect("LSOA_ELSEWHERE", False, 12, 8, 1, _sets(lsoa_code="S01000042", lsoa_name="Elsewhere 001A")),
    Defect("", False, 11, 3, 1, _sets(lsoa_code="", lsoa_name="")),
)
_REPEATED_ID_EVERY = 3


def plant(random: np.random.Generator, rows: list[Row], month: Month) -> list[Defect]:
    """Spoil rows in place, each at most once, and return the defect of each spoilt row."""
    if len(rows) < _FEWEST_ROWS:
        return []
    shifted = (
        month.number + zlib.crc32(month.force_code.encode()) % 7
    )  # so that forces differ in their months
    todo = [
        defect
        for defect in DEFECTS
        if shifted % defect.every == defect.remainder
        for _ in range(defect.n_rows)
    ]
    fit = [i for i, row in enumerate(rows) if row["crime_id"] and row["longitude"] and row["lsoa_code"]]
    victims = [fit[k] for k in random.permutation(len(fit))[: len(todo) + 2]]
    for defect, i in zip(todo, victims, strict=False):
        defect.spoil(rows[i], month)
    if shifted % _REPEATED_ID_EVERY == 0:
        rows[victims[-1]]["crime_id"] = rows[victims[-2]]["crime_id"]
    return todo

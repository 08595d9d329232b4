"""Street-level crime of the fictional forces, written as the open-data archive writes it.

`make_street_landing` is the entrance. The same arguments give the same bytes, and adding a force changes no
other. Not here: ground, rates, counts, rows, defects (street_*), any reading of what is written
(orchestration/landing).
"""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from synthetic_world.records.contracts import force_name, street_contract
from synthetic_world.street import street_counts, street_rates
from synthetic_world.street.street_counts import is_missing, is_refused, month_number, period_of
from synthetic_world.street.street_defects import Defect, plant
from synthetic_world.street.street_places import LAYOUTS, Ground, make_ground, seed_of
from synthetic_world.street.street_rates import StreetRates
from synthetic_world.street.street_rows import ASB, Month, Row, make_rows
from synthetic_world.street.street_truth import FileTruth, StreetTruth, write_truth

__all__ = ["DEFAULT_SEED", "FORCES", "make_street_landing", "write_truth"]

DEFAULT_SEED = 20261101
FORCES = ("northmoor", "calderwick", "eastmarch")  # unless others of LAYOUTS are asked for


def make_street_landing(
    out: Path,
    *,
    seed: int = DEFAULT_SEED,
    months: int = 24,
    end: str = "2026-10",
    scale: float = 1.0,
    forces: Sequence[str] = FORCES,
) -> StreetTruth:
    """Write the landing folder `out` and return what is really in it.

    `end` is the last month, YYYY-MM; `scale` multiplies the number of rows. Raises ValueError for fewer
    than twelve months or a force that is not of this world.
    """
    if months < street_counts.FEWEST_MONTHS or not set(forces) <= LAYOUTS.keys():
        raise ValueError(
            f"a world needs {street_counts.FEWEST_MONTHS} months or more, and forces of {list(LAYOUTS)}"
        )
    maker = _Maker(seed, months, month_number(end), scale)
    files = [maker.file(out, force, age) for age in reversed(range(months)) for force in forces]
    missing = [
        (force, period_of(maker.last - age))
        for age in reversed(range(months))
        for force in forces
        if is_missing(force, age, months)
    ]
    return StreetTruth(
        seed=seed,
        months=months,
        end=end,
        scale=scale,
        files=tuple(file for file in files if file),
        missing=tuple(missing),
        signals=street_counts.signals(tuple(forces), end),
        neighbourhoods={force: tuple(dict.fromkeys(maker.grounds[force].neighbourhoods)) for force in forces},
        raised_neighbourhoods={force: maker.grounds[force].raised for force in forces},
        n_lsoas={force: len(maker.grounds[force].lsoa_codes) for force in forces},
    )


class _Maker:
    """Makes one file after another from the same ground and rates."""

    def __init__(self, seed: int, months: int, last: int, scale: float) -> None:
        self.seed, self.months, self.last, self.scale = seed, months, last, scale
        self.rates: StreetRates = street_rates.load()
        self.grounds: dict[str, Ground] = {force: make_ground(seed, force) for force in LAYOUTS}
        self.contract = street_contract()

    def file(self, out: Path, force_code: str, age: int) -> FileTruth | None:
        """Write the file of one force and month, unless the force sends none."""
        if is_missing(force_code, age, self.months):
            return None
        period = period_of(self.last - age)
        path = f"{period}/{period}-{force_code}-street.csv"
        (out / period).mkdir(parents=True, exist_ok=True)
        if is_refused(force_code, age, self.months):
            (out / path).write_bytes(b"")
            return FileTruth(path, force_code, period, "refused", 0, {}, {}, 0, 0, 0, 0, 0, 0, 0)
        month = Month(self.seed, force_code, force_name(force_code), period, self.last - age, age)
        rows, planted = self._rows(month)
        self._write(out / path, rows)
        return _truth(path, month, rows, planted, self.grounds[force_code])

    def _rows(self, month: Month) -> tuple[list[Row], list[Defect]]:
        ground = self.grounds[month.force_code]
        usual = self.scale * self.rates.rows_per_1000[month.force_code] * ground.population / 1000
        counts = street_counts.counts(self.seed, month.force_code, self.rates, usual, month.number, month.age)
        neighbour = self.grounds[LAYOUTS[month.force_code].neighbour]
        rows = make_rows(month, counts, ground, neighbour, self.rates)
        return rows, plant(seed_of(self.seed, month.force_code, 3, month.number), rows, month)

    def _write(self, path: Path, rows: list[Row]) -> None:
        """As the contract says: headings, order, dialect. Lines end with CR LF as in the archive."""
        headings, dialect = self.contract.headings, self.contract.dialect
        with path.open("w", encoding=dialect.encoding, newline="") as stream:
            writer = csv.writer(
                stream, delimiter=dialect.delimiter, quotechar=dialect.quote, lineterminator="\r\n"
            )
            writer.writerow([heading for heading, _ in headings])
            writer.writerows([row[name] for _, name in headings] for row in rows)


def _truth(path: str, month: Month, rows: list[Row], planted: list[Defect], ground: Ground) -> FileTruth:
    ids = [row["crime_id"] for row in rows if row["crime_id"]]
    own = set(ground.lsoa_codes)
    return FileTruth(
        path=path,
        force_code=month.force_code,
        period=month.period,
        state="landed",
        rows=len(rows),
        refused=dict(Counter(defect.code for defect in planted if defect.is_refused)),
        noted=dict(Counter(defect.code for defect in planted if defect.code and not defect.is_refused)),
        asb_without_id=sum(row["crime_type"] == ASB for row in rows),
        repeated_ids=len(ids) - len(set(ids)),
        identical_rows=len(rows) - len({tuple(row.values()) for row in rows}),
        without_place=sum(not row["latitude"] and not row["longitude"] for row in rows),
        place_without_lsoa=sum(bool(row["longitude"]) and not row["lsoa_code"] for row in rows),
        quoted_rows=sum(any("," in text or '"' in text for text in row.values()) for row in rows),
        border_rows=sum(row["lsoa_code"].startswith("X01") and row["lsoa_code"] not in own for row in rows),
    )

"""What is really in the generated street-level files: rows, planted defects, planted signals.

Not here: making them (street_*). The pipeline never reads this; tests do.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileTruth:
    """One file of the landing folder."""

    path: str  # relative to the landing folder
    force_code: str
    period: str  # YYYY-MM
    state: str  # "landed", or "refused" for the file that holds nothing
    rows: int
    refused: Mapping[str, int]  # code of the contract's rule to the rows refused for it
    noted: Mapping[str, int]  # code of a rule that only notes
    asb_without_id: int
    repeated_ids: int  # rows whose crime ID an earlier row of the file has
    identical_rows: int  # rows that an earlier row of the file equals in every byte
    without_place: int  # neither coordinates nor LSOA
    place_without_lsoa: int  # coordinates but no LSOA
    quoted_rows: int  # rows with a field in quotation marks
    border_rows: int  # rows placed in an LSOA of the neighbouring force


@dataclass(frozen=True, slots=True)
class Signal:
    """A planted departure from the usual level; all series not named here are steady."""

    force_code: str
    crime_type: str  # "all" for every type
    kind: str  # above_limit | run_8_above | collapse
    first_period: str
    last_period: str
    factor: float


@dataclass(frozen=True, slots=True)
class StreetTruth:
    """The whole landing folder."""

    seed: int
    months: int
    end: str
    scale: float
    files: tuple[FileTruth, ...]
    missing: tuple[tuple[str, str], ...]  # force_code, period: no file at all
    signals: tuple[Signal, ...]
    neighbourhoods: Mapping[str, tuple[str, ...]]  # by force
    raised_neighbourhoods: Mapping[str, tuple[str, ...]]  # by force: clearly above the rest
    n_lsoas: Mapping[str, int]  # by force

    @property
    def rows(self) -> int:
        """Data rows in all files."""
        return sum(file.rows for file in self.files)

    @property
    def rows_refused(self) -> int:
        """Data rows that a correct landing refuses."""
        return sum(sum(file.refused.values()) for file in self.files)


def write_truth(truth: StreetTruth, path: Path) -> None:
    """Write the truth as JSON. Keep `path` outside the landing folder."""
    content = {**dataclasses.asdict(truth), "rows": truth.rows, "rows_refused": truth.rows_refused}
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")

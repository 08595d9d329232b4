"""Score: read the features of the file being built and write score tables beside it, each an immutable Parquet file.

Not here: the judging (profiles/scoring).
"""

from orchestration.night import Night
from orchestration.steps.build import building
from orchestration.warehouse import reading
from profiles.scoring import people_series, strategic

COLUMNS = {**strategic.COLUMNS, **people_series.COLUMNS}
SCORERS = {**strategic.SCORERS, **people_series.SCORERS}


def score(night: Night) -> dict[str, int]:
    """Write every score table; returns rows by table."""
    folder = night.work / "scores"
    with reading(building(night), night.settings.threads) as con:
        return {
            name: strategic.write(COLUMNS[name], rows(con), folder / f"{name}.parquet")
            for name, rows in SCORERS.items()
        }

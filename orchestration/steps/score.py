"""Score: read the features of the file being built and write score tables beside it, each an immutable Parquet file.

Not here: the judging (profiles/scoring).
"""

from orchestration.night import Night
from orchestration.steps.build import building
from orchestration.steps.bundles import bundles_of
from orchestration.warehouse import reading
from profiles.scoring import people_series, strategic
from profiles.scoring.nightly import tables
from profiles.scoring.nightly.run import score_people

COLUMNS = {**strategic.COLUMNS, **people_series.COLUMNS}
SCORERS = {**strategic.SCORERS, **people_series.SCORERS}
_TOLD = ("head", "force_code", "led_by", "why", "is_alarm")


def score(night: Night) -> dict[str, int]:
    """Write the score tables of the open data; returns rows by table."""
    folder = night.work / "scores"
    with reading(building(night), night.settings.threads) as con:
        return {
            name: strategic.write(COLUMNS[name], found(con), folder / f"{name}.parquet")
            for name, found in SCORERS.items()
        }


def score_of_people(night: Night) -> dict[str, int]:
    """Write the score tables of people; returns rows by table."""
    folder = night.work / "scores"
    with reading(building(night), night.settings.threads) as con:
        people = score_people(con, night.as_of, bundles_of(night))
    night.record(lists=[{name: one[name] for name in _TOLD} for one in people["people_lists"]])
    return {name: tables.write(name, found, folder / f"{name}.parquet") for name, found in people.items()}

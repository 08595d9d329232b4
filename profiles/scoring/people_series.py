"""A verdict for each monthly series of the profiles about people.

Reads the feature table of the night that is being built and returns plain rows. Not here: the judging (verdict), the
series of the strategic profile (strategic), chances of persons (heads).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any, Final

import duckdb

from profiles.scoring import strategic
from profiles.scoring.verdict import judge
from profiles.scoring.xmr import Observation

Row = dict[str, Any]

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "people_verdicts": {"profile": "varchar", **strategic.COLUMNS["verdicts"]},
}


def people_verdicts(con: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """One row per profile, force and series."""
    found = con.execute(
        "select profile, force_code, series_code, unit, month_date, month_status, cast(value as double) "
        "from feat_people__monthly_series order by profile, force_code, series_code, month_date"
    ).fetchall()
    for (profile, force_code, series_code), group in groupby(found, key=lambda row: row[:3]):
        months = list(group)
        series = [Observation(day, value, status) for *_, day, status, value in months]
        yield {
            "profile": profile,
            "force_code": force_code,
            "series_code": series_code,
            **asdict(judge(series, months[0][3])),
        }


SCORERS: Final[Mapping[str, Callable[[duckdb.DuckDBPyConnection], Iterable[Row]]]] = {
    "people_verdicts": people_verdicts,
}

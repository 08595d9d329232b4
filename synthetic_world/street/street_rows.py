"""The rows of one force and month: place, type, outcome, identifier.

Not here: how many (street_counts), the defects planted afterwards (street_defects), writing the file
(street).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from synthetic_world.street.street_places import POINTS_PER_LSOA, Ground, MapPoint, border_lsoas, seed_of
from synthetic_world.street.street_rates import StreetRates

ASB = "Anti-social behaviour"
WATERMARK = "synthetic"
UNDER_INVESTIGATION = "Under investigation"
_NOWHERE = MapPoint("", "", "No Location", "", "")
Row = dict[str, str]  # canonical name to text


@dataclass(frozen=True, slots=True)
class Month:
    """Which rows to make."""

    seed: int
    force_code: str
    force_name: str
    period: str
    number: int  # month_number of the period
    age: int  # months before the last month of the world


def make_rows(
    month: Month, counts: npt.NDArray[np.int64], ground: Ground, neighbour: Ground, rates: StreetRates
) -> list[Row]:
    """Rows in the order of the archive: by LSOA, those without a place last."""
    random = seed_of(month.seed, month.force_code, 2, month.number)
    n = int(counts.sum())
    kinds = np.repeat(np.arange(len(rates.types)), counts)[random.permutation(n)]
    outcomes = _outcomes(random, kinds, month.age, rates)
    places = _places(random, n, ground, neighbour, rates, month.force_code)
    ids = random.bytes(32 * n).hex()
    rows = [
        _row(month, rates.types[kind].crime_type, outcomes[i], places[i], ids[64 * i : 64 * i + 64])
        for i, kind in enumerate(kinds.tolist())
    ]
    _repeat_incidents(random, rows, rates.identical_asb)
    return sorted(rows, key=lambda row: (row["lsoa_code"] == "", row["lsoa_code"]))


def _row(month: Month, crime_type: str, outcome: str, place: MapPoint, crime_id: str) -> Row:
    return {
        "crime_id": "" if crime_type == ASB else crime_id,
        "month": month.period,
        "reported_by": month.force_name,
        "falls_within": month.force_name,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "location_name": place.location,
        "lsoa_code": place.lsoa_code,
        "lsoa_name": place.lsoa_name,
        "crime_type": crime_type,
        "last_outcome": outcome,
        "context": WATERMARK,  # the archive leaves this column empty
    }


def _outcomes(
    random: np.random.Generator, kinds: npt.NDArray[np.int64], age: int, rates: StreetRates
) -> list[str]:
    """The latest outcome of crimes of that age; the older, the fewer are still under investigation."""
    open_share = rates.under_investigation[min(age, len(rates.under_investigation) - 1)]
    is_open, draws = random.random(len(kinds)) < open_share, random.random(len(kinds))
    outcomes = np.full(len(kinds), "", dtype=object)
    for kind, one in enumerate(rates.types):
        if one.outcomes:
            shares = np.cumsum([share for _, share in one.outcomes])
            mine = np.flatnonzero(kinds == kind)
            final = np.searchsorted(shares[:-1] / shares[-1], draws[mine], side="right")
            names = np.array([outcome for outcome, _ in one.outcomes], dtype=object)
            outcomes[mine] = np.where(is_open[mine], UNDER_INVESTIGATION, names[final])
    return [str(outcome) for outcome in outcomes]


def _places(
    random: np.random.Generator,
    n: int,
    ground: Ground,
    neighbour: Ground,
    rates: StreetRates,
    force_code: str,
) -> list[MapPoint]:
    """The map point of each row: some across the border, some unknown."""
    lsoas = np.searchsorted(np.cumsum(ground.weight)[:-1], random.random(n)).tolist()
    points = random.integers(POINTS_PER_LSOA, size=n).tolist()
    across = border_lsoas(neighbour)[random.integers(len(border_lsoas(neighbour)), size=n)].tolist()
    missing = rates.missing_place[force_code]
    return [
        _NOWHERE
        if draw < missing
        else neighbour.points[far][point]
        if draw < missing + rates.border
        else ground.points[near][point]
        for draw, near, far, point in zip(random.random(n).tolist(), lsoas, across, points, strict=True)
    ]


def _repeat_incidents(random: np.random.Generator, rows: list[Row], share: float) -> None:
    """Make some anti-social behaviour rows equal to another in every byte: no identifier sets them apart."""
    incidents = [i for i, row in enumerate(rows) if row["crime_type"] == ASB]
    if len(incidents) < 2:
        return
    n = round(share * len(incidents))
    chosen = random.permutation(len(incidents))
    for k in range(n):
        original = incidents[chosen[n + k % (len(incidents) - n)]]
        rows[incidents[chosen[k]]] = dict(rows[original])

"""File names as patterns, row limits and freshness, drawn as tables."""

import re
from datetime import date

import pytest

from data_contracts import patterns
from data_contracts.drafting import limits
from data_contracts.drafting.file_names import pattern_of

NAMES = [
    (
        "crime_20261103_delta.csv",
        r"^tidewell/crime_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$",
        "",
    ),
    ("CRIME 2026-11-03.xlsx", r"^tidewell/CRIME (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[.]xlsx$", "full"),
    ("daily_crime_20261103_0042.csv", r"^tidewell/daily_crime_(?P<date>[0-9]{8})_[0-9]{4}[.]csv$", "delta"),
    ("crime (v2)+20261103.csv", r"^tidewell/crime [(]v2[)][+](?P<date>[0-9]{8})[.]csv$", "full"),
    ("crime.csv", r"^tidewell/crime_(?P<date>[0-9]{8})[.]csv$", "full"),
]


@pytest.mark.parametrize(("name", "pattern", "mode"), NAMES)
def test_a_name_becomes_a_pattern(name: str, pattern: str, mode: str) -> None:
    found = pattern_of(name, "tidewell", None)
    assert (found.pattern, found.mode) == (pattern, mode)
    assert patterns.problem_of(found.pattern, is_for_values=False) is None
    if found.day:
        assert re.fullmatch(found.pattern, f"tidewell/{name}") and found.day == date(2026, 11, 3)


def test_a_name_without_a_day_is_said() -> None:
    assert "holds no day" in pattern_of("crime.csv", "tidewell", None).doubts[0].sentence


@pytest.mark.parametrize(("span", "mode"), [(0.9, "delta"), (400.0, "full"), (None, "full")])
def test_the_span_of_its_rows_speaks_for_a_mode(span: float | None, mode: str) -> None:
    found = pattern_of("crime_20261103.csv", "tidewell", span)
    assert found.mode == mode and found.doubts[-1].about == "mode"


@pytest.mark.parametrize(
    "name", ["a\\b_20261103.csv", "a^b[20261103].csv", "a$b|c{20261103}.csv", "n\u00e4me?_20261103*.csv"]
)
def test_any_name_is_matched_by_its_own_pattern(name: str) -> None:
    found = pattern_of(name, "tidewell", None)
    assert re.fullmatch(found.pattern, f"tidewell/{name}"), found.pattern


def test_limits_are_suggested_with_their_reason() -> None:
    assert limits.row_floor([1000, 800], ["full"]).number == 680
    assert limits.row_ceiling([1000, 800]).number == 2000
    assert "800 to 1,000 rows observed" in limits.row_floor([1000, 800], ["full"]).reason
    assert limits.row_floor([40], ["delta"]).number == 0


def test_freshness_follows_the_gaps_between_samples() -> None:
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 4)]
    assert limits.freshness(days).number == 6 and limits.freshness(days).doubt == ""
    assert limits.freshness(days[:1]).number == 3 and limits.freshness(days[:1]).doubt

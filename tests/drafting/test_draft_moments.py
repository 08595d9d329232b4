"""How dates are told apart, drawn as a table: the format, and what is said where another reading is possible."""

import re
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.columns import Column
from data_contracts.drafting.moments import Moments, moments_of
from data_contracts.drafting.profile import Profile
from data_contracts.values import Problem, read_value


def found(*texts: str) -> Moments | None:
    return moments_of(Profile("heading", len(texts), dict(Counter(texts))))


SURE = [
    ("dd/MM/yyyy", ["01/02/2024", "13/04/2024"]),
    ("MM/dd/yyyy", ["01/13/2024", "02/01/2024"]),
    ("yyyy-MM-dd", ["2024-01-02", "2024-12-31"]),
    ("dd-MMM-yyyy", ["03-Mar-2024", "14-APR-2024"]),
    ("yyyyMMdd", ["20240102", "20241231"]),
    ("dd.MM.yyyy HH:mm", ["31.12.2024 10:00", "01.02.2024 23:59"]),
    ("yyyy-MM-ddTHH:mm:ssXXX", ["2024-01-01T10:00:00Z", "2024-07-01T10:00:00+01:00"]),
    ("yyyy-MM-dd HH:mm:ss'.000'", ["2024-01-01 10:00:00.000", "2024-07-01 10:00:01.000"]),
]


@pytest.mark.parametrize(("format_", "texts"), SURE)
def test_a_format_that_fits_alone_is_taken(format_: str, texts: list[str]) -> None:
    moments = found(*texts)
    assert moments is not None and (moments.format, moments.doubt, moments.problem) == (format_, "", "")


DOUBTED = [
    ("dd/MM/yyyy", ["01/02/2024", "03/04/2024"], "MM/dd/yyyy fits just as well"),
    ("dd/MM/yy", ["31/12/99", "28/02/24"], "years of two digits"),
    ("dd/MM/yy", ["01/02/03", "04/05/06"], "fits just as well"),
    ("excel-serial", ["45324", "45325.5", "45999"], "days of a spreadsheet"),
    ("epoch-ms", ["1709245800000", "1709245999000"], "milliseconds since 1970"),
    (
        "dd/MM/yyyy",
        ["13/01/2024", "14/02/2024", "15/02/2024", "01/16/2024"],
        "some rows are written MM/dd/yyyy",
    ),
]


@pytest.mark.parametrize(("format_", "texts", "doubt"), DOUBTED)
def test_another_reading_is_said(format_: str, texts: list[str], doubt: str) -> None:
    moments = found(*texts)
    assert moments is not None and moments.format == format_ and doubt in moments.doubt


UNREADABLE = [
    (["1/2/2024", "11/12/2023", "3/4/2024"], "no leading zero"),
    (["01/02/2024 10:00 AM", "13/02/2024 04:15 PM"], "am and pm"),
    (["31 December 2024", "1 May 2024"], "written out in full"),
    (["2024-01-01 10:00:00.123", "2024-01-01 10:00:00.456"], "fractions that vary"),
    (["1709245800", "1709245801", "1709295801"], "seconds since 1970"),
]


@pytest.mark.parametrize(("texts", "problem"), UNREADABLE)
def test_dates_that_no_contract_can_read_are_said(texts: list[str], problem: str) -> None:
    moments = found(*texts)
    assert moments is not None and moments.format == "" and problem in moments.problem


@pytest.mark.parametrize(
    "texts", [["Smith", "Jones"], ["12", "15"], ["36/00025/25"], ["at 9 pm to 6 am"], []]
)
def test_what_is_no_date_is_none(texts: list[str]) -> None:
    assert found(*texts) is None


FORMATS = st.sampled_from(
    ["dd/MM/yyyy", "MM/dd/yyyy", "yyyy-MM-dd", "dd-MMM-yyyy", "yyyyMMdd HHmmss", "dd.MM.yyyy HH:mm"]
)
SIGNS = {"dd": "%d", "MMM": "%b", "MM": "%m", "yyyy": "%Y", "HH": "%H", "mm": "%M", "ss": "%S"}


@settings(max_examples=60, deadline=None)
@given(FORMATS, st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2049, 1, 1)), min_size=1, max_size=30))
def test_a_format_without_a_doubt_reads_every_text_as_it_was_meant(
    format_: str, moments: list[datetime]
) -> None:
    """Whatever was written: if the draft is sure, its reading is the writer's."""
    python = re.sub("dd|MMM|MM|yyyy|HH|mm|ss", lambda match: SIGNS[match[0]], format_)
    texts = [moment.strftime(python) for moment in moments]
    told = found(*texts)
    assert told is not None
    if told.doubt:
        return
    mine, theirs = (
        Column("", "recorded_at", "timestamp", required=False, format=f) for f in (told.format, format_)
    )
    for text in texts:
        value = read_value(mine, text, zone="UTC", period="2060-01-01")
        assert not isinstance(value, Problem)
        assert value == read_value(theirs, text, zone="UTC", period="2060-01-01")

"""The verdict of a monthly series, drawn as tables: one line a case, read it as the manual.

A series is written as one word a month from January 2024 on: a number (delivered), `-` (missing month), `?`
(delivered in a month of suspect volume, value 10), `.` (delivered, but this series has no value).
"""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.scoring.verdict import judge
from profiles.scoring.xmr import Observation, base_of, limits, runs

STEADY = "9 11 " * 9  # 18 months: mean 10, every moving range 2, so limits 10 ± 5.32


def months(text: str, start: int = 2024 * 12) -> list[Observation]:
    found = []
    for offset, word in enumerate(text.split()):
        month = date((start + offset) // 12, (start + offset) % 12 + 1, 1)
        if word == "-":
            found.append(Observation(month, None, "missing"))
        elif word == "?":
            found.append(Observation(month, 10, "volume_suspect"))
        else:
            found.append(Observation(month, None if word == "." else float(word), "delivered"))
    return found


VERDICTS = [
    # what happens after 18 steady months   verdict        months in state
    ("", "within", 18),
    ("15", "within", 19),
    ("16", "above_limit", 1),
    ("16 16 16", "above_limit", 3),
    ("16 11 16", "above_limit", 1),
    ("16 - 16", "above_limit", 1),
    ("4", "below_limit", 1),
    ("4 4", "below_limit", 2),
    ("10 11 11 11 11 11 11 11", "within", 26),
    ("9 11 11 11 11 11 11 11 11", "run_8_above", 8),
    ("9 11 11 11 11 11 11 11 11 11 11", "run_8_above", 10),
    ("9 11 11 11 11 11 11 11 16", "above_limit", 1),
    ("11 9 9 9 9 9 9 9 9", "run_8_below", 8),
    ("9 11 11 11 11 - 11 11 11 11", "within", 4),
    ("9 11 11 11 11 ? 11 11 11 11", "within", 4),
    ("9 11 11 11 11 . 11 11 11 11", "within", 4),
    ("9 11 11 11 11 11 11 11 10", "within", 27),
    ("?", "not_judged", 1),
    ("? ?", "not_judged", 2),
    ("? - ?", "not_judged", 1),
    ("? 10", "within", 1),
    ("16 - -", "above_limit", 1),
    ("16 .", "above_limit", 1),
    ("? -", "not_judged", 1),
]


@pytest.mark.parametrize(("after", "verdict", "months_in_state"), VERDICTS)
def test_verdict_of_what_follows_18_steady_months(after: str, verdict: str, months_in_state: int) -> None:
    found = judge(months(STEADY + after), "records")
    assert (found.verdict, found.months_in_state) == (verdict, months_in_state)
    assert (found.mean, found.n_base_months) == (10, 18)
    assert (found.lower, found.upper) == (pytest.approx(4.68), pytest.approx(15.32))
    assert (found.base_from, found.base_to) == (date(2024, 1, 1), date(2025, 6, 1))


WHOLE = [
    # series                               unit        verdict           base months  longest run
    ("", "records", "no_data", 0, 0),
    ("- - -", "records", "no_data", 0, 0),
    (". . .", "percent", "no_data", 0, 0),
    ("10 " * 11, "records", "too_few_months", 0, 11),
    ("10 " * 11 + "- " + "10 " * 11, "records", "too_few_months", 0, 11),
    ("10 " * 12, "records", "within", 12, 12),
    ("10 " * 17, "records", "within", 17, 17),
    ("10 " * 30, "records", "within", 18, 30),
    ("4 " * 12, "records", "too_few_counts", 12, 12),
    ("5 " * 12, "records", "within", 12, 12),
    ("4 " * 12, "percent", "within", 12, 12),
    ("?", "records", "not_judged", 0, 0),
    ("4 " * 12 + "?", "records", "not_judged", 12, 12),
]


@pytest.mark.parametrize(("series", "unit", "verdict", "n_base", "longest"), WHOLE)
def test_verdict_of_a_whole_series(series: str, unit: str, verdict: str, n_base: int, longest: int) -> None:
    found = judge(months(series), unit)  # type: ignore[arg-type]
    assert (found.verdict, found.n_base_months, found.longest_run_months) == (verdict, n_base, longest)


@pytest.mark.parametrize("series", ["", "10 " * 11, "4 " * 12, "4 " * 12 + "?"])
def test_no_range_is_given_where_none_may_be_drawn(series: str) -> None:
    found = judge(months(series), "records")
    assert (found.mean, found.lower, found.upper) == (None, None, None)


def test_base_is_the_most_recent_run_of_twelve_or_more_and_not_a_later_short_one() -> None:
    old, recent, short = "1 2 " * 6, "20 22 " * 7, "20 20 20"
    found = judge(months(f"{old} - {recent} - {short}"), "records")
    assert (found.base_from, found.n_base_months, found.mean) == (date(2025, 2, 1), 14, 21)
    assert (found.latest_month, found.latest_value, found.longest_run_months) == (date(2026, 7, 1), 20, 14)


def test_no_moving_range_across_a_missing_month() -> None:
    # a leap of 90 across the gap would widen the limits from ±0 to ±21 if it were measured
    found = judge(months("10 " * 5 + "- " + "100 " * 12), "records")
    assert (found.mean, found.lower, found.upper) == (100, 100, 100)


def test_limits_are_clipped_to_what_the_unit_can_be() -> None:
    wild = months("0 100 " * 6)
    assert (judge(wild, "percent").lower, judge(wild, "percent").upper) == (0, 100)
    assert (judge(wild, "records").lower, judge(wild, "records").upper) == (0, 50 + 266)


def test_a_month_absent_from_the_list_is_a_missing_month_and_order_does_not_matter() -> None:
    told = months("10 " * 6 + "- " + "10 " * 6)
    untold = [each for each in told if each.status != "missing"]
    assert [len(run) for run in runs(untold)] == [6, 6]
    assert judge(untold[::-1], "records") == judge(told, "records")


def test_the_same_month_twice_and_not_a_number_are_refused() -> None:
    with pytest.raises(ValueError, match="2024-01 stands twice"):
        judge(months("1") * 2, "records")
    with pytest.raises(ValueError, match="2024-01"):
        months("nan")


word = st.one_of(
    st.integers(0, 60).map(str), st.floats(0, 99, allow_nan=False).map(str), st.sampled_from(["-", "?", "."])
)
series_text = st.lists(word, max_size=50).map(" ".join)
long_text = st.lists(st.integers(0, 60).map(str), min_size=12, max_size=40).map(" ".join)


@given(st.one_of(series_text, long_text), st.sampled_from(["records", "percent"]))
def test_within_means_inside_and_beyond_means_outside(text: str, unit: str) -> None:
    found = judge(months(text), unit)  # type: ignore[arg-type]
    if found.latest_value is None or found.upper is None or found.lower is None:
        assert found.verdict in ("no_data", "too_few_months", "too_few_counts", "not_judged")
        return
    assert (found.verdict == "above_limit") == (
        found.latest_value > found.upper and found.verdict != "not_judged"
    )
    if found.verdict in ("within", "run_8_above", "run_8_below"):
        assert found.lower <= found.latest_value <= found.upper
        assert found.months_in_state >= 1


@given(long_text, st.data())
def test_a_missing_month_never_creates_a_moving_range(text: str, data: st.DataObject) -> None:
    whole = text.split()
    hole = data.draw(st.integers(0, len(whole) - 1))
    words = [*whole[:hole], "-", *whole[hole + 1 :]]
    base = base_of(runs(months(" ".join(words))))
    if base is None:
        return
    first = (base[0].month.year - 2024) * 12 + base[0].month.month - 1
    held = words[first : first + len(base)]
    assert "-" not in held
    measured = [abs(float(b) - float(a)) for a, b in pairwise(held)]
    expected = sum(map(float, held)) / len(held) + 2.66 * sum(measured) / len(measured)
    assert limits(base, "records").upper == pytest.approx(expected)


@given(st.one_of(series_text, long_text), st.integers(-300, 300))
def test_shifting_every_month_changes_nothing_but_the_dates(text: str, shift: int) -> None:
    def undated(start: int) -> dict[str, object]:
        found = judge(months(text, start), "records")
        names = [name for name in found.__slots__ if name not in ("base_from", "base_to", "latest_month")]
        return {name: getattr(found, name) for name in names}

    assert undated(2024 * 12 + shift) == undated(2024 * 12)

"""Intervals against published values and against another implementation (scipy.stats)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.scoring.intervals import family_level, position, rate_interval, share_interval


@pytest.mark.parametrize(
    ("n", "lower", "upper"),  # Garwood's 95% limits as printed in tables of the Poisson distribution
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.6235, 11.668), (10, 4.7954, 18.390), (100, 81.364, 121.627)],
)
def test_garwood_against_printed_tables(n: int, lower: float, upper: float) -> None:
    found = rate_interval(n, 1.0)
    assert (found.lower, found.upper) == (pytest.approx(lower, abs=5e-4), pytest.approx(upper, abs=5e-4))


@settings(deadline=None)  # the first call pays for importing scipy
@given(st.integers(0, 100_000), st.sampled_from([0.9, 0.95, family_level(130), family_level(5000)]))
def test_garwood_equals_the_chi_squared_form(n: int, level: float) -> None:
    from scipy.stats import chi2

    tail = (1 - level) / 2
    found = rate_interval(n, 4.0, level, per=1000)
    assert found.lower == pytest.approx(chi2.ppf(tail, 2 * n) / 2 * 250 if n else 0.0)
    assert found.upper == pytest.approx(chi2.isf(tail, 2 * n + 2) / 2 * 250)


@settings(deadline=None)  # the first call pays for importing scipy
@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from([0.9, 0.95, 0.9996]))
def test_wilson_equals_scipy(n: int, n_total: int, level: float) -> None:
    from scipy.stats import binomtest

    n = min(n, n_total)
    expected = binomtest(n, n_total).proportion_ci(level, method="wilson")
    found = share_interval(n, n_total, level)
    assert found.lower == pytest.approx(expected.low, abs=1e-9)
    assert found.upper == pytest.approx(expected.high, abs=1e-9)
    assert 0 <= found.lower <= n / n_total <= found.upper <= 1


def test_family_level_shares_one_in_twenty_among_the_comparisons() -> None:
    assert family_level(1) == family_level(0) == 0.95
    assert family_level(125) == pytest.approx(0.9996)


@pytest.mark.parametrize(
    ("n", "exposure", "reference", "level", "expected"),
    [
        (9, 1.0, 1.0, 0.95, "too_few"),  # nine against one expected: still nothing is claimed
        (10, 1.0, 4.7, 0.95, "above"),  # the interval of 10 is 4.795 to 18.39
        (10, 1.0, 4.8, 0.95, "not_clear"),
        (10, 1.0, 18.3, 0.95, "not_clear"),
        (10, 1.0, 18.4, 0.95, "below"),
        (10, 1.0, 4.7, 0.9996, "not_clear"),  # one of 125 places compared: the bar is higher
        (100, 50.0, 1.0, 0.95, "above"),
    ],
)
def test_position(n: int, exposure: float, reference: float, level: float, expected: str) -> None:
    assert position(n, exposure, reference, level) == expected


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: rate_interval(-1, 1.0),
        lambda: rate_interval(1, 0.0),
        lambda: rate_interval(1, float("nan")),
        lambda: rate_interval(1, 1.0, level=1.0),
        lambda: share_interval(2, 1),
        lambda: share_interval(0, 0),
    ],
)
def test_nonsense_is_refused(wrong) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=r"must be|level|share|negative"):
        wrong()

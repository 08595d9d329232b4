"""Which force is made next: the largest that fits beside those being made."""

import pytest

from synthetic_world.crew import next_of

NEEDS = {"capital": 13.0, "midlands": 4.5, "coast": 2.0, "fens": 1.0}


@pytest.mark.parametrize(
    ("waiting", "free", "is_idle", "expected"),
    [
        (["capital", "midlands", "coast"], 12.0, True, "midlands"),
        (["capital"], 12.0, True, "capital"),  # it never fits: when nobody else is at work it is made alone
        (["capital"], 12.0, False, None),
        (["midlands", "coast", "fens"], 1.5, False, "fens"),
        (["midlands"], 1.5, False, None),
        ([], 12.0, True, None),
    ],
)
def test_the_largest_that_fits_is_next(
    waiting: list[str], free: float, is_idle: bool, expected: str | None
) -> None:
    assert next_of(waiting, NEEDS, free, is_idle=is_idle) == expected

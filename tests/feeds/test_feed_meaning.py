"""A code list that changes, a unit that is ten times what it was, a default that flips: the spread of values tells."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from orchestration.landing.meaning import psi, sentences, shifts

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"


def rows(files: Any, day: int, n: int = 300, **changes: Callable[[Random], str]) -> bytes:
    """A delivery whose values are drawn alike each day, but for changes: by column how to draw it."""
    rng = Random(day)
    usual: dict[str, Callable[[Random], str]] = {
        "Grade": lambda r: r.choice("1223"), "Sure": lambda r: r.choice("YN"),
        "Km": lambda r: f"{r.lognormvariate(0, 1):.2f}",
        "People": lambda r: str(r.randint(1, 9)),
    }  # fmt: skip
    drawn = {**usual, **changes}
    made = [
        files.row(Ref=f"S/{day}/{k}") | {name: draw(rng) for name, draw in drawn.items()} for k in range(n)
    ]
    return bytes(files.csv(made).encode())


@pytest.fixture
def found(shire: Any, files: Any, land: Land) -> Callable[..., dict[str, float]]:
    """What shifts the fourth delivery has beside three usual ones."""
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}])

    def ask(n: int = 300, **changes: Callable[[Random], str]) -> dict[str, float]:
        for day in (1, 2, 3):
            shire.put(f"samples_2026100{day}_delta.csv", rows(files, day, n))
        shire.put("samples_20261004_delta.csv", rows(files, 4, n, **changes))
        landed = land()
        (contract,) = landed.registry.contracts
        told = shifts(landed.con, landed.manifest().rows, contract)
        assert len(sentences(told)) == min(1, len(told))
        return {shift.column: shift.psi for shift in told}

    return ask


def test_a_usual_delivery_has_no_shift(found: Any) -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("heading", "draw", "column"),
    [
        ("Grade", lambda r: r.choice("1333"), "grade"),
        ("Km", lambda r: f"{10 * r.lognormvariate(0, 1):.2f}", "distance_km"),
        ("Sure", lambda r: "N", "is_sure"),
        ("People", lambda r: "", "n_people"),
        ("Grade", lambda r: r.choice(["2", "7", "8"]), "grade"),
    ],
)
def test_a_changed_meaning_is_told_and_nothing_else(found: Any, heading: str, draw: Any, column: str) -> None:
    assert list(found(**{heading: draw})) == [column]


def test_few_rows_say_nothing(found: Any) -> None:
    assert found(40, Sure=lambda r: "N") == {}


def test_the_index_is_that_of_the_textbook() -> None:
    assert psi([500, 500], [500, 500]) == 0
    assert psi([9000, 1000], [5000, 5000]) == pytest.approx(0.4 * 0.587787 + 0.4 * 1.609438, abs=1e-3)

"""The leak sentinel finds a planted leak of each kind, and is quiet where there is none."""

from collections.abc import Callable

import numpy as np
import pytest

from profiles.scoring.arrays import Floats, sigmoid
from profiles.scoring.judge.sentinel import SEED, alarms, alone, canary, canary_range
from profiles.scoring.learn.encoding import Feature
from profiles.scoring.learn.fit import fit, rows_of
from profiles.scoring.learn.recipes import Recipe

N = 4000
CHANCE = np.random.default_rng(12)
X = CHANCE.normal(size=N)
Y = (CHANCE.random(N) < sigmoid(0.8 * X - 1)).astype(float)
TRAIN = np.arange(N) % 3 > 0
IDS = np.arange(N).astype(object)

LEAKS = {
    "the label with noise": Y + CHANCE.normal(size=N) * 0.3,
    "a date that only the positive have": np.where(Y == 1, CHANCE.random(N) * 1000, np.nan),
    "a code that means the outcome": np.where(
        Y == 1, CHANCE.integers(0, 3, N), CHANCE.integers(3, 9, N)
    ).astype(float),
    "an outcome backwards": -(Y * 5 + CHANCE.random(N)),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_caught(name: str) -> None:
    found = alone(LEAKS[name], Y, TRAIN)
    assert found > 0.85
    (alarm,) = alarms(0.7, [("x", 0.7), ("closed_at", found)], 0.5, 0.03, Y)
    assert alarm.startswith("closed_at alone reaches")


def test_an_honest_feature_raises_no_alarm() -> None:
    found = alone(X, Y, TRAIN)
    assert 0.6 < found < 0.8 and list(alarms(0.75, [("x", found)], 0.5, 0.03, Y)) == []


def test_many_levels_without_meaning_do_not_look_strong() -> None:
    assert alone(CHANCE.integers(0, 40, N).astype(float), Y, TRAIN) < 0.56


def test_too_good_is_an_alarm() -> None:
    assert len(list(alarms(0.91, [], 0.5, 0.03, Y))) == 1 and list(alarms(0.90, [], 0.5, 0.03, Y)) == []


def test_what_chance_reaches_with_few_positives_is_no_alarm() -> None:
    few = np.zeros(500)
    few[:8] = 1
    assert list(alarms(0.91, [("n", 0.87)], 0.5, 0.1, few)) == []
    assert len(list(alarms(0.999, [("closed_at", 0.999)], 0.5, 0.1, few))) == 2
    few[:5] = 0
    assert list(alarms(1.0, [("n", 1.0)], 0.5, 0.3, few)) == []  # three positives say nothing


def fitted(matrix: Floats, label: Floats) -> Callable[[Floats], Floats]:
    rows = rows_of([Feature("x", "number")], matrix, label, np.arange(len(label)).astype(object))
    return fit(Recipe("enet", 0.001), rows).logit


def test_the_canary_sings_at_one_half() -> None:
    found = canary(fitted, X[:, None], Y, IDS, TRAIN)
    assert abs(found - 0.5) <= canary_range(Y[~TRAIN])


def test_the_canary_falls_silent_when_the_answer_leaks_past_the_split() -> None:
    """A fit that remembers everybody's label, as a join on the wrong side of the as-of date would make it."""
    seen: list[Floats] = []

    def peeks(matrix: Floats, label: Floats) -> Callable[[Floats], Floats]:
        seen.append(label)
        return lambda test: test[:, 0]

    leaking = np.column_stack([np.zeros(N)])
    people, place = np.unique(IDS.astype(str), return_inverse=True)
    order = np.random.default_rng(SEED).permutation(len(people))
    of_person = np.zeros(len(people))
    of_person[place] = Y
    leaking[:, 0] = of_person[order][place]  # what the shuffle will call the answer
    found = canary(peeks, leaking, Y, IDS, TRAIN)
    assert seen and abs(found - 0.5) > canary_range(Y[~TRAIN])


def test_few_rows_give_chance_more_room() -> None:
    assert canary_range(Y) == pytest.approx(0.03, abs=0.02) and canary_range(Y[:60]) > 0.1
    assert canary_range(np.ones(10)) == 0.5

"""The fairness table: measures by hand, small groups hidden, flags only where the interval is clear."""

import numpy as np
import pytest

from profiles.scoring.arrays import Bools, Floats, Words
from profiles.scoring.fairness.audit import LEAST_ROWS, audit, flags_of


def by_hand(counts: dict[str, tuple[int, int, int, int]]) -> tuple[Words, Bools, Floats, Floats, Words]:
    """Rows of groups given as (selected with outcome, selected without, not selected with, not selected without)."""
    group: list[str] = []
    selected: list[bool] = []
    label: list[float] = []
    for name, four in counts.items():
        for (is_selected, has_outcome), n in zip(
            [(True, 1.0), (True, 0.0), (False, 1.0), (False, 0.0)], four, strict=True
        ):
            group += [name] * n
            selected += [is_selected] * n
            label += [has_outcome] * n
    y = np.array(label)
    ids = np.arange(len(y)).astype(object)
    return np.array(group, object), np.array(selected), y, np.full(len(y), y.mean()), ids


def test_measures_are_those_counted_by_hand() -> None:
    alike, other = audit(*by_hand({"A": (20, 30, 30, 120), "B": (10, 10, 40, 140)}))
    assert (alike.name, alike.n) == ("A", 200)
    expected = {
        "base_rate": 50 / 200, "selection_rate": 50 / 200, "ppv": 20 / 50, "fpr": 30 / 150, "fnr": 30 / 50,
        "calibration_gap": 0.25 / 0.25 - 1,
    }  # fmt: skip
    for name, value in expected.items():
        assert alike.measures[name].value == pytest.approx(value), name
        assert alike.measures[name].lower <= value <= alike.measures[name].upper
    assert other.measures["fpr"].value == pytest.approx(10 / 150)
    assert alike.ratios["fpr"].value == pytest.approx((30.5 / 151) / (10.5 / 151))


def test_a_clear_difference_is_flagged_on_both_sides() -> None:
    groups = audit(*by_hand({"A": (40, 120, 60, 680), "B": (40, 40, 60, 760)}))
    assert any(flag.startswith("A: false positive rate 2.9") for flag in flags_of(groups))
    assert any(flag.startswith("B: false positive rate 0.3") for flag in flags_of(groups))


def test_the_same_difference_in_few_rows_is_not() -> None:
    assert flags_of(audit(*by_hand({"A": (4, 6, 6, 34), "B": (4, 2, 6, 38)}))) == ()


def test_many_groups_alike_raise_no_flag_by_chance() -> None:
    chance = np.random.default_rng(8)
    flagged = 0
    for _ in range(10):
        n = 3000
        group = chance.integers(0, 25, n).astype(str).astype(object)
        label = (chance.random(n) < 0.3).astype(float)
        selected = chance.random(n) < 0.08 + 0.08 * label
        flagged += bool(flags_of(audit(group, selected, label, np.full(n, 0.3), np.arange(n).astype(object))))
    assert flagged <= 3  # each table is wrong anywhere about one time in twenty for each of three comparisons


def test_a_small_group_is_hidden_and_nothing_is_said_of_it() -> None:
    group, selected, label, probability, ids = by_hand(
        {"A": (50, 50, 50, 250), "B": (20, 5, 0, LEAST_ROWS - 26)}
    )
    (_, small) = audit(group, selected, label, probability, ids)
    assert small.is_hidden and not small.measures and not small.ratios and not small.flags


def test_a_wrong_probability_is_flagged() -> None:
    group, selected, label, _, ids = by_hand({"A": (50, 50, 50, 250), "B": (50, 50, 50, 250)})
    probability = np.where(group == "A", 0.25, 0.45)
    flags = flags_of(audit(group, selected, label, probability, ids))
    assert [flag for flag in flags if "predicted" in flag] == ["B: predicted +80% against what was recorded"]


def test_a_group_without_any_outcome_has_no_fnr_and_no_crash() -> None:
    groups = audit(*by_hand({"A": (50, 50, 50, 250), "B": (0, 10, 0, 90)}))
    assert np.isnan(groups[1].measures["fnr"].value) and np.isnan(groups[1].measures["calibration_gap"].value)


def test_unknown_is_a_group_of_its_own() -> None:
    group, *rest = by_hand({"A": (50, 50, 50, 250), "": (10, 10, 10, 70)})
    assert [one.name for one in audit(group, *rest)] == ["A", "unknown"]

"""The admission gate as a table: what is known of a model, which check fails, and who leads."""

from dataclasses import replace

import pytest

from profiles.scoring.judge.gate import Evidence, judge
from profiles.scoring.judge.resampling import Estimate

GOOD = Evidence(
    n_positive_people=1_000,
    gain_over_rule=Estimate(0.02, 0.001, 0.04),
    judged_on="4 folds",
    is_judged_widely=True,
    gain_over_net=-0.002,
    slope=0.8,
    top_ratio=1.14,
    gain_by_force={"northmoor": Estimate(-0.01, -0.03, 0.01)},
    alarms=(),
    unfair=(),
)
# what differs from the good model                            fails   leads
TABLE = [
    ({},                                                       [],     "model"),
    ({"n_positive_people": 999},                               ["G1"], "RFGV"),
    ({"gain_over_rule": Estimate(0.02, -0.001, 0.04)},         ["G2"], "RFGV"),
    ({"gain_over_rule": Estimate(0.0, 0.0, 0.0)},              ["G2"], "RFGV"),
    ({"gain_over_rule": None},                                 ["G2"], "RFGV"),
    ({"is_judged_widely": False, "judged_on": "3 folds"},      ["G2"], "RFGV"),
    ({"gain_over_net": -0.0021},                               ["G3"], "enet"),
    ({"gain_over_net": None},                                  ["G3"], "enet"),
    ({"slope": 0.79},                                          ["G4"], "RFGV"),
    ({"slope": 1.21},                                          ["G4"], "RFGV"),
    ({"slope": float("nan")},                                  ["G4"], "RFGV"),
    ({"top_ratio": 1.151},                                     ["G4"], "RFGV"),
    ({"top_ratio": 0.849},                                     ["G4"], "RFGV"),
    ({"top_ratio": None},                                      ["G4"], "RFGV"),
    ({"gain_by_force": {"a": Estimate(-0.02, -0.03, -0.001)}}, ["G5"], "RFGV"),
    ({"gain_by_force": None},                                  ["G5"], "RFGV"),
    ({"alarms": ("days_open alone reaches 0.91 (over 0.85)",)}, ["G6"], "RFGV"),
    ({"alarms": None},                                         ["G6"], "RFGV"),
    ({"unfair": ("B: false positive rate 1.40 times",)},       ["G7"], "RFGV"),
    ({"unfair": ("B: …",), "accepted_by": "a chief officer"},  [],     "model"),
    ({"unfair": None},                                         ["G7"], "RFGV"),
    ({"gain_over_net": -0.01, "n_positive_people": 10},        ["G1", "G3"], "RFGV"),
    ({"gain_by_force": None, "not_asked": {"G5": "one force"}}, [],    "model"),
]  # fmt: skip


@pytest.mark.parametrize(("differs", "fails", "leads"), TABLE)
def test_the_gate(differs: dict[str, object], fails: list[str], leads: str) -> None:
    gate = judge(replace(GOOD, **differs))  # type: ignore[arg-type]
    assert [check.check for check in gate.checks] == ["G1", "G2", "G3", "G4", "G5", "G6", "G7"]
    assert [check.check for check in gate.checks if check.is_passed is False] == fails
    assert gate.leads == leads and gate.is_open == (leads == "model")
    assert (gate.why == "All checks hold.") == (not fails)


def test_a_leak_is_said_first() -> None:
    gate = judge(replace(GOOD, n_positive_people=1, alarms=("days_open alone reaches 0.91 (over 0.85)",)))
    assert gate.why.startswith("G6") and "days_open alone" in gate.why

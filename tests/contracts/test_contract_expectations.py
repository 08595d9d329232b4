"""Great Expectations says what the rules say, in counts only."""

import pickle
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data_contracts import checks, expectations
from data_contracts.model import FeedContract, Severity
from data_contracts.registry import Registry

PERIOD = "2026-10"
GOOD = {
    "crime_id": "ab" * 32,
    "month": PERIOD,
    "reported_by": "Northmoor Constabulary",
    "falls_within": "Northmoor Constabulary",
    "longitude": "-2.1",
    "latitude": "54.5",
    "location_name": "On or near Ash Lane",
    "lsoa_code": "X01100001",
    "lsoa_name": "Harrow Fell 001A",
    "crime_type": "Burglary",
    "last_outcome": "Under investigation",
    "context": "",
}
# One spoilt row each: field, text, codes of the rules it breaks.
SPOILT: list[tuple[str, str | None, set[str]]] = [
    ("crime_id", "AB" * 32, {"CRIME_ID_SHAPE"}),
    ("crime_id", "ab" * 32 + "\n", {"CRIME_ID_SHAPE"}),
    ("crime_id", None, set()),
    ("month", "", {"MONTH_MISSING"}),
    ("month", "2026-09", {"MONTH_NOT_OF_FILE"}),
    ("month", "2026-13", {"MONTH_SHAPE", "MONTH_NOT_OF_FILE"}),
    ("month", "10/2026", {"MONTH_SHAPE", "MONTH_NOT_OF_FILE"}),
    ("longitude", "", {"COORDINATE_HALF"}),
    ("latitude", None, {"COORDINATE_HALF"}),
    ("longitude", "180.0001", {"LONGITUDE_RANGE"}),
    ("longitude", "-180", set()),
    ("longitude", "nan", {"LONGITUDE_RANGE"}),
    ("longitude", "1e2", {"LONGITUDE_RANGE"}),
    ("longitude", " 1.5", {"LONGITUDE_RANGE"}),
    ("longitude", "1_0", {"LONGITUDE_RANGE"}),
    ("longitude", "١", {"LONGITUDE_RANGE"}),
    ("latitude", "90.5", {"LATITUDE_RANGE"}),
    ("latitude", "+45.25", set()),
    ("lsoa_code", "E01017540", set()),
    ("lsoa_code", "W01000001", set()),
    ("lsoa_code", "95AA01S1", {"LSOA_ELSEWHERE"}),
    ("lsoa_code", "S01000001", {"LSOA_ELSEWHERE"}),
    ("lsoa_code", "Q01000001", {"LSOA_CODE_SHAPE", "LSOA_ELSEWHERE"}),
    ("crime_type", "burglary", {"CRIME_TYPE_UNKNOWN"}),
    ("crime_type", "Burglary ", {"CRIME_TYPE_UNKNOWN"}),
    ("crime_type", "", {"CRIME_TYPE_MISSING"}),
    ("last_outcome", "Sent to the moon", {"OUTCOME_UNKNOWN"}),
    ("location_name", "Robert'); DROP TABLE rows;--", set()),
]


@pytest.fixture(scope="module")
def contract() -> FeedContract:
    return next(one for one in Registry.load().contracts if one.feed == "street_crime")


def _rows() -> list[dict[str, str | None]]:
    return [{**GOOD, field: text} for field, text, _ in SPOILT]


@pytest.mark.parametrize(("field", "text", "codes"), SPOILT)
def test_rules_row_by_row(contract: FeedContract, field: str, text: str | None, codes: set[str]) -> None:
    row = {**GOOD, field: text}
    broken = checks.broken_rules(contract.rules, row, PERIOD)
    assert {rule.code for rule in broken} == codes
    refusal = checks.refusal(contract, row, PERIOD)
    assert (refusal is not None) == any(rule.severity is Severity.QUARANTINE for rule in broken)


def test_great_expectations_agrees_with_the_rules(contract: FeedContract) -> None:
    summary = expectations.validate(contract, pd.DataFrame(_rows()), period=PERIOD)
    assert {failure.code: failure.n_unexpected for failure in summary.failures} == _counted(contract)
    assert not summary.success
    assert all(failure.fraction == failure.n_unexpected / len(SPOILT) for failure in summary.failures)
    severities = {rule.code: rule.severity for rule in contract.rules}
    assert all(failure.severity is severities[failure.code] for failure in summary.failures)


def _counted(contract: FeedContract) -> dict[str, int]:
    codes = [rule.code for row in _rows() for rule in checks.broken_rules(contract.rules, row, PERIOD)]
    return {code: codes.count(code) for code in set(codes)}


def test_good_rows_pass_and_too_few_or_absent_columns_do_not(contract: FeedContract) -> None:
    good = pd.DataFrame([GOOD] * 3)
    passed = expectations.validate(contract, good, period=PERIOD)
    assert (passed.success, passed.failures) == (True, ())
    empty = expectations.validate(contract, good.head(0), period=PERIOD)
    assert [failure.code for failure in empty.failures] == [expectations.ROW_COUNT]
    halved = expectations.validate(contract, good.drop(columns=["latitude"]), period=PERIOD)
    assert [(failure.code, failure.n_unexpected) for failure in halved.failures] == [("COORDINATE_HALF", 3)]


def test_a_person_level_feed_is_looked_at_as_it_landed(typed_contract: FeedContract) -> None:
    """What only a text can break (a type, a code, a spoilt number) was counted when it landed."""
    good = {
        "source_record_id": "1",
        "recorded_at": pd.Timestamp("2026-10-31"),
        "offence_text": "x",
        "status": "recorded",
    }
    frame = pd.DataFrame(
        [
            {**good, "distance": 1.5, "phone": "07700 900123", "age": 3},
            {**good, "distance": 0.00001, "phone": "999", "is_online": True},
            {**good, "distance": 900.0, "offence_text": None},
        ]
    )
    summary = expectations.validate(typed_contract, frame, period=None)
    found = {failure.code: failure.n_unexpected for failure in summary.failures}
    assert found == {"OFFENCE_TEXT_MISSING": 1, "DISTANCE_RANGE": 1, "PHONE_SHAPE": 1}


def test_no_cell_leaves(contract: FeedContract, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that Great Expectations hands back holds a value of a row."""
    canary = "CANARY-7731"
    frame = pd.DataFrame([{**GOOD, name: canary} for name in GOOD])
    raw: list[Any] = []
    run = expectations._run
    monkeypatch.setattr(expectations, "_run", lambda *given: raw.extend(run(*given)) or raw)
    summary = expectations.validate(contract, frame, period=PERIOD)
    assert summary.failures and canary not in repr(summary)
    assert raw and canary not in repr([result.to_json_dict() for result in raw])


def test_no_file_is_written_and_no_progress_bar_shown(
    contract: FeedContract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    expectations.validate(contract, pd.DataFrame([GOOD]), period=PERIOD)
    assert list(tmp_path.iterdir()) == []
    assert "Calculating" not in "".join(capfd.readouterr())


def test_twenty_thousand_rows_take_about_a_second(contract: FeedContract) -> None:
    frame = pd.DataFrame([GOOD] * 20_000)
    start = time.process_time()
    expectations.validate(contract, frame, period=PERIOD)
    assert time.process_time() - start < 3  # 0.8 s on a quiet machine; the margin is for a busy one


def test_contract_can_be_sent_to_another_process(contract: FeedContract) -> None:
    assert pickle.loads(pickle.dumps(contract)).rules == contract.rules

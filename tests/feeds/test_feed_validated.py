"""What SQL accepted is asked of Great Expectations in a batch: they agree on a faulty delivery; a gap of ours shows."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.steps import validate
from orchestration.steps.findings import Findings
from orchestration.steps.validate import Validation, newest_in_use, validate_newest

Land = Callable[..., Any]
CODE = "0123456789abcdef-code"
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"
FAULTS: Sequence[dict[str, str]] = (
    {"Text": ""}, {"Ref": ""}, {"People": "-"}, {"Grade": "9"}, {"Seen": "31/02/2026"}, {"Km": "far"}, {"Sure": "?"},
)  # fmt: skip


@pytest.fixture
def faulty(shire: Any, files: Any, land: Land) -> Any:
    """A delivery of 100 rows with every kind of fault in it, and a later one that is refused."""
    shire.contract(
        [{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], tolerance={"rows": 1, "keys": 1}
    )
    rows = [files.row(Ref=f"S/{k}") | (FAULTS[k] if k < len(FAULTS) else {}) for k in range(100)]
    shire.put("samples_20261001_delta.csv", files.csv(rows).encode())
    shire.put("samples_20261002_delta.csv", b"nothing,like,it\n")
    return land()


def judged(faulty: Any, out: Path, code: str = CODE) -> Any:
    """What is found in the newest delivery that is used."""
    findings = Findings(out / "validated", code)
    (found,) = validate_newest(faulty.manifest(), faulty.registry, out / "spill", findings)
    return found


def test_what_sql_accepted_of_a_faulty_delivery_breaks_nothing(faulty: Any, tmp_path: Path) -> None:
    manifest = faulty.manifest()
    (row,) = newest_in_use(manifest.rows)
    assert row.outcome.rows_refused >= 5, "the faults are there"
    found = judged(faulty, tmp_path)
    assert (found.n_rows, found.agrees) == (row.outcome.rows_accepted, True)
    assert found.n_expectations >= 4
    assert Validation.from_json(found.as_json()) == found


def test_a_row_that_should_have_been_refused_is_found(faulty: Any, tmp_path: Path) -> None:
    """The landed part is spoilt by hand, as if SQL had let an empty text through."""
    manifest = faulty.manifest()
    part = newest_in_use(manifest.rows)[0].part
    with duckdb.connect() as con:
        spoilt = "* replace (if(line_number % 10 = 0, null, text) as text)"
        con.execute(f"create table t as select {spoilt} from '{part}'")
        con.execute(f"copy t to '{part}' (format parquet)")
    found = judged(faulty, tmp_path)
    assert not found.agrees
    assert [(code, severity) for code, _, severity, _ in found.failures] == [("TEXT_MISSING", "quarantine")]
    assert found.failures[0][3] >= 8
    assert "Seen at" not in str(found.as_json()), "no value comes out"


def test_a_batch_is_bounded(faulty: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "BATCH", 10)
    found = judged(faulty, tmp_path)
    assert 5 <= found.n_rows <= 12 and found.agrees


def test_a_delivery_is_judged_once_by_the_same_code(
    faulty: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = validate.expectations.validate

    def counting(contract: Any, frame: Any, *, period: str | None) -> Any:
        asked.append(contract.feed)
        return real(contract, frame, period=period)

    monkeypatch.setattr(validate.expectations, "validate", counting)
    first = judged(faulty, tmp_path)
    assert judged(faulty, tmp_path) == first and len(asked) == 1
    (kept,) = (tmp_path / "validated").glob("*/*.json")
    kept.write_text("{ spoilt")
    assert judged(faulty, tmp_path) == first and len(asked) == 2, "what cannot be read is found again"
    assert judged(faulty, tmp_path, "another state of the code") == first and len(asked) == 3
    assert len(list((tmp_path / "validated").iterdir())) == 1, "what older code found is dropped"

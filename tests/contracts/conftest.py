"""What the tests of contracts share: a small feed that has every kind of column, and a force that writes it.

Not here: our own contracts, which the tests read where they stand.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from data_contracts.checks import read_row
from data_contracts.model import FeedContract
from data_contracts.registry import Registry
from orchestration.landing.conform import conformed_sql

PERIOD = "2026-11-01"
KNOWN_AT = datetime(2026, 11, 1, 23, 59, 59)
SCRATCH = duckdb.connect()

FIELDS = {
    "offence_text": ("string", True, ()),
    "status": ("string", True, ("recorded", "cancelled")),
    "outcome": ("string", False, ("1", "1A", "unknown")),
    "level": ("integer", False, ("1", "2", "3")),
    "reported_at": ("timestamp", False, ()),
    "birth_date": ("date", False, ()),
    "is_online": ("boolean", False, ()),
    "has_knife": ("boolean", False, ()),
    "age": ("integer", False, ()),
    "distance": ("number", False, ()),
    "phone": ("string", False, ()),
    "person_ref": ("string", False, ()),
    "colour": ("string", False, ()),
}
SETTINGS = """\
  system: suite
  timezone: Europe/London
  nullWords: [N/K, "-"]
  volume: {low: 0.3, high: 3, window: 12, action: note}
  handling: P
  sensitivity: none
  retentionGroup: mopi_2
"""
FORCE = """\
force_code: northmoor
name: Northmoor Constabulary
fictional: true
"""
FEEDS = "feeds:\n  - {feed: sample, title: Samples, held: Samples are not held.}\n"
CONTRACT = Path(__file__).with_name("sample.odcs.yaml").read_text(encoding="utf-8")


def canonical() -> str:
    """The canonical contract of the sample feed."""
    head = CONTRACT.partition("schema:")[0].replace("northmoor-sample", "sample")
    lines = [head + "description: {purpose: A feed with every kind of column.}\nschema:", "  - name: sample"]
    lines += ["    logicalType: object", "    properties:"]
    for name, (kind, required, codes) in FIELDS.items():
        lines += [f"      - name: {name}", f"        logicalType: {kind}"]
        lines += ["        description: What stands in this column of the sample."]
        lines += ["        classification: official"] + (["        required: true"] if required else [])
        listed = ", ".join(f'{{value: "{code}"}}' for code in codes)
        lines += [f"        enum: [{listed}]"] if codes else []
        lines += ["        customProperties:", "          - {property: unit, value: none}"]
        lines += ["          - {property: source, value: Made by hand}"]
        lines += ["          - {property: retentionGroup, value: mopi_2}"]
        lines += ["          - {property: isFeatureAllowed, value: false}"]
    return "\n".join(lines) + "\n"


class Sample:
    """A folder of contracts that a test may spoil."""

    contract_file = "forces/northmoor/sample.odcs.yaml"
    force_file = "forces/northmoor/force.yaml"
    canonical_file = "canonical/sample.odcs.yaml"

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write(self.canonical_file, canonical())
        self.write("canonical/feeds.yml", FEEDS)
        self.write(self.force_file, f"{FORCE}defaults:\n{SETTINGS}")
        self.write(self.contract_file, CONTRACT)

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change(self, old: str, new: str, file: str = contract_file) -> "Sample":
        """Replace the first occurrence of a text."""
        text = (self.root / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {file}"
        self.write(file, text.replace(old, new, 1))
        return self

    def load(self) -> Registry:
        return Registry.load(self.root)

    def contract(self) -> FeedContract:
        (found,) = self.load().contracts
        return found


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return Sample(tmp_path / "contracts")


@pytest.fixture(scope="session")
def typed_contract(tmp_path_factory: pytest.TempPathFactory) -> FeedContract:
    """The sample contract as it stands."""
    return Sample(tmp_path_factory.mktemp("sample")).contract()


@pytest.fixture(scope="session")
def changed_contract(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], FeedContract]:
    """The sample contract with one text replaced."""
    return lambda old, new: Sample(tmp_path_factory.mktemp("sample")).change(old, new).contract()


def _conformed(
    contract: FeedContract,
    rows: Sequence[Mapping[str, str | None]],
    *,
    known_at: datetime | None = KNOWN_AT,
    headings: Sequence[str | None] | None = None,
) -> list[dict[str, Any]]:
    """The rows as landing's SQL has them, in order."""
    headings = contract.physicals if headings is None else headings
    cells = {f"c{n}": [row.get(name or "") for row in rows] for n, name in enumerate(headings)}
    given = pa.table(  # noqa: F841 - DuckDB finds it by name
        {
            "line_number": pa.array(range(2, len(rows) + 2), pa.int64()),
            "delivery_id": ["d1"] * len(rows),
            "period": [PERIOD] * len(rows),
            "known_at": pa.array([known_at] * len(rows), pa.timestamp("us")),
            "known_by": pa.array([KNOWN_AT] * len(rows), pa.timestamp("us")),
            **{name: pa.array(values, pa.string()) for name, values in cells.items()},
        }
    )
    query = conformed_sql(contract, "northmoor", tuple(headings), "given")
    found = SCRATCH.sql(f"select * from ({query}) order by line_number")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def _agrees(contract: FeedContract, rows: Sequence[Mapping[str, str | None]]) -> None:
    """Assert that SQL and Python say the same of each row."""
    for row, landed in zip(rows, _conformed(contract, rows), strict=True):
        expected = read_row(contract, row, period=PERIOD)
        assert landed["reason_code"] == expected.reason_code, row
        usual = {
            "occurred_to": expected.values.get("occurred_from"), "op": "upsert", "handling": contract.handling,
            "sensitivity": contract.sensitivity,
        }  # fmt: skip
        values = {
            **usual,
            **{name: v for name, v in expected.values.items() if v is not None or name not in usual},
        }
        if expected.reason_code is None:
            assert {name: landed[name] for name in values} == values, row
            assert (landed["noted"] or "").split() == list(expected.noted), row


@pytest.fixture(scope="session")
def conformed() -> Callable[..., list[dict[str, Any]]]:
    """conformed(contract, rows): the rows, given by heading, as landing's SQL has them."""
    return _conformed


@pytest.fixture(scope="session")
def agrees() -> Callable[..., None]:
    """agrees(contract, rows): assert that SQL and Python say the same of each row."""
    return _agrees

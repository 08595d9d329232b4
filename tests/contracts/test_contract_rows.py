"""A row of a person-level file in SQL: its values, its one reason and its notes, as Python reads them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.model import FeedContract
from orchestration.landing.conform import conformed_sql, verdict_columns
from orchestration.landing.spine import SPINE, TYPED_SPINE, delivery_date, known_at_of, landed_columns

PERIOD = "2026-11-01"
KNOWN_AT = datetime(2026, 11, 1, 23, 59, 59)
GOOD = {
    "Sample No": "S/1", "Updated": "31/10/2026 10:00:00", "From": "30/10/26 22:15", "Action": "", "Offence": "Burglary",
    "Status": "REC", "Outcome": "1A", "Level": "2", "Reported": "1793400000000", "Born": "01-Feb-1990", "Online": "Y",
    "Knife": "O", "Age": "36", "Distance": "1.5", "Phone": "07700 900123", "Person": "P7", "synthetic": "true",
}  # fmt: skip
SPOILT: dict[str, Sequence[str | None]] = {
    "Sample No": (None, " ", "8.1E+10", "\u00a0S/2"),
    "Updated": ("", "31/02/2026 10:00:00", "2026-10-31 10:00:00", "N/K"),
    "From": ("", "30/10/2026 22:15", "30/10/27 00:00"),
    "Action": ("d", "M", "X", "upsert"),
    "Offence": ("", "-", "n/k", "O'Neill's; drop table rows --"),
    "Status": ("", "-", "can celled", "CAN\u00a0CELLED", "Cancelled", "open"),
    "Outcome": ("0", "9", "Unknown", "1a "),
    "Level": ("4", "two", " 3"),
    "Reported": ("", "0", "-2500000000000", "12.5"),
    "Born": ("30-Feb-1990", "1-Feb-1990", "01-FEB-1890"),
    "Online": ("no", "2", ""),
    "Knife": ("x", "TRUE", "yes"),
    "Age": ("-1", "3.0", "", "9999999999999999999"),
    "Distance": ("501", "-0", "1e2", "", "nan"),
    "Phone": ("7.7E+09", "999", "N/K"),
    "Person": ("1E+05", "", "🚓"),
    "synthetic": ("", None, "anything"),
}


def test_a_good_row(conformed: Any, typed_contract: FeedContract) -> None:
    (row,) = conformed(typed_contract, [GOOD])
    assert row == {
        "force_code": "northmoor", "source_record_id": "S/1", "delivery_id": "d1", "line_number": 2,
        "occurred_from": datetime(2026, 10, 30, 22, 15), "occurred_to": datetime(2026, 10, 30, 22, 15),
        "recorded_at": datetime(2026, 10, 31, 10), "known_at": KNOWN_AT, "record_version": 1,
        "owner_force": "northmoor", "handling": "P", "sensitivity": "none", "retention_group": "mopi_2", "op": "upsert",
        "offence_text": "Burglary", "status": "recorded", "outcome": "1A", "level": 2,
        "reported_at": datetime(2026, 10, 30, 22, 40), "birth_date": date(1990, 2, 1), "is_online": True,
        "has_knife": False, "age": 36, "distance": 1.5, "phone": "07700 900123", "person_ref": "P7", "colour": "grey",
        "reason_code": None, "noted": None, "is_swapped": False,
    }  # fmt: skip


def test_columns_land_with_the_types_that_the_catalogue_declares(
    typed_contract: FeedContract, tmp_path: Path
) -> None:
    query = conformed_sql(typed_contract, "northmoor", (), "given")
    given = pa.table(  # noqa: F841
        {"line_number": pa.array([], pa.int64()), "delivery_id": pa.array([], pa.string()),
         "period": pa.array([], pa.string()), "known_at": pa.array([], pa.timestamp("us")),
         "known_by": pa.array([], pa.timestamp("us"))}
    )  # fmt: skip
    left_out = ", ".join(verdict_columns(typed_contract))
    part = tmp_path / "part.parquet"
    duckdb.sql(f"select * exclude ({left_out}) from ({query})").write_parquet(str(part))
    found = duckdb.read_parquet(str(part))
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types == landed_columns(typed_contract.canonical, is_typed=True)
    assert list(types)[: len(TYPED_SPINE)] == list(TYPED_SPINE)


def test_text_feeds_keep_their_columns(registry: Any) -> None:
    canonical = registry.canonicals["street_crime"]
    columns = landed_columns(canonical, is_typed=False)
    assert list(columns) == [*SPINE, *(field.name for field in canonical.fields)]
    assert {columns[field.name] for field in canonical.fields} == {"VARCHAR"}


def rows_of_cells() -> st.SearchStrategy[dict[str, str | None]]:
    """Rows in which some cells are spoilt."""
    spoilt = {heading: st.sampled_from(texts) for heading, texts in SPOILT.items()}
    return st.fixed_dictionaries({}, optional=spoilt).map(lambda cells: {**GOOD, **cells})


def test_every_spoilt_cell_alone(conformed: Any, agrees: Any, typed_contract: FeedContract) -> None:
    rows = [{**GOOD, name: text} for name, texts in SPOILT.items() for text in texts]
    agrees(typed_contract, rows)
    codes = {rule.code for rule in typed_contract.rules}
    landed = conformed(typed_contract, rows)
    seen = {row["reason_code"] or row["noted"] for row in landed}
    assert codes == seen - {None}


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(rows_of_cells(), min_size=1, max_size=25))
def test_any_row_has_the_reason_that_python_gives(
    agrees: Any, typed_contract: FeedContract, rows: Any
) -> None:
    agrees(typed_contract, rows)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({}, None),
        ({"Phone": "7.7E+09", "Sample No": "7.7E+09"}, "SCI_NOTATION"),
        ({"Status": "", "Offence": ""}, "OFFENCE_TEXT_MISSING"),
        ({"Offence": "", "Updated": "yesterday"}, "RECORDED_AT_TYPE"),
        ({"Updated": "", "Age": "x"}, "RECORDED_AT_MISSING"),
        ({"Distance": "900", "Age": "x"}, "AGE_TYPE"),
        ({"Distance": "900"}, "DISTANCE_RANGE"),
        ({"Outcome": "9", "Phone": "1"}, None),
    ],
)
def test_one_reason_the_first_in_the_contract(
    conformed: Any, typed_contract: FeedContract, cells: dict[str, str], reason: str | None
) -> None:
    (row,) = conformed(typed_contract, [{**GOOD, **cells}])
    assert row["reason_code"] == reason


def test_an_unmapped_code_that_is_noted_lands_empty(conformed: Any, typed_contract: FeedContract) -> None:
    (row,) = conformed(typed_contract, [{**GOOD, "Outcome": "9", "Phone": "1"}])
    assert (row["outcome"], row["phone"], row["noted"]) == (None, "1", "OUTCOME_UNKNOWN PHONE_SHAPE")


def test_a_row_of_history_is_known_when_it_was_recorded(conformed: Any, typed_contract: FeedContract) -> None:
    (row,) = conformed(typed_contract, [GOOD], known_at=None)
    assert row["known_at"] == row["recorded_at"] == datetime(2026, 10, 31, 10)


def test_a_row_of_history_recorded_after_its_file_is_known_by_the_file(
    conformed: Any, typed_contract: FeedContract
) -> None:
    """A clock that is wrong must not hide a row from the night that brings it."""
    (row,) = conformed(typed_contract, [{**GOOD, "Updated": "02/11/2026 10:00:00"}], known_at=None)
    assert (row["recorded_at"], row["known_at"]) == (datetime(2026, 11, 2, 10), KNOWN_AT)


@pytest.mark.parametrize(
    ("period", "mode", "known"),
    [
        ("2026-07-01", "delta", datetime(2026, 7, 1, 22, 59, 59)),
        ("2026-10-25", "full", datetime(2026, 10, 25, 23, 59, 59)),
        ("2026-10-24", "delta", datetime(2026, 10, 24, 22, 59, 59)),
        ("2026-07-01", "history", None),
    ],
)
def test_a_file_is_known_by_the_end_of_its_day(
    typed_contract: FeedContract, period: str, mode: str, known: datetime | None
) -> None:
    assert known_at_of(typed_contract, period, mode) == known
    assert delivery_date(period) == date.fromisoformat(period)


def test_a_contract_may_say_that_rows_are_known_when_recorded(
    changed_contract: Callable[[str, str], FeedContract],
) -> None:
    said = "  - {property: times, value: {knownAt: recorded_at}}\n  - property: files"
    contract = changed_contract("  - property: files", said)
    assert known_at_of(contract, "2026-07-01", "delta") is None


def test_headings_may_come_in_any_order_with_others_between(
    conformed: Any, typed_contract: FeedContract
) -> None:
    headings = [None, *reversed(typed_contract.physicals), None]
    (row,) = conformed(typed_contract, [{**GOOD, "": "extra"}], headings=headings)
    assert row == conformed(typed_contract, [GOOD])[0]


def test_a_heading_that_may_be_missing_reads_as_empty(
    conformed: Any,
    changed_contract: Callable[[str, str], FeedContract],
) -> None:
    old = "name: age, physicalName: Age, logicalType: integer"
    custom = "customProperties: [{property: isOptionalHeading, value: true}]"
    contract = changed_contract(old, f"{old}, {custom}")
    assert contract.optional_headings == {"Age"}
    (row,) = conformed(contract, [GOOD], headings=[h for h in contract.physicals if h != "Age"])
    assert (row["age"], row["reason_code"]) == (None, None)


def test_one_heading_may_feed_two_columns(
    conformed: Any, changed_contract: Callable[[str, str], FeedContract]
) -> None:
    contract = changed_contract("physicalName: From\n", "physicalName: Updated\n").columns
    assert [c.name for c in contract if c.physical == "Updated"] == ["recorded_at", "occurred_from"]
    usual = "        logicalType: timestamp\n        logicalTypeOptions: "
    both = changed_contract(
        f'physicalName: From\n{usual}{{format: "dd/MM/yy HH:mm"}}',
        f'physicalName: Updated\n{usual}{{format: "dd/MM/yyyy HH:mm:ss"}}',
    )
    (row,) = conformed(both, [GOOD])
    assert row["occurred_from"] == row["recorded_at"] == datetime(2026, 10, 31, 10)
    assert len(both.physicals) == len(both.columns) - 2  # a heading bound twice, and a constant

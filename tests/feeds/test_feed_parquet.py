"""Parquet: typed values become the text that their contract declares, and a hostile file is one sentence."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

Land = Callable[..., Any]
NAME = "samples_20261001.parquet"
FILE = {"pattern": "^testshire/samples_(?P<date>[0-9]{8})[.]parquet$", "reader": "parquet", "mode": "delta"}


@pytest.fixture
def parquet(shire: Any, files: Any) -> Any:
    shire.contract([FILE])
    return files


def columns(n: int = 2, **changes: Any) -> dict[str, Any]:
    return {
        "Ref": [f"S/{k + 1}" for k in range(n)], "Logged": ["01/10/2026 09:30:00"] * n, "Action": [None] * n,
        "Text": ["Seen"] * n, "Grade": ["2"] * n, "Seen": ["30/09/2026"] * n, "Sure": ["Y"] * n, "People": ["3"] * n,
        "Km": ["1.5"] * n, "synthetic": ["true"] * n, **changes,
    }  # fmt: skip


SEEN = (
    "line_number, source_record_id, cast(recorded_at as varchar), cast(seen_date as varchar), is_sure, n_people, "
    "distance_km"
)


def test_texts_land_as_they_are(parquet: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, parquet.parquet(columns()))
    landed = land()
    landed.is_conserved()
    assert landed.rows(SEEN) == [
        (2, "S/1", "2026-10-01 08:30:00", "2026-09-30", True, 3, 1.5),
        (3, "S/2", "2026-10-01 08:30:00", "2026-09-30", True, 3, 1.5),
    ]


WALL = datetime(2026, 10, 1, 9, 30, 0, 250_000)
TYPED = [
    {"Logged": pa.array([WALL] * 2, pa.timestamp("us")), "Seen": pa.array([date(2026, 9, 30)] * 2)},
    {"Logged": pa.array([WALL] * 2, pa.timestamp("ns"))},
    {"Seen": pa.array([WALL.replace(month=9, day=30)] * 2, pa.timestamp("ms"))},
    {"Logged": pa.array([datetime(2026, 10, 1, 8, 30, tzinfo=UTC)] * 2, pa.timestamp("s", "UTC"))},
    {"Logged": pa.array([datetime(2026, 10, 1, 8, 30, tzinfo=UTC)] * 2, pa.timestamp("us", "Europe/Paris"))},
    {"Sure": [True, True], "People": pa.array([3, 3], pa.int8()), "Km": pa.array([1.5, 1.5], pa.float32())},
    {"People": pa.array([3.0, 3.0]), "Km": pa.array([Decimal("1.5000")] * 2)},
    {"Text": pa.array(["Seen", "Seen"]).dictionary_encode(), "Ref": pa.array([b"S/1", b"S/2"])},
    {"Text": pa.array(["Seen"] * 2, pa.large_string()), "Km": pa.array([1500, 1500], pa.uint64()), "People": [3, 3]},
]  # fmt: skip


@pytest.mark.parametrize("typed", TYPED)
def test_typed_columns_become_the_text_that_is_agreed(
    parquet: Any, shire: Any, land: Land, typed: Any
) -> None:
    shire.put(NAME, parquet.parquet(columns(**typed)))
    landed = land()
    km = 1500.0 if "uint64" in str(typed.get("Km")) or isinstance(typed.get("Km"), pa.UInt64Array) else 1.5
    assert landed.refused() == []
    assert landed.rows(SEEN)[0] == (2, "S/1", "2026-10-01 08:30:00", "2026-09-30", True, 3, km)


def test_numbers_keep_their_digits_and_have_no_exponent(parquet: Any, shire: Any, land: Land) -> None:
    numbers = [1e-7, 123456789012.5, -1.4500000000000002, None]
    shire.put(NAME, parquet.parquet(columns(4, Km=pa.array(numbers), People=pa.array([1e6, 1e6, None, 0.0]))))
    landed = land()
    assert landed.refused() == []
    assert landed.rows("distance_km, n_people") == [
        (1e-7, 1_000_000),
        (123456789012.5, 1_000_000),
        (-1.4500000000000002, None),
        (None, 0),
    ]


@pytest.mark.parametrize("km", [float("nan"), float("inf"), 1e300])
def test_what_is_no_number_refuses_its_row(parquet: Any, shire: Any, land: Land, km: float) -> None:
    shire.put(NAME, parquet.parquet(columns(9, Km=pa.array([1.0] * 8 + [km]))))
    assert land().refused() == [(10, "DISTANCE_KM_TYPE")]


def test_nested_columns_are_refused_where_they_are_agreed_and_left_out_elsewhere(
    parquet: Any, shire: Any, land: Land
) -> None:
    shire.put(NAME, parquet.parquet(columns(extra=[[1], [2]])))
    assert land().outcome.notes == ("extra column 'extra' was left out",)
    shire.put(NAME, parquet.parquet(columns(Text=[["a"], ["b"]])))
    outcome = land(home="again").outcome
    assert (outcome.reason_code, outcome.reason) == (
        "HEADER",
        "its column 'Text' holds lists or records; send plain values",
    )


def test_a_column_that_is_missing_is_named(parquet: Any, shire: Any, land: Land) -> None:
    shire.put(
        NAME, parquet.parquet({k: v for k, v in columns().items() if k != "Text"} | {"Texts": ["a", "b"]})
    )
    assert "'Text' is missing from its first line (did 'Texts' replace it?)" in land().outcome.reason


def test_control_characters_and_endless_cells_refuse_their_row(parquet: Any, shire: Any, land: Land) -> None:
    texts = ["Seen"] * 20
    texts[3], texts[5], texts[7] = "a\x07b", "c" * 70_000, "é" * 40_000
    shire.put(NAME, parquet.parquet(columns(20, Text=texts)))
    landed = land()
    landed.is_conserved()
    assert landed.refused() == [(5, "CONTROL_CHARACTER"), (7, "CELL_TOO_LONG")]
    assert landed.refused("raw")[0][0].startswith("S/4,")


def test_a_file_without_rows_is_a_quiet_night(parquet: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, parquet.parquet({name: pa.array([], pa.string()) for name in columns()}))
    outcome = land().outcome
    assert (outcome.state, outcome.rows_in) == ("landed", 0)


def test_a_small_file_that_unpacks_without_end_is_refused(parquet: Any, shire: Any, land: Land) -> None:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000), pa.array(["x" * 60_000]))
    content = parquet.parquet(columns(100_000, Text=text))
    assert len(content) < 2**21
    shire.put(NAME, content)
    assert land().outcome.reason_code == "TOO_LARGE"


def test_more_rows_than_agreed_are_not_read(parquet: Any, shire: Any, land: Land) -> None:
    shire.contract([FILE], ceiling=50)
    shire.put(NAME, parquet.parquet(columns(51)))
    outcome = land().outcome
    assert (outcome.reason_code, outcome.rows_in, outcome.rows_refused) == ("ROWS_TOO_MANY", 51, 51)


def test_a_file_cut_short_or_spoilt_is_refused_wherever_that_is(parquet: Any, shire: Any, land: Land) -> None:
    content = parquet.parquet(columns(500, Text=[f"Seen {n}" for n in range(500)]))
    for n, at in enumerate(range(0, len(content) - 1, len(content) // 12)):
        shire.put(NAME, content[:at])
        outcome = land(home=f"cut{n}").outcome
        assert (outcome.state, outcome.rows_accepted) == ("refused", 0), at
        spoilt = bytearray(content)
        spoilt[at] ^= 0xFF
        shire.put(NAME, bytes(spoilt))
        land(home=f"spoilt{n}").is_conserved()


@pytest.mark.parametrize("content", [b"Ref,Logged\n", b"PK\x03\x04" + b"\0" * 40, b"PARE" + b"\0" * 40])
def test_another_kind_of_file_is_shown_to_no_parser(
    parquet: Any, shire: Any, land: Land, content: bytes
) -> None:
    shire.put(NAME, content)
    assert land().outcome.reason_code == "NOT_PARQUET"

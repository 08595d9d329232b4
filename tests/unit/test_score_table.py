"""Any table is read for what it is: kinds of column, words for yes and no, names that are denied, bad files."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from profiles.scoring.table.columns import column_of
from profiles.scoring.table.denied import is_denied
from profiles.scoring.table.selection import sides_of, trial_of
from profiles.scoring.table.source import TableError, read_table
from profiles.scoring.table.words import NO, YES

N = 60
KINDS: list[tuple[str, list[Any], str]] = [
    ("few whole numbers", ["0", "1", "2"] * 20, "steps"),
    ("few whole numbers with a point", ["0.0", "1.0", "2.0"] * 20, "steps"),
    ("many whole numbers", [str(n) for n in range(N)], "number"),
    ("decimals", [f"{n / 7:.3f}" for n in range(N)], "number"),
    ("words", ["a", "b", "c"] * 20, "words"),
    ("numbers with a word among them, few", ["1", "2", "3 or more"] * 20, "words"),
    ("ISO dates", [f"2024-01-{n % 28 + 1:02d}" for n in range(N)], "days"),
    ("British dates", [f"{n % 28 + 1:02d}/03/2024" for n in range(N)], "days"),
    ("American dates", [f"03/{n % 28 + 1:02d}/2024" for n in range(N)], "days"),
    ("times", [f"2024-01-{n % 28 + 1:02d} 10:00:00" for n in range(N)], "days"),
    ("true and false", [True, False] * 30, "steps"),
    ("lists", [[1, 2]] * N, "unread"),
    ("nothing", [None] * N, "number"),
]


@pytest.mark.parametrize(("cells", "kind"), [case[1:] for case in KINDS], ids=[case[0] for case in KINDS])
def test_kind_of_a_column(cells: list[Any], kind: str) -> None:
    assert column_of("x", pa.chunked_array([cells])).kind == kind


def test_missing_words_are_missing_and_levels_are_sorted() -> None:
    column = column_of("x", pa.chunked_array([["b", "N/A", "a", None, " ", "b", "NaN"]]))
    assert column.levels == ("a", "b")
    assert column.values[[0, 2, 5]].tolist() == [1, 0, 1] and column.is_missing.tolist() == [
        0,
        1,
        0,
        1,
        1,
        0,
        1,
    ]


def test_many_numbers_with_some_words_are_numbers_and_the_words_are_counted() -> None:
    cells = [str(n * 1.5) for n in range(300)] + [f"about {n}" for n in range(5)]
    column = column_of("x", pa.chunked_array([cells]))
    assert (column.kind, column.n_unread) == ("number", 5)


def test_dates_are_days_since_1970() -> None:
    assert column_of("x", pa.chunked_array([["02/01/1970", "31/01/1970"]])).values.tolist() == [1, 30]


def test_infinite_numbers_are_missing() -> None:
    assert column_of("x", pa.chunked_array([[1.5, float("inf"), 2.5]])).is_missing.tolist() == [
        False,
        True,
        False,
    ]


DENIED = [
    "Race", "race_code", "ETHNICITY", "EthnicGroup", "self_defined_ethnicity", "Gender", "sex", "victim_sex",
    "Religion",
    "nationality", "Postcode", "home_postcode", "ResidencePUMA", "Residence_PUMA", "zip_code", "ZIPCode", "LSOA11CD",
    "imd_decile", "country_of_birth", "first_language", "disability", "mental_health_flag", "surname", "maritalStatus",
    "raceethnicity", "genderidentity",
]  # fmt: skip
ALLOWED = [
    "Age_at_Release", "trace_count", "Prior_Sex_Offences", "sex_offender_register_days", "n_crimes_365",
    "Gang_Affiliated",
    "embraced", "Prison_Offense", "Dependents", "Education_Level", "grace_days", "index_offence",
]  # fmt: skip


@pytest.mark.parametrize("name", DENIED)
def test_protected_names_are_denied(name: str) -> None:
    assert is_denied(name)


@pytest.mark.parametrize("name", ALLOWED)
def test_other_names_are_not(name: str) -> None:
    assert not is_denied(name)


@pytest.mark.parametrize(
    "cells",
    [
        ["Y", "n", "Y", None],
        ["true", "FALSE", "True", ""],
        [1, 0, 1, None],
        [1.0, 0.0, 1.0, None],
        [True, False, True, None],
    ],
)
def test_labels_in_any_spelling(cells: list[Any]) -> None:
    found = sides_of(pa.chunked_array([cells]), YES, NO, "the label")
    assert found[:3].tolist() == [1, 0, 1] and np.isnan(found[3])


def test_a_label_of_three_values_is_one_sentence() -> None:
    with pytest.raises(TableError, match="'2' is neither yes nor no"):
        sides_of(pa.chunked_array([[0, 1, 2]]), YES, NO, "the label 'y'")


def table(**more: list[Any]) -> pa.Table:
    n = 200
    columns: dict[str, list[Any]] = {
        "person": [f"P{one}" for one in range(n)],
        "y": [one % 3 == 0 for one in range(n)],
        "x": [one * 0.5 for one in range(n)],
    }
    return pa.table({**columns, **more})


def why_left_out(name: str, **more: list[Any]) -> str:
    return dict(trial_of(table(**more), "y", "person", None, None, []).left_out)[name]


def test_what_cannot_be_a_feature_is_left_out_with_its_reason() -> None:
    assert "one value" in why_left_out("c", c=[7] * 200)
    assert "missing" in why_left_out("c", c=[None] * 200)
    assert "protected" in why_left_out("Race", Race=["A", "B"] * 100)
    assert "names a record" in why_left_out("case_ref", case_ref=["a", "b"] * 100)
    assert "names a record" in why_left_out("number", number=list(range(200)))
    assert "names a record" in why_left_out("crime", crime=[9_000_000 + 3 * one for one in range(200)])
    assert "names a record" in why_left_out("note", note=[f"text {one}" for one in range(200)])


def test_amounts_that_happen_to_differ_are_no_key() -> None:
    trial = trial_of(
        table(income=[137 * one * one + 1000 for one in range(200)]), "y", "person", None, None, []
    )
    assert [one.name for one in trial.features] == ["x", "income"]


def test_a_constant_with_gaps_is_kept_for_the_gaps() -> None:
    trial = trial_of(table(c=[7, None] * 100), "y", "person", None, None, [])
    assert [one.name for one in trial.features] == ["x", "c"]


def test_a_protected_column_is_a_feature_only_when_named_outright() -> None:
    race = ["A", "B"] * 100
    plain = trial_of(table(Race=race), "y", "person", None, None, [])
    asked = trial_of(table(Race=race), "y", "person", None, None, ["x", "Race"])
    assert [one.name for one in plain.features] == ["x"] and [one.name for one in plain.denied] == ["Race"]
    assert [one.name for one in asked.features] == ["x", "Race"] and [one.name for one in asked.denied] == [
        "Race"
    ]


def test_rows_without_label_or_side_are_counted() -> None:
    split = [1, 0, None, 1] * 50
    trial = trial_of(table(s=split), "y", "person", "s", None, [])
    assert len(trial.label) == 150 and trial.notes == ("50 rows that are neither train nor test left out",)


def test_persons_are_never_parted_by_the_drawn_split() -> None:
    person = [f"P{one // 4}" for one in range(200)]
    trial = trial_of(table(person=person), "y", "person", None, None, [])
    train, test = set(trial.ids[trial.is_train]), set(trial.ids[~trial.is_train])
    assert not train & test and 0.15 < len(test) / 50 < 0.5


def test_with_a_time_the_latest_rows_are_the_test() -> None:
    day = [f"2024-{one % 12 + 1:02d}-01" for one in range(200)]
    trial = trial_of(table(seen=day), "y", "person", None, "seen", [])
    assert trial.day is not None and trial.day[~trial.is_train].min() > trial.day[trial.is_train].max()
    assert "seen" not in [one.name for one in trial.features]


BAD_ORDERS = [
    ({"label": "z"}, "There is no column 'z' for --label"),
    ({"split": "z"}, "There is no column 'z' for --split"),
    ({"asked": ["z"]}, "There is no column 'z' for --features"),
    ({"asked": ["y"]}, "cannot be a feature as well"),
    ({"label": "c"}, "has no negative row"),
    ({"label": "d"}, "has no positive row"),
    ({"asked": ["c"]}, "No column is left"),
    ({"time": "w"}, "holds neither dates nor numbers"),
]


@pytest.mark.parametrize(("order", "sentence"), BAD_ORDERS)
def test_an_order_that_cannot_be_met_is_one_sentence(order: dict[str, Any], sentence: str) -> None:
    told = {"label": "y", "identity": "person", "split": None, "time": None, "asked": [], **order}
    with pytest.raises(TableError, match=sentence) as caught:
        trial_of(table(c=[1] * 200, d=[0] * 200, w=["a", "b"] * 100), **told)
    assert "\n" not in str(caught.value)


FILES: list[tuple[str, bytes, str]] = [
    ("empty.csv", b"", "is empty"),
    ("heading.csv", b"a,b\n", "has a heading and no rows"),
    ("ragged.csv", b"a,b\n1,2\n3\n", "with commas between columns"),
    ("twice.csv", b"a,a\n1,2\n", "two columns called 'a'"),
    ("bytes.csv", bytes(range(256)), "not text"),
    ("cut.parquet", b"PAR1\x00\x00", "not a whole Parquet file"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), FILES, ids=[one[0] for one in FILES])
def test_a_bad_file_is_one_sentence(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TableError, match=sentence) as caught:
        read_table(tmp_path / name)
    assert name in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("mark", "encoding"), [(",", "utf-8-sig"), (";", "cp1252"), ("|", "utf-16"), ("\t", "utf-8")]
)
def test_delimiters_and_encodings(tmp_path: Path, mark: str, encoding: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'name{mark}n\n"Zoë{mark} A"{mark}1\nÅse{mark}2\n', encoding=encoding)
    found = read_table(path)
    assert found.column_names == ["name", "n"]
    assert found["name"].to_pylist() == [f"Zoë{mark} A", "Åse"] and found["n"].to_pylist() == ["1", "2"]

"""Faults of a person-level file, each with the sentence that a person gets (docs/faults.md names them all)."""

from collections.abc import Callable
from typing import Any

import pytest

Land = Callable[..., Any]
NAME = "samples_20261001_delta.csv"
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta)[.]csv$"


@pytest.fixture
def csv(shire: Any, files: Any) -> Any:
    columns = files.sample_columns()
    for column in columns:
        if column["name"] == "distance_km":
            column["customProperties"] = [{"property": "isOptionalHeading", "value": True}]
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], columns)
    return files


HEADINGS = [  # how the heading is changed, the state, what is said
    (lambda names: [*names[1:], names[0]], "landed", ""),
    (
        lambda names: ["Logged at" if n == "Logged" else n for n in names],
        "refused",
        "did 'Logged at' replace it?",
    ),
    (lambda names: [*names, "Ref"], "refused", "'ref' stands in it more than once"),
    (lambda names: [*names, "REF"], "refused", "more than once"),
    (lambda names: [*names, "Shoe size"], "landed", "'Shoe size'"),
    (
        lambda names: [n for n in names if n != "Km"],
        "landed",
        "'Km' is not in it, as may be: its values are empty",
    ),
    (lambda names: [n for n in names if n != "Text"], "refused", "'Text' is missing"),
    (lambda names: [*names, "x'); drop table landed; --"], "landed", "drop table landed"),
    (lambda names: [*names, "\"; copy (select 1) to 'x'; --"], "landed", "was left out"),
]


@pytest.mark.parametrize(("change", "state", "said"), HEADINGS)
def test_headings(csv: Any, shire: Any, land: Land, change: Any, state: str, said: str) -> None:
    names = list(csv.good)
    told = change(names)
    rows = [csv.row(Ref=f"S/{k}") for k in range(3)]
    body = ["\x1f".join(told), *("\x1f".join(str(row.get(n, "7")) for n in told) for row in rows)]
    quoted = "".join(
        ",".join('"' + c.replace('"', '""') + '"' for c in line.split("\x1f")) + "\r\n" for line in body
    )
    shire.put(NAME, quoted.encode())
    landed = land()
    outcome = landed.outcome
    assert outcome.state == state
    assert said in " ".join([outcome.reason, *outcome.notes])
    landed.is_conserved()
    if state == "landed":
        kept = landed.rows("source_record_id, text, distance_km", order="line_number")
        km = None if "Km" not in told else 1.5
        assert kept == [(f"S/{k}", csv.good["Text"], km) for k in range(3)]


UNICODE = [
    ("O’Néill", "O’Néill"), ("a\u202eb\u202c", "a\u202eb\u202c"), ("zero\u200bwidth", "zero\u200bwidth"),
    ("e" + "\u0301" * 500, "e" + "\u0301" * 500), ("ﷺ" * 40, "ﷺ" * 40), ("🚓" * 100, "🚓" * 100),
    ("a\u0085b", "a\u0085b"), ("n" * 10_000, "n" * 10_000),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "kept"), UNICODE)
def test_odd_letters_are_kept_as_received(csv: Any, shire: Any, land: Land, sent: str, kept: str) -> None:
    shire.put(NAME, csv.csv([csv.row(Text=sent), csv.row(Ref="S/2")]).encode())
    landed = land()
    assert landed.rows("text", order="line_number")[0] == (kept,)
    assert landed.outcome.rows_refused == 0


@pytest.mark.parametrize(
    ("sent", "code", "words"),
    [
        ("a\x01b", "CONTROL_CHARACTER", "control"),
        ("n" * 70_000, "CELL_TOO_LONG", "longer than"), ("a,b", "FIELD_COUNT", "number of fields"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_a_value_costs_its_row(
    csv: Any, shire: Any, land: Land, sent: str, code: str, words: str
) -> None:
    shire.put(NAME, csv.csv([csv.row(Text=sent), *csv.rows(20)[1:]]).encode())
    landed = land()
    ((found, reason),) = [(r.reason_code, r.reason) for r in landed.outcome.refused_rows]
    assert (found, landed.outcome.rows_accepted) == (code, 19)
    assert words in reason
    landed.is_conserved()


def test_a_formula_is_kept_inside_as_received(csv: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, csv.csv([csv.row(Text="=cmd|' /C calc'!A0")]).encode())
    assert land().rows("text") == [("=cmd|' /C calc'!A0",)]


def test_old_line_ends_are_told(csv: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, csv.csv(csv.rows(3), end="\r").encode())
    outcome = land().outcome
    assert outcome.state == "refused" and outcome.rows_accepted == 0
    assert outcome.reason


@pytest.mark.parametrize(
    "sent", ["31/02/2026", "30/09/26", "46295", "2026-09-30", "9/30/2026", "30/09/2026 10:00"]
)
def test_a_date_is_read_by_its_one_format_and_never_guessed(
    csv: Any, shire: Any, land: Land, sent: str
) -> None:
    shire.put(NAME, csv.csv([csv.row(Seen=sent), csv.row(Ref="S/2", Seen="01/02/2026")]).encode())
    landed = land()
    assert landed.rows("cast(seen_date as varchar)") == [("2026-02-01",)]
    assert [r.reason_code for r in landed.outcome.refused_rows] == ["SEEN_DATE_TYPE"]

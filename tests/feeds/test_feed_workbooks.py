"""Workbooks: the named sheet and nothing else, values as they stand in the file, and nothing that could do harm."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from books import BANNER, NAME, book, declare, row, with_shared_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

Land = Callable[..., Any]


@pytest.fixture
def excel(shire: Any, files: Any) -> Any:
    return declare(shire, files)


def test_a_sheet_lands_typed(excel: Any, shire: Any, land: Land) -> None:
    shire.put(
        NAME, book(excel, row(excel), row(excel, Ref="S/2", Sure=True, Km=-1.25, Action="D", Text=" two "))
    )
    landed = land()
    landed.is_conserved()
    assert landed.outcome.rows_accepted == 2 and landed.outcome.notes == ()
    found = landed.rows(
        "line_number, source_record_id, cast(recorded_at as varchar), text, cast(seen_date as varchar), is_sure, "
        "n_people, distance_km, op, cast(known_at as varchar)"
    )
    assert found == [
        (2, "S/1", "2026-10-01 08:30:00", "Seen at O’Néill’s", "2026-09-30", True, 3, 1.5, "upsert",
         "2026-10-01 22:59:59"),
        (3, "S/2", "2026-10-01 08:30:00", "two", "2026-09-30", True, 3, -1.25, "delete", "2026-10-01 22:59:59"),
    ]  # fmt: skip


def test_cells_formatted_as_dates_are_the_serial_numbers_they_are(excel: Any, shire: Any, land: Land) -> None:
    made = load_workbook(io.BytesIO(book(excel, row(excel))))
    for cell in made["Samples"][3]:
        cell.number_format = "dd/mm/yyyy hh:mm"
    out = io.BytesIO()
    made.save(out)
    shire.put(NAME, out.getvalue())
    assert land().rows("cast(recorded_at as varchar), n_people") == [("2026-10-01 08:30:00", 3)]


def test_only_the_named_sheet_is_read_even_where_it_is_hidden(excel: Any, shire: Any, land: Land) -> None:
    content = excel.workbook(
        {
            "Notes": [["=HYPERLINK()"], ["secret"]],
            "Samples": excel.sheet([row(excel)], BANNER),
            "More": [["x"]],
        },
        hidden=["Notes", "Samples"],
    )
    shire.put(NAME, content)
    landed = land()
    assert landed.outcome.rows_in == 1
    assert [i.sentence for i in landed.report.left_alone] == [
        f"testshire/{NAME}: the hidden sheet 'Notes' is in no contract",
        f"testshire/{NAME}: the sheet 'More' is in no contract",
    ]


def test_shared_texts_rich_texts_and_reading_aids(excel: Any, shire: Any, land: Land) -> None:
    """Texts of a workbook stand in one table, in runs, with aids for readers of Japanese in between."""
    shire.put(NAME, with_shared_texts(book(excel, row(excel, Text="PLAIN")), 1))
    assert land().rows("text") == [("Seen twice\nhere",)]


def test_a_text_that_is_not_there_is_one_sentence(excel: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, with_shared_texts(book(excel, row(excel, Text="PLAIN")), 2))
    assert land().outcome.reason == "a cell of it refers to a text that it does not hold; save it again"


def test_a_formula_or_an_error_refuses_its_row_and_is_never_evaluated(
    excel: Any, shire: Any, land: Land
) -> None:
    rows = [row(excel, Ref=f"S/{n}") for n in range(1, 16)]
    rows[2]["Text"], rows[4]["Km"], rows[6]["synthetic"] = "=1+1", "#N/A", "=NOW()"
    shire.put(NAME, book(excel, *rows))
    landed = land()
    landed.is_conserved()
    assert landed.refused() == [(4, "CELL_FORMULA"), (6, "CELL_ERROR")]
    assert landed.outcome.rows_accepted == 13  # a formula in a column that is left out harms nobody


def test_a_value_beyond_the_headings_refuses_its_row(excel: Any, shire: Any, land: Land) -> None:
    sheet = excel.sheet([row(excel, Ref=f"S/{n}") for n in range(1, 9)], BANNER)
    sheet[4] += [None, "stray"]
    sheet[5] += [None, " "]
    shire.put(NAME, excel.workbook({"Samples": sheet}))
    assert land().refused() == [(4, "FIELD_COUNT")]


def test_blank_rows_and_nameless_columns_are_no_data(excel: Any, shire: Any, land: Land) -> None:
    sheet = excel.sheet([row(excel), {}, row(excel, Ref="S/2")], BANNER)
    sheet = [[*line[:3], None, *line[3:]] for line in sheet]
    shire.put(NAME, excel.workbook({"Samples": sheet}))
    landed = land()
    assert landed.rows("line_number, source_record_id") == [(2, "S/1"), (3, "S/2")]
    assert landed.outcome.notes == ("1 column without a heading left out",)


def test_a_heading_without_rows_is_a_quiet_night(excel: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, book(excel))
    outcome = land().outcome
    assert (outcome.state, outcome.rows_in) == ("landed", 0)


WRONG = {
    "SHEET_MISSING": ({"Sample": [["Ref"]]}, "no sheet 'Samples' (did 'Sample' replace it?)"),
    "HEADER": (
        {"Samples": [["banner"], ["Ref", "Logged"], ["1", "2"]]},
        "the column 'Action', 'Text', 'Grade', 'Seen'",
    ),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_not_there_is_named(excel: Any, shire: Any, land: Land, code: str) -> None:
    sheets, words = WRONG[code]
    shire.put(NAME, excel.workbook(sheets))
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code) == ("refused", code)
    assert words in outcome.reason


def test_a_sheet_without_its_heading_row_is_refused(excel: Any, shire: Any, land: Land) -> None:
    shire.put(NAME, excel.workbook({"Samples": [["banner"], [], ["S/1"]]}))
    assert land().outcome.reason == "row 2 of its sheet 'Samples' holds no headings"


TEXTS = st.text(
    st.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\ufffe\uffff"), max_size=30
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS.filter(lambda t: not t.startswith("=")), min_size=1, max_size=5), numbers=st.lists(
    st.floats(-1e9, 1e9).map(lambda x: round(x, 6)), min_size=1, max_size=5))  # fmt: skip
def test_what_openpyxl_wrote_and_reads_is_what_we_read(
    texts: list[str], numbers: list[float], tmp_path_factory: Any
) -> None:
    from orchestration.landing.sheet_cells import rows_of
    from orchestration.landing.workbook import open_package, shared_texts, sheets_of

    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    made = Workbook()
    for text, number in zip(texts, numbers, strict=False):
        made.active.append([text, number, True])
    made.save(path)
    theirs = [
        [cell.value for cell in line] for line in load_workbook(path, read_only=True).active.iter_rows()
    ]
    with open_package(path) as package:
        (sheet,) = sheets_of(package)
        with package.part(sheet.part) as source:
            ours = [[c.text for c in cells] for _, cells in rows_of(source, shared_texts(path, (0, 0)))]
    shared_texts.cache_clear()
    for line, cells in zip(theirs, ours, strict=True):
        text, number = (line[0] or "").strip(), line[1]
        assert cells[-1] == "true"
        assert float(cells[-2]) == number and "e" not in cells[-2].lower()
        if text:
            assert cells[0].strip() == text

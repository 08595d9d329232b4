"""Formula injection ends at our exports: cells come out as text, and stay as received inside."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.exports import neutral, write_csv

HARMFUL = (
    "=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd|x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "\u00a0=1",
    "\uff1dcmd", "=HYPERLINK(\"x\")", "-", "+44 7700 900123",
)  # fmt: skip


@pytest.mark.parametrize("cell", HARMFUL)
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert neutral(cell) == "'" + cell.replace("\0", "\u2400")


@pytest.mark.parametrize("cell", ["O'Neill", "-1.5", "+3", "a=b", "", "1-2", "N/K"])
def test_what_is_harmless_is_left_alone(cell: str) -> None:
    assert neutral(cell) == cell


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"])), min_size=1, max_size=4))
def test_no_cell_of_a_written_file_begins_a_formula(cells: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.csv"
        assert write_csv(path, ["=a"], [cells]) == 1
        with path.open(encoding="utf-8-sig", newline="") as source:
            head, *rows = list(csv.reader(source))
    assert head == ["'=a"] and len(rows) == 1
    for before, after in zip(cells, rows[0], strict=True):
        assert after == neutral(before)
        assert after.lstrip(" \u00a0")[:1] not in tuple("=@\t\r\n\0")


def test_a_file_is_for_its_owner_alone_and_comes_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_csv(path, ["a"], [["é\ud800"], [1], [None]])
    assert path.stat().st_mode & 0o077 == 0
    assert path.read_bytes().decode("utf-8-sig") == '"a"\r\n"é\\ud800"\r\n"1"\r\n""\r\n'
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]

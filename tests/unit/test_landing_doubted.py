"""The second look: rows that the first query did not take, found by their lines and judged alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from orchestration.landing import doubted, fast
from orchestration.landing.refused_line import RefusedLine

Land = Callable[..., Any]


def records(path: Path, content: bytes, lines: list[int], firsts: list[int]) -> list[bytes]:
    path.write_bytes(content)
    return list(doubted._records_of(path, np.array(lines), np.array(firsts)))


@pytest.mark.parametrize("block", [1, 3, 2**20])
def test_records_are_found_by_their_line(tmp_path: Path, monkeypatch: Any, block: int) -> None:
    monkeypatch.setattr(doubted, "CHUNK", block)
    content = b'h\na\n"b\nb"\r\nc\nlast'
    assert records(tmp_path / "x", content, [2, 3, 6], [2, 3, 5, 6]) == [b"a\n", b'"b\nb"\r\n', b"last"]
    assert records(tmp_path / "x", content, [5], [2, 3, 5, 6]) == [b"c\n"]


def test_a_record_of_two_lines_is_refused_whole(land: Land, street: Any, only: Any, tmp_path: Path) -> None:
    rows = [street.row(Location=f"Mill\nLane {n}") for n in range(12)]
    rows[3]["Crime type"], rows[11]["Month"] = "Jaywalking", ""
    street.put(tmp_path / "in", street.file(rows, end="\n"))
    with only("fast"):
        landed = land(tmp_path / "in", tmp_path)
    landed.is_conserved()
    assert landed.refused() == [(8, "CRIME_TYPE_UNKNOWN"), (24, "MONTH_MISSING")]
    assert [raw.count("\n") for (raw,) in landed.refused("raw")] == [1, 1]


def test_many_refused_rows_are_looked_at_in_batches(
    land: Land, street: Any, only: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(doubted, "BATCH", 4)
    rows = [street.row(Crime_type="Mischief" if n % 6 == 0 else "Burglary") for n in range(60)]
    street.put(tmp_path / "in", street.file(rows))
    with only("fast"):
        landed = land(tmp_path / "in", tmp_path)
    assert landed.refused() == [(n + 2, "CRIME_TYPE_UNKNOWN") for n in range(0, 60, 6)]
    landed.is_conserved()


def test_a_row_that_goes_missing_without_a_reason_sends_its_file_to_the_careful_reader(
    land: Land, street: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    """If the first query lost a good row, the numbers of the rows after it could not be trusted."""
    write = fast._write

    def losing(con: Any, query: str, target: Path, left_out: str) -> None:
        rows = f"select * from ({query}) where line_number <> 5" if "read_csv" in query else query
        write(con, rows, target, left_out)

    monkeypatch.setattr(fast, "_write", losing)
    street.put(tmp_path / "in", street.file([street.row(Location=str(n)) for n in range(9)]))
    seen: list[list[RefusedLine] | None] = []
    look = fast.refused_lines
    monkeypatch.setattr(fast, "refused_lines", lambda *told: seen.append(found := look(*told)) or found)
    landed = land(tmp_path / "in", tmp_path)
    assert seen == [None]
    assert [row[0] for row in landed.rows("line_number")] == [2, 3, 4, 5, 6, 7, 8, 9, 10]

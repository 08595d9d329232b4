"""The account of a CSV file's bytes that the fast reader is held against: records, their lines, their fields."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from data_contracts.model import Dialect
from orchestration.landing import line_shape
from orchestration.landing.line_shape import LineShape, shape_of

COMMA = Dialect(",", '"', '"', "utf-8", True)


def shape(content: str, path: Path, dialect: Dialect = COMMA) -> LineShape:
    path.write_bytes(content.encode())
    return shape_of(path, dialect)


CELLS = st.text(st.sampled_from('a,"\n\r;é'), max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n"]),
    block=st.integers(1, 7),
)
@example(rows=[["a", "\n\n", ""], ["", "", "\n"]], end="\n", block=1)
def test_of_what_a_csv_writer_wrote_it_tells_the_records_and_fields(
    tmp_path: Path, rows: list[list[str]], end: str, block: int
) -> None:
    rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    out, lines, at = io.StringIO(newline=""), [], 2
    writer = csv.writer(out, lineterminator=end)
    writer.writerow(["x", "y", "z"])
    for row in rows:
        lines.append(at)
        at += writer.writerow(row) and 1 + sum(cell.count("\n") for cell in row)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_shape, "CHUNK", block)
        found = shape(out.getvalue(), tmp_path / "x")
    n_lines = at - 2
    assert found.is_sound
    assert found.has_fields(3, n_lines) and not found.has_fields(4, n_lines)
    assert (found.n_records(n_lines), found.last_line(n_lines)) == (len(rows), lines[-1])
    assert found.first_lines(n_lines).tolist() == lines


@pytest.mark.parametrize("content", [
    'x,y\n"a,b\n1,2\n', 'x,y\n1,2"\n', '"x\ny",z\n1,2\n', 'x,y\n1,"' + "\n" * 50 + '"\n',
    "x,y\n\r1,2\n", "x,y\n1,2\r\r\n",
    "x,y\n1,2\r", 'x,y\na""b,1\n', 'x,y\n1,a"\n2,b"\n', 'x,y\n1, "a"\n',
])  # fmt: skip
def test_what_parsers_read_in_different_ways_is_not_sound(tmp_path: Path, content: str) -> None:
    assert not shape(content, tmp_path / "x").is_sound


def test_a_file_with_an_escape_of_its_own_is_sound_only_without_quotes(tmp_path: Path) -> None:
    escaped = Dialect(",", '"', "\\", "utf-8", True)
    assert shape("x,y\n1,2\n", tmp_path / "x", escaped).is_sound
    assert not shape('x,y\n1,"2"\n', tmp_path / "x", escaped).is_sound


def test_the_longest_field_that_may_be_quoted(tmp_path: Path) -> None:
    assert shape('x,y\n1,"' + "\n" * 49 + '"\n', tmp_path / "x").is_sound

"""What becomes of a troubled line: it is refused by number and for its own reason, and costs no other line."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_contracts import checks
from data_contracts.model import Severity

Land = Callable[..., Any]
PERIODS = ("2026-08", "2026-09", "2026-10")
SPOILT = {
    "Month": ("", "2026-09", "2026-13", "Oct 2026"),
    "Longitude": ("", "181", "1e2", "nan", " 1.0", "-0"),
    "Latitude": ("", "-91", "north"),
    "LSOA code": ("", "E01000001", "S01000042", "X1", "x01300001"),
    "Crime type": ("", "burglary", "Computer misuse"),
    "Crime ID": ("", "not an id"),
    "Last outcome category": ("", "A new outcome"),
}


@pytest.mark.parametrize("n_after", [0, 1, 60])
@pytest.mark.parametrize("field", range(12))
def test_an_unbalanced_quote_costs_its_own_line_only(
    land: Land, street: Any, tmp_path: Path, field: int, n_after: int
) -> None:
    rows = [street.row(Location=f'Near "Oak {n}", Lane') for n in range(10 + n_after)]
    lines = street.file(rows, end="\n").split(b"\n")
    (cells,) = csv.reader([lines[9].decode()])
    cells = [f'"{c.replace(chr(34), chr(34) * 2)}"' if '"' in c or "," in c else c for c in cells]
    cells[field] = '"' + cells[field].lstrip('"')
    cells[field] = cells[field].rstrip('"') if len(cells[field]) > 1 else cells[field]
    lines[9] = ",".join(cells).encode()
    street.put(tmp_path / "in", b"\n".join(lines))
    landed = land(tmp_path / "in", tmp_path)
    assert landed.refused() == [(10, "QUOTE_UNBALANCED")]
    assert [line for (line,) in landed.rows("line_number")] == [n for n in range(2, len(rows) + 2) if n != 10]
    assert landed.refused("raw") == [(lines[9].decode(),)]


def test_a_line_end_within_quotes_is_one_record_of_two_lines(land: Land, street: Any, tmp_path: Path) -> None:
    rows = [street.row(), street.row(Location="On or near\nMill Lane"), street.row(Location="last")]
    street.put(tmp_path / "in", street.file(rows, end="\n"))
    landed = land(tmp_path / "in", tmp_path)
    assert (landed.outcome.rows_in, landed.outcome.rows_accepted) == (3, 3)
    assert landed.rows("line_number, location_name") == [
        (2, "On or near Mill Lane"), (3, "On or near\nMill Lane"), (5, "last"),
    ]  # fmt: skip


def test_quotes_that_come_late_do_not_shift_columns(
    land: Land, street: Any, only: Any, tmp_path: Path
) -> None:
    """A reader that looks at a sample sees no quotation mark and splits the rows that need one."""
    plain = [street.row() for _ in range(30_000)]
    quoted = [
        street.row(LSOA_name="Grisenby, Garth and Rigg 001A", Location='Near The "Oak"') for _ in range(50)
    ]
    content = street.file([*plain, *quoted])
    assert b'"' not in content[: 30_000 * 100]
    street.put(tmp_path / "in", content)
    with only("fast"):
        landed = land(tmp_path / "in", tmp_path)
    assert (landed.outcome.rows_accepted, landed.outcome.rows_refused) == (30_050, 0)
    last = landed.rows("line_number, lsoa_name, location_name, crime_type")[-50:]
    assert last == [
        (30_002 + n, "Grisenby, Garth and Rigg 001A", 'Near The "Oak"', "Burglary") for n in range(50)
    ]


@pytest.mark.parametrize("n_files", [1, 3])
def test_plain_files_with_refused_rows_stay_with_the_fast_reader(
    land: Land, street: Any, only: Any, tmp_path: Path, n_files: int
) -> None:
    for period in PERIODS[:n_files]:
        rows = [street.row(Month=period, Location=f"{period} {n}") for n in range(20)]
        rows[7]["Crime type"], rows[19]["Month"] = "Jaywalking", "2026-13"
        street.put(tmp_path / "in", street.file(rows), period=period)
    with only("fast"):
        landed = land(tmp_path / "in", tmp_path)
    assert sorted(landed.refused()) == [(9, "CRIME_TYPE_UNKNOWN")] * n_files + [(21, "MONTH_SHAPE")] * n_files
    for period, line, place in landed.rows("month, line_number, location_name"):
        assert place == f"{period} {line - 2}"
    landed.is_conserved()


def test_a_name_with_an_apostrophe_comes_through_whole(land: Land, street: Any, tmp_path: Path) -> None:
    name = "On or near O’Néill Straße 🚓"
    street.put(tmp_path / "in", b"\xef\xbb\xbf" + street.file([street.row(Location=name)]))
    landed = land(tmp_path / "in", tmp_path)
    assert landed.rows("location_name, crime_id") == [(name, "ab" * 32)]


@pytest.mark.parametrize("reader", ["either", "careful"])
@pytest.mark.parametrize("line", ["Burglary,,Under investigation,", "Burglary,Under investigation,,"])
def test_a_comma_too_many_is_refused_by_either_reader(
    land: Land, street: Any, only: Any, tmp_path: Path, line: str, reader: str
) -> None:
    """A reader that forgives an empty thirteenth field would take the outcome for the context."""
    content = street.file([street.row() for _ in range(9)], end="\n")
    spoilt = content.replace(b"Burglary,Under investigation,", line.encode(), 1)
    street.put(tmp_path / "in", spoilt)
    with only(reader):
        landed = land(tmp_path / "in", tmp_path)
    assert landed.refused() == [(2, "FIELD_COUNT")]
    assert landed.rows("distinct last_outcome, context") == [("Under investigation", None)]


@pytest.mark.parametrize("reader", ["either", "careful"])
def test_a_field_that_is_too_long_is_refused_by_either_reader(
    land: Land, street: Any, only: Any, tmp_path: Path, reader: str
) -> None:
    rows = [street.row() for _ in range(9)] + [street.row(Location="x" * 70_000)]
    street.put(tmp_path / "in", street.file(rows))
    with only(reader):
        landed = land(tmp_path / "in", tmp_path)
    assert landed.refused() == [(11, "CELL_TOO_LONG")]
    assert landed.outcome.rows_accepted == 9


def test_values_judged_in_sql_are_those_that_python_refuses(
    land: Land, street: Any, registry: Any, tmp_path: Path
) -> None:
    """The contract's rules have two engines; here each rule is broken in turn and the other engine asked."""
    (contract,) = (c for c in registry.contracts if not c.is_typed)
    spoilt = [{**street.row(), name: value} for name, values in SPOILT.items() for value in values]
    content = street.file([street.row() for _ in range(8 * len(spoilt))] + spoilt)
    street.put(tmp_path / "in", content)
    landed = land(tmp_path / "in", tmp_path)
    canonical, expected = dict(contract.headings), {}
    refusing = [rule for rule in contract.rules if rule.severity is not Severity.NOTE]
    for number, row in enumerate(csv.DictReader(io.StringIO(content.decode(), newline="")), start=2):
        fields = {canonical[k]: v or None for k, v in row.items()}
        broken = [rule.code for rule in refusing if checks.is_broken(rule, fields, "2026-10")]
        expected.update({number: broken[0]} if broken else {})
    assert set(expected.values()) == {rule.code for rule in refusing}
    assert dict(landed.refused()) == expected

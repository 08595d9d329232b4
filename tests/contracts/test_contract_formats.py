"""Which date formats a contract may declare, and what each letter takes."""

import pytest

from data_contracts import formats
from data_contracts.values import exact


@pytest.mark.parametrize(
    "format_",
    [
        "dd/MM/yyyy",
        "dd/MM/yyyy HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ssXXX",
        "yyyy-MM-ddTHH:mmXXX",
        "dd-MMM-yy",
        "yyyyMMdd",
        "dd.MM.yyyy HH:mm 'Uhr'",
        "epoch-ms",
        "excel-serial",
    ],
)
def test_format_is_taken(format_: str) -> None:
    assert formats.problem_of(format_) is None


@pytest.mark.parametrize(
    ("format_", "words"),
    [
        ("d/M/yyyy", "unknown letter d"),
        ("dd/mm/yyyy", "lacks a year, month or day"),
        ("dd/MM/YYYY", "unknown letter Y"),
        ("yyyy-MM-dd hh:mm", "unknown letter h"),
        ("yyyy-MM-dd HH:mm:ss.SSS", "unknown letter S"),
        ("yyyy-MM-dd HH:mm:ssZ", "unknown letter Z"),
        ("yyyy-MM-dd'T'HH:mm:ss'Z'", "write XXX"),
        ("yyyy-MM", "lacks a year, month or day"),
        ("HH:mm", "lacks a year, month or day"),
        ("yyyy-MM-dd HH", "lacks the hours or minutes"),
        ("yyyy-MM-dd mm:ss", "lacks the hours or minutes"),
        ("yyyy-MM-ddXXX", "XXX at its end, after a time"),
        ("XXX yyyy-MM-dd HH:mm", "XXX at its end"),
        ("dd/MM/yyyy yy", "more than once"),
        ("dd/MM/MMM/yyyy", "more than once"),
        ("dd/MM/yyyy 'x", "open quotation mark"),
        ("dd/MM/yyyy\x07", "cannot be seen"),
        ("", "lacks a year"),
        ("epoch", "unknown letter"),
    ],
)
def test_format_is_refused_with_a_reason(format_: str, words: str) -> None:
    problem = formats.problem_of(format_)
    assert problem is not None and words in problem


def test_every_letter_has_its_place() -> None:
    layout = formats.layout_of("dd-MMM-yyyy HH:mm")
    assert [(p.letters, p.start) for p in layout.parts if p.letters] == [
        ("dd", 0), ("MMM", 3), ("yyyy", 7), ("HH", 12), ("mm", 15),
    ]  # fmt: skip
    assert layout.has_time and not layout.has_offset


@pytest.mark.parametrize(
    ("format_", "text", "is_taken"),
    [
        ("dd/MM/yyyy", "01/02/2024", True),
        ("dd/MM/yyyy", "1/2/2024", False),
        ("dd/MM/yyyy", "01/02/24", False),
        ("dd/MM/yyyy", "01-02-2024", False),
        ("dd/MM/yyyy", "01/02/2024 ", False),
        ("dd/MM/yyyy", "٠١/٠٢/٢٠٢٤", False),
        ("dd/MM/yyyy", "01/02/1899", False),
        ("dd/MM/yyyy", "01/02/2100", False),
        ("dd/MM/yyyy", "01/13/2024", False),
        ("dd-MMM-yyyy", "01-SEP-2024", True),
        ("dd-MMM-yyyy", "01-Sept-2024", False),
        ("dd-MMM-yyyy", "01-\u017fep-2024", False),
        ("HH:mm dd/MM/yyyy", "24:00 01/02/2024", False),
        ("yyyyMMdd HH:mm:ss", "20240101 10:00:60", False),
        ("yyyy-MM-ddTHH:mmXXX", "2024-01-01T10:00Z", True),
        ("yyyy-MM-ddTHH:mmXXX", "2024-01-01T10:00+01:00", True),
        ("yyyy-MM-ddTHH:mmXXX", "2024-01-01T10:00+0100", False),
        ("yyyy-MM-ddTHH:mmXXX", "2024-01-01T10:00", False),
    ],
)
def test_shape(format_: str, text: str, is_taken: bool) -> None:
    assert bool(exact(formats.layout_of(format_).pattern).match(text)) is is_taken

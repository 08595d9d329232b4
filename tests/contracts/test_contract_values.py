"""What the text of a cell means: tables of the plain reading, and the SQL held against it on hostile texts."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_contracts import formats
from data_contracts.columns import Column, Unmapped
from data_contracts.values import Problem, Value, cleaned, local_of, read_value, utc_of
from orchestration.landing.byte_gate import ODD_SIGNS
from orchestration.landing.values import cleaned_sql, is_local, settled_sql, value_sql
from orchestration.landing.zones import declare_zone

LONDON = "Europe/London"
PERIOD = "2026-11-01"
SCRATCH = duckdb.connect()
declare_zone(SCRATCH, LONDON)
CODED = Column(
    "H", "status", "string", False, codes=("recorded", "1A", "P"), null_words=("N/K", "Not given", "u"),
    code_map=(("REC", "recorded"), ("Not Known", "P"), ("N/K", "1A"), (" Padded\u00a0", "P")),
)  # fmt: skip
COLUMNS = {
    "text": Column("H", "colour", "string", False, null_words=("N/K", "Nicht bekannt")),
    "identifier": Column("H", "person_ref", "string", False),
    "code": CODED,
    "note": replace(CODED, unmapped=Unmapped.NOTE),
    "map": Column("H", "colour", "string", False, code_map=(("R", "red"), ("é", "acute"))),
    "level": Column("H", "level", "integer", False, codes=("1", "2"), code_map=(("one", "1"),)),
    "boolean": Column("H", "is_x", "boolean", False),
    "mapped boolean": Column("H", "is_x", "boolean", False, code_map=(("X", "true"), ("0", "false"))),
    "integer": Column("H", "age", "integer", False),
    "number": Column("H", "distance", "number", False),
    "constant": Column("", "colour", "string", False, constant="grey"),
    **{
        f"{kind} {written}": Column("H", name, kind, False, format=written, null_words=("00/00/0000",))
        for kind, name in (("date", "birth_date"), ("timestamp", "ended_at"))
        for written in (
            "dd/MM/yyyy HH:mm:ss", "dd/MM/yy", "dd-MMM-yyyy", "yyyyMMdd HH:mm", "yyyy-MM-ddTHH:mm:ssXXX",
            "dd MMM yy HH:mm", "epoch-ms", "excel-serial",
        )
    },
}  # fmt: skip


def read(column: Column, text: str | None) -> Value | Problem:
    return read_value(column, text, zone=LONDON, period=PERIOD)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("text", "  Ann\u00a0", "Ann"),
        ("text", "\u202f\u2007 ", None),
        ("text", "An\u00a0n", "An\u00a0n"),
        ("text", "n/k", None),
        ("text", "NICHT\u00a0BEKANNT", None),
        ("text", "not n/k", "not n/k"),
        ("text", None, None),
        ("identifier", "7.7E+09", Problem.SCIENTIFIC),
        ("identifier", "8E+10", Problem.SCIENTIFIC),
        ("identifier", "07700 900123", "07700 900123"),
        ("text", "7.7E+09", "7.7E+09"),
        ("code", "rec", "recorded"),
        ("code", "NOT\u00a0KNOWN", "P"),
        ("code", "padded", "P"),
        ("code", "n/k", "1A"),  # a key of the map is a code, not an empty value
        ("code", "u", None),
        ("code", "Recorded", "recorded"),
        ("code", "1a", "1A"),
        ("code", "recorde", Problem.CODE),
        ("map", "r", "red"),
        ("map", "É", "acute"),
        ("map", "blue", "blue"),
        ("level", "one", 1),
        ("level", "2", 2),
        ("level", "3", Problem.CODE),
        ("level", "01", Problem.CODE),
        ("boolean", "YES", True),
        ("boolean", "f", False),
        ("boolean", "0", False),
        ("boolean", "2", Problem.TYPE),
        ("mapped boolean", "x", True),
        ("mapped boolean", "TRUE", True),
        ("mapped boolean", "Y", Problem.TYPE),
        ("integer", "+7", 7),
        ("integer", "007", 7),
        ("integer", "1.0", Problem.TYPE),
        ("integer", "1,000", Problem.TYPE),
        ("integer", "٣", Problem.TYPE),
        ("integer", "1" * 19, Problem.TYPE),
        ("number", "-1.50", -1.5),
        ("number", "-1.4500000000000002", -1.4500000000000002),
        ("number", "1e3", Problem.TYPE),
        ("number", "nan", Problem.TYPE),
        ("number", ".5", Problem.TYPE),
        ("constant", "whatever", "grey"),
        ("date dd-MMM-yyyy", "29-feb-2024", date(2024, 2, 29)),
        ("date dd-MMM-yyyy", "29-feb-2023", Problem.TYPE),
        ("date dd/MM/yy", "01/02/27", date(1927, 2, 1)),  # no birth lies after the file
        ("date dd/MM/yy", "01/02/26", date(2026, 2, 1)),
        ("date dd/MM/yy", "00/00/0000", None),
        ("timestamp dd/MM/yy", "01/02/46", datetime(2046, 2, 1)),
        ("timestamp dd/MM/yy", "01/02/47", datetime(1947, 2, 1)),
        ("timestamp dd/MM/yy", "29/02/00", datetime(2000, 2, 29)),
        ("date dd/MM/yyyy HH:mm:ss", "30/06/2026 23:59:59", date(2026, 6, 30)),
        ("timestamp dd-MMM-yyyy", "01-Jul-2026", datetime(2026, 6, 30, 23)),
        ("timestamp yyyy-MM-ddTHH:mm:ssXXX", "2026-07-01T00:30:00Z", datetime(2026, 7, 1, 0, 30)),
        ("timestamp yyyy-MM-ddTHH:mm:ssXXX", "2026-07-01T00:30:00+05:30", datetime(2026, 6, 30, 19)),
        ("timestamp yyyy-MM-ddTHH:mm:ssXXX", "2026-07-01T00:30:00-01:00", datetime(2026, 7, 1, 1, 30)),
        ("date yyyy-MM-ddTHH:mm:ssXXX", "2026-07-01T00:30:00+05:30", date(2026, 7, 1)),
        ("timestamp epoch-ms", "1782860399999", datetime(2026, 6, 30, 22, 59, 59)),
        ("timestamp epoch-ms", "-1", datetime(1969, 12, 31, 23, 59, 59)),
        ("date epoch-ms", "645404400000", date(1990, 6, 15)),  # midnight in British summer time
        ("date epoch-ms", "645408000000", date(1990, 6, 15)),  # midnight in UTC
        ("timestamp epoch-ms", "1.7E+12", Problem.TYPE),
        ("date excel-serial", "46204", date(2026, 7, 1)),
        ("timestamp excel-serial", "46204", datetime(2026, 6, 30, 23)),
        ("timestamp excel-serial", "46204.5", datetime(2026, 7, 1, 11)),
        ("timestamp excel-serial", "46023.999999999", datetime(2026, 1, 2)),
        ("date excel-serial", "60", Problem.TYPE),  # a day that never was: 29 February 1900
        ("date excel-serial", "61", date(1900, 3, 1)),
        ("date excel-serial", "01/07/2026", Problem.TYPE),
    ],
)
def test_meaning(name: str, text: str | None, value: Value | Problem) -> None:
    found = read(COLUMNS[name], text)
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2026, 1, 10, 12), (2026, 1, 10, 12)),
        ((2026, 7, 10, 12), (2026, 7, 10, 11)),
        ((2026, 3, 29, 0, 59, 59), (2026, 3, 29, 0, 59, 59)),
        ((2026, 3, 29, 1, 30), (2026, 3, 29, 1, 30)),  # skipped: as if the clocks had not gone forward
        ((2026, 3, 29, 2), (2026, 3, 29, 1)),
        ((2026, 10, 25, 0, 59, 59), (2026, 10, 24, 23, 59, 59)),
        ((2026, 10, 25, 1, 30), (2026, 10, 25, 1, 30)),  # repeated: the second time
        ((2026, 10, 25, 2), (2026, 10, 25, 2)),
        ((1970, 1, 10, 12), (1970, 1, 10, 11)),  # summer time all year
    ],
)
def test_local_time(local: tuple[int, ...], utc: tuple[int, ...]) -> None:
    moment = datetime(*local)  # type: ignore[arg-type]
    expected = datetime(*utc)  # type: ignore[arg-type]
    assert utc_of(moment, LONDON) == expected


@given(st.datetimes(datetime(1901, 1, 1), datetime(2090, 1, 1)))
def test_a_moment_never_becomes_earlier_on_its_way_through_local_time(moment: datetime) -> None:
    back = utc_of(local_of(moment, LONDON), LONDON)
    assert back - moment in (timedelta(0), timedelta(hours=1), timedelta(hours=2))  # two: double summer time


NEAR = [
    "", " ", "N/K", "n/k ", "\u00a0", "NICHT BEKANNT", "Nİcht bekannt", "rec", "Rec\u00a0", "Not\u00a0Known", "1A", "u",
    "U", "true", "Y", "x", "7.7E+09", "7.7e+9", "1E5", "-0", "+1.5", "1.5.", "1_0", "١", "٣", "00/00/0000",
    "29/02/2023", "29/02/00", "31/04/24", "01/01/2024 24:00:00", "01-JAN-2024", "01-ſep-2024", "20240229 00:00",
    "0", "60", "61", "72999.9999999999", "73000", "2958465", "-2199999999999", "-2208988800000", "3999999999999",
    "4102444800000", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00+14:59", "9" * 20, "null", "K", "\u212a",
    "\u2028", "\u200b1", "a\tb", "é", "É",
    "25/10/2026 01:30:00", "29/03/2026 01:30:00", "O'Neill", '"', "%", "🚓", "\ud7ff", "1\n",
]  # fmt: skip
MOMENTS = st.datetimes(datetime(1899, 1, 1), datetime(2101, 1, 1))


def written(layout: str, moment: datetime) -> str:
    """The moment as a file in that format has it."""
    if layout == formats.EPOCH_MS:
        return str(int((moment - datetime(1970, 1, 1)) / timedelta(milliseconds=1)))
    if layout == formats.EXCEL_SERIAL:
        return str((moment - datetime(1899, 12, 30)) / timedelta(days=1))
    said = {
        "yyyy": f"{moment.year:04}", "yy": f"{moment.year % 100:02}", "MM": f"{moment.month:02}",
        "MMM": formats.MONTHS[moment.month - 1], "dd": f"{moment.day:02}", "HH": f"{moment.hour:02}",
        "mm": f"{moment.minute:02}", "ss": f"{moment.second:02}", "XXX": "+01:00",
    }  # fmt: skip
    return "".join(said.get(part.letters, part.literal) for part in formats.layout_of(layout).parts)


def texts_for(column: Column) -> st.SearchStrategy[str | None]:
    """Good, nearly good and hostile texts for a column."""
    free = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
    digits = st.text(st.sampled_from("0123456789+-.eE/: "), max_size=20)
    near = st.sampled_from([*NEAR, *(key for key, _ in column.code_map), *column.codes, *column.null_words])
    usual = st.builds(written, st.just(column.format), MOMENTS) if column.format else near
    spoilt = st.builds(
        lambda text, at, sign: text[: at % (len(text) + 1)] + sign + text[at % (len(text) + 1) + 1 :],
        usual, st.integers(0, 30), st.sampled_from(["", " ", "0", "9", "/", "\u00a0", "x", "A"]),
    )  # fmt: skip
    edges = st.sampled_from(["", "", "", " ", "\u00a0", "\t", "\u202f "])
    return st.none() | st.builds(str.__add__, edges, usual | spoilt | near | digits | free)


def is_tidy(text: str | None) -> bool:
    """Whether a cell may be taken for one of a tidy row."""
    return not any(sign in (text or "") for sign in (*ODD_SIGNS, "\n", "\r"))


def by_sql(column: Column, texts: list[str | None], tidy: str = "tidy") -> list[tuple[Any, bool]]:
    """(value, whether it is empty) of each text, as the SQL reads it."""
    cells = pa.table(  # noqa: F841
        {
            "n": range(len(texts)),
            "c0": texts,
            "period": [PERIOD] * len(texts),
            "tidy": list(map(is_tidy, texts)),
        }
    )
    read = value_sql(column, "c0", LONDON, tidy)
    settled = settled_sql(column, "x", LONDON) if is_local(column) else "x"
    is_empty = "false" if column.constant is not None else f"{cleaned_sql(column, 'c0')} is null"
    inner = f"select *, {read} as x from cells"
    return SCRATCH.sql(f"select {settled}, {is_empty} from ({inner}) order by n").fetchall()


@pytest.mark.parametrize("name", COLUMNS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_sql_reads_as_python_does(name: str, data: st.DataObject) -> None:
    column = COLUMNS[name]
    texts = [*NEAR, *data.draw(st.lists(texts_for(column), min_size=1, max_size=60))]
    quick, whole = by_sql(column, texts), by_sql(column, texts, "false")
    for text, (value, is_empty), in_full in zip(texts, quick, whole, strict=True):
        assert in_full == (value, is_empty), text
        expected = read(column, text)
        assert is_empty == (cleaned(column, text) is None), text
        if expected is Problem.SCIENTIFIC:  # the row is refused by another rule than that of its value
            continue
        assert value == (None if isinstance(expected, Problem) else expected), text


@settings(max_examples=15, deadline=None)
@given(st.datetimes(datetime(1971, 11, 1), datetime(2090, 1, 1)), st.integers(-90, 90))
@example(datetime(2026, 3, 29, 1), 0)
@example(datetime(2026, 10, 25, 1), 0)
def test_sql_changes_its_clocks_with_python(start: datetime, minutes: int) -> None:
    moments = [start + timedelta(minutes=minutes, hours=n) for n in range(0, 24 * 370, 7)]
    column = COLUMNS["timestamp dd/MM/yyyy HH:mm:ss"]
    read_back = by_sql(column, [f"{moment:%d/%m/%Y %H:%M:%S}" for moment in moments])
    assert [value for value, _ in read_back] == [utc_of(m.replace(microsecond=0), LONDON) for m in moments]

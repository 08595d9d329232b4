"""What the writers write, read back by the contracts' own reading: values, days and times, paths, lines, containers."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyarrow as pa
import pytest

from data_contracts.columns import MODES, Column
from data_contracts.model import FeedContract
from data_contracts.registry import Registry
from data_contracts.values import folded, meanings, read_value
from synthetic_world.records.journal_rows import KEY, ROW, empty_table
from synthetic_world.records.personality import personality
from synthetic_world.writers import clock
from synthetic_world.writers.cells import Cells
from synthetic_world.writers.csv_lines import CsvFeed
from synthetic_world.writers.json_lines import lines
from synthetic_world.writers.naming import path_of
from synthetic_world.writers.packed import zipped
from synthetic_world.writers.values import Hand, written
from synthetic_world.writers.workbook import letters, workbook
from synthetic_world.writers.xml_zip import document

ZONE = "Europe/London"
DAY = 86_400
HAND = Hand(personality("northmoor", 0), ZONE)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def typed(registry: Registry) -> list[FeedContract]:
    return [one for one in registry.contracts if one.is_typed]


def test_every_path_that_a_contract_reads_can_be_made(registry: Registry) -> None:
    day = date(2026, 2, 3)
    for contract in typed(registry):
        for file in contract.files:
            for mode in [file.mode] if file.mode else MODES:
                found = registry.matches(PurePosixPath(path_of(file, day, mode)))
                feeds = {one.contract.feed for one in found}
                is_valid = (contract.valid_from or day) <= day <= (contract.valid_to or day)
                assert (contract.feed in feeds) or not is_valid, (contract.path, mode)


def formats(registry: Registry, logical: str) -> list[Column]:
    found = {
        c.format: c for one in typed(registry) for c in one.columns if c.logical_type == logical and c.format
    }
    return list(found.values())


def test_times_come_back_in_every_format(registry: Registry) -> None:
    seconds = np.array(
        [1_600_000_000, 1_750_000_001, 1_760_000_000, 1_791_000_059, 1_774_746_000, 1_774_745_999]
    )
    for column in formats(registry, "timestamp"):
        for second, text in zip(
            seconds, clock.moments(seconds, column.format, ZONE).to_pylist(), strict=True
        ):
            want = (EPOCH + timedelta(seconds=int(second))).replace(tzinfo=None)
            got = read_value(replace(column, code_map=()), text, zone=ZONE, period="2026-12-01")
            assert isinstance(got, datetime), (column.format, text)
            exact = column.format in ("epoch-ms", "excel-serial") or "ss" in column.format
            unit = timedelta(seconds=1) if exact else timedelta(minutes=1 if "HH" in column.format else 1440)
            assert timedelta() <= want - got < unit, (column.format, text)


def test_days_come_back_in_every_format(registry: Registry) -> None:
    days = np.array([20_000, 20_700, 10_000, -5_000])
    for column in formats(registry, "date"):
        for day, text in zip(days, clock.days(days, column.format, ZONE).to_pylist(), strict=True):
            got = read_value(replace(column, code_map=()), text, zone=ZONE, period="2026-12-01")
            assert got == date(1970, 1, 1) + timedelta(days=int(day)), (column.format, text)


def test_the_hour_that_comes_twice_is_read_an_hour_later_at_most() -> None:
    autumn = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp())
    assert (
        clock.moments(np.array([autumn, autumn + 3600]), "dd/MM/yyyy HH:mm:ss", ZONE).to_pylist()
        == ["25/10/2026 01:30:00"] * 2
    )
    offsets = clock.moments(np.array([autumn, autumn + 3600]), "yyyy-MM-ddTHH:mm:ssXXX", ZONE).to_pylist()
    assert offsets == ["2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00Z"]


def test_every_code_of_every_contract_comes_back(registry: Registry) -> None:
    """A force can say every canonical code, or its contract leaves that code out on purpose."""
    for contract in typed(registry):
        hand = Hand(personality(contract.force_code, 0), ZONE)
        for column in contract.columns:
            codes = [code for code in column.codes if code in meanings(column).values()]
            if not codes or column.logical_type != "string" or column.is_ignored:
                continue
            table = pa.table({column.name: pa.array(codes), ROW: pa.array(range(len(codes)))})
            for code, text in zip(codes, written(column, table, hand).to_pylist(), strict=True):
                assert read_value(column, text, zone=ZONE, period="2026-12-01") == code, (
                    contract.path,
                    column.name,
                )


def test_dirt_on_codes_reads_the_same(registry: Registry) -> None:
    contract = next(one for one in typed(registry) if one.force_code == "thornsea" and one.feed == "crime")
    column = next(one for one in contract.columns if one.name == "premises_type")
    table = pa.table({column.name: pa.array(["dwelling", "care_home"] * 500), ROW: pa.array(range(1000))})
    texts = written(column, table, Hand(personality("thornsea", 6), ZONE)).to_pylist()
    assert len(set(texts)) > 2 and len({folded(text).strip() for text in texts}) == 2


def rows(contract: FeedContract, n: int, **texts: list[Any]) -> pa.Table:
    empty = empty_table(contract.canonical)
    columns = {}
    for field in empty.schema:
        values = texts.get(field.name, [None] * n)
        if field.name in (ROW, KEY):
            values = list(range(n))
        columns[field.name] = pa.array(values, field.type)
    return pa.table(columns)


def contract_of(registry: Registry, force: str, feed: str) -> FeedContract:
    return next(one for one in reversed(registry.contracts) if (one.force_code, one.feed) == (force, feed))


NASTY = ["plain", 'a "quoted" word, and; | more', "two\nlines", "", None, "Zoë Müller"]


@pytest.mark.parametrize(
    ("force", "encoding"), [("northmoor", "utf-8"), ("calderwick", "cp1252"), ("eastmarch", "utf-16-le")]
)
def test_lines_are_quoted_and_encoded_as_agreed(registry: Registry, force: str, encoding: str) -> None:
    contract = contract_of(registry, force, "intel_report")
    dialect = contract.dialect
    when = [datetime(2026, 1, 2, 3, 4, 5)] * len(NASTY)
    table = rows(contract, len(NASTY), text=NASTY, recorded_at=when, occurred_from=when,
                 source_record_id=[f"R{k}" for k in range(len(NASTY))])  # fmt: skip
    hand = Hand(replace(personality(force, 0), dirt={}), ZONE)
    feed = CsvFeed(contract, dialect, table, hand)
    whole = b"".join(feed.chunks(0, len(NASTY)))
    text = whole.decode("utf-16" if encoding == "utf-16-le" else encoding)
    read = list(
        csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, quotechar=dialect.quote)
    )
    at = contract.physicals.index(next(c.physical for c in contract.columns if c.name == "text"))
    assert read[0] == list(contract.physicals)
    assert [line[at] for line in read[1 : len(NASTY) + 1]] == [text or "" for text in NASTY]
    assert all(line[-1] == "true" for line in read[1 : len(NASTY) + 1])
    feed.prepare(1, 5)
    parts = b"".join(feed.chunks(2, 4))
    again = b"".join(CsvFeed(contract, dialect, table, hand).chunks(2, 4))
    assert parts == again


def test_letters_that_an_encoding_lacks_lose_their_accents(registry: Registry) -> None:
    contract = contract_of(registry, "calderwick", "intel_report")
    when = [datetime(2026, 1, 2)]
    text = ["\u0219tefan \u0107wik"]
    table = rows(contract, 1, text=text, recorded_at=when, occurred_from=when, source_record_id=["R"])
    feed = CsvFeed(contract, contract.dialect, table, Hand(personality("calderwick", 1), ZONE))
    assert "stefan cwik" in b"".join(feed.chunks(0, 1)).decode("cp1252")


def test_a_workbook_is_a_workbook(registry: Registry) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    contract = contract_of(registry, "saltways", "crime")
    when = [datetime(2026, 1, 2, 12, 0, 0)]
    table = rows(contract, 1, offence_text=["Theft & <more>"], recorded_at=when, occurred_from=when,
                 source_record_id=["R"], status=["recorded"], longitude=[-1.5])  # fmt: skip
    cells = Cells.of(contract, table, Hand(personality("saltways", 3), ZONE))
    content = workbook([("Recorded crimes", cells)], "Saltways")
    assert content == workbook([("Recorded crimes", cells)], "Saltways")
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Recorded crimes"]
    assert [cell.value for cell in sheet[2]] == list(contract.physicals)
    said = dict(zip(contract.physicals, [cell.value for cell in sheet[3]], strict=True))
    assert (
        said["Offence"] == "Theft & <more>" and said["Last changed"] == 46024.5 and said["Longitude"] == -1.5
    )
    assert book["Lookups"].sheet_state == "hidden" and str(sheet.merged_cells.ranges)
    assert [letters(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_xml_keeps_every_sign(registry: Registry) -> None:
    contract = contract_of(registry, "thornsea", "crime")
    when = [datetime(2026, 1, 2, 12, 0, 0)]
    table = rows(contract, 1, offence_text=["Theft & <more>"], recorded_at=when, occurred_from=when,
                 source_record_id=["R"], status=["recorded"])  # fmt: skip
    made = document("Crime", Cells.of(contract, table, Hand(personality("thornsea", 6), ZONE)))
    (record,) = ElementTree.fromstring(made).iter("Crime")
    column = next(one for one in contract.columns if one.name == "offence_text")
    assert record.findtext(column.physical) == "Theft & <more>"


def test_records_stand_within_the_record_they_belong_to(registry: Registry) -> None:
    hand, when = Hand(personality("highfell", 4), ZONE), [datetime(2026, 8, 2, 12, 0, 0)] * 2
    crime, party = (
        contract_of(registry, "highfell", "crime"),
        contract_of(registry, "highfell", "crime_party"),
    )
    ids = {"recorded_at": when, "occurred_from": when}
    crimes = rows(crime, 2, source_record_id=["C1", "C2"], offence_text=["x", "y"], status=["recorded"] * 2,
                  is_knife=[True, None], **ids)  # fmt: skip
    parties = rows(
        party, 2, source_record_id=["P1", "P2"], crime_ref=["C2", "C2"], role=["victim", "suspect"], **ids
    )
    key = next(c.physical for c in crime.columns if c.name == "source_record_id")
    made = lines(Cells.of(crime, crimes, hand), [("persons", Cells.of(party, parties, hand))], key)
    first, second = (json.loads(line) for line in made.decode().splitlines())
    assert (
        first[key] == "C1" and first["persons"] == [] and [len(second["persons"]), second[key]] == [2, "C2"]
    )
    outer, inner = next(c.physical for c in crime.columns if c.name == "is_knife").split(".")
    assert first[outer][inner] is True and outer not in second
    assert lines(Cells.of(crime, crimes.slice(0, 0), hand), [], key) == b"\n"


def test_zips_know_no_clock() -> None:
    made = zipped([("a.xml", b"x"), ("b.xml", b"y")])
    assert made == zipped([("a.xml", b"x"), ("b.xml", b"y")])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.read("b.xml") == b"y" and archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)

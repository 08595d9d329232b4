"""Which files a person-level contract reads, with what reader, and on which days."""

from pathlib import PurePosixPath
from typing import Any

import pytest

from data_contracts.model import FileMatch
from data_contracts.registry import Registry

FILES = "  - property: files"
CSV = """\
      - pattern: '^northmoor/sample_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$'
        reader: csv
        dialect: {delimiter: ",", quote: '"', escape: '"', encoding: utf-8, hasHeader: true}
"""
OTHERS = """\
      - pattern: '^northmoor/book (?P<date>[0-9-]{10})[.]xlsx$'
        reader: xlsx
        mode: delta
        sheet: Rows
        headingRows: 3
      - {pattern: '^northmoor/s-(?P<date>[0-9]{8})[.]jsonl$', reader: jsonl, mode: full, records: persons}
      - {pattern: '^northmoor/s-(?P<date>[0-9]{8})[.]zip$', reader: xml, mode: delta, member: '.*[.]xml', records: Row}
      - {pattern: '^northmoor/s-(?P<date>[0-9]{8})[.]parquet$', reader: parquet, mode: history}
      - pattern: '^northmoor/s-(?P<date>[0-9]{8})[.]txt$'
        reader: csv
        mode: full
        trailer: '^Total'
        dialect: {delimiter: "|", quote: '"', escape: '"', encoding: utf-16-le, hasHeader: true}
"""


def test_every_reader_is_declared_with_what_it_needs(sample: Any) -> None:
    contract = sample.change(CSV, CSV + OTHERS).contract()
    csv, xlsx, jsonl, xml, parquet, text = contract.files
    assert csv.dialect and (csv.mode, csv.dialect.delimiter) == ("", ",")
    assert (xlsx.sheet, xlsx.heading_rows, xlsx.dialect) == ("Rows", 3, None)
    assert (jsonl.records, jsonl.mode) == ("persons", "full")
    assert xml.member and (xml.records, xml.member.pattern) == ("Row", ".*[.]xml")
    assert parquet.mode == "history"
    assert text.trailer and text.trailer.match("Total rows: 7") and text.dialect
    assert contract.dialect == csv.dialect and contract.file_pattern == csv.pattern


@pytest.mark.parametrize(
    ("path", "period", "mode"),
    [
        ("northmoor/sample_20261031_delta.csv", "2026-10-31", "delta"),
        ("northmoor/sample_20261031_history.csv", "2026-10-31", "history"),
        ("northmoor/book 2026-10-31.xlsx", "2026-10-31", "delta"),
        ("northmoor/s-20240229.jsonl", "2024-02-29", "full"),
    ],
)
def test_a_dated_file_is_matched(sample: Any, path: str, period: str, mode: str) -> None:
    registry = sample.change(CSV, CSV + OTHERS).load()
    (match,) = registry.matches(PurePosixPath(path))
    assert (match.period, match.mode, match.force_code) == (period, mode, "northmoor")
    assert registry.match(PurePosixPath(path)) == match
    assert match.file.pattern.fullmatch(path)


@pytest.mark.parametrize(
    "path",
    [
        "northmoor/sample_20261301_delta.csv",
        "northmoor/sample_20260229_delta.csv",
        "northmoor/sample_2026-10-31_delta.csv",
        "northmoor/sample_20261031_weekly.csv",
        "calderwick/sample_20261031_delta.csv",
        "northmoor/book 2026-1031-.xlsx",
        "northmoor/book 2026-10-3١.xlsx",
        "x/northmoor/sample_20261031_delta.csv",
    ],
)
def test_other_files_are_not(sample: Any, path: str) -> None:
    registry = sample.change(CSV, CSV + OTHERS).load()
    assert registry.matches(PurePosixPath(path)) == () and registry.match(PurePosixPath(path)) is None


def second(sample: Any, old: str, new: str, valid: str) -> Registry:
    """The sample contracts with a second one for the feed, and days on which each holds."""
    text = (sample.root / sample.contract_file).read_text(encoding="utf-8")
    sample.write("forces/northmoor/sample-2.odcs.yaml", text.replace(old, new, 1) + valid)
    sample.write(sample.contract_file, text + "  - {property: valid, value: {to: 2026-02-28}}\n")
    return sample.load()


def test_a_contract_reads_the_files_of_its_days(sample: Any) -> None:
    starts = "  - {property: valid, value: {from: 2026-03-01}}\n"
    registry = second(sample, "physicalName: Offence", "physicalName: Crime", starts)
    found = {
        day: [
            match.contract.path.name
            for match in registry.matches(PurePosixPath(f"northmoor/sample_{day}_full.csv"))
        ]
        for day in ("20150101", "20260228", "20260301", "20991231")
    }
    old, new = ["sample.odcs.yaml"], ["sample-2.odcs.yaml"]
    assert found == {"20150101": old, "20260228": old, "20260301": new, "20991231": new}


def test_a_day_without_a_contract_is_not_recognised(sample: Any) -> None:
    registry = sample.change(FILES, f"  - {{property: valid, value: {{from: 2026-03-01}}}}\n{FILES}").load()
    assert registry.match(PurePosixPath("northmoor/sample_20260228_full.csv")) is None


def test_one_file_may_bring_several_feeds(sample: Any) -> None:
    canonical = (sample.root / sample.canonical_file).read_text(encoding="utf-8")
    sample.write("canonical/other.odcs.yaml", canonical.replace("id: sample", "id: other"))
    text = (sample.root / sample.contract_file).read_text(encoding="utf-8")
    other = text.replace("canonical, value: sample", "canonical, value: other")
    sample.write("forces/northmoor/other.odcs.yaml", other)
    path = PurePosixPath("northmoor/sample_20261031_delta.csv")
    registry = sample.load()
    matches = registry.matches(path)
    assert [match.contract.feed for match in matches] == ["other", "sample"]
    assert registry.match(path) == matches[0]
    assert registry.is_typed("sample")


def test_street_files_are_matched_as_ever(registry: Registry) -> None:
    match = registry.match(PurePosixPath("2024-04/2024-04-bedfordshire-street.csv"))
    assert isinstance(match, FileMatch)
    assert (match.period, match.mode, match.file.reader) == ("2024-04", "full", "csv")
    assert not match.contract.is_typed and not registry.is_typed("street_crime")
    assert [path.name for path in match.contract.made_of] == ["street_crime.odcs.yaml"] * 2


def test_a_shared_contract_takes_the_force_from_the_name(sample: Any) -> None:
    text = (sample.root / sample.contract_file).read_text(encoding="utf-8")
    (sample.root / sample.contract_file).unlink()
    settings = "".join(f"  - {{property: {name}, value: {value}}}\n" for name, value in (
        ("system", "suite"), ("timezone", "Europe/London"), ("handling", "P"), ("sensitivity", "none"),
        ("retentionGroup", "mopi_2"), ("volume", "{low: 0.3, high: 3, window: 12, action: note}"),
    ))  # fmt: skip
    shared = text.replace("'^northmoor/", "'^(?P<force>[a-z]+)/") + settings
    sample.write("sources/suite/sample.odcs.yaml", shared)
    match = sample.load().match(PurePosixPath("eastmarch/sample_20261031_full.csv"))
    assert isinstance(match, FileMatch) and match.force_code == "eastmarch"

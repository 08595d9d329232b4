"""The real open data is what the contract says it is. Needs the shared data; skipped where it is absent."""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import duckdb
import pandas as pd
import pytest

from data_contracts import checks, expectations
from data_contracts.model import FeedContract, FileMatch, RuleKind, Severity, Skipped
from data_contracts.registry import Registry

SHARED = os.environ.get("FORCE_PROFILES_SHARED")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not SHARED, reason="set FORCE_PROFILES_SHARED to the folder that holds the shared open data"
    ),
]


@pytest.fixture(scope="module")
def contract() -> FeedContract:
    return next(one for one in Registry.load().contracts if one.feed == "street_crime")


def _archive(name: str) -> Path:
    path = Path(SHARED or "") / "data" / name
    if not path.is_file():
        pytest.skip(f"the shared data has no {name}")
    return path


@pytest.fixture(scope="module")
def street_files(
    tmp_path_factory: pytest.TempPathFactory, contract: FeedContract
) -> list[tuple[Path, FileMatch]]:
    """Every street-level file of the nine forces, unpacked, with what the contract says it is."""
    out, registry, found = tmp_path_factory.mktemp("archive"), Registry.load(), []
    with zipfile.ZipFile(_archive("police_uk_pick9.zip")) as archive:
        for name in archive.namelist():
            match = None if name.endswith("/") else registry.match(PurePosixPath(name))
            if isinstance(match, FileMatch):
                path = out / f"{match.period}-{match.force_code}.csv"
                path.write_bytes(archive.read(name))
                found.append((path, match))
    return found


@pytest.fixture(scope="module")
def rows(
    street_files: list[tuple[Path, FileMatch]], contract: FeedContract
) -> Iterator[duckdb.DuckDBPyConnection]:
    """All rows as text under canonical names, read in the contract's dialect."""
    con, dialect = duckdb.connect(), contract.dialect
    columns = ", ".join(f"'{name}': 'VARCHAR'" for _, name in contract.headings)
    signs = f"delim='{dialect.delimiter}', quote='{dialect.quote}', escape='{dialect.escape}'"
    how = f"{signs}, columns={{{columns}}}, auto_detect=false, header=true, filename=true"
    con.execute(f"create table street as select * from read_csv('{street_files[0][0].parent}/*.csv', {how})")
    yield con
    con.close()


def _one(con: duckdb.DuckDBPyConnection, query: str) -> object:
    (row,) = con.execute(query).fetchall()
    return row[0] if len(row) == 1 else row


def test_files_and_headings(street_files: list[tuple[Path, FileMatch]], contract: FeedContract) -> None:
    assert len(street_files) == 9 * 15
    assert len({match.force_code for _, match in street_files}) == 9
    heading = ",".join(heading for heading, _ in contract.headings) + "\r\n"
    for path, _ in street_files:
        with path.open("rb") as stream:
            assert stream.readline() == heading.encode(contract.dialect.encoding)


def test_counts(rows: duckdb.DuckDBPyConnection) -> None:
    assert _one(rows, "select count(*) from street") == 711_427
    assert _one(rows, "select count(distinct crime_type) from street") == 14
    assert _one(rows, "select count(*) from street where longitude is null and latitude is null") == 18_530
    assert _one(rows, "select count(*) from street where longitude is not null and lsoa_code is null") == 3


def test_crime_id_is_empty_for_anti_social_behaviour_only_and_is_no_key(
    rows: duckdb.DuckDBPyConnection,
) -> None:
    kinds = "select list(distinct crime_type) from street where crime_id is null"
    assert _one(rows, kinds) == ["Anti-social behaviour"]
    assert _one(rows, "select count(crime_id) from street where crime_type = 'Anti-social behaviour'") == 0
    assert _one(rows, "select count(crime_id) - count(distinct crime_id) from street") == 257


def test_equal_rows_are_all_incidents_without_identifier(
    rows: duckdb.DuckDBPyConnection, contract: FeedContract
) -> None:
    """Why the identity of a row is its place in its file."""
    names = ", ".join([*(name for _, name in contract.headings), "filename"])
    equal = (
        f"select any_value(crime_type) as crime_type, count(*) as n from street group by {names} having n > 1"
    )
    assert _one(rows, f"select sum(n - 1)::bigint, list(distinct crime_type) from ({equal})") == (
        29_629,
        ["Anti-social behaviour"],
    )


def test_no_real_row_is_refused_and_every_code_is_listed(
    rows: duckdb.DuckDBPyConnection, contract: FeedContract
) -> None:
    """The rules, each over the distinct values of its fields: none that refuses is broken anywhere."""
    for rule in contract.rules:
        others = [name for name in (rule.field, rule.args.other) if name]
        month = "regexp_extract(filename, '([0-9]{4}-[0-9]{2})-[a-z-]+[.]csv', 1)"
        period = month if rule.kind is RuleKind.EQUALS_PERIOD else "''"
        some = "where crime_id like '%7'" if rule.field == "crime_id" else ""  # one in sixteen of 600,000
        query = f"select distinct {', '.join(others)}, {period} from street {some}"
        broken = [
            row
            for row in rows.execute(query).fetchall()
            if checks.is_broken(rule, dict(zip(others, row[:-1], strict=True)), row[-1])
        ]
        assert not broken, (rule.code, broken[:3])


def test_smallest_and_largest_file_lie_within_the_limits(
    rows: duckdb.DuckDBPyConnection, contract: FeedContract
) -> None:
    sizes = "select min(n), max(n) from (select count(*) as n from street group by filename)"
    smallest, largest = rows.execute(sizes).fetchall()[0]
    assert (smallest, largest) == (164, 10_373)
    assert contract.row_floor.rows <= smallest and largest <= contract.row_ceiling.rows
    assert "164 rows" in contract.path.read_text(encoding="utf-8")


def test_dyfed_powys_collapses_and_volume_would_say_so(
    rows: duckdb.DuckDBPyConnection, contract: FeedContract
) -> None:
    found = rows.execute(
        "select month, count(*) from street where reported_by = 'Dyfed-Powys Police' group by 1"
    ).fetchall()
    sizes = dict(found)
    usual = sorted(size for month, size in sizes.items() if month < "2023")[5]
    assert all(
        sizes[month] < contract.volume.low * usual for month in ("2024-01", "2024-02", "2024-03", "2024-04")
    )


def test_names_of_the_forces_are_those_of_the_archive(rows: duckdb.DuckDBPyConnection) -> None:
    registry = Registry.load()
    found = rows.execute(
        "select distinct regexp_extract(filename, '[0-9]-([a-z-]+)[.]csv', 1), reported_by from street"
    ).fetchall()
    assert {code: registry.force(code).name for code, _ in found} == dict(found)


def test_sniffing_a_sample_would_shift_columns(street_files: list[tuple[Path, FileMatch]]) -> None:
    """Some rows need the quotation mark and most files hold none, so a reader that guesses is wrong."""
    quoted = [path for path, _ in street_files if b'"' in path.read_bytes()]
    assert quoted and len(quoted) < len(street_files)
    lines = [line for path in quoted for line in path.read_bytes().split(b"\r\n") if b'"' in line]
    assert len(lines) == 12_773 and all(line.count(b",") > 11 for line in lines)
    assert sum(b'"Bournemouth, Christchurch and Poole' in line for line in lines) == 12_739


def test_great_expectations_passes_a_real_file(
    street_files: list[tuple[Path, FileMatch]], contract: FeedContract
) -> None:
    path, match = min(street_files, key=lambda item: item[0].stat().st_size)
    frame = pd.read_csv(path, dtype=str, keep_default_na=False).rename(columns=dict(contract.headings))
    summary = expectations.validate(contract, frame, period=match.period)
    assert summary.success and summary.n_expectations >= len(contract.rules)


def test_city_of_london_brings_files_that_are_left_alone(contract: FeedContract) -> None:
    registry = Registry.load()
    with zipfile.ZipFile(_archive("police_uk_cityoflondon.zip")) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
    matches = {name: registry.match(PurePosixPath(name)) for name in names}
    assert sum(isinstance(match, FileMatch) for match in matches.values()) == 36
    assert all(
        isinstance(match, Skipped) for name, match in matches.items() if name.endswith("-stop-and-search.csv")
    )
    assert [name for name, match in matches.items() if match is None] == []


def test_only_notes_look_at_outcomes(contract: FeedContract) -> None:
    assert {rule.severity for rule in contract.rules if rule.field == "last_outcome"} == {Severity.NOTE}

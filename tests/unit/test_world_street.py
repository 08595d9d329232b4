"""The first room of the synthetic world: same bytes for a seed, true truth, planted signals and no others."""

import csv
import hashlib
import itertools
import json
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest

from data_contracts import checks
from data_contracts.model import FileMatch, Severity
from data_contracts.registry import Registry
from synthetic_world.street import street_counts, street_rates
from synthetic_world.street.street import FORCES, make_street_landing, write_truth
from synthetic_world.street.street_places import LAYOUTS, PEOPLE_PER_LSOA, make_ground
from synthetic_world.street.street_truth import FileTruth, StreetTruth

VIOLENCE = "Violence and sexual offences"
World = tuple[Path, StreetTruth]
Rows = dict[str, list[dict[str, str]]]
TINY = {"months": 14, "scale": 0.1, "forces": ("northmoor", "calderwick")}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The default world, once for the module."""
    out = tmp_path_factory.mktemp("world")
    return out, make_street_landing(out)


@pytest.fixture(scope="module")
def rows(world: World) -> Rows:
    """Rows by file, under canonical names."""
    out, truth = world
    return {file.path: _read(out / file.path) for file in truth.files}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [{_NAMES[heading]: text for heading, text in row.items()} for row in csv.DictReader(stream)]


_CONTRACT = next(one for one in Registry.load().contracts if one.feed == "street_crime")
_NAMES = dict(_CONTRACT.headings)


def _hashes(out: Path) -> dict[str, str]:
    files = sorted(out.rglob("*.csv"))
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes_other_seed_other_bytes(tmp_path: Path) -> None:
    first, again, other = tmp_path / "first", tmp_path / "again", tmp_path / "other"
    truths = [
        make_street_landing(first, **TINY),
        make_street_landing(again, **TINY),
        make_street_landing(other, seed=7, **TINY),
    ]
    assert _hashes(first) == _hashes(again) != _hashes(other)
    assert truths[0] == truths[1] != truths[2]


def test_adding_a_force_changes_no_other(tmp_path: Path) -> None:
    make_street_landing(tmp_path / "one", months=14, scale=0.1, forces=("northmoor",))
    make_street_landing(tmp_path / "all", months=14, scale=0.1)
    alone, together = _hashes(tmp_path / "one"), _hashes(tmp_path / "all")
    assert alone and alone.items() <= together.items() and len(together) > 2 * len(alone)


def test_size_and_layout(world: World) -> None:
    out, truth = world
    assert 40_000 <= truth.rows <= 70_000
    assert len(truth.files) == 3 * 24 - 1 and truth.missing == (("calderwick", "2025-02"),)
    registry = Registry.load()
    on_disk = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
    assert on_disk == sorted(file.path for file in truth.files)
    for file in truth.files:
        match = registry.match(PurePosixPath(file.path))
        assert isinstance(match, FileMatch) and (match.force_code, match.period) == (
            file.force_code,
            file.period,
        )


def test_files_are_written_as_the_contract_says(world: World) -> None:
    out, truth = world
    heading = ",".join(heading for heading, _ in _CONTRACT.headings).encode()
    for file in truth.files:
        content = (out / file.path).read_bytes()
        if file.state == "refused":
            assert content == b""
        else:
            assert content.startswith(heading + b"\r\n") and content.endswith(b"\r\n")
            assert content.count(b"\n") == content.count(b"\r\n") == file.rows + 1


def test_refused_rows_are_those_of_the_truth(world: World, rows: Rows) -> None:
    """The contract's rules, row by row, find exactly what was planted, and nothing else."""
    contract, codes = _CONTRACT, set()
    for file in world[1].files:
        found: Counter[str] = Counter()
        noted: Counter[str] = Counter()
        for row in rows[file.path]:
            refusal = checks.refusal(contract, row, file.period)
            if refusal:
                found[refusal.code] += 1
            else:
                noted.update(rule.code for rule in checks.broken_rules(contract.rules, row, file.period))
        assert (dict(found), dict(noted)) == (dict(file.refused), dict(file.noted)), file.path
        codes |= set(file.refused)
    refusing = {rule.code for rule in contract.rules if rule.severity is Severity.QUARANTINE}
    assert codes >= refusing - {"MONTH_MISSING"}


def test_other_defects_are_those_of_the_truth(world: World, rows: Rows) -> None:
    for file in world[1].files:
        mine = rows[file.path]
        ids = Counter(row["crime_id"] for row in mine if row["crime_id"])
        whole = Counter(tuple(row.values()) for row in mine)
        assert file.rows == len(mine)
        assert file.repeated_ids == sum(n - 1 for n in ids.values())
        assert file.identical_rows == sum(n - 1 for n in whole.values())
        assert file.without_place == sum(row["location_name"] == "No Location" for row in mine)
        lines = (world[0] / file.path).read_bytes().split(b"\r\n")
        assert file.quoted_rows == sum(b'"' in line for line in lines)
        incidents = [row for row in mine if row["crime_type"].startswith("Anti")]
        assert file.asb_without_id == len(incidents) and not any(row["crime_id"] for row in incidents)
    planted = (
        "repeated_ids",
        "identical_rows",
        "without_place",
        "place_without_lsoa",
        "quoted_rows",
        "border_rows",
    )
    for name in planted:
        assert sum(getattr(file, name) for file in world[1].files) >= 5, name


def test_quotes_and_commas_need_the_declared_dialect(rows: Rows) -> None:
    places = {(row["location_name"], row["lsoa_name"]) for mine in rows.values() for row in mine}
    assert any('"' in location for location, _ in places) and any("," in location for location, _ in places)
    assert any("," in name for _, name in places)


def test_border_rows_lie_in_lsoas_of_another_force(rows: Rows) -> None:
    forces: dict[str, set[str]] = {}
    for path, mine in rows.items():
        for row in mine:
            if row["lsoa_code"].startswith("X01"):
                forces.setdefault(row["lsoa_code"], set()).add(path)
    shared = [code for code, paths in forces.items() if len({path.split("-")[3] for path in paths}) == 2]
    assert len(shared) == 3 * 6


def _series(world: World, rows: Rows, force: str, kind: str) -> list[int]:
    """Unbroken months up to the last, without the one that collapsed."""
    landed = [file for file in world[1].files if file.force_code == force and file.period > "2025-02"]
    usual = sorted(file.rows for file in landed)[len(landed) // 2]
    files = [file for file in landed if file.rows > 0.3 * usual]
    return [sum(row["crime_type"] == kind for row in rows[file.path]) for file in files]


def _limits(values: list[int]) -> tuple[float, float, float]:
    """Mean and natural process limits of an XmR chart."""
    mean = sum(values) / len(values)
    step = sum(abs(a - b) for a, b in itertools.pairwise(values)) / (len(values) - 1)
    return mean - 2.66 * step, mean, mean + 2.66 * step


def test_planted_signals_are_there(world: World, rows: Rows) -> None:
    violence = _series(world, rows, "northmoor", VIOLENCE)
    assert min(violence[-3:]) > _limits(violence)[2] > max(violence[:-3])
    shoplifting = _series(world, rows, "calderwick", "Shoplifting")
    low, mean, high = _limits(shoplifting)
    assert all(mean < month < high for month in shoplifting[-8:]) and low < shoplifting[-9] < mean


@pytest.mark.parametrize("force", FORCES)
def test_every_other_series_is_steady(force: str, world: World, rows: Rows) -> None:
    for one in street_rates.load().types:
        if (force, one.crime_type) not in (("northmoor", VIOLENCE), ("calderwick", "Shoplifting")):
            values = _series(world, rows, force, one.crime_type)
            low, mean, high = _limits(values)
            assert low <= values[-1] <= high, (force, one.crime_type, values)
            assert len({month > mean for month in values[-8:]}) == 2, (force, one.crime_type, values)


def test_one_month_collapses_to_a_tenth(world: World) -> None:
    sizes = {file.period: file.rows for file in world[1].files if file.force_code == "eastmarch"}
    usual = sorted(sizes.values())[12]
    assert [period for period, size in sizes.items() if size < 0.3 * usual] == ["2026-04"]
    assert sizes["2026-04"] == pytest.approx(usual / 10, rel=0.2)


@pytest.mark.parametrize("force", FORCES)
def test_five_neighbourhoods_stand_out(force: str, world: World, rows: Rows) -> None:
    truth = world[1]
    own = set(truth.neighbourhoods[force])
    files = [file for file in truth.files if file.force_code == force and file.period > "2025-10"]
    violent = [row for file in files for row in rows[file.path] if row["crime_type"] == VIOLENCE]
    found = Counter(row["lsoa_name"][:-1] for row in violent if row["lsoa_name"][:-1] in own)
    assert {name for name, _ in found.most_common(5)} == set(truth.raised_neighbourhoods[force])
    fifth, sixth = [n for _, n in found.most_common(6)][4:]
    assert fifth > 1.2 * sixth and 25 <= len(own) <= 40


@pytest.mark.parametrize("force", FORCES)
def test_population_agrees_with_the_force_file(force: str) -> None:
    ground, declared = make_ground(1, force), Registry.load().force(force)
    assert declared.is_fictional and declared.n_lsoas == len(ground.lsoa_codes)
    assert declared.population == ground.population == PEOPLE_PER_LSOA * len(ground.lsoa_codes)
    assert LAYOUTS[force].neighbour in LAYOUTS


def test_unbroken_months_after_the_gap(world: World) -> None:
    """Enough for a normal range: rulings ask for twelve, the demo keeps eighteen or more."""
    truth = world[1]
    refused = [file.period for file in truth.files if file.state == "refused"]
    for gap in [*(period for _, period in truth.missing), *refused]:
        assert street_counts.month_number(truth.end) - street_counts.month_number(gap) >= 18


def test_truth_is_written_as_json_with_totals(world: World, tmp_path: Path) -> None:
    out, truth = world
    write_truth(truth, tmp_path / "truth" / "street.json")
    content = json.loads((tmp_path / "truth" / "street.json").read_text(encoding="utf-8"))
    assert (content["rows"], content["rows_refused"]) == (truth.rows, truth.rows_refused)
    assert len(content["files"]) == len(truth.files)
    assert content["raised_neighbourhoods"].keys() == set(FORCES)
    assert not list(out.rglob("*.json"))


def test_tiny_world_has_its_defects_too(tmp_path: Path) -> None:
    truth = make_street_landing(tmp_path, **TINY)
    assert truth.rows < 4_000 and truth.rows_refused > 10
    assert truth.missing and [file.state for file in truth.files].count("refused") == 1
    assert {signal.force_code for signal in truth.signals} == {"northmoor", "calderwick"}


@pytest.mark.parametrize("wrong", [{"months": 11}, {"forces": ("kent",)}])
def test_impossible_world_is_refused(tmp_path: Path, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a world needs"):
        make_street_landing(tmp_path, **wrong)  # type: ignore[arg-type]


def test_rates_are_shares() -> None:
    rates = street_rates.load()
    assert sum(one.share for one in rates.types) == pytest.approx(1, abs=0.001)
    canonical = Registry.load().canonicals["street_crime"]
    assert tuple(one.crime_type for one in rates.types) == canonical.field("crime_type").code_list
    outcomes = set(canonical.field("last_outcome").code_list)
    for one in rates.types:
        assert len(one.season) == 12 and {name for name, _ in one.outcomes} <= outcomes
        assert bool(one.outcomes) != one.crime_type.startswith("Anti")


def test_truth_of_a_refused_file_is_empty(world: World) -> None:
    (refused,) = [file for file in world[1].files if file.state == "refused"]
    refused_and_empty = ("northmoor", "2025-01", "refused", 0, {}, {}, 0, 0, 0, 0, 0, 0, 0)
    assert refused == FileTruth(refused.path, *refused_and_empty)

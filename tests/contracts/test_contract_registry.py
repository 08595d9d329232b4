"""What the registry finds, which file a contract reads, and how a wrong contract is named."""

import shutil
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data_contracts import standard, yaml_reader
from data_contracts.model import ContractError, FileMatch, RuleKind, Severity, Skipped, VolumeAction
from data_contracts.registry import HERE, Registry, canonical_paths, contract_paths

HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the contracts to spoil, without the person-level ones, which would only take time."""
    root = tmp_path / "data_contracts"
    shutil.copytree(HERE, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for path in (root / "forces").glob("*/*.odcs.yaml"):
        path.unlink()
    return root


@pytest.mark.parametrize(
    "path",
    [*canonical_paths(HERE), *contract_paths(HERE)],
    ids=lambda path: f"{path.parent.name}-{path.name}",
)
def test_every_contract_is_what_the_standard_asks(path: Path) -> None:
    assert standard.departures(yaml_reader.read(path)) == []


def test_the_standard_s_own_reader_takes_every_contract() -> None:
    from open_data_contract_standard.model import OpenDataContractStandard

    read_by_all = [path for path in contract_paths(HERE) if path.name.startswith(("crime.", "street_crime."))]
    for path in [*canonical_paths(HERE), *read_by_all]:
        assert OpenDataContractStandard.from_string(path.read_text(encoding="utf-8")).version == "1.0.0"


def test_street_crime_contract(registry: Registry) -> None:
    (contract,) = (one for one in registry.contracts if one.feed == "street_crime")
    assert (contract.feed, contract.system, contract.is_file_line_identity) == (
        "street_crime",
        "police_uk",
        True,
    )
    assert ",".join(heading for heading, _ in contract.headings) == HEADINGS
    assert [name for _, name in contract.headings] == [field.name for field in contract.canonical.fields]
    assert (contract.volume.low, contract.volume.high, contract.volume.window) == (0.3, 3, 12)
    assert contract.volume.action is VolumeAction.NOTE
    assert (contract.freshness_days, contract.handling, contract.retention_group) == (62, "P", "not_personal")
    assert contract.row_floor.rows == 1 and "failed export" in contract.row_floor.reason
    types = next(
        rule for rule in contract.rules if rule.kind is RuleKind.IN_SET and rule.field == "crime_type"
    )
    assert len(types.args.values) == 14 and types.severity is Severity.QUARANTINE


def test_forces(registry: Registry) -> None:
    real = [force for force in registry.forces.values() if not force.is_fictional]
    assert len(real) == 43
    assert sum(force.population or 0 for force in real) == pytest.approx(60_210_000, rel=0.001)
    assert registry.force("dyfed-powys").gss_code == "W15000004"
    unlisted = registry.force("northern-ireland")
    assert (unlisted.name, unlisted.population, unlisted.is_fictional) == ("Northern Ireland", None, False)
    assert {code for code, force in registry.forces.items() if force.is_fictional} == {
        "northmoor",
        "calderwick",
        "eastmarch",
        "saltways",
        "highfell",
        "marlbrook",
        "thornsea",
        "wendale",
        "carrick-vale",
    }


def test_every_declared_feed_has_its_sentence(registry: Registry) -> None:
    feeds = {feed.feed: feed for feed in registry.declared_feeds}
    assert {
        "street_crime",
        "crime",
        "crime_party",
        "custody",
        "intel_report",
        "missing_episode",
        "managed_offender",
    } <= set(feeds)
    for feed in registry.declared_feeds:
        assert feed.held_sentence.endswith(".") and " not held" in feed.held_sentence


@pytest.mark.parametrize(
    ("path", "force", "period"),
    [
        ("2024-04/2024-04-bedfordshire-street.csv", "bedfordshire", "2024-04"),
        ("archive/2024-04/2024-04-dyfed-powys-street.csv", "dyfed-powys", "2024-04"),
        ("2018-12/2018-12-city-of-london-street.csv", "city-of-london", "2018-12"),
    ],
)
def test_street_files_are_matched(registry: Registry, path: str, force: str, period: str) -> None:
    match = registry.match(PurePosixPath(path))
    assert isinstance(match, FileMatch)
    assert (match.force_code, match.period, match.contract.feed) == (force, period, "street_crime")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("2024-04/2024-04-kent-outcomes.csv", "Outcome files"),
        ("root/2024-04/2024-04-city-of-london-stop-and-search.csv", "Stop-and-search"),
        ("2024-04/.DS_Store", "file manager"),
        ("__MACOSX/2024-04/._2024-04-kent-street.csv", "file manager"),
    ],
)
def test_known_files_are_skipped_with_a_reason(registry: Registry, path: str, words: str) -> None:
    match = registry.match(PurePosixPath(path))
    assert isinstance(match, Skipped) and words in match.reason


@pytest.mark.parametrize(
    "path",
    [
        "2024-04/2024-05-kent-street.csv",
        "2024-13/2024-13-kent-street.csv",
        "a/b/2024-04/2024-04-kent-street.csv",
        "2024-04-kent-street.csv",
        "2024-04/2024-04-Kent-street.csv",
        "2024-04/2024-04--street.csv",
        "2024-04/2024-04-kent--street.csv",
        "2024-04/2024-04-kent-street.csv\n",
        "2024-04/2024-04-kent'; drop table x-street.csv",
        "٢٠٢٤-٠٤/٢٠٢٤-٠٤-kent-street.csv",
        "readme.txt",
        "2024-04/" + "a-" * 5000 + "street.csv",
    ],
)
def test_other_files_are_not_recognised(registry: Registry, path: str) -> None:
    assert registry.match(PurePosixPath(path)) is None


@given(
    parts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), max_size=60), max_size=5)
)
@example(parts=["2024-01", "2024-01-" + "a-" * 190])
@example(parts=[])
def test_match_answers_for_any_path(parts: list[str]) -> None:
    match = _REGISTRY.match(PurePosixPath(*parts))
    assert match is None or isinstance(match, FileMatch | Skipped)


_REGISTRY = Registry.load()


def _spoil(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


CANONICAL = "canonical/street_crime.odcs.yaml"
NORTHMOOR = "forces/northmoor/force.yaml"
SOURCE = "sources/police_uk/street_crime.odcs.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (SOURCE, "property: isBackfill", "property: isBackfil", "did you mean isBackfill?"),
        (SOURCE, "value: street_crime/1.0.0", "value: street_crime/9.0.0", "canonical must be one of"),
        (SOURCE, "(?P<force>", "(?P<police>", "period and force"),
        (SOURCE, "severity: note", "severity: ignore", "allowed are block, quarantine, note"),
        (SOURCE, 'delimiter: ","', 'delimiter: ";;"', "one character"),
        (SOURCE, "low: -180", "low: nine", "must be a number"),
        (SOURCE, "kind: equals_period", "kind: equals_perod", "did you mean equals_period?"),
        (SOURCE, "mustBeGreaterOrEqualTo: 1", "mustBeGreaterOrEqualTo: -1", "0 or more"),
        (SOURCE, "property: freshness", "property: latency", "freshness is missing"),
        (CANONICAL, "isFeatureAllowed, value: false", "isFeatureAllowed, value: NO", "true or false"),
        (CANONICAL, "logicalType: number", "logicalType: decimal", "allowed are"),
        ("canonical/feeds.yml", "    held:", "    hold:", "did you mean held?"),
        (NORTHMOOR, "force_code: northmoor", "force_code: southmoor", "name of its folder"),
        (NORTHMOOR, "fictional: true", "fictional: NO", "true or false"),
        ("sources/police_uk/forces.csv", "716621", "many", "line 3"),
        ("sources/police_uk/forces.csv", "force_code,", "force,", "heading must be"),
        ("sources/police_uk/skipped.yml", "-outcomes[.]csv$'", "-outcomes[.csv$'", "not a regular"),
    ],
)  # fmt: skip
def test_wrong_contract_is_named_in_one_sentence(
    copy: Path, file: str, old: str, new: str, words: str
) -> None:
    _spoil(copy, file, old, new)
    with pytest.raises(ContractError) as refused:
        Registry.load(copy)
    message = str(refused.value)
    assert words in message and Path(file).name in message and "line " in message and "\n" not in message


def test_contract_without_floor_does_not_load(copy: Path) -> None:
    path = copy / SOURCE
    text = path.read_text(encoding="utf-8")
    start, end = text.index("      - name: ROWS_TOO_FEW"), text.index("      # 250,000")
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    with pytest.raises(ContractError, match="floor and a ceiling"):
        Registry.load(copy)

"""Which changes of a contract break whom: one real contract and one canonical feed, each spoilt in one place.

Not here: the last release (test_contract_released).
"""

import shutil
from pathlib import Path

import pytest

from data_contracts.diff import Difference, compare_files, version_key
from data_contracts.model import ContractError
from data_contracts.registry import HERE, Registry

CRIME = HERE / "forces" / "northmoor" / "crime.odcs.yaml"
CANONICAL = HERE / "canonical" / "crime.odcs.yaml"
LOCAL = '"dd/MM/yyyy HH:mm:ss"'
FEED, FILES, MODELS, OTHERS = "readers of the feed", "deliveries", "models", "contracts of forces"


def changed(
    folder: Path, path: Path, *replaced: tuple[str, str], known: Registry | None = None
) -> Difference:
    """A contract against its copy with texts replaced, the force's file beside it."""
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new, 1)
    new_path = folder / path.name
    new_path.write_text(text, encoding="utf-8")
    if path.with_name("force.yaml").is_file():
        shutil.copy(path.with_name("force.yaml"), folder / "force.yaml")
    return compare_files(path, new_path, known)


@pytest.mark.parametrize(
    ("old", "new", "weight", "words", "whom"),
    [
        ("{name: team, physicalName: InvestigatingTeam", "{name: rc_class, physicalName: InvestigatingTeam", "breaking",
         "the field team is gone", FEED),
        ("physicalName: InvestigatingTeam", "physicalName: Team", "breaking",
         "the heading of team was InvestigatingTeam and is Team", FILES),
        ("      - {name: lsoa_code, physicalName: LSOA, logicalType: string}\n", "", "breaking",
         "the field lsoa_code is gone", FEED),
        ("name: method_text, physicalName: MOText, logicalType: string",
         "name: method_text, physicalName: MOText, logicalType: string, required: true", "breaking",
         "the required value of method_text is new", FILES),
        (f"physicalName: CommittedTo\n        logicalType: timestamp\n        logicalTypeOptions: {{format: {LOCAL}}}",
         "physicalName: CommittedTo\n        logicalType: timestamp\n"
         "        logicalTypeOptions: {format: yyyy-MM-dd HH:mm:ss}", "breaking",
         "the format of occurred_to was dd/MM/yyyy HH:mm:ss and is yyyy-MM-dd HH:mm:ss", FILES),
        ("{Recorded: recorded, Cancelled: cancelled", "{Recorded: recorded", "breaking",
         "the code status=Cancelled is gone", FILES),
        ("{Recorded: recorded,", "{Recorded: recorded, Lodged: recorded,", "additive",
         "the code status=Lodged is new: recorded", FILES),
        ("Cancelled: cancelled", "Cancelled: transferred", "breaking",
         "the code status=Cancelled was cancelled and is transferred", FILES),
        ("          - {property: unmapped, value: note}\n      - name: outcome_date",
         "      - name: outcome_date", "breaking", "the refusal of unknown codes of outcome_code is new", FILES),
        ("mustBeGreaterOrEqualTo: 0\n", "mustBeGreaterOrEqualTo: 5\n", "breaking", "floor was 0 and is 5", FILES),
        ("mustBeLessOrEqualTo: 20000000", "mustBeLessOrEqualTo: 20000001", "additive", "ceiling was", FILES),
        ("value: 3, unit: d", "value: 2, unit: d", "breaking", "freshness days was 3 and is 2", FEED),
        ("value: 3, unit: d", "value: 30, unit: d", "additive", "freshness days was 3 and is 30", FEED),
        ("  - {property: retentionGroup", "  - {property: tolerance, value: {rows: 0.001, keys: 0.005}}\n"
         "  - {property: retentionGroup", "breaking", "tolerated rows was 0.02 and is 0.001", FILES),
        ("  - {property: retentionGroup", "  - {property: tolerance, value: {rows: 0.02, keys: 0.1}}\n"
         "  - {property: retentionGroup", "additive", "tolerated keys was 0.005 and is 0.1", FILES),
        ("encoding: utf-8", "encoding: cp1252", "breaking", "encoding=cp1252", FILES),
        ("_northmoor_(?P<date>", "_north_(?P<date>", "breaking", "is gone", FILES),
        ("  - {property: retentionGroup", "  - {property: timezone, value: UTC}\n  - {property: retentionGroup",
         "breaking", "the setting timezone was Europe/London and is UTC", FEED),
        ("  - {property: retentionGroup", "  - {property: identity, value: [source_record_id, occurred_from]}\n"
         "  - {property: retentionGroup", "breaking", "the setting identity was", FEED),
        ("status: active", "status: retired", "breaking", "the setting status was active and is retired", FEED),
        ("Weekly full extract and", "Weekly whole extract and", "cosmetic", "only names, descriptions or comments", ""),
    ],
)  # fmt: skip
def test_a_change_of_a_contract_has_its_weight(
    tmp_path: Path, old: str, new: str, weight: str, words: str, whom: str
) -> None:
    found = changed(tmp_path, CRIME, (old, new))
    change = next((c for c in found.changes if words in c.sentence), None)
    assert change is not None, [c.sentence for c in found.changes]
    assert (change.weight, change.whom[:1]) == (weight, (whom,) if whom else ()), change
    assert found.is_breaking == (weight == "breaking") and found.holds == (weight != "breaking")


def test_a_higher_version_says_that_something_breaks(tmp_path: Path) -> None:
    rename = ("physicalName: InvestigatingTeam", "physicalName: Team")
    assert not changed(tmp_path, CRIME, rename).holds
    bumped = changed(tmp_path, CRIME, rename, ("version: 1.0.0\nstatus", "version: 1.1.0\nstatus"))
    assert bumped.is_breaking and bumped.is_bumped and bumped.holds
    lower = changed(tmp_path, CRIME, rename, ("version: 1.0.0\nstatus", "version: 0.9.0\nstatus"))
    assert not lower.holds


def test_a_draft_has_promised_nothing(tmp_path: Path) -> None:
    text = CRIME.read_text(encoding="utf-8")
    (tmp_path / "old").mkdir()
    old, new = tmp_path / "old" / "crime.odcs.yaml", tmp_path / "crime.odcs.yaml"
    shutil.copy(CRIME.with_name("force.yaml"), old.with_name("force.yaml"))
    old.write_text(text.replace("status: active", "status: draft"), encoding="utf-8")
    new.write_text(text.replace("physicalName: LSOA", "physicalName: Area"), encoding="utf-8")
    found = compare_files(old, new)
    assert found.is_breaking and found.holds


def test_the_same_contract_does_not_differ() -> None:
    assert compare_files(CRIME, CRIME).changes == ()


def test_what_was_renamed_is_told_as_such(tmp_path: Path) -> None:
    found = changed(tmp_path, CANONICAL, ("- name: method_text", "- name: method_texts"))
    said = [c.sentence for c in found.changes if "method_text" in c.sentence]
    assert any("the field method_text is gone (renamed method_texts?)" in sentence for sentence in said), said


@pytest.mark.parametrize(
    ("old", "new", "weight", "words", "whom"),
    [
        ("- name: ho_class\n", "- name: home_office_class\n", "breaking", "the field ho_class is gone", OTHERS),
        ("          - {value: reclassified}\n", "", "breaking", "the code status=reclassified is gone", OTHERS),
        ("          - {value: reclassified}\n", "          - {value: reclassified}\n          - {value: merged}\n",
         "additive", "the code status=merged is new", OTHERS),
    ],
)  # fmt: skip
def test_a_change_of_a_canonical_feed_names_the_forces_that_stand_on_it(
    tmp_path: Path, registry: Registry, old: str, new: str, weight: str, words: str, whom: str
) -> None:
    found = changed(tmp_path, CANONICAL, (old, new), known=registry)
    change = next(c for c in found.changes if words in c.sentence)
    assert change.weight == weight and change.whom[0] == whom
    if weight == "breaking":
        assert "northmoor" in change.whom and len(change.whom) > 4
    else:
        assert change.whom == (whom,)


def test_only_forces_that_write_a_field_feel_its_loss(tmp_path: Path, registry: Registry) -> None:
    found = changed(tmp_path, CANONICAL, ("- name: cjs_code\n", "- name: cjs_offence\n"), known=registry)
    (change,) = [c for c in found.changes if "the field cjs_code is gone" in c.sentence]
    files = sorted((HERE / "forces").glob("*/crime*.odcs.yaml"))
    writing = {p.parent.name for p in files if "name: cjs_code" in p.read_text(encoding="utf-8")}
    assert set(change.whom) == {OTHERS, *writing} and 0 < len(writing) < len({p.parent.name for p in files})


def test_two_kinds_are_not_compared() -> None:
    with pytest.raises(ContractError, match="of two kinds"):
        compare_files(CRIME, CANONICAL)
    with pytest.raises(ContractError, match="cannot be read"):
        compare_files(CRIME, CRIME.with_name("nowhere.odcs.yaml"))


def test_versions_are_compared_by_number() -> None:
    assert version_key("1.10.0") > version_key("1.9.9") > version_key("1.9") > version_key("0.99.99")

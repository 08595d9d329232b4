"""A force's contract of a few lines, laid over that of the system it has."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from data_contracts import yaml_reader
from data_contracts.model import ContractError, FeedContract
from data_contracts.registry import HERE, Registry
from data_contracts.standard import departures

Own = dict[str, Any]
HEAD: Own = {
    "apiVersion": "v3.2.0", "kind": "DataContract", "id": "northmoor-code_list", "name": "Codes", "version": "1.0.0",
    "status": "active", "customProperties": [{"property": "extends", "value": "suite/code_list"}],
}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., FeedContract]:
    """The contract of northmoor, which extends what northmoor writes itself in our own contracts."""
    for name in ("canonical", "sources/suite", "forces/northmoor"):
        (tmp_path / name).mkdir(parents=True)
    for path in (HERE / "canonical").iterdir():
        (tmp_path / "canonical" / path.name).write_bytes(path.read_bytes())
    ours = HERE / "forces" / "northmoor"
    (tmp_path / "forces/northmoor/force.yaml").write_bytes((ours / "force.yaml").read_bytes())
    base = (
        (ours / "code_list.odcs.yaml").read_text(encoding="utf-8").replace("status: active", "status: draft")
    )
    (tmp_path / "sources/suite/code_list.odcs.yaml").write_text(base, encoding="utf-8")

    def load(**own: Any) -> FeedContract:
        path = tmp_path / "forces/northmoor/code_list.odcs.yaml"
        path.write_text(yaml.safe_dump({**HEAD, **own}, sort_keys=False), encoding="utf-8")
        (contract,) = Registry.load(tmp_path).contracts
        return contract

    return load


def with_custom(*custom: Own) -> list[Own]:
    return [*HEAD["customProperties"], *custom]


def test_a_few_lines_are_a_contract(read: Any) -> None:
    (full,) = (c for c in Registry.load().contracts if (c.force_code, c.feed) == ("northmoor", "code_list"))
    found = read()
    assert (
        found.columns == full.columns and found.rules == full.rules and found.row_ceiling == full.row_ceiling
    )
    assert departures(yaml_reader.read(found.path)) == [], "the few lines are a file of the standard too"
    assert [p.parent.name for p in found.made_of] == ["canonical", "northmoor", "suite", "northmoor"]


def test_what_the_force_says_is_laid_over_by_name(read: Any) -> None:
    renamed = {"name": "label", "physicalName": "Wording"}
    codes = {"name": "op", "customProperties": [{"property": "codeMap", "value": {"Gone": "delete"}}]}
    floor = {
        "name": "ROWS_TOO_FEW",
        "mustBeGreaterOrEqualTo": 5,
        "description": "this force always sends five",
    }
    found = read(
        schema=[{"name": "code_list", "properties": [renamed, codes], "quality": [floor]}],
        customProperties=with_custom({"property": "tolerance", "value": {"rows": 0.1, "keys": 0.1}}),
        slaProperties=[{"property": "freshness", "value": 9}],
    )
    by_name = {c.name: c for c in found.columns}
    assert (by_name["label"].physical, by_name["code"].physical) == ("Wording", "Code")
    assert dict(by_name["op"].code_map) == {"Live": "upsert", "Deleted": "delete", "Gone": "delete"}
    assert (found.row_floor.rows, found.row_ceiling.rows, found.freshness_days) == (5, 10_000, 9)
    assert found.tolerance is not None and found.tolerance.rows == 0.1


def test_its_files_replace_those_of_the_system(read: Any) -> None:
    dialect = {"delimiter": ";", "quote": '"', "escape": '"', "encoding": "cp1252", "hasHeader": True}
    pattern = "^northmoor/lists_(?P<date>[0-9]{8})[.]csv$"
    own = {"pattern": pattern, "reader": "csv", "mode": "full", "dialect": dialect}
    found = read(customProperties=with_custom({"property": "files", "value": [own]}))
    assert [f.pattern.pattern for f in found.files] == [own["pattern"]]
    assert found.files[0].dialect is not None and found.files[0].dialect.delimiter == ";"


@pytest.mark.parametrize(
    "named", ["suite/nothing", "../forces/northmoor/code_list", "suite", "", 7, "suite/code_list/x"]
)
def test_a_base_that_is_not_there_is_one_sentence(read: Any, named: Any) -> None:
    with pytest.raises(ContractError, match="extends must name a contract of a source"):
        read(customProperties=[{"property": "extends", "value": named}])


def test_an_error_in_what_is_laid_over_names_the_force_s_file(read: Any) -> None:
    with pytest.raises(ContractError, match=r"forces/northmoor/code_list[.]odcs[.]yaml"):
        read(customProperties=with_custom({"property": "volume", "value": {"action": "shrug"}}))

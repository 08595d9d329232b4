"""The last release holds: a break without a higher version is named, and what only adds is not. Of the real contracts.

Not here: which change is a break (test_contract_diff).
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from data_contracts import released
from data_contracts.registry import HERE, Registry

CRIME = "forces/northmoor/crime.odcs.yaml"
Released = Callable[..., list[str]]


@pytest.fixture
def problems(tmp_path: Path) -> Released:
    """problems(file, (old, new)…): what the release says of two contracts and all feeds with texts replaced."""
    root = tmp_path / "data_contracts"
    ours = shutil.ignore_patterns("*.py", "__pycache__", "drafting", "forces")
    shutil.copytree(HERE, root, ignore=ours)
    for name in ("force.yaml", "crime.odcs.yaml", "person.odcs.yaml"):
        path = root / "forces" / "northmoor" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "forces" / "northmoor" / name, path)
    entries = json.loads((HERE / released.NAME).read_text(encoding="utf-8"))
    kept = {name: entry for name, entry in entries.items() if (root / f"{name}.odcs.yaml").is_file()}
    (root / released.NAME).write_text(json.dumps(kept), encoding="utf-8")

    def found(file: str = CRIME, *replaced: tuple[str, str]) -> list[str]:
        path = root / file
        text = path.read_text(encoding="utf-8")
        for old, new in replaced:
            assert old in text, old
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")
        return list(released.problems(Registry.load(root)))

    return found


def test_our_contracts_keep_what_was_released() -> None:
    assert list(released.problems(Registry.load())) == []


def test_the_file_is_one_line_a_contract_and_small() -> None:
    text = (HERE / released.NAME).read_text(encoding="utf-8")
    entries = json.loads(text)
    assert text.count("\n") == len(entries) + 2 and len(text) < 150_000
    assert "forces/northmoor/crime" in entries and "canonical/crime" in entries
    assert list(entries) == sorted(entries)


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (CRIME, "physicalName: InvestigatingTeam", "physicalName: Team", "the needed heading Team is new"),
        (CRIME, "Cancelled: cancelled, ", "", "gone or changed"),
        (CRIME, "mustBeGreaterOrEqualTo: 0\n", "mustBeGreaterOrEqualTo: 9\n", "floor is tighter"),
        (CRIME, "value: 3, unit: d", "value: 1, unit: d", "freshness days is tighter"),
        (CRIME, "  - {property: retentionGroup", "  - {property: tolerance, value: {rows: 0.001, keys: 0.005}}\n"
         "  - {property: retentionGroup", "tolerated rows is tighter"),
        (CRIME, "encoding: utf-8", "encoding: cp1252", "gone or changed"),
    ],
)  # fmt: skip
def test_a_break_is_named_until_the_version_is_higher(
    problems: Released, file: str, old: str, new: str, words: str
) -> None:
    (sentence,) = problems(file, (old, new))
    assert (
        "breaks what version 1.0.0 promised" in sentence and words in sentence and Path(file).name in sentence
    )
    assert problems(file, ("version: 1.0.0\n", "version: 2.0.0\n")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{Recorded: recorded,", "{Recorded: recorded, Lodged: recorded,"),
        ("mustBeLessOrEqualTo: 20000000", "mustBeLessOrEqualTo: 30000000"),
        ("Weekly full extract", "A full extract each week"),
        ("value: 3, unit: d", "value: 4, unit: d"),
    ],
)
def test_what_only_adds_needs_no_version(problems: Released, old: str, new: str) -> None:
    assert problems(CRIME, (old, new)) == []


def test_a_contract_may_retire_but_not_vanish(problems: Released, tmp_path: Path) -> None:
    assert problems(CRIME, ("status: active", "status: retired")) == []
    (tmp_path / "data_contracts" / CRIME).unlink()
    path = tmp_path / "data_contracts" / "forces" / "northmoor" / "person.odcs.yaml"
    (sentence,) = problems(str(path.relative_to(tmp_path / "data_contracts")))
    assert "was released and is gone; say status: retired" in sentence


def test_a_new_contract_is_no_break_and_is_remembered_at_the_next_release(
    problems: Released, tmp_path: Path
) -> None:
    root = tmp_path / "data_contracts"
    entries = json.loads((root / released.NAME).read_text(encoding="utf-8"))
    entries.pop("forces/northmoor/crime")
    (root / released.NAME).write_text(json.dumps(entries), encoding="utf-8")
    assert problems() == []
    released.write(Registry.load(root))
    lines = (root / released.NAME).read_text(encoding="utf-8").splitlines()
    ours = (HERE / released.NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) < len(ours) and {line.rstrip(",") for line in lines} <= {
        line.rstrip(",") for line in ours
    }
    assert any('"forces/northmoor/crime"' in line for line in lines)

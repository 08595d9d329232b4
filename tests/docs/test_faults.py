"""The table of faults names tests that exist, and every fault of the list that landing answers for."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
OURS = {*range(1, 19), 21, 22, 28}


def test_every_fault_has_a_line_and_a_test() -> None:
    lines = {int(found[1]): found[2] for found in re.finditer(r"^\| ([0-9]+) \| (.*)$", TABLE, re.M)}
    assert lines.keys() == OURS
    assert [number for number, line in lines.items() if "` `test_" not in line] == []


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[a-z_/0-9]+[.]py)` `(test_[a-z_0-9]+)`", TABLE)
    assert len(named) > 40
    there = {path: (ROOT / path).read_text(encoding="utf-8") for path, _ in named if (ROOT / path).is_file()}
    found = {(path, name) for path, name in named if re.search(rf"^def {name}\(", there.get(path, ""), re.M)}
    assert set(named) - found == set()

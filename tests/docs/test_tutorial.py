"""The tutorial that adds a feed is done as it stands: its commands, their answers, and what is new in the tree.

Not here: the commands' other answers (tests/flow/test_feed_commands), links and names in documents (test_documents).
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data_contracts.confirmation import marks_in

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "tutorials" / "add-a-feed.md"
FENCE = re.compile(r"^```(sh|text)\n(.*?)^```", re.M | re.S)
FOLDER = "data_contracts/forces/tidewell"
ROOMS = [
    "conflation", "data_contracts", "dbt_project", "docs", "governance", "orchestration", "profiles",
    "report_templates", "synthetic_world",
]  # fmt: skip
NOT_TRACKED = ("__pycache__", "target", "logs", ".user.yml")


def stand(tree: Path) -> dict[str, str]:
    """Every file of the tree by content, without what tools leave."""
    files = (p for p in tree.rglob("*") if p.is_file() and not set(NOT_TRACKED) & set(p.parts))
    return {str(p.relative_to(tree)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, with a .venv whose program is this interpreter on the copy."""
    tree = tmp_path_factory.mktemp("clone")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns(*NOT_TRACKED))
    program = tree / ".venv" / "bin" / "force-profiles"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m orchestration.cli "$@"\n')
    program.chmod(0o755)
    return tree


@pytest.fixture(scope="module")
def done(tree: Path) -> dict[str, Any]:
    """The tree before, the outputs of every block in order beside the texts that follow it, and the draft."""
    before = stand(tree)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FORCE_PROFILES_")}
    environment = {**kept, "PYTHONPATH": str(tree), "FORCE_PROFILES_THREADS": "2"}
    steps: list[dict[str, str]] = []
    drafted = ""
    for kind, text in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "text":
            steps[-1]["said"] = text
            continue
        ran = subprocess.run(
            ["/bin/sh", "-eu", "-c", text], cwd=tree, env=environment, capture_output=True, text=True, check=False
        )  # fmt: skip
        steps.append({"ran": text, "out": ran.stdout, "err": ran.stderr, "code": str(ran.returncode)})
        drafted = drafted or (tree / FOLDER / "custody.odcs.yaml").read_text(encoding="utf-8")
    return {"before": before, "steps": steps, "drafted": drafted}


def test_every_command_does_what_the_page_says(done: dict[str, Any]) -> None:
    assert len(done["steps"]) >= 6
    for step in done["steps"]:
        assert step["code"] == "0", (step["ran"], step["out"], step["err"])
        answered = step["out"].splitlines()
        said = step.get("said", "").splitlines()
        assert [line for line in said if line not in answered] == [], (step["ran"], step["out"])
    assert sum("said" in step for step in done["steps"]) >= 5


def test_one_folder_is_all_that_is_new_in_the_tree(done: dict[str, Any], tree: Path) -> None:
    after = stand(tree)
    assert {path: after.get(path) for path in done["before"]} == done["before"]
    new = {path for path in after if path not in done["before"]}
    written = ("incoming/tidewell/", "out-tidewell/", "out-tidewell.rehearsals/")
    assert {path for path in new if not path.startswith(written)} == {
        f"{FOLDER}/custody.odcs.yaml",
        f"{FOLDER}/force.yaml",
    }


def test_the_feed_is_live_in_the_end(done: dict[str, Any], tree: Path) -> None:
    (summary,) = tree.glob("out-tidewell/runs/*/summary.json")
    (feed,) = json.loads(summary.read_text())["feeds"]
    assert (feed["force"], feed["feed"], feed["rows_loaded"], feed["rows_refused"]) == (
        "tidewell",
        "custody",
        90,
        0,
    )
    assert re.search(r"^custody .*\blive\b", done["steps"][-1]["out"], re.M)
    assert (summary.parent / "summary.html").is_file()
    assert len(list((summary.parent / "deliveries").glob("*.html"))) == 1


def test_nothing_was_changed_that_the_draft_had_not_put_in_doubt(done: dict[str, Any], tree: Path) -> None:
    """The person touched only what the draft had marked as a doubt, or asked to be said in words."""
    drafted, live = (
        _entries(done["drafted"]),
        _entries((tree / FOLDER / "custody.odcs.yaml").read_text("utf-8")),
    )
    changed = {heading for heading, entry in drafted.items() if live.get(heading) != entry}
    assert len(drafted) == 20 and changed == {"Disposal", "RTB Date"}
    doubted = {
        heading
        for heading, entry in _entries(done["drafted"], with_comments=True).items()
        if "DOUBT" in entry
    }
    assert changed <= doubted
    assert marks_in(tree / FOLDER / "custody.odcs.yaml") == [] == marks_in(tree / FOLDER / "force.yaml")


def _entries(text: str, *, with_comments: bool = False) -> dict[str, str]:
    """The properties of a contract by heading, as they are written; comments above an entry belong to it."""
    properties = text.partition("    properties:\n")[2].partition("\nslaProperties:")[0] + "\n"
    found: dict[str, str] = {}
    for entry in re.findall(r"(?:^      #.*\n)*^      - (?:.*\n)(?:^        .*\n)*", properties, re.M):
        heading = re.search(r"physicalName: ([^,\n]+)", entry)
        assert heading, entry
        lines = entry.splitlines()
        kept = lines if with_comments else [line for line in lines if not line.strip().startswith("#")]
        found[heading[1]] = found.get(heading[1], "") + "\n".join(kept)
    return found

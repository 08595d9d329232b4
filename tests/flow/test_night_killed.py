"""kill -9 in the middle of whole nights: readers see last night or this one, never a mixture, and the next is clean.

The moments are drawn from a seed, which a failure prints; KILL_SEED in the environment sets another.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestration.ledger import Ledger
from orchestration.warehouse import Generations, reading

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("killed")]
SEED = int(os.environ.get("KILL_SEED", "20261101"))
AS_OF = "2026-11-01"
HELD_BACK = "2026-10/2026-10-calderwick-street.csv"  # of the force whose pack is made first


@dataclass
class Scene:
    """One OUT folder over several nights, and what readers have been shown so far."""

    landing: Path
    out: Path
    nights: Any
    shown: list[dict[str, bytes]]
    generations: list[str]

    @property
    def current(self) -> Path:
        (pointer,) = self.out.glob("warehouse/*/generations/CURRENT")
        return Generations(pointer.parent).current()

    @property
    def shelf(self) -> dict[str, bytes]:
        """What stands on the shelf; a reader does not look into hidden folders."""
        return {k: v for k, v in self.nights.shelf_of(self.out).items() if "/." not in k}

    @property
    def last_run(self) -> Any:
        return Ledger(self.out / "ledger.sqlite").runs()[-1]

    def start(self, **environment: str) -> subprocess.Popen[str]:
        """Start a night and wait until it holds the lease."""
        before = self.last_run.run_id
        process: subprocess.Popen[str] = self.nights.start(
            "night", "--landing", self.landing, "--out", self.out, "--quiet", **environment
        )
        until(lambda: self.last_run.run_id != before, process)
        return process


def until(happened: Any, process: subprocess.Popen[str]) -> None:
    """Wait for something, for as long as the process lives and at most two minutes."""
    deadline = time.monotonic() + 120
    while not happened():
        assert process.poll() is None, f"seed {SEED}: the night ended by itself: {process.communicate()}"
        assert time.monotonic() < deadline, f"seed {SEED}: waited too long"
        time.sleep(0.02)


def kill(process: subprocess.Popen[str]) -> None:
    """End the night and all its children at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, f"seed {SEED}: the night was over before it could be killed"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def assert_readable(scene: Scene, final: dict[str, bytes], generation: str) -> None:
    """CURRENT names a whole generation; each pack is whole, and is last night's or this night's."""
    assert scene.current.name in (scene.generations[0], generation)
    with reading(scene.current) as con:
        forces = con.execute("select distinct force_code from prof_strategic__trends order by all").fetchall()
    assert forces == [("calderwick",), ("eastmarch",)]
    shelf = scene.shelf
    assert shelf.keys() == scene.shown[0].keys()
    for folder in {str(Path(name).parent) for name in shelf}:
        pack = {name: content for name, content in shelf.items() if name.startswith(f"{folder}/")}
        receipt = json.loads(pack[f"{folder}/receipt.json"])["packs"]["vawg"]
        assert sha256(pack[f"{folder}/vawg.pdf"]) == receipt["pdf_sha256"]
        assert sha256(pack[f"{folder}/vawg.json"]) == receipt["content_sha256"]
        nights = [[k for k, v in pack.items() if night[k] != v] for night in (scene.shown[0], final)]
        assert [] in nights, f"seed {SEED}: {folder} is of neither night: {nights}"


@pytest.fixture(scope="module")
def scene(tiny: Any, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A first good night without one file, which then arrives: the next nights have something to do."""
    home = tmp_path_factory.mktemp("killed")
    landing, out = home / "landing", home / "out"
    shutil.copytree(tiny.landing, landing)
    (landing / HELD_BACK).unlink()
    first = nights.here(landing, out)
    assert first.exit_code == 0, first.summary["problem"]
    shutil.copy(tiny.landing / HELD_BACK, landing / HELD_BACK)
    yield Scene(landing, out, nights, [nights.shelf_of(out)], [first.summary["generation"]])


def test_three_killed_nights_leave_last_night_readable_and_the_next_one_clean(
    scene: Scene, whole_night: Any, tiny: Any
) -> None:
    chance = random.Random(SEED)
    print(f"KILL_SEED={SEED}")
    final, generation = scene.nights.shelf_of(whole_night.out), whole_night.summary["generation"]
    assert scene.shown[0] != final and scene.generations[0] != generation  # the file that came later matters

    early = scene.start()
    stage = chance.choice(["land", "stage"])
    until(lambda: scene.last_run.stage in (stage, "stage"), early)
    time.sleep(chance.uniform(0, 2))
    kill(early)
    assert_readable(scene, final, generation)
    assert scene.last_run.outcome == "RUNNING"  # nobody has looked yet

    middle = scene.start()
    refused = scene.nights.command("night", "--landing", scene.landing, "--out", scene.out)
    assert refused.exit_code == 75, refused.stderr
    assert f"process {middle.pid}" in refused.stderr and "Traceback" not in refused.stderr
    stage = chance.choice(["score", "profile"])
    until(lambda: scene.last_run.stage in (stage, "publish"), middle)
    time.sleep(chance.uniform(0, 1))
    kill(middle)
    assert_readable(scene, final, generation)

    late = scene.start(FORCE_PROFILES_THREADS="1")  # one pack after the other
    until(lambda: scene.shelf != scene.shown[0] or scene.last_run.stage == "publish", late)
    if chance.random() < 0.7:
        until(lambda: scene.shelf != scene.shown[0], late)  # one pack is new, one is not
    time.sleep(chance.uniform(0, 0.3))
    kill(late)
    assert_readable(scene, final, generation)

    last = scene.nights.here(scene.landing, scene.out)
    assert last.exit_code == 0, last.summary["problem"]
    assert last.summary["generation"] == generation
    assert scene.nights.shelf_of(scene.out) == final  # hidden leftovers are gone too
    outcomes = [run.outcome for run in Ledger(scene.out / "ledger.sqlite").runs()]
    assert outcomes == ["SUCCEEDED", "ABANDONED", "ABANDONED", "ABANDONED", "SUCCEEDED"]
    world = scene.current.parents[1]
    assert list((world / "work").iterdir()) == []
    assert not [p.name for p in world.rglob(".*") if p.name.endswith(".tmp")]


def test_the_shelf_check_can_fail(whole_night: Any, nights: Any, tmp_path: Path) -> None:
    """A pack of one night with a receipt of another is a mixture, and would be seen."""
    shutil.copytree(whole_night.out, tmp_path / "out")
    shelf = nights.shelf_of(tmp_path / "out")
    scene = Scene(tmp_path, tmp_path / "out", nights, [shelf], [whole_night.summary["generation"]])
    assert_readable(scene, shelf, scene.generations[0])
    pdf = next((tmp_path / "out" / "packs").rglob("*.pdf"))
    pdf.write_bytes(pdf.read_bytes()[:-1])
    with pytest.raises(AssertionError):
        assert_readable(scene, shelf, scene.generations[0])

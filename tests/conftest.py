"""What tests of several kinds share: one tiny world, one whole night of it, and ways to run nights.

The night is made once for all workers of a test run, whoever asks first. Not here: files made by hand and landing
them (unit/conftest), what only the flow tests need (flow/conftest).
"""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from data_contracts.registry import Registry
from orchestration.cli import app
from orchestration.night import Silent
from orchestration.settings import Settings
from orchestration.shift import Shift, run
from synthetic_world.street.street import make_street_landing, write_truth

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Tiny:
    """A landing folder of two fictional forces and fourteen months, and what is really in it."""

    landing: Path
    truth: dict[str, Any]
    forces = ("calderwick", "eastmarch")
    empty_file = "2025-10/2025-10-calderwick-street.csv"  # in the month that the force misses
    copy = "sent-again/2026-10/2026-10-eastmarch-street.csv"
    skipped = "2026-10/2026-10-eastmarch-outcomes.csv"

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.truth["files"])


@dataclass(frozen=True)
class Done:
    """A night that a subprocess ran."""

    exit_code: int
    stdout: str
    stderr: str

    @property
    def summary(self) -> dict[str, Any]:
        """The JSON object on standard output."""
        return dict(json.loads(self.stdout))


@dataclass(frozen=True)
class WholeNight(Done):
    """The shared night, with the place it was made in. Look, do not touch: other tests look too."""

    out: Path

    @property
    def generation(self) -> Path:
        (pointer,) = self.out.glob("warehouse/*/generations/CURRENT")
        return pointer.parent / pointer.read_text().strip()

    @property
    def world(self) -> Path:
        """Its warehouse folder."""
        return self.generation.parents[1]


def night_environment(**more: str) -> dict[str, str]:
    """The environment for a night in a process of its own: settings of whoever runs the tests do not leak in."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FORCE_PROFILES_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules halve the start-up of the next night
    return {**kept, "FORCE_PROFILES_THREADS": "2", **more}


def start_night(*arguments: object, wrap: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
    """Start `force-profiles …` in a session of its own, so that it can be killed with all its children."""
    command = [*wrap, sys.executable, "-m", "orchestration.cli", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=night_environment(**environment), start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def run_night(*arguments: object, wrap: Sequence[str] = (), **environment: str) -> Done:
    """Run `force-profiles …` in a process of its own and wait for it."""
    process = start_night(*arguments, wrap=wrap, **environment)
    out, err = process.communicate(timeout=600)
    return Done(process.returncode, out, err)


def shelf_of(out: Path) -> dict[str, bytes]:
    """Every file of every pack on a shelf, by path."""
    return {
        str(p.relative_to(out)): p.read_bytes() for p in sorted((out / "packs").rglob("*")) if p.is_file()
    }


def night_here(landing: Path, out: Path, *, packs: bool = True, **told: Any) -> Shift:
    """Run a night in this process, as the schedule would; packs=False stops once the generation is current."""
    settings = Settings(out=out, landing=landing, threads=2, **told)
    with nullcontext() if packs else patch("orchestration.assets.publish.publish", lambda night: []):
        return run(settings, Silent())


def command(*arguments: object) -> Done:
    """Run a command of `force-profiles` in this process, where everything is warm."""
    with patch.dict(
        os.environ, {k: v for k, v in os.environ.items() if not k.startswith("FORCE_PROFILES_")}, clear=True
    ):
        done = CliRunner().invoke(app, [str(a) for a in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


class Nights:
    """Ways to run a night."""

    start = staticmethod(start_night)
    run = staticmethod(run_night)
    here = staticmethod(night_here)
    command = staticmethod(command)
    shelf_of = staticmethod(shelf_of)


def pytest_addoption(parser: pytest.Parser) -> None:
    """--soak N: as many faulty files of every reader as `make soak` makes; a few without it."""
    parser.addoption(
        "--soak", type=int, default=0, help="faulty files a reader (tests/feeds/test_feed_soak.py)"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep groups together: pytest 9.2 no longer looks where pytest-xdist 3.8 writes a test's group."""
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped and grouped != item.nodeid:
            from _pytest.nodeid import coerce_node_id

            item._id = coerce_node_id(grouped)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def nights() -> type[Nights]:
    return Nights


@pytest.fixture(scope="session")
def registry() -> Registry:
    return Registry.load()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared open data."""
    place = os.environ.get("FORCE_PROFILES_SHARED")
    if not place:
        pytest.skip("set FORCE_PROFILES_SHARED to the folder that holds the shared open data")
    return Path(place)


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Make a folder once for all workers of this test run; a failure is remembered, not tried again."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, verdict = root / name, root / f"{name}.made"
        with (root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not verdict.exists():
                folder.mkdir()
                try:
                    make(folder)
                except BaseException as error:
                    verdict.write_text(f"{type(error).__name__}: {error}")
                    raise
                verdict.write_text("")
        if verdict.read_text():
            pytest.fail(f"{name} could not be made: {verdict.read_text()}")
        return folder

    return made


@pytest.fixture(scope="session")
def tiny(once: Callable[[str, Callable[[Path], None]], Path]) -> Tiny:
    """The tiny landing: planted defects, and three more files that a night must cope with."""

    def make(folder: Path) -> None:
        landing = folder / "landing"
        truth = make_street_landing(landing, months=14, scale=0.1, forces=Tiny.forces)
        write_truth(truth, folder / "truth.json")
        (landing / Tiny.empty_file).write_bytes(b"")
        (landing / Tiny.skipped).write_text("Crime ID,Month\n")
        (landing / Tiny.copy).parent.mkdir(parents=True)
        (landing / Tiny.copy).write_bytes((landing / Tiny.copy.split("/", 1)[1]).read_bytes())

    folder = once("tiny", make)
    return Tiny(folder / "landing", json.loads((folder / "truth.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def whole_night(once: Callable[[str, Callable[[Path], None]], Path], tiny: Tiny) -> WholeNight:
    """One night of the tiny landing by the command line with --json, as a scheduler would run it."""

    def make(folder: Path) -> None:
        done = run_night(
            "night", "--landing", tiny.landing, "--out", folder / "out", "--json", PYTHONHASHSEED="0"
        )
        (folder / "done.json").write_text(json.dumps([done.exit_code, done.stdout, done.stderr]))

    folder = once("whole-night", make)
    return WholeNight(*json.loads((folder / "done.json").read_text()), out=folder / "out")

"""The commands that make and continue a world, and what they say to a mistake: one sentence, nothing half done."""

import json
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from orchestration.demo import demo_landing
from synthetic_world import crew
from synthetic_world import make as making
from synthetic_world.faults.faults import KINDS
from synthetic_world.make import Order, make
from synthetic_world.population.atlas import WorldError

FORCES = ("northmoor", "saltways", "thornsea")
PLAN = """
faults:
  - {{force: northmoor, feed: crime, night: {night}, fault: 3, parameters: {{kind: open_quote}}}}
  - {{force: saltways, feed: crime, night: {night}, fault: 16, parameters: {{kind: formula}}}}
  - {{force: thornsea, feed: crime, night: {night}, fault: 15, parameters: {{kind: dots}}}}
  - {{force: wendale, feed: crime, night: {night}, fault: 7}}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "world"
    make(out, Order("ci", 5, 1, ("northmoor",), 1))
    return out


@pytest.fixture
def copy(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "world"))


def sentence(done: Any) -> str:
    assert done.exit_code == 2 and "Traceback" not in done.stderr, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert line.endswith(".")
    return str(line)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--scale", "huge"), "The scale must be one of ci, ci9, demo, nine, national, not 'huge'."),
        (("--seed", "-1"), "The seed must be a whole number"),
        (("--years", "0"), "A world needs between 1 and"),
        (("--years", "99"), "A world needs between 1 and"),
        (("--interactions", "some"), "usual"),
        (("--knobs", "none.yml"), "none.yml: cannot be read"),
        (("--tasking", "none.csv"), "The tasking log none.csv cannot be read"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(
    nights: Any, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = nights.command("world", "make", "--out", tmp_path / "w", *arguments)
    assert words in sentence(done) and not (tmp_path / "w").exists()


def test_a_folder_that_holds_something_is_left_alone(nights: Any, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "is not empty" in sentence(nights.command("world", "make", "--scale", "ci", "--out", tmp_path))
    assert "is a file" in sentence(
        nights.command("world", "make", "--scale", "ci", "--out", tmp_path / "mine.txt")
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_disk_that_is_too_small_is_seen_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making.shutil, "disk_usage", lambda place: SimpleNamespace(free=10**6))
    with pytest.raises(WorldError, match=r"needs about .* GB .* free; make room"):
        make(tmp_path / "w", Order("nine", 1, 5))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.faults
def test_a_world_that_was_interrupted_does_not_look_whole(nights: Any, tmp_path: Path) -> None:
    out = tmp_path / "w"
    process = nights.start("world", "make", "--scale", "ci", "--years", "1", "--out", out)
    while not list(tmp_path.glob(".w.being-made-*/landing/*/*")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not out.exists()
    make(out, Order("ci", 5, 1, ("highfell",), 1))
    assert [path.name for path in tmp_path.iterdir()] == ["w"] and (out / "truth" / "world.json").is_file()


@pytest.mark.faults
def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(crew, "make_force", broken)
    with pytest.raises(WorldError, match="No space left on device"):
        make(tmp_path / "w", Order("ci", 1, 1, processes=1))
    assert list(tmp_path.iterdir()) == []


def test_one_more_night_then_another(nights: Any, copy: Path) -> None:
    before = {path.name for path in (copy / "landing" / "northmoor").iterdir()}
    done = nights.command("world", "night", "--out", copy, "--json", "--quiet")
    assert done.exit_code == 0 and done.summary["day"] == "2026-11-01"
    new = {path.name for path in (copy / "landing" / "northmoor").iterdir()} - before
    assert "crime_northmoor_20261101_delta.csv" in new
    assert "placement_northmoor_20261101_full.csv" in new  # a Sunday
    until = ("world", "night", "--out", copy, "--quiet", "--date")
    assert "delivered up to 2026-11-01" in sentence(nights.command(*until, "2026-11-01"))
    assert nights.command(*until, "2026-11-04").exit_code == 0
    days = {
        name[-18:-10] for name in (p.name for p in (copy / "landing" / "northmoor").glob("crime_n*delta.csv"))
    }
    assert {"20261102", "20261103", "20261104"} <= days
    assert "The world ends on" in sentence(nights.command(*until, "2030-01-01"))


def test_a_night_of_no_world_is_one_sentence(nights: Any, tmp_path: Path) -> None:
    for command in (("night", "--out", tmp_path), ("card", tmp_path)):
        assert "holds no whole world" in sentence(nights.command("world", *command))
    assert "--date must be a day" in sentence(
        nights.command("world", "night", "--out", tmp_path, "--date", "soon")
    )


def test_faults_are_done_and_logged(nights: Any, tmp_path: Path) -> None:
    out = tmp_path / "w"
    make(out, Order("ci9", 4, 1, FORCES, 1))
    clean = Path(shutil.copytree(out, tmp_path / "clean"))
    (tmp_path / "plan.yaml").write_text(PLAN.format(night="2026-11-01"))
    done = nights.command(
        "world", "night", "--out", out, "--faults", tmp_path / "plan.yaml", "--json", "--quiet"
    )
    assert done.exit_code == 0 and len(done.summary["faults"]) == 4
    nights.command("world", "night", "--out", clean, "--quiet")
    log = [json.loads(line) for line in (out / "truth" / "fault_log.jsonl").read_text().splitlines()]
    touched = {one["path"] for one in log if one["sha256_before"] != one["sha256_after"]}
    differing = {
        str(path.relative_to(out / "landing"))
        for path in (out / "landing").rglob("*")
        if path.is_file() and path.read_bytes() != (clean / path.relative_to(out)).read_bytes()
    }
    assert differing == touched and len(touched) >= 2
    (absent,) = [one["what"] for one in log if one["force"] == "wendale"]
    assert absent == "not done: the force sent no such file that night"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{force: northmoor, feed: crime, night: 2026-11-01, fault: 99}", "fault must be one of 1, 2, 3"),
        ("{force: nowhere, feed: crime, night: 2026-11-01, fault: 3}", "'nowhere'"),
        ("{force: northmoor, feed: crime, night: soon, fault: 3}", "YYYY-MM-DD"),
        (
            "{force: northmoor, feed: crime, night: 2026-11-01, fault: 3, parameters: {kind: raged}}",
            "ragged?",
        ),
    ],
)
def test_a_plan_that_is_wrong_is_one_sentence(
    nights: Any, copy: Path, tmp_path: Path, line: str, words: str
) -> None:
    (tmp_path / "plan.yaml").write_text(f"faults:\n  - {line}\n")
    told = sentence(
        nights.command("world", "night", "--out", copy, "--faults", tmp_path / "plan.yaml", "--quiet")
    )
    assert words in told and not list((copy / "landing").rglob("*20261101*"))


@pytest.mark.parametrize(
    ("text", "words"), [(None, "cannot be read"), ("faults: [", "is not YAML"), ("- 3", "faults")]
)
def test_a_plan_that_cannot_be_read_is_one_sentence(
    nights: Any, copy: Path, tmp_path: Path, text: str | None, words: str
) -> None:
    if text is not None:
        (tmp_path / "plan.yaml").write_text(text)
    told = sentence(
        nights.command("world", "night", "--out", copy, "--faults", tmp_path / "plan.yaml", "--quiet")
    )
    assert words in told and "plan.yaml" in told and not list((copy / "landing").rglob("*20261101*"))


def test_knobs_and_tasking_change_what_is_made(nights: Any, small: Path, tmp_path: Path) -> None:
    """The same people either way; a world that was asked otherwise says so, and goes on night by night."""
    (tmp_path / "knobs.yml").write_text("harm:\n  recording_trend: 0.2\n")
    (tmp_path / "tasking.csv").write_text("person_uid,from_date,to_date\n5,2026-01-01,2026-06-30\n")
    out = tmp_path / "w"
    asked = (
        "--knobs",
        tmp_path / "knobs.yml",
        "--tasking",
        tmp_path / "tasking.csv",
        "--interactions",
        "high",
    )
    done = nights.command(
        "world", "make", "--scale", "ci", "--seed", 5, "--years", 1, "--out", out, "--quiet", *asked
    )
    assert done.exit_code == 0, done.stderr
    said = json.loads((out / "truth" / "world.json").read_text())
    assert (
        said["knobs"] == [["harm", "recording_trend", 0.2]]
        and said["n_tasked"] == 1
        and said["interactions"] == "high"
    )
    tables = [f"read_parquet('{one.as_posix()}/truth/truth_person/*.parquet')" for one in (small, out)]
    with duckdb.connect() as con:
        (others,) = con.execute(
            f"select count(*) from (from {tables[0]} except from {tables[1]})"
        ).fetchone() or (1,)
    assert not others
    assert nights.command("world", "night", "--out", out, "--quiet").exit_code == 0


def test_there_is_a_kind_for_every_fault_of_the_catalogue() -> None:
    assert {number for number, _ in KINDS} == {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 15, 16}


def test_the_demo_is_made_once_and_anew_where_it_is_not_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []

    def remember(out: Path, order: Order, say: Callable[[str], None]) -> dict[str, Any]:
        made.append(out)
        (out / "landing").mkdir(parents=True)
        (out / "truth").mkdir()
        (out / "truth" / "world.json").write_text(json.dumps({"version": making.VERSION}))
        return {}

    monkeypatch.setattr(making, "make", remember)
    (tmp_path / "world" / "ci" / "left over").mkdir(parents=True)
    for _ in range(2):
        assert demo_landing(tmp_path, "ci") == tmp_path / "world" / "ci" / "landing"
    assert made == [tmp_path / "world" / "ci"]

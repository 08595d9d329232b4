"""A night that must not go on stops before readers notice: last night's warehouse and packs stand as they were."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.layout import Layout, world_of
from orchestration.ledger import Ledger
from orchestration.night import Night, NightError, Silent
from orchestration.settings import Settings
from orchestration.steps.publish import publish

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("stopped")]


@pytest.fixture
def place(whole_night: Any, tmp_path: Path) -> Path:
    """A copy of the whole night's OUT folder, to be spoilt."""
    shutil.copytree(whole_night.out, tmp_path / "out")
    return tmp_path / "out"


def standing(out: Path) -> dict[str, bytes]:
    """All that readers may look at."""
    (pointer,) = out.glob("warehouse/*/generations/CURRENT")
    files = [p for p in (out / "packs").rglob("*") if p.is_file()] + sorted(pointer.parent.iterdir())
    return {str(p.relative_to(out)): p.read_bytes() for p in files}


def rewrite(part: Path, query: str) -> None:
    """Replace a landed part by what a query makes of it."""
    spoilt = part.with_suffix(".spoilt")
    duckdb.sql(f"copy ({query.format(part=part)}) to '{spoilt}' (format parquet)")
    spoilt.replace(part)


SPOILT = {
    "a row is lost between landing and warehouse": (
        "select * from '{part}' where line_number <> 2",
        "nothing_vanishes",
    ),
    "a line stands twice": (
        "select * from '{part}' union all select * from '{part}' where line_number = 3",
        "unique_together_stg_street_crimes",
    ),
    "a month ends before it begins": (
        "select * replace (occurred_to - interval 3 month as occurred_to) from '{part}'",
        "street_crimes_have_their_times",
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_failing_test_of_the_warehouse_stops_the_night(
    what: str, place: Path, tiny: Any, nights: Any
) -> None:
    query, name = SPOILT[what]
    rewrite(next(place.glob("warehouse/*/landed/street_crime/calderwick/*.parquet")), query)
    before = standing(place)
    done = nights.command("night", "--landing", tiny.landing, "--out", place, "--quiet", "--json")
    assert done.exit_code == 1
    assert done.summary["problem"] == done.stderr.strip()  # one JSON object, whatever dbt has to say
    assert name in done.stderr and done.stderr.count("\n") == 1
    assert "last night's packs stand as they were" in done.stderr and "Traceback" not in done.stderr
    assert standing(place) == before
    run = Ledger(place / "ledger.sqlite").runs()[-1]
    assert (
        run.outcome == "FAILED" and run.note and name not in run.note
    )  # where, never words that may quote a record
    (summary,) = [s for s in map(_read, place.glob("runs/*/summary.json")) if s["run"] == run.run_id]
    assert (summary["outcome"], summary["packs"]) == ("failed", [])


def _read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text()))


@pytest.fixture
def night(place: Path, tiny: Any, registry: Any) -> Callable[[], Night]:
    """The night's last stage alone: its generation is current, its packs are to be made."""
    layout = Layout(place, world_of(tiny.landing))

    def opened() -> Night:
        layout.work("again").mkdir(parents=True)
        settings = Settings(out=place, landing=tiny.landing, threads=2)
        held = Night(settings, tiny.landing, layout, "again", registry, lease=None, reporter=Silent())  # type: ignore[arg-type]
        held.record(as_of=date(2026, 11, 1).isoformat())
        return held

    return opened


def test_a_force_whose_pack_fails_is_named_and_the_others_still_appear(
    night: Callable[[], Night], place: Path, nights: Any, whole_night: Any
) -> None:
    shelf = place / "packs" / "2026-11-01"
    shutil.rmtree(shelf)
    shelf.mkdir()
    (shelf / ".staged-calderwick").write_text("a file where the folder is to be made")
    failed, made = publish(night())
    assert made.pdf and not made.problem
    assert failed.problem.startswith("No pack for calderwick: ") and failed.problem.count("\n") == 0
    assert failed.problem.endswith(".") and not failed.problem.endswith("..")
    whole = nights.shelf_of(whole_night.out)
    assert {k: v for k, v in nights.shelf_of(place).items() if "/eastmarch/" in k} == {
        k: v for k, v in whole.items() if "/eastmarch/" in k
    }


def test_a_night_without_any_pack_has_failed(night: Callable[[], Night], place: Path) -> None:
    shelf = place / "packs" / "2026-11-01"
    for force in ("calderwick", "eastmarch"):
        (shelf / f".staged-{force}").write_text("in the way")
    before = standing(place)
    with pytest.raises(NightError, match="No pack for calderwick"):
        publish(night())
    assert standing(place) == before

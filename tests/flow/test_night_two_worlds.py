"""Two landing places in one night: one run, one lease, one summary; each with its own date and warehouse, never joined.

The demo world stands aside for a smaller one made here. Not here: a night of one place (test_night_whole).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb
import pytest

from orchestration import resources
from orchestration.ledger import Ledger
from orchestration.night import Night, Silent
from orchestration.resources import nights_of_run
from orchestration.settings import Settings
from orchestration.shift import Shift, run
from orchestration.steps.publish import PackMade, publish
from orchestration.summary_words import in_words
from synthetic_world.street.street import make_street_landing

pytestmark = pytest.mark.xdist_group("two-worlds")


@pytest.fixture(scope="session")
def other(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Another place, two months older, with a force that the tiny landing has and one that it has not."""

    def make(at: Path) -> None:
        make_street_landing(at, months=13, end="2026-08", scale=0.05, forces=("northmoor", "eastmarch"))

    return once("other-place", make)


@contextmanager
def demo_world(place: Path) -> Iterator[None]:
    with patch.object(resources, "demo_landing", lambda out, scale, say: place):
        yield


def both(landing: Path, other: Path, out: Path, *, packs: bool = False, **told: Any) -> Shift:
    settings = Settings(out=out, landing=landing, scale="ci", threads=2, **told)
    publish = patch("orchestration.assets.publish.publish", lambda night: [])
    with demo_world(other):
        if packs:
            return run(settings, Silent())
        with publish:
            return run(settings, Silent())


@pytest.fixture(scope="module")
def done(tiny: Any, other: Path, tmp_path_factory: pytest.TempPathFactory) -> Shift:
    return both(tiny.landing, other, tmp_path_factory.mktemp("two") / "out", packs=True)


def test_one_run_has_one_account_of_both(done: Shift, tiny: Any, other: Path) -> None:
    summary, out = done.summary, done.night.layout.out
    assert done.exit_code == 0 and summary["outcome"] == "succeeded"
    first, second = summary["worlds"]
    assert (first["landing"], second["landing"]) == (str(tiny.landing), str(other))
    assert (first["as_of"], second["as_of"]) == ("2026-11-01", "2026-09-01")
    assert summary["as_of"] == first["as_of"] and summary["generation"] == first["generation"]
    for name, total in summary["rows"].items():
        assert (
            total == first["rows"][name] + second["rows"][name] == sum(d[name] for d in summary["deliveries"])
        )
    (record,) = Ledger(done.night.layout.ledger).runs()
    assert record.run_id == summary["run"] and record.outcome == "SUCCEEDED"
    (written,) = out.glob("runs/*/summary.json")
    assert json.loads(written.read_text()) == summary
    assert not list(out.glob("warehouse/*/work/*"))


def test_packs_of_both_lie_on_the_shelf(done: Shift) -> None:
    out = done.night.layout.out
    shelf = {str(path.parent.relative_to(out / "packs")) for path in out.glob("packs/*/*/vawg.pdf")}
    assert shelf == {
        "2026-11-01/calderwick", "2026-11-01/eastmarch", "2026-09-01/northmoor", "2026-09-01/eastmarch",
    }  # fmt: skip
    assert {(pack["as_of"], pack["force"]) for pack in done.summary["packs"]} == {
        tuple(one.split("/")) for one in shelf
    }
    words = in_words(done.summary, out / "packs")
    assert "2 draft packs as of 2026-09-01" in words and "2 draft packs as of 2026-11-01" in words


def test_nothing_joins_the_two(done: Shift) -> None:
    forces = []
    for night in done.nights:
        (generation,) = night.layout.generations.glob("*.duckdb")
        with duckdb.connect(str(generation), read_only=True) as con:
            landed = con.execute("select distinct force_code from fct_street_crimes order by 1").fetchall()
            forces.append([code for (code,) in landed])
    assert forces == [["calderwick", "eastmarch"], ["eastmarch", "northmoor"]]


def test_one_place_fails_and_the_other_goes_on(other: Path, tmp_path: Path) -> None:
    done = both(tmp_path / "nowhere", other, tmp_path / "out")
    assert done.exit_code == 0 and done.summary["problem"] == ""
    lost, kept = done.summary["worlds"]
    assert lost["outcome"] == "failed" and "nowhere" in lost["problem"] and lost["as_of"] is None
    assert kept["outcome"] == "succeeded" and done.summary["as_of"] == kept["as_of"] == "2026-09-01"
    assert any("nowhere" in warning for warning in done.summary["warnings"])
    assert done.summary["rows"] == kept["rows"] and kept["rows"]["rows_in"] > 0


def test_both_places_fail(tmp_path: Path) -> None:
    done = both(tmp_path / "nowhere", tmp_path / "neither", tmp_path / "out")
    assert done.exit_code == 1 and done.summary["outcome"] == "failed"
    assert "nowhere" in done.summary["problem"] and "neither" in done.summary["problem"]
    (record,) = Ledger(done.night.layout.ledger).runs()
    assert record.outcome == "FAILED" and record.note == "land, land"


def test_a_force_in_both_places_has_one_pack_for_a_date(done: Shift) -> None:
    night = done.nights[1]
    night.taken = {(night.as_of, "eastmarch")}
    pressed = patch(
        "orchestration.steps.publish.press", lambda _, jobs, *__: ((one, True, packed(one)) for one in jobs)
    )
    with pressed, patch.object(Night, "record"):
        eastmarch, northmoor = publish(night)
    assert northmoor.pdf and not northmoor.problem and not eastmarch.pdf
    assert eastmarch.problem.startswith("No pack for eastmarch from") and eastmarch.problem.endswith(
        "never joined."
    )


def test_one_date_is_told_to_both(tiny: Any, other: Path, tmp_path: Path) -> None:
    told = Settings(out=tmp_path / "out", landing=tiny.landing, scale="ci", as_of=date(2026, 9, 1))
    with demo_world(other), nights_of_run(told, "a-run", Silent()) as (nights, _):
        assert [night.settings.as_of for night in nights] == [date(2026, 9, 1)] * 2


def packed(job: Any) -> PackMade:
    return PackMade(job.force_code, pdf=f"{job.force_code}.pdf")


def test_a_place_named_twice_is_one(tiny: Any) -> None:
    with demo_world(tiny.landing):
        told = Settings(out=Path("out"), landing=tiny.landing, scale="ci")
        assert resources.places_of(told, Silent()) == [tiny.landing]
        other_way = tiny.landing / ".." / tiny.landing.name
        assert len(resources.places_of(told.told(landing=other_way), Silent())) == 1


def test_a_place_alone_and_a_scale_alone_mean_what_they_did(tiny: Any, other: Path) -> None:
    with demo_world(other):
        assert resources.places_of(Settings(out=Path("out"), landing=tiny.landing), Silent()) == [
            tiny.landing
        ]
        assert resources.places_of(Settings(out=Path("out"), scale="ci"), Silent()) == [other]
        assert resources.places_of(Settings(out=Path("out")), Silent()) == [other]

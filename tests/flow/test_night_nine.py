"""A night of nine forces and all dialects: every feed lands with nothing refused, is staged, and is accounted for.

Not here: what stands in the files (test_world_made), single dialects (tests/feeds).
"""

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.registry import HERE
from orchestration.shift import Shift
from orchestration.summary_words import in_words
from synthetic_world.make import Order, make

pytestmark = pytest.mark.xdist_group("nine")
TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "add-a-feed"
SAMPLE = TUTORIAL / "TIDEWELL_CUSTODY_20261103.txt"
STAGING = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "staging" / "people"


@pytest.fixture(scope="session")
def nine(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The world that test_world_made looks at too."""
    return once("world-ci9", lambda folder: print(make(folder, Order("ci9", 1, 1, processes=1))))


@pytest.fixture(scope="module")
def night(nine: Path, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Shift, Path]:
    out = tmp_path_factory.mktemp("nine-night")
    return nights.here(nine / "landing", out, packs=False), out


def of_people(done: Shift) -> list[dict[str, Any]]:
    return [feed for feed in done.summary["feeds"] if feed["is_person_level"]]


def test_every_feed_of_every_force_lands_with_nothing_refused(night: Any, registry: Any) -> None:
    done, _ = night
    assert done.exit_code == 0, done.summary["problem"]
    wanted = {(c.force_code, c.feed) for c in registry.contracts if c.is_typed}
    assert {(feed["force"], feed["feed"]) for feed in of_people(done)} == wanted
    bad = [
        d for d in done.summary["deliveries"] if d["is_person_level"] and (d["rows_refused"] or d["reason"])
    ]
    assert [(d["file"], d["reason"], d["refused_rows"]) for d in bad] == []
    assert {note for d in done.summary["deliveries"] if d["is_person_level"] for note in d["notes"]} == set()


def test_every_row_is_accounted_for(night: Any) -> None:
    done, _ = night
    for d in done.summary["deliveries"]:
        assert d["rows_in"] == d["rows_accepted"] + d["rows_refused"], d["file"]
        assert d["rows_accepted"] == d["rows_loaded"] + d["rows_exact_duplicate"] + d["rows_superseded"], d[
            "file"
        ]
    sums = {name: sum(feed[name] for feed in done.summary["feeds"]) for name in done.summary["rows"]}
    assert sums == done.summary["rows"]
    assert (
        min(
            sum(feed[name] for feed in of_people(done))
            for name in ("rows_exact_duplicate", "rows_superseded")
        )
        > 0
    )


def test_what_stands_is_staged(night: Any) -> None:
    """What the summary calls loaded is in the stg_ models, but for records that were deleted or merged away."""
    done, out = night
    (generation,) = out.glob("warehouse/*/generations/*.duckdb")
    with duckdb.connect(str(generation), read_only=True) as con:
        staged = {
            re.search(r"source\('landed', '(\w+)'\)", path.read_text())[1]: dict(  # type: ignore[index]
                con.execute(f"select force_code, count(*) from {path.stem} group by all").fetchall()
            )
            for path in STAGING.glob("stg_*.sql")
        }
    for feed in of_people(done):
        n = staged[feed["feed"]].get(feed["force"], 0)
        assert 0.97 * feed["rows_loaded"] - 5 <= n <= feed["rows_loaded"], feed
    assert sum(sum(forces.values()) for forces in staged.values()) > 10_000


def test_the_words_name_each_feed_and_force_once(night: Any) -> None:
    done, _ = night
    words = in_words(done.summary, Path("packs"))
    table = words[words.index("Person-level feeds of 9 forces") :].splitlines()
    feeds = sorted({feed["feed"] for feed in of_people(done)})
    assert [line.split()[0] for line in table[2 : 2 + len(feeds)]] == feeds
    for feed in of_people(done):
        (line,) = [text for text in table if text.split()[:1] == [feed["feed"]]]
        assert f"{feed['rows_loaded']:,}" in line.split()


def test_every_mention_is_one_person_and_some_stand_in_several_forces(night: Any) -> None:
    done, out = night
    (generation,) = out.glob("warehouse/*/generations/*.duckdb")
    with duckdb.connect(str(generation), read_only=True) as con:
        mentions, linked, people = con.execute(
            "select (select count(*) from int_mentions), (select count(*) from bridge_mentions_to_people),"
            " (select count(*) from dim_people)"
        ).fetchall()[0]
        several = con.execute("select count(*) from dim_people where n_forces > 1").fetchall()[0][0]
    assert mentions == linked == done.summary["linkage"]["mentions"] > 1_000
    assert people == done.summary["linkage"]["people"] < mentions
    assert several > 0
    assert done.summary["linkage"]["model"]


def hashed(out: Path) -> dict[str, str]:
    """Every file of OUT by content."""
    return {
        str(p.relative_to(out)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in out.rglob("*")
        if p.is_file()
    }


@pytest.fixture(scope="module")
def tenth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of forces' folders with a tenth, whose feed is not live yet."""
    folder = tmp_path_factory.mktemp("forces")
    for force in sorted((HERE / "forces").iterdir()):
        shutil.copytree(force, folder / force.name)
    (folder / "tidewell").mkdir()
    for name in ("custody.odcs.yaml", "force.yaml"):
        shutil.copy(TUTORIAL / name, folder / "tidewell" / name)
    return folder


def test_a_rehearsal_tells_what_a_feed_would_add_and_leaves_out_as_it_was(
    night: Any, nine: Path, tenth: Path, nights: Any
) -> None:
    done, out = night
    before = hashed(out)
    feed = ("--force", "tidewell", "--feed", "custody")
    place = ("--out", out, "--landing", nine / "landing", "--forces", tenth)
    told = nights.command("feed", "rehearse", SAMPLE, *feed, *place, "--json")
    assert told.exit_code == 0, (told.stdout, told.stderr)
    report = told.summary
    assert hashed(out) == before, "OUT is the same, byte for byte"
    landing, staging = report["landing"], report["staging"]
    assert (landing["rows_in"], landing["rows_accepted"], landing["rows_refused"]) == (90, 90, 0)
    assert landing["deliveries"][0]["is_within_limits"] and landing["filled"]["source_record_id"] == 1
    assert sum(landing["codes"]["disposal"].values()) == 90
    standing = sum(f["rows_loaded"] for f in of_people(done) if f["feed"] == "custody")
    assert staging["model"] == "stg_custody_records" and staging["failed"] == []
    assert 0.97 * standing - 5 <= staging["rows_before"] <= standing, "beside what stands already"
    assert staging["rows_after"] - staging["rows_before"] == 90 == staging["rows_of_force"]
    assert report["may_go_live"] and report["persons"] is report["ranks"] is None
    assert report["minutes_added"] >= 0 and Path(report["report"]).is_file()
    assert not [
        path for path in out.with_name(f"{out.name}.rehearsals").iterdir() if path.name.startswith(".")
    ]


def test_the_board_tells_live_from_stale_and_rehearsed(
    night: Any, nine: Path, tenth: Path, nights: Any
) -> None:
    """In one night of all forces every feed has come; a year on all are stale, and the tenth is still rehearsed."""
    done, out = night
    place = ("--out", out, "--landing", nine / "landing", "--forces", tenth, "--json")
    now = nights.command("feed", "status", *place).summary
    state = {(row["force"], row["feed"]): row["state"] for row in now["feeds"]}
    assert state["tidewell", "custody"] == "rehearsed", "the test before this has rehearsed it"
    came = {(feed["force"], feed["feed"]) for feed in of_people(done)}
    assert {slot for slot, said in state.items() if said == "live"} >= {
        slot for slot in came if slot[1] == "crime"
    }
    assert {state[slot] for slot in came} <= {"live", "stale"}
    later = nights.command("feed", "status", *place, "--as-of", "2028-01-01").summary
    assert {row["state"] for row in later["feeds"] if (row["force"], row["feed"]) in came} == {"stale"}
    assert sum(later["states"].values()) == len(later["feeds"]) == len(state)
    page = (out / "runs" / done.summary["run"] / "summary.html").read_text(encoding="utf-8")
    assert "northmoor" in page and ">live<" in page

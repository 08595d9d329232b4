"""A whole night by the command line: what it prints, what it leaves, and that the same input gives the same bytes."""

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ledger import Ledger
from orchestration.night import STAGES
from orchestration.summary_words import in_words

pytestmark = pytest.mark.xdist_group("night")
SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def test_the_night_succeeds_and_prints_one_json_object_and_nothing_else(whole_night: Any) -> None:
    assert whole_night.exit_code == 0, whole_night.stderr
    text = whole_night.stdout
    answer, end = json.JSONDecoder().raw_decode(text)
    assert isinstance(answer, dict) and text[end:] == "\n"
    assert "Traceback" not in whole_night.stderr


def test_groups_of_tests_stay_with_one_worker(request: pytest.FixtureRequest) -> None:
    """Else every worker makes the nights of every file again."""
    if "PYTEST_XDIST_WORKER" not in os.environ or not request.config.getoption("loadgroup", default=False):
        pytest.skip("tests are not spread over workers by group")
    assert request.node.nodeid.endswith("@night")


def test_the_summary_keeps_its_promises(whole_night: Any) -> None:
    summary = whole_night.summary
    assert (summary["outcome"], summary["problem"], summary["as_of"]) == ("succeeded", "", "2026-11-01")
    assert set(summary["stages"]) == set(STAGES)
    assert all(stage["seconds"] > 0 for stage in summary["stages"].values())
    assert sum(s["seconds"] for s in summary["stages"].values()) <= summary["seconds"]
    for delivery in summary["deliveries"]:
        assert delivery["state"] in ("landed", "refused", "superseded")
        assert delivery["rows_in"] == delivery["rows_accepted"] + delivery["rows_refused"]
        assert delivery["rows_accepted"] == sum(delivery[name] for name in SUMS[3:])
        assert delivery["rows_refused"] == 0 or delivery["reason"] or delivery["refused_rows"]
    assert summary["rows"] == {name: sum(d[name] for d in summary["deliveries"]) for name in SUMS}
    written = json.loads((whole_night.out / "runs" / summary["run"] / "summary.json").read_text())
    assert written == summary


def test_every_delivery_is_the_one_that_was_written(whole_night: Any, tiny: Any) -> None:
    told = {d["file"]: d for d in whole_night.summary["deliveries"]}
    assert told.keys() == {f["path"] for f in tiny.files} | {tiny.empty_file}
    for file in tiny.files:
        delivery = told[file["path"]]
        assert (delivery["state"], delivery["rows_in"]) == (file["state"], file["rows"])
        assert delivery["rows_refused"] == sum(file["refused"].values())
    empty = told[tiny.empty_file]
    assert (empty["state"], empty["reason"], empty["rows_in"]) == ("refused", "it is empty; send it again", 0)


def test_what_was_not_landed_is_named(whole_night: Any, tiny: Any) -> None:
    summary = whole_night.summary
    (copy,), (skipped,) = summary["copies"], summary["left_alone"]
    assert copy.startswith(f"{tiny.copy} is the same file as")
    assert skipped.startswith(f"{tiny.skipped} is left alone on purpose")
    assert any(w.startswith(f"{tiny.empty_file} was refused") for w in summary["warnings"])


def test_warnings_are_about_the_data_and_not_about_us(whole_night: Any, tiny: Any) -> None:
    """The expectations look at a sample of all deliveries: what each file was accepted for may not fail again."""
    noted = {code for file in tiny.files for code in file["noted"]}
    assert {f["rule"] for f in whole_night.summary["expectations"]["failed"]} <= noted


def test_each_force_has_a_whole_pack_on_the_shelf(whole_night: Any, tiny: Any, nights: Any) -> None:
    folders = sorted(p.name for p in (whole_night.out / "packs" / "2026-11-01").iterdir())
    assert folders == sorted(tiny.forces)
    assert [p["problem"] for p in whole_night.summary["packs"]] == ["", ""]
    for made in whole_night.summary["packs"]:
        folder = Path(made["pdf"]).parent
        receipt = json.loads((folder / "receipt.json").read_text())["packs"]["vawg"]
        assert (folder / "vawg.pdf").read_bytes().startswith(b"%PDF-")
        assert receipt["pack_id"] == made["pack_id"] and receipt["state"] == "DRAFT"


def test_nothing_of_the_night_is_left_in_scratch(whole_night: Any) -> None:
    assert list((whole_night.world / "work").iterdir()) == []
    assert not [p for p in whole_night.out.rglob("*") if p.name.endswith((".tmp", ".wal"))]
    (run,) = Ledger(whole_night.out / "ledger.sqlite").runs()
    assert (run.outcome, run.run_id) == ("SUCCEEDED", whole_night.summary["run"])


def test_the_generation_can_be_read_and_is_the_one_named(whole_night: Any) -> None:
    assert whole_night.generation.name == whole_night.summary["generation"]
    with duckdb.connect(str(whole_night.generation), read_only=True) as con:
        assert con.sql("select as_of_date::varchar from stg_nights").fetchall() == [("2026-11-01",)]


def test_words_for_a_person_name_the_packs_and_the_rows(whole_night: Any) -> None:
    words = in_words(whole_night.summary, whole_night.out / "packs")
    assert "2 draft packs as of 2026-11-01" in words
    assert f"Rows: {whole_night.summary['rows']['rows_in']:,} in" in words
    assert "people decide" in words


@pytest.fixture(scope="module")
def again(whole_night: Any, tiny: Any, nights: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The same night a second time in a copy of the place, in a process that has another hash seed."""
    out = tmp_path_factory.mktemp("again") / "out"
    shutil.copytree(whole_night.out, out)
    return nights.here(tiny.landing, out), out


def test_a_second_night_lands_nothing_and_gives_the_same_bytes(
    whole_night: Any, again: Any, nights: Any
) -> None:
    shift, out = again
    assert shift.exit_code == 0, shift.summary["problem"]
    assert shift.summary["run"] != whole_night.summary["run"]
    assert shift.summary["generation"] == whole_night.summary["generation"]
    assert nights.shelf_of(out) == nights.shelf_of(whole_night.out)
    assert [d["delivery_id"] for d in shift.summary["deliveries"]] == [
        d["delivery_id"] for d in whole_night.summary["deliveries"]
    ]
    parts = sorted(p.name for p in whole_night.world.glob("landed/*/*/*"))
    assert parts == sorted(p.name for p in out.glob("warehouse/*/landed/*/*/*"))


def test_the_ledger_remembers_both_nights(again: Any) -> None:
    assert [r.outcome for r in Ledger(again[1] / "ledger.sqlite").runs()] == ["SUCCEEDED", "SUCCEEDED"]


def test_progress_is_told_on_standard_error_stage_by_stage(whole_night: Any) -> None:
    told = [line.split()[0] for line in whole_night.stderr.splitlines() if " done in " in line]
    assert set(told) == set(STAGES)
    assert "0 landed before" in whole_night.stderr


def test_a_second_start_ends_with_75_and_says_who_runs(tiny: Any, nights: Any, tmp_path: Path) -> None:
    arguments = ("night", "--landing", tiny.landing, "--out", tmp_path, "--quiet", "--json")
    with Ledger(tmp_path / "ledger.sqlite").lease("the-first", date(2026, 11, 1)) as lease:
        lease.stage("conflate")
        done = nights.command(*arguments)
        lease.finish("SUCCEEDED")
    assert done.exit_code == 75
    assert done.stderr == f"Already running: run the-first, process {os.getpid()}, stage conflate.\n"
    assert done.summary == {"problem": done.stderr.strip()}
    assert [run.run_id for run in Ledger(tmp_path / "ledger.sqlite").runs()] == ["the-first"]
    assert not (tmp_path / "warehouse").exists()


def test_nights_that_run_are_told_apart(whole_night: Any, nights: Any) -> None:
    done = nights.command("status", "--out", whole_night.out, "--json")
    (run,) = json.loads(done.stdout)["runs"]
    assert (run["run_id"], run["outcome"], run["stage"]) == (
        whole_night.summary["run"],
        "SUCCEEDED",
        "publish",
    )

"""Nights with deliveries that are not used: held until a person releases one, and seen everywhere."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from governance import audit
from orchestration.warehouse import reading

pytestmark = pytest.mark.xdist_group("standing")
HEAD = "EntryReference,ListedFrom,ListName,Code,Meaning,ValidFrom,ValidTo,RecordState,ModifiedDate,synthetic"
LISTS = "northmoor/code_list_northmoor_202610{day:02d}_delta.csv"


def put(landing: Path, day: int, n: int, spoilt: int = 0) -> None:
    """A delta of n entries, of which the first few have no key."""
    lines = [
        f"{'' if k < spoilt else f'L/{day}/{k}'},01/10/2026,offence,C{day}{k},Meaning,01/10/2026,,Live,"
        f"{day:02d}/10/2026 01:00:00,true"
        for k in range(n)
    ]
    path = landing / LISTS.format(day=day)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\r\n".join([HEAD, *lines]) + "\r\n", encoding="utf-8")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory, nights: Any) -> Any:
    """A night over three usual deltas, one of ten times the size, and one of which a tenth has lost its key."""
    home = tmp_path_factory.mktemp("standing")
    for day, n, spoilt in ((1, 40, 0), (2, 40, 0), (3, 40, 0), (4, 400, 0), (5, 120, 12)):
        put(home / "landing", day, n, spoilt)
    shift = nights.here(home / "landing", home / "out", packs=False)
    assert shift.exit_code == 0, shift.summary["problem"]
    return home, shift


def states(summary: Any) -> dict[str, str]:
    return {d["period"][-2:]: d["state"] for d in summary["deliveries"]}


def test_the_night_goes_on_with_what_came_before(out: Any) -> None:
    _, shift = out
    assert states(shift.summary) == {
        "01": "landed",
        "02": "landed",
        "03": "landed",
        "04": "held",
        "05": "degraded",
    }
    assert shift.summary["rows"]["rows_loaded"] == 120
    said = " ".join(shift.summary["warnings"])
    assert "is held: it has 400 rows, 10.00 of what is usual" in said
    assert "is degraded: 12 of its 120 rows were refused" in said
    assert "5 person-level deliveries came without a manifest and are unverified" in said


def rows(shift: Any, query: str) -> list[Any]:
    with reading(shift.night.layout.generations / shift.summary["generation"]) as con:
        found: list[Any] = con.execute(query).fetchall()
    return found


def test_states_are_rows_of_the_warehouse(out: Any) -> None:
    _, shift = out
    found: dict[int, Sequence[str]] = dict(
        rows(
            shift,
            "select day(delivery_date), list(state order by station) from fct_delivery_outcomes group by all",
        )
    )
    assert found[1] == ["received", "checked", "accepted", "landed"]
    assert found[4] == ["received", "checked", "held"] and found[5] == ["received", "checked", "degraded"]
    ((last, used, n_aside, is_unused),) = rows(
        shift, "select last_state, day(last_landed_date), n_set_aside, is_last_unused from fct_feed_outcomes"
    )
    assert (last, used, n_aside, is_unused) == ("degraded", 3, 2, True)
    assert rows(shift, "select count(*) from stg_code_lists") == [(120,)]


def test_the_newest_delivery_in_use_is_asked_of_great_expectations(out: Any) -> None:
    _, shift = out
    found = rows(shift, "select feed, day(delivery_date), n_rows, n_expectations > 0, c.reason_code, is_contradiction "
                        "from fct_delivery_checks as c join fct_deliveries using (delivery_id, feed)")  # fmt: skip
    assert found == [("code_list", 3, 40, True, "", False)]


def test_a_red_check_stands_at_the_feed_of_the_force_alone(out: Any) -> None:
    _, shift = out
    found = shift.night.facts["feed_checks"]
    assert found["northmoor/code_list"] is False
    assert all(passed for slot, passed in found.items() if slot != "northmoor/code_list")


def test_the_page_of_the_run_says_so(out: Any) -> None:
    home, shift = out
    page = (home / "out" / "runs" / shift.summary["run"] / "summary.html").read_text(encoding="utf-8")
    assert "Deliveries that are not used" in page and "2 set aside" in page


def test_a_release_is_used_by_the_next_night_and_stays(out: Any, nights: Any) -> None:
    home, shift = out
    (held,) = (d["delivery_id"] for d in shift.summary["deliveries"] if d["state"] == "held")
    command = ("feed", "release", held[:10], "--by", "Sgt A. Reader", "--reason", "all lists came at once",
               "--out", home / "out", "--json")  # fmt: skip
    done = nights.command(*command)
    assert done.exit_code == 0 and json.loads(done.stdout)["delivery_id"] == held
    assert audit.verify(home / "out" / "audit.jsonl").is_intact
    for _ in range(2):
        again = nights.here(home / "landing", home / "out", packs=False)
        assert states(again.summary)["04"] == "landed" and states(again.summary)["05"] == "degraded"
        assert again.summary["rows"]["rows_loaded"] == 520
    wrong = nights.command("feed", "release", "nothing1", "--by", "A", "--reason", "b", "--out", home / "out")
    assert wrong.exit_code == 2 and "No delivery of this world" in wrong.stderr

"""Deliveries of a force: what one file brings, what is landed once, and that no record is ever lost on the way."""

import os
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.landing import groups

Land = Callable[..., Any]
PATTERN = "^testshire/(?:[^/]+/)?samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
NIGHTS = [f"2026-11-0{n}T02:30:00+00:00" for n in range(1, 6)]


@pytest.fixture
def csv(shire: Any, files: Any) -> Any:
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}])
    return files


def name(day: int = 1, mode: str = "delta") -> str:
    return f"samples_202610{day:02d}_{mode}.csv"


def test_what_a_file_may_be_is_in_its_name(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(1, "history"), csv.csv(csv.rows(2)).encode())
    shire.put(name(2), csv.csv(csv.rows(1, Text="later")).encode())
    landed = land()
    assert [(o.period, o.mode) for o in landed.outcomes] == [
        ("2026-10-01", "history"),
        ("2026-10-02", "delta"),
    ]
    known = landed.rows("distinct cast(known_at as varchar)", order="1")
    assert known == [("2026-10-01 08:30:00",), ("2026-10-02 22:59:59",)]  # as recorded; when it reached us


def test_many_small_files_are_read_together(csv: Any, shire: Any, land: Land) -> None:
    for day in range(1, 31):
        shire.put(name(day), csv.csv(csv.rows(day)).encode())
    landed = land()
    landed.is_conserved()
    assert len({o.part for o in landed.outcomes}) == 1
    assert sum(o.rows_accepted for o in landed.outcomes) == len(landed.rows()) == 30 * 31 // 2
    assert landed.manifest().default_as_of() == date(2026, 10, 31)


def test_one_bad_file_of_many_costs_the_others_nothing(csv: Any, shire: Any, land: Land) -> None:
    for day in range(1, 9):
        shire.put(name(day), csv.csv(csv.rows(20, Text=f"day {day}")).encode())
    shire.put(name(9), csv.csv(csv.rows(20, Logged="yesterday")).encode())
    shire.put(name(10), csv.csv(csv.rows(5)).replace("Seen at", '"Seen at', 1).encode())
    shire.put(name(11), csv.csv(csv.rows(5, Text='"two\nlines"')).encode())
    landed = land()
    landed.is_conserved()
    bad = {o.period[-2:]: (o.reason_code, o.rows_refused) for o in landed.outcomes if o.rows_refused}
    assert bad == {"09": ("TOO_MANY_REFUSED", 20), "10": ("", 1)}
    assert len(landed.rows()) == 8 * 20 + 4 + 5


def test_a_few_bad_rows_of_a_small_delta_cost_themselves_only(csv: Any, shire: Any, land: Land) -> None:
    rows = csv.rows(3)
    rows[1]["Logged"] = "31/02/2026 10:00:00"
    shire.put(name(1), csv.csv(rows).encode())
    shire.put(name(2), csv.csv(rows[1:2]).encode())
    some, none = land().outcomes
    assert (some.state, some.rows_accepted, some.refused_rows[0].reason_code) == (
        "landed",
        2,
        "RECORDED_AT_TYPE",
    )
    assert (none.state, none.reason_code) == ("refused", "TOO_MANY_REFUSED")
    assert "first on line 2" in none.reason


def test_values_that_land_empty_are_counted(csv: Any, shire: Any, land: Land) -> None:
    rows = [*csv.rows(3, Grade="9"), csv.row(Ref="S/9", Grade="N/K")]
    shire.put(name(), csv.csv(rows).encode())
    landed = land()
    assert landed.rows("grade") == [(None,)] * 4
    (note,) = landed.outcome.notes
    assert note.startswith("3 rows: ")


def test_the_same_file_lands_once(csv: Any, shire: Any, land: Land) -> None:
    content = csv.csv(csv.rows(3)).encode()
    shire.put(name(), content)
    shire.put(f"again/{name()}", content)
    first = land()
    assert first.report.copies == [
        f"testshire/{name()} is the same file as testshire/again/{name()} and landed once"
    ]
    second = land(at=NIGHTS[1])
    assert (second.report.n_reused, second.report.outcomes) == (1, [])
    assert len(second.rows()) == 3


def test_equal_content_under_two_dates_is_two_deliveries(csv: Any, shire: Any, land: Land) -> None:
    """Or a quiet night would leave no trace, and what is known when would hang on which came first."""
    for day in (1, 2):
        shire.put(name(day), csv.csv([]).encode())
    for day in (3, 4):
        shire.put(name(day), csv.csv(csv.rows(2)).encode())
    landed = land()
    assert [o.rows_in for o in landed.outcomes] == [0, 0, 2, 2]
    assert landed.report.copies == []
    rows = {r.outcome.period: r for r in landed.manifest().rows}
    assert (rows["2026-10-03"].rows_loaded, rows["2026-10-04"].rows_exact_duplicate) == (2, 2)


def test_a_workbook_is_one_delivery_for_each_feed(shire: Any, files: Any, land: Land) -> None:
    file = {"pattern": "^testshire/(?P<date>[0-9]{8})[.]xlsx$", "reader": "xlsx", "mode": "delta"}
    shire.contract([{**file, "sheet": "Samples"}])
    parties = files.party_columns("Key", "Ref", "Logged", "Surname")
    shire.contract([{**file, "sheet": "People"}], parties, feed="sample_party")
    people = [["Key", "Ref", "Logged", "Surname"], ["P/1", "S/1", "01/10/2026 09:30:00", "Quill"]]
    shire.put("20261001.xlsx", files.workbook({"Samples": files.sheet(files.rows(2)), "People": people}))
    shire.put("20261002.xlsx", files.workbook({"Samples": files.sheet(files.rows(2, Text="x"))}))
    landed = land()
    landed.is_conserved()
    found = [(o.period[-2:], o.feed, o.state, o.rows_in) for o in landed.outcomes]
    assert found == [
        ("01", "sample", "landed", 2), ("01", "sample_party", "landed", 1),
        ("02", "sample", "landed", 2), ("02", "sample_party", "refused", 0),
    ]  # fmt: skip
    again = land(at=NIGHTS[1])
    assert (again.report.n_reused, len(again.report.outcomes)) == (4, 0)


def test_only_one_force_is_landed_when_asked(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(), csv.csv(csv.rows(2)).encode())
    assert land(only_force="elsewhere").outcomes == []
    assert land(only_force="testshire", at=NIGHTS[1]).outcome.rows_accepted == 2


def test_a_refused_file_that_comes_again_whole_is_corrected(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(), b"Ref,Logged\r\n1,2\r\n")
    shire.put(name(1, "full"), csv.csv(csv.rows(5)).encode())
    land(at=NIGHTS[0])
    shire.put(name(), csv.csv(csv.rows(2, Text="x")).encode())
    rows = land(at=NIGHTS[1]).manifest().rows
    assert sorted((r.outcome.mode, r.state, r.outcome.rows_in) for r in rows) == [
        ("delta", "corrected", 1), ("delta", "landed", 2), ("full", "landed", 5),
    ]  # fmt: skip


def test_a_file_that_changes_while_it_is_read_is_refused_for_tonight(
    csv: Any, shire: Any, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    shire.put(name(2), csv.csv(csv.rows(2)).encode())
    path = shire.put(name(), csv.csv(csv.rows(3)).encode())
    read = groups.read_fast

    def growing(*told: Any) -> Any:
        found = read(*told)
        os.utime(path, ns=(1, 1))
        return found

    monkeypatch.setattr(groups, "read_fast", growing)
    landed = land()
    assert [(o.period[-2:], o.state, o.reason_code) for o in landed.outcomes] == [
        ("01", "refused", "CHANGED"), ("02", "landed", ""),
    ]  # fmt: skip
    monkeypatch.undo()
    assert {o.state for o in land(at=NIGHTS[1]).report.outcomes} == {"landed"}


def test_a_changed_contract_reads_again_and_counts_once(csv: Any, shire: Any, land: Land, files: Any) -> None:
    for day in (1, 2):
        shire.put(name(day), csv.csv(csv.rows(2, Text=f"day {day}", Ref=f"S/{day}")).encode())
    assert len(land(at=NIGHTS[0]).rows()) == 4
    (shire.landing / "testshire" / name(2)).unlink()
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], nullWords=["day 9"])
    after = land(at=NIGHTS[1])
    assert (len(after.report.outcomes), len(after.rows())) == (1, 6)
    manifest = after.manifest()
    assert sum(r.rows_loaded + r.rows_exact_duplicate + r.rows_superseded for r in manifest.rows) == 4
    assert len(manifest.stale) == 1


KINDS = {
    "csv": ("csv", {}), "xlsx": ("xlsx", {"sheet": "Samples"}), "jsonl": ("jsonl", {}), "parquet": ("parquet", {}),
    "zip": ("xml", {"records": "Sample", "member": "^samples[.]xml$"}),
}  # fmt: skip


def whole(files: Any, kind: str) -> bytes:
    """Twenty good records in a dialect."""
    rows = files.rows(20)
    if kind == "csv":
        return bytes(files.csv(rows).encode())
    if kind == "xlsx":
        return bytes(files.workbook({"Samples": files.sheet(rows)}))
    if kind == "jsonl":
        return bytes(files.json_lines(rows))
    if kind == "parquet":
        return bytes(files.parquet({key: [row[key] for row in rows] for key in rows[0]}))
    records = "".join(
        f"<Sample>{''.join(f'<{k}>{v}</{k}>' for k, v in row.items())}</Sample>" for row in rows
    )
    return bytes(files.zipped({"samples.xml": f"<Extract>{records}</Extract>"}))


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_bytes_are_spoilt_every_record_is_accounted_for(
    shire: Any, files: Any, land: Land, kind: str
) -> None:
    """No spoilt file ends the landing, and none lands a row that was not sent."""
    reader, more = KINDS[kind]
    told = {"dialect": files.dialect} if kind == "csv" else more
    pattern = f"^testshire/(?P<date>[0-9]{{8}})[.]{kind}$"
    shire.contract([{"pattern": pattern, "reader": reader, "mode": "delta", **told}])
    content, luck = whole(files, kind), random.Random(7)
    for day in range(1, 29):
        spoilt = bytearray(content)
        for _ in range(day % 4 + 1):
            at = luck.randrange(len(spoilt))
            spoilt[at : at + luck.choice((0, 1, 1, 4))] = luck.randbytes(luck.choice((0, 1, 1, 3)))
        shire.put(f"202610{day:02d}.{kind}", bytes(spoilt))
    shire.put(f"20261030.{kind}", content)
    landed = land()
    landed.is_conserved()
    assert len(landed.outcomes) == 29
    assert landed.outcomes[-1].rows_accepted == 20
    assert {ref for (ref,) in landed.rows("distinct source_record_id", order="1")} >= {
        f"S/{n}" for n in range(1, 21)
    }
    assert all(o.reason and "\n" not in o.reason for o in landed.outcomes if o.state == "refused")


def test_nothing_is_left_in_scratch(csv: Any, shire: Any, land: Land, tmp_path: Path) -> None:
    shire.put(name(), csv.csv(csv.rows(2)).replace("Seen at", '"Seen at', 1).encode())
    land()  # looks for itself
    assert not list((tmp_path / "home").glob("work/reading/*"))

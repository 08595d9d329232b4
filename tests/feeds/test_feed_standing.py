"""Deliveries that are set aside whole: held, degraded, replayed, or lacking too much; and what a person may release."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
HOLD = {"low": 0.3, "high": 3, "window": 56, "action": "hold"}


@pytest.fixture
def csv(shire: Any, files: Any) -> Any:
    declare(shire, files)
    return files


def declare(shire: Any, files: Any, **custom: Any) -> None:
    file = {"pattern": PATTERN, "reader": "csv", "dialect": files.dialect, "whole": True}
    shire.contract([file], **{"volume": HOLD, **custom})


def put(
    shire: Any, files: Any, day: int, rows: Sequence[Any], mode: str = "delta", extract_to: str = ""
) -> None:
    name = f"samples_202610{day:02d}_{mode}.csv"
    shire.put(name, files.csv(rows).encode())
    if extract_to:
        shire.put(f"{name}.manifest.json", json.dumps({"extract_to": extract_to}).encode())


def numbered(files: Any, first: int, n: int, **changes: Any) -> list[dict[str, Any]]:
    return [files.row(Ref=f"S/{k}", **changes) for k in range(first, first + n)]


def states(landed: Any, **told: Any) -> dict[int, str]:
    return {r.delivery_date.day: r.state for r in landed.manifest(**told).rows}


def nights(shire: Any, csv: Any, sizes: Sequence[int]) -> None:
    for day, n in enumerate(sizes, start=1):
        put(shire, csv, day, numbered(csv, 1000 * day, n))


def test_an_unusual_size_holds_and_the_rest_goes_on(csv: Any, shire: Any, land: Land) -> None:
    nights(shire, csv, [100, 110, 90, 9, 100, 700, 95])
    landed = land()
    assert states(landed) == {**dict.fromkeys((1, 2, 3, 5, 7), "landed"), 4: "held", 6: "held"}
    few = next(r for r in landed.manifest().rows if r.delivery_date.day == 4)
    assert (few.outcome.reason_code, few.volume_ratio) == ("VOLUME_UNUSUAL", 0.09)
    assert "it has 9 rows, 0.09 of what is usual (0.3 to 3 is borne)" in few.outcome.reason
    assert (few.outcome.rows_in, few.outcome.rows_accepted, few.outcome.rows_refused) == (9, 0, 9)
    assert sum(r.rows_loaded for r in landed.manifest().rows) == 495


def test_what_a_person_releases_is_used_and_counts_as_usual(csv: Any, shire: Any, land: Land) -> None:
    nights(shire, csv, [100, 110, 90, 400, 420, 410])
    landed = land()
    held = [r.outcome.delivery_id for r in landed.manifest().rows if r.state == "held"]
    assert len(held) == 3
    assert states(landed, released=held) == dict.fromkeys(range(1, 7), "landed")
    assert states(landed, released=held[:1])[4] == "landed"


def test_held_deliveries_do_not_make_their_size_usual(csv: Any, shire: Any, land: Land) -> None:
    nights(shire, csv, [100, 100, 100, *[5] * 8])
    assert list(states(land()).values()).count("held") == 8


@pytest.mark.parametrize("sizes", [[100, 5], [10, 10, 10, 1], [100, 100, 100, 30, 300]])
def test_few_earlier_or_small_or_borderline_sizes_hold_nothing(
    csv: Any, shire: Any, land: Land, sizes: list[int]
) -> None:
    nights(shire, csv, sizes)
    assert set(states(land()).values()) == {"landed"}


def test_a_contract_may_only_note_its_volume(csv: Any, shire: Any, files: Any, land: Land) -> None:
    declare(shire, files, volume={**HOLD, "action": "note"})
    nights(shire, csv, [100, 110, 90, 9])
    assert set(states(land()).values()) == {"landed"}


@pytest.mark.parametrize(
    ("n_bad", "spoilt", "state", "code"),
    [
        (20, {"People": "many"}, "landed", ""),
        (21, {"People": "many"}, "degraded", "TOO_MANY_QUARANTINED"),
        (200, {"People": "many"}, "degraded", "TOO_MANY_QUARANTINED"),
        (201, {"People": "many"}, "refused", "TOO_MANY_REFUSED"),
        (9, {"Ref": "7.7E+09"}, "landed", ""),
        (10, {"Ref": "7.7E+09"}, "degraded", "TOO_MANY_QUARANTINED"),
        (10, {"Ref": ""}, "degraded", "TOO_MANY_QUARANTINED"),
        (9, {"Seen": "09/13/2026"}, "landed", ""),
        (10, {"Seen": "09/13/2026"}, "degraded", "DATE_SWAP_SUSPECT"),
        (10, {"Seen": "13/13/2026"}, "landed", ""),
        (10, {"Logged": "09/30/2026 10:00:00"}, "degraded", "DATE_SWAP_SUSPECT"),
    ],
)
def test_refused_rows_degrade_a_delivery_before_they_refuse_it(
    csv: Any, shire: Any, land: Land, n_bad: int, spoilt: dict[str, str], state: str, code: str
) -> None:
    rows = numbered(csv, 0, 1000)
    for row in rows[100 : 100 + n_bad]:
        row |= spoilt
    put(shire, csv, 1, numbered(csv, 5000, 50))
    put(shire, csv, 2, rows)
    landed = land()
    row = next(r for r in landed.manifest().rows if r.delivery_date.day == 2)
    assert (row.state, row.outcome.reason_code) == (state, code)
    assert row.outcome.rows_in == row.outcome.rows_accepted + row.outcome.rows_refused == 1000
    if state == "degraded":
        assert "the feed goes on with what came before" in row.outcome.reason
        assert states(landed, released=[row.outcome.delivery_id])[2] == "landed"
    landed.is_conserved()


def test_dates_swapped_throughout_are_refused_for_that_reason(csv: Any, shire: Any, land: Land) -> None:
    rows = numbered(csv, 0, 100, Seen="09/30/2026")
    put(shire, csv, 1, rows)
    outcome = land().outcome
    assert (outcome.state, outcome.reason_code) == ("refused", "DATE_SWAP_SUSPECT")
    assert "100 of its 100 rows have a month above 12" in outcome.reason


def test_an_old_extract_under_a_new_date_is_a_replay(csv: Any, shire: Any, land: Land) -> None:
    put(shire, csv, 1, numbered(csv, 0, 3), extract_to="2026-10-01T02:00:00Z")
    put(shire, csv, 2, numbered(csv, 0, 3, Text="b"), extract_to="2026-10-02T02:00:00Z")
    put(shire, csv, 3, numbered(csv, 0, 3, Text="old"), extract_to="2026-10-01T02:00:00Z")
    put(shire, csv, 4, numbered(csv, 0, 3, Text="d"), extract_to="2026-10-04T02:00:00Z")
    landed = land()
    assert states(landed) == {1: "landed", 2: "landed", 3: "replayed", 4: "landed"}
    (old,) = [r.outcome for r in landed.manifest().rows if r.state == "replayed"]
    assert old.reason_code == "STALE_REPLAY" and "an old extract was sent again" in old.reason


def test_a_late_extract_is_no_replay(csv: Any, shire: Any, land: Land) -> None:
    put(shire, csv, 2, numbered(csv, 0, 3), extract_to="2026-10-02T02:00:00Z")
    land()
    put(shire, csv, 1, numbered(csv, 0, 3), extract_to="2026-10-01T02:00:00Z")
    assert states(land(at="2026-11-02T02:30:00+00:00")) == {1: "landed", 2: "landed"}


def current(landed: Any, as_of: date = date(2027, 1, 1)) -> dict[str, tuple[Any, bool]]:
    """missing_since (its day) and is_closed of each record that stands."""
    folder = landed.manifest(as_of).versions
    rows = landed.con.execute(
        f"""select r.source_record_id, day(v.missing_since), v.is_closed
        from read_parquet('{folder}/sample.parquet') as v
        inner join read_parquet('{landed.home}/landed/sample/*/*.parquet') as r
            on v.delivery_id = r.delivery_id and v.line_number = r.line_number
        where v.is_current order by all"""
    ).fetchall()
    return {ref: (day, is_closed) for ref, day, is_closed in rows}


def test_a_record_that_full_extracts_lack_is_missing_and_then_closed(
    csv: Any, shire: Any, land: Land
) -> None:
    put(shire, csv, 1, numbered(csv, 0, 3), "history")
    put(shire, csv, 5, numbered(csv, 0, 2), "full")
    put(shire, csv, 6, numbered(csv, 7, 1))
    put(shire, csv, 9, [*numbered(csv, 0, 2), *numbered(csv, 7, 1)], "full")
    put(shire, csv, 12, [*numbered(csv, 0, 1), *numbered(csv, 7, 1)], "full")
    landed = land()
    assert current(landed, date(2026, 10, 5)) == dict.fromkeys(("S/0", "S/1", "S/2"), (None, False))
    assert current(landed, date(2026, 10, 7))["S/2"] == (5, False)
    assert current(landed, date(2026, 10, 10))["S/2"] == (5, True)
    assert current(landed) == {
        "S/0": (None, False),
        "S/1": (12, False),
        "S/2": (5, True),
        "S/7": (None, False),
    }
    put(shire, csv, 13, numbered(csv, 2, 1))
    again = land(at="2026-11-02T02:30:00+00:00")
    assert current(again)["S/2"] == (None, False)


def test_a_deleted_record_is_not_missing_and_a_rolling_extract_says_nothing(
    csv: Any, shire: Any, files: Any, land: Land
) -> None:
    put(shire, csv, 1, numbered(csv, 0, 20), "history")
    put(shire, csv, 2, numbered(csv, 0, 1, Action="D", Logged="02/10/2026 10:00:00"))
    put(shire, csv, 5, numbered(csv, 1, 19), "full")
    assert {day for day, _ in current(land()).values()} == {None}
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], volume=HOLD)
    put(shire, csv, 6, numbered(csv, 1, 2), "full")
    put(shire, csv, 7, numbered(csv, 1, 2), "full")
    put(shire, csv, 8, numbered(csv, 1, 2), "full")
    assert set(current(land(home="rolling")).values()) == {(None, False)}


def test_many_that_vanish_at_once_hold_the_extract_and_what_follows_it(
    csv: Any, shire: Any, land: Land
) -> None:
    put(shire, csv, 1, numbered(csv, 0, 400), "history")
    put(shire, csv, 5, numbered(csv, 0, 395), "full")
    put(shire, csv, 8, numbered(csv, 0, 370), "full")
    put(shire, csv, 11, numbered(csv, 0, 370), "full")
    put(shire, csv, 12, numbered(csv, 0, 393), "full")
    landed = land()
    assert states(landed) == {1: "landed", 5: "landed", 8: "held", 11: "held", 12: "landed"}
    held = [r for r in landed.manifest().rows if r.state == "held"]
    assert held[0].outcome.reason_code == "MANY_VANISHED"
    assert (
        "25 of the 395 records that stood before are not in it, more than 5% at once"
        in held[0].outcome.reason
    )
    assert sum(is_closed for _, is_closed in current(landed).values()) == 5
    released = states(landed, released=[held[0].outcome.delivery_id])
    assert (released[8], released[11]) == ("landed", "landed")
    assert all(r.outcome.rows_accepted == r.rows_loaded + r.rows_exact_duplicate + r.rows_superseded
               for r in landed.manifest().rows)  # fmt: skip

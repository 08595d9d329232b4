"""Versions of a record: the one recorded last stands, whatever came in which order, and every row is counted once."""

import itertools
import shutil
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.catalogue import NightInputs, write_catalogue

Land = Callable[..., Any]
PATTERN = "^testshire/samples_(?P<date>[0-9]{8})_(?P<mode>full|delta|history)[.]csv$"
AS_OF = date(2027, 1, 1)


@pytest.fixture
def csv(shire: Any, files: Any) -> Any:
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}])
    return files


def name(day: int, mode: str = "delta") -> str:
    return f"samples_202610{day:02d}_{mode}.csv"


def logged(day: int, second: int = 0) -> str:
    return f"{day:02d}/09/2026 10:00:{second:02d}"


def view(landed: Any, as_of: date = AS_OF, feed: str = "sample") -> Any:
    """The rows of a feed as a night sees them: ref, text, op, is_current, version."""
    path = landed.home / f"inputs-{as_of}.duckdb"
    write_catalogue(path, NightInputs(as_of, landed.manifest(as_of), landed.registry, ()))
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute(
            f"select source_record_id, text, op, is_current, record_version from landed.{feed} "
            "order by source_record_id, record_version, text, delivery_id, line_number"
        ).fetchall()


def accounts(landed: Any, as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    return [
        (r.outcome.period[-2:], r.outcome.mode, r.state, r.outcome.rows_in, r.outcome.rows_refused, r.rows_loaded,
         r.rows_exact_duplicate, r.rows_superseded)
        for r in landed.manifest(as_of).rows
    ]  # fmt: skip


def test_the_row_recorded_last_stands(csv: Any, shire: Any, land: Land) -> None:
    shire.put(
        name(1),
        csv.csv(
            [csv.row(Text="a", Logged=logged(3)), csv.row(Ref="S/2", Text="only", Logged=logged(1))]
        ).encode(),
    )
    shire.put(
        name(2), csv.csv([csv.row(Text="older, late", Logged=logged(2)).copy() | {"Text": "late"}]).encode()
    )
    shire.put(name(3), csv.csv([csv.row(Text="b", Logged=logged(4))]).encode())
    landed = land()
    assert view(landed) == [
        ("S/1", "late", "upsert", False, 1), ("S/1", "a", "upsert", False, 2), ("S/1", "b", "upsert", True, 3),
        ("S/2", "only", "upsert", True, 1),
    ]  # fmt: skip
    assert accounts(landed) == [
        ("01", "delta", "landed", 2, 0, 1, 0, 1), ("02", "delta", "landed", 1, 0, 0, 0, 1),
        ("03", "delta", "landed", 1, 0, 1, 0, 0),
    ]  # fmt: skip


def test_what_was_said_before_is_an_exact_duplicate_and_the_earlier_stands(
    csv: Any, shire: Any, land: Land
) -> None:
    """A full extract sends everything again; a row twice in one file is the same case."""
    rows = [csv.row(Logged=logged(3)), csv.row(Ref="S/2", Logged=logged(1))]
    shire.put(name(1), csv.csv(rows).encode())
    shire.put(name(2, "full"), csv.csv([*rows, rows[0]]).encode())
    landed = land()
    assert accounts(landed) == [
        ("01", "delta", "landed", 2, 0, 2, 0, 0),
        ("02", "full", "landed", 3, 0, 0, 3, 0),
    ]
    assert [(row[0], row[3]) for row in view(landed) if row[3]] == [("S/1", True), ("S/2", True)]


def test_a_clock_that_runs_ahead_does_not_win_over_later_corrections(
    csv: Any, shire: Any, land: Land
) -> None:
    """A row stamped a year ahead counts as recorded the day after its delivery; an hour ahead is left alone."""
    shire.put(
        name(1), csv.csv([csv.row(Text="skewed", Logged="01/10/2027 10:00:00"), csv.row(Ref="S/2")]).encode()
    )
    shire.put(name(5), csv.csv([csv.row(Text="corrected", Logged="05/10/2026 10:00:00")]).encode())
    landed = land()
    assert [row[1] for row in view(landed) if row[3]] == ["corrected", "Seen at O’Néill’s"]
    assert [r.rows_ahead for r in landed.manifest().rows] == [1, 0]


def test_the_same_words_recorded_again_are_a_new_version(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(1), csv.csv([csv.row(Logged=logged(3)), csv.row(Logged=logged(4))]).encode())
    assert accounts(land()) == [("01", "delta", "landed", 2, 0, 1, 0, 1)]


def test_between_equals_the_one_delivered_later_stands(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(2), csv.csv([csv.row(Text="second")]).encode())
    shire.put(name(1), csv.csv([csv.row(Text="zz first"), csv.row(Text="aa first")]).encode())
    found = view(land())
    assert [(row[1], row[3]) for row in found] == [("zz first", False), ("aa first", False), ("second", True)]


def test_a_deletion_stands_like_any_version_until_the_record_comes_back(
    csv: Any, shire: Any, land: Land
) -> None:
    shire.put(name(1), csv.csv([csv.row(Logged=logged(1))]).encode())
    shire.put(name(2), csv.csv([csv.row(Logged=logged(2), Action="D")]).encode())
    landed = land()
    assert view(landed)[-1][2:] == ("delete", True, 2)
    assert accounts(landed)[1][5:] == (1, 0, 0)
    shire.put(name(3), csv.csv([csv.row(Logged=logged(3), Text="back")]).encode())
    assert view(land(at="2026-11-02T02:30:00+00:00"))[-1] == ("S/1", "back", "upsert", True, 3)


def test_a_night_knows_only_what_was_delivered_before_it(csv: Any, shire: Any, land: Land) -> None:
    shire.put(name(1), csv.csv([csv.row(Text="a", Logged=logged(1))]).encode())
    shire.put(name(5), csv.csv([csv.row(Text="b", Logged=logged(2)), csv.row(Ref="S/2")]).encode())
    landed = land()
    assert [row[:4] for row in view(landed, date(2026, 10, 5))] == [("S/1", "a", "upsert", True)]
    assert accounts(landed, date(2026, 10, 5)) == [("01", "delta", "landed", 1, 0, 1, 0, 0)]
    assert len(view(landed, date(2026, 10, 6))) == 3
    assert landed.manifest().default_as_of() == date(2026, 10, 6)


def test_a_delivery_of_which_every_row_was_refused_takes_part_in_nothing(
    csv: Any, shire: Any, land: Land
) -> None:
    shire.put(name(1), csv.csv([csv.row(Logged="?")]).encode())
    landed = land()
    assert accounts(landed) == [("01", "delta", "refused", 1, 1, 0, 0, 0)]
    assert view(landed) == []


def test_the_view_has_the_same_typed_columns_with_and_without_rows(
    csv: Any, shire: Any, land: Land, tmp_path: Any
) -> None:
    shire.put(name(1), csv.csv([csv.row()]).encode())
    landed = land()
    kinds = []
    for number, manifest in enumerate((landed.manifest(AS_OF), landed.manifest(date(2026, 10, 1)))):
        path = tmp_path / f"{number}.duckdb"
        write_catalogue(path, NightInputs(AS_OF, manifest, landed.registry, ()))
        with duckdb.connect(str(path), read_only=True) as con:
            kinds.append([row[:2] for row in con.execute("describe landed.sample").fetchall()])
            con.execute("from landed.sample_party").fetchall()
    assert kinds[0] == kinds[1]
    found = dict(kinds[0])
    assert (found["is_current"], found["recorded_at"], found["seen_date"], found["n_people"]) == (
        "BOOLEAN", "TIMESTAMP", "DATE", "BIGINT",
    )  # fmt: skip


def test_an_older_reading_in_a_part_still_used_is_not_seen(
    csv: Any, shire: Any, land: Land, files: Any
) -> None:
    for day in (1, 2):
        shire.put(name(day), csv.csv([csv.row(Ref=f"S/{day}", Text="N/A")]).encode())
    land()
    (shire.landing / "testshire" / name(2)).unlink()
    shire.contract([{"pattern": PATTERN, "reader": "csv", "dialect": files.dialect}], nullWords=["x"])
    landed = land(at="2026-11-02T02:30:00+00:00")
    assert [row[:2] for row in view(landed)] == [("S/1", "N/A"), ("S/2", "N/A")]


ROW = st.tuples(st.integers(1, 2), st.integers(0, 2), st.sampled_from("ab"), st.sampled_from(["", "D"]))
STORIES = st.lists(  # files: day, mode and rows (record, second of recording, what it says)
    st.tuples(
        st.integers(1, 4),
        st.sampled_from(["delta", "full", "history"]),
        st.lists(ROW, max_size=4),
    ),
    min_size=1, max_size=4, unique_by=lambda file: file[:2],
)  # fmt: skip


def said(csv: Any, row: tuple[int, int, str, str]) -> dict[str, Any]:
    record, second, text, action = row
    return dict(csv.row(Ref=f"S/{record}", Logged=logged(1, second), Text=text, Action=action))


def expected(files: list[Any]) -> dict[str, tuple[int, str]]:
    """By hand: of each record the greatest (moment, day) and what may be said then."""
    best: dict[str, list[tuple[int, int, str]]] = {}
    for day, _, rows in files:
        for record, second, text, _ in rows:
            best.setdefault(f"S/{record}", []).append((second, day, text))
    return {record: max(found)[:1][0] for record, found in best.items()}  # type: ignore[misc]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=STORIES, luck=st.randoms(use_true_random=False))
def test_any_order_of_arrival_ends_in_the_same_state(
    csv: Any, shire: Any, land: Land, tmp_path: Any, story: Any, luck: Any
) -> None:
    contents = {
        name(day, mode): csv.csv([said(csv, row) for row in rows]).encode() for day, mode, rows in story
    }
    orders = list(itertools.permutations(contents))
    states = []
    for number, order in enumerate([orders[0], *luck.sample(orders, min(2, len(orders)))]):
        shutil.rmtree(shire.landing)
        home = f"home{number}"
        shutil.rmtree(tmp_path / home, ignore_errors=True)
        nights = [order] if number == 0 else [[one] for one in order]
        for night, names in enumerate(nights):
            for one in names:
                shire.put(one, contents[one])
            landed = land(home=home, at=datetime(2026, 11, 1, 2, night).isoformat())
        states.append((view(landed), accounts(landed)))
    assert all(state == states[0] for state in states)
    rows, counted = states[0]
    assert all(n_in == refused + loaded + same + older for *_, n_in, refused, loaded, same, older in counted)
    current = [row for row in rows if row[3]]
    assert [row[0] for row in current] == sorted(expected(story))
    assert sum(line[5] for line in counted) == len(current)

"""RFGV and the V100-style line, worked by hand: each row is a person's events and the points they earn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from profiles.scoring.rules.events import Event, counted
from profiles.scoring.rules.lists import in_order, overlap
from profiles.scoring.rules.rfgv import rfgv
from profiles.scoring.rules.v100 import v100

AS_OF = date(2026, 11, 1)


def event(days_ago: int, days: float = 10, **more: Any) -> Event:
    when = AS_OF - timedelta(days_ago)
    told = {"crime_ref": f"C{days_ago}", "victim_id": "V1", "known": when, **more}
    return Event("P1", occurred=when, days=days, **told)


# events                                                                  R     F        G        V
RFGV: list[tuple[str, list[Event], float, float, float, float]] = [
    ("one assault a week ago",           [event(7, 10)],                  25,   6.7560,  7.8104,  0),
    ("day 28 is the last of the best",   [event(28, 10)],                 25,   6.7560,  7.8104,  0),
    ("day 29 is not",                    [event(29, 10)],                 20,   6.7560,  7.8104,  0),
    ("day 90 and day 91",                [event(90, 0), event(91, 0)],    20,   10.7079, 0,       0),
    ("day 180",                          [event(180, 0)],                 14,   6.7560,  0,       0),
    ("day 181",                          [event(181, 0)],                 8,    6.7560,  0,       0),
    ("day 366",                          [event(366, 0)],                 3,    6.7560,  0,       0),
    ("day 730 is the last that counts",  [event(730, 0)],                 3,    6.7560,  0,       0),
    ("a rape alone",                     [event(200, 1825)],              8,    6.7560,  24.4613, 0),
    ("gravity is full at 9,999 days",    [event(200, 9999)],              8,    6.7560,  30,      0),
    ("and does not overflow",            [event(200, 90_000)],            8,    6.7560,  30,      0),
    ("two victims",                      [event(10, 1), event(20, 1, victim_id="V2")], 25, 10.7079, 3.5784, 8),
    ("three victims",                    [event(n, 0, victim_id=f"V{n}") for n in (1, 2, 3)], 25, 13.5119, 0, 14),
    ("five victims",                     [event(n, 0, victim_id=f"V{n}") for n in range(1, 6)], 25, 17.4639, 0, 18),
    ("a child",                          [event(10, 0, is_child_victim=True)], 25, 6.7560, 0,     2),
    ("the same victim three times",      [event(n, 0) for n in (1, 2, 3)], 25,  13.5119, 0,       2),
    ("a child three times: two, not four", [event(n, 0, is_child_victim=True) for n in (1, 2, 3)], 25, 13.5119, 0, 2),
    ("frequency is full at twelve",      [event(n, 0, victim_id=None) for n in range(1, 13)], 25, 25, 0,  0),
    ("and stays full",                   [event(n, 0, victim_id=None) for n in range(1, 30)], 25, 25, 0,  0),
    ("four incidents make one event",    [event(n, 99, is_crime=False, victim_id=None) for n in range(1, 5)],
     25, 6.7560, 0, 0),
    ("unknown victims are no victims",   [event(1, 0, victim_id=None), event(2, 0, victim_id=None)],
     25, 10.7079, 0, 0),
    ("one crime against two victims",    [event(9, 5, crime_ref="C", victim_id=one) for one in "AB"],
     25, 10.7079, 7.8104, 8),
]  # fmt: skip
NOTHING: list[tuple[str, list[Event]]] = [
    ("nothing", []),
    ("day 731", [event(731)]),
    ("the as-of day itself", [event(0)]),
    ("known only on the as-of day", [event(5, known=AS_OF)]),
    ("cancelled", [event(5, status="cancelled")]),
    ("the suspect died", [event(5, outcome_code="5")]),
    ("the suspect is under age", [event(5, outcome_code="11")]),
    ("recorded, and cancelled later", [event(50), event(50, status="cancelled", known=AS_OF - timedelta(3))]),
    ("recorded, and its date mended to long ago",
     [event(50), replace(event(50, known=AS_OF - timedelta(3)), occurred=date(2020, 1, 1))]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "r", "f", "g", "v"), [row[1:] for row in RFGV], ids=[row[0] for row in RFGV]
)
def test_points(events: list[Event], r: float, f: float, g: float, v: float) -> None:
    points = rfgv(events, AS_OF)["P1"]
    found = (points.recency, points.frequency, points.gravity, points.victims)
    assert found == pytest.approx((r, f, g, v), abs=5e-5)
    assert points.total == pytest.approx(r + f + g + v, abs=2e-4)


@pytest.mark.parametrize("events", [row[1] for row in NOTHING], ids=[row[0] for row in NOTHING])
def test_what_counts_nowhere(events: list[Event]) -> None:
    assert rfgv(events, AS_OF) == {} and v100(events, AS_OF) == {}


def test_a_cancellation_not_yet_known_changes_nothing() -> None:
    later = event(50, status="cancelled", known=AS_OF + timedelta(1))
    assert rfgv([event(50), later], AS_OF) == rfgv([event(50)], AS_OF)


def test_the_last_word_on_a_crime_counts_once() -> None:
    charged = event(50, 10, status="charged", known=AS_OF - timedelta(1))
    points = rfgv([event(50, 10), charged], AS_OF)["P1"]
    assert (points.n_crimes, points.harm_alleged, points.harm_charged) == (1, 0, 10)


def test_harm_is_split_into_alleged_and_charged() -> None:
    points = rfgv([event(1, 10), event(2, 365, status="convicted"), event(3, 60, status="charged")], AS_OF)[
        "P1"
    ]
    assert (points.harm_alleged, points.harm_charged, points.harm) == (10, 425, 435)


# events                                                                        listed  harm  crimes
V100 = [
    ("one crime is not enough",        [event(10, 365)],                        False, 0, 0),
    ("two are",                        [event(10, 365), event(20, 1)],          True, 366, 2),
    ("the second is over a year ago",  [event(10, 365), event(366, 1)],         False, 0, 0),
    ("the year's last day counts",     [event(10, 365), event(365, 1)],         True, 366, 2),
    ("one crime against two",          [event(9, 5, crime_ref="C", victim_id=one) for one in "AB"],
     False, 0, 0),
    ("an incident is no crime",        [event(10, 365), event(20, 1, is_crime=False)], False, 0, 0),
    ("a cancelled crime is none",      [event(10, 365), event(20, 1, status="cancelled")], False, 0, 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "listed", "harm", "n"), [row[1:] for row in V100], ids=[row[0] for row in V100]
)
def test_v100(events: list[Event], listed: bool, harm: float, n: int) -> None:
    found = v100(events, AS_OF)
    assert ("P1" in found) == listed
    if listed:
        assert (found["P1"].harm, found["P1"].n_crimes) == (harm, n)


def test_a_list_breaks_ties_by_harm_then_recency_then_nobodys_favour() -> None:
    events = [
        replace(event(10, 5), person_id="less harm"),
        replace(event(10, 50), person_id="more harm"),
        replace(event(20, 5), person_id="longer ago"),
    ]
    found = rfgv(events, AS_OF)
    flat = dict.fromkeys(found, 1.0)
    assert in_order(found.values(), flat) == ["more harm", "less harm", "longer ago"]
    twins = [replace(event(10, 5), person_id=name) for name in ("a", "b", "c", "d")]
    assert in_order(rfgv(twins, AS_OF).values(), dict.fromkeys("abcd", 1.0)) == [
        "a",
        "c",
        "d",
        "b",
    ]  # md5: 0cc1…, 4a8a…, 8277…, 92eb…


def test_overlap_of_two_lists() -> None:
    found = overlap(["a", "b", "c", "d"], ["b", "x", "a", "c"], k=3)
    assert (found.n_both, found.only_first, found.only_second) == (2, ("c",), ("x",))
    assert found.share == pytest.approx(2 / 3) and overlap([], []).share == 1


EVENTS = st.builds(
    event,
    st.integers(0, 800),
    st.sampled_from([0.0, 1, 10, 365, 1825]),
    victim_id=st.sampled_from([None, "V1", "V2", "V3"]),
    status=st.sampled_from(["alleged", "charged", "cancelled"]),
    is_crime=st.booleans(),
)


@given(st.lists(EVENTS, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(events: Sequence[Event], chance: Any) -> None:
    distinct = list({(one.crime_ref, one.victim_id): one for one in events}.values())
    shuffled = list(distinct)
    chance.shuffle(shuffled)
    assert rfgv(shuffled, AS_OF) == rfgv(distinct, AS_OF) and v100(shuffled, AS_OF) == v100(distinct, AS_OF)


@given(st.lists(EVENTS, min_size=1, max_size=12), EVENTS)
def test_one_more_event_never_lowers_a_part(events: list[Event], more: Event) -> None:
    more = replace(more, crime_ref="one more")
    before, after = rfgv(events, AS_OF).get("P1"), rfgv([*events, more], AS_OF).get("P1")
    if before is not None and after is not None:
        for part in ("recency", "frequency", "gravity", "victims"):
            assert getattr(after, part) >= getattr(before, part) - 1e-9
    assert len(counted([*events, more], AS_OF)) >= len(counted(events, AS_OF))

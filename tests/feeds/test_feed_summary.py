"""What the summary says of feeds: accounts of each force and feed, and a table for a person where there are people."""

from pathlib import Path
from typing import Any

from orchestration.summary import _feeds
from orchestration.summary_words import _feed_table, in_words

SUMS = ("rows_in", "rows_accepted", "rows_refused", "rows_loaded", "rows_exact_duplicate", "rows_superseded")


def delivery(force: str, feed: str, rows: tuple[int, ...], newest: str, **more: Any) -> dict[str, Any]:
    return {
        "force": force, "feed": feed, "newest_record": newest, "is_person_level": feed != "street_crime",
        **dict(zip(SUMS, rows, strict=True)), **more,
    }  # fmt: skip


DELIVERIES = [
    delivery("northmoor", "crime", (10, 9, 1, 5, 1, 3), "2026-10-01"),
    delivery("northmoor", "crime", (4, 4, 0, 2, 2, 0), "2026-10-30"),
    delivery("saltways", "crime", (0, 0, 0, 0, 0, 0), ""),
    delivery("saltways", "order", (1234, 1234, 0, 1234, 0, 0), "2026-10-02"),
    delivery("northmoor", "street_crime", (7, 7, 0, 7, 0, 0), "2026-10-31"),
]


def test_accounts_are_added_up_by_force_and_feed() -> None:
    feeds = {(f["force"], f["feed"]): f for f in _feeds(DELIVERIES)}
    crime = feeds["northmoor", "crime"]
    assert [crime[name] for name in SUMS] == [14, 13, 1, 7, 3, 3]
    assert (crime["deliveries"], crime["newest_record"]) == (2, "2026-10-30")
    assert feeds["saltways", "crime"]["newest_record"] == ""
    assert list(feeds) == sorted(feeds)


def test_the_table_has_a_line_a_feed_and_a_column_a_force() -> None:
    title, head, *lines = _feed_table(_feeds(DELIVERIES))
    assert title == "Person-level feeds of 2 forces, rows as they stand:"
    assert head.split() == ["northmoor", "saltways", "all", "forces", "refused"]
    assert [line.split() for line in lines] == [
        ["crime", "7", "0", "7", "1"], ["order", "-", "1,234", "1,234", "0"],
    ]  # fmt: skip
    assert len({len(line) for line in (head, *lines)}) == 1


def test_many_forces_have_one_column_together() -> None:
    many = [delivery(f"force-{n}", "crime", (1, 1, 0, 1, 0, 0), "2026-10-01") for n in range(43)]
    assert [line.split() for line in _feed_table(_feeds(many))[1:]] == [
        ["all", "forces", "refused"], ["crime", "43", "0"],
    ]  # fmt: skip


def test_open_data_alone_has_no_table() -> None:
    assert _feed_table(_feeds(DELIVERIES[-1:])) == []
    summary = {
        "feeds": _feeds(DELIVERIES[-1:]), "rows": dict.fromkeys(SUMS, 7), "packs": [], "as_of": "2026-11-01",
        "stages": {}, "seconds": 1.0, "start_up_seconds": 0.5, "warnings": [], "refused_files": [], "left_alone": [],
        "copies": [], "worlds": [],
    }  # fmt: skip
    assert "Person-level" not in in_words(summary, Path("packs"))

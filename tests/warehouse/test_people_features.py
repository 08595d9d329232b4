"""Features and rule scores built by dbt: held against the reference, blind to the future and to what is not shown."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from governance.sharing import agreements, is_visible
from orchestration.moments import moments_of_night, moments_to_learn_from
from profiles.definitions.heads import load_head
from profiles.scoring.nightly.features import TABLES
from profiles.scoring.rules.events import Event
from profiles.scoring.rules.rfgv import rfgv
from profiles.scoring.rules.v100 import v100
from tests.warehouse.people_by_hand import FEATURES, FORCES, RAPE, Archive, build, drawn, held, mention

pytestmark = pytest.mark.xdist_group("people-features")
DAY = date(2026, 1, 15)
EARLIER = date(2025, 9, 1)
DAYS = {RAPE: 1825, "CJ88001": 1, "TH68010": 1}


@pytest.fixture(scope="module")
def archive() -> Archive:
    return drawn(7)


@pytest.fixture(scope="module")
def whole(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(archive, moments_to_learn_from([EARLIER, DAY]), tmp_path_factory.mktemp("people") / "whole")


@pytest.fixture(scope="module")
def cut(archive: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (moment,) = moments_to_learn_from([EARLIER])
    return build(archive.cut(moment.known_before), [moment], tmp_path_factory.mktemp("people") / "cut")


def of(rows: list[tuple[Any, ...]], day: date) -> list[tuple[Any, ...]]:
    return [row for row in rows if row[0] == day.toordinal() or row[1] == day.toordinal()]


@pytest.mark.parametrize("table", [*FEATURES, "rule_rfgv", "rule_v100"])
def test_features_do_not_know_the_future(whole: Path, cut: Path, table: str) -> None:
    """From the whole archive and from the archive cut at the moment they are the same, to the last digit."""
    early, known_then = of(held(whole, table), EARLIER), held(cut, table)
    if table.startswith(
        "rule"
    ):  # counted for whoever has a record with a force by now; cohorts ask for one by then
        early = [row for row in early if row in set(known_then)]
    assert early == known_then and len(early) > 3
    assert of(held(whole, table), DAY) != early  # the archive did go on: a feature that knew it would differ


def test_columns_are_those_of_the_heads(whole: Path) -> None:
    import duckdb

    with duckdb.connect(str(whole), read_only=True) as con:
        for name, table in TABLES.items():
            columns = {row[0] for row in con.execute(f"describe {table}").fetchall()}
            assert set(load_head(name).names) <= columns, name


def words(
    archive: Archive, suspect: dict[str, Any], victim: dict[str, Any] | None
) -> Iterator[tuple[datetime, str]]:
    """When what became of a suspect in a crime against a victim was known, and what."""
    crimes = [r for r in archive.rows["crime"] if r["source_record_id"] == suspect["crime_ref"]]
    sides = [r for r in archive.rows["crime_party"] if r["source_record_id"] == suspect["source_record_id"]]
    first = max(r["known_at"] for r in (crimes[0], sides[0], victim or crimes[0]))
    for moment in sorted({first, *(r["known_at"] for r in (*crimes, *sides) if r["known_at"] > first)}):
        crime = [r for r in crimes if r["known_at"] <= moment][-1]
        side = [r for r in sides if r["known_at"] <= moment][-1]
        is_out = crime["status"] == "cancelled" or side.get("suspect_status") == "eliminated"
        yield (
            moment,
            "cancelled" if is_out else "charged" if side.get("suspect_status") == "charged" else "alleged",
        )


def events(archive: Archive, viewer: str, at: datetime) -> list[Event]:
    """What the reference counts for a viewer at a moment, read from the rows as they landed."""
    present = {
        archive.people[mention(r["force_code"], f, r["source_record_id"], role(f, r))]
        for f, rows in archive.rows.items()
        for r in rows
        if r["force_code"] == viewer
        and mention(r["force_code"], f, r["source_record_id"], role(f, r)) in archive.people
    }
    found, day = [], DAY
    firsts = {r["source_record_id"]: r for r in reversed(archive.rows["crime_party"])}
    crimes = {r["source_record_id"]: r for r in reversed(archive.rows["crime"])}
    for suspect in (r for r in firsts.values() if r["role"] == "suspect"):
        crime = crimes[suspect["crime_ref"]]
        force = crime["force_code"]
        person = archive.people[mention(force, "crime_party", suspect["source_record_id"], "suspect")]
        for victim in (
            r for r in firsts.values() if r["role"] == "victim" and r["crime_ref"] == suspect["crime_ref"]
        ):
            is_vawg = victim["sex"] == "F" and (crime["cjs_code"] == RAPE or crime["is_domestic_abuse"])
            if person not in present or not is_vawg or crime["occurred_from"] >= at:
                continue
            other = archive.people[mention(force, "crime_party", victim["source_record_id"], "victim")]
            ago = ceil((at - crime["occurred_from"]).total_seconds() / 86400)
            for moment, status in words(archive, suspect, victim):
                known = day - timedelta(1) if moment < at else day + timedelta(1)
                found.append(
                    Event(
                        person,
                        f"{force}:{crime['source_record_id']}",
                        other,
                        day - timedelta(ago),
                        known,
                        DAYS[crime["cjs_code"]],
                        status,  # type: ignore[arg-type]
                        is_child_victim=victim["birth_date"].year == 2015,
                    )
                )
    return found


def role(feed: str, row: dict[str, Any]) -> str:
    known = {
        "custody": "detainee",
        "intel_party": "subject",
        "missing_episode": "missing person",
        "managed_offender": "managed offender",
    }
    return str(row.get("role") if feed == "crime_party" else known.get(feed, ""))


@pytest.mark.parametrize("viewer", FORCES)
def test_rule_scores_are_those_of_the_reference(archive: Archive, whole: Path, viewer: str) -> None:
    (moment,) = moments_to_learn_from([DAY])
    own = events(archive, viewer, moment.as_at)
    expected = rfgv(own, DAY)
    rows = [r for r in held(whole, "rule_rfgv") if r[:3] == ("vawg_suspect", DAY.toordinal(), viewer)]
    assert {row[3] for row in rows} == set(expected) and len(rows) > 20
    for row in rows:
        one = expected[row[3]]
        assert row[4:10] == (
            one.days_since,
            one.n_crimes,
            one.n_incidents,
            one.n_victims,
            one.harm_alleged,
            one.harm_charged,
        ), row[3]
        assert row[11:16] == pytest.approx(
            (one.recency, one.frequency, one.gravity, one.victims, one.total), abs=1e-9
        )
    lines = {r[2]: r[3:7] for r in held(whole, "rule_v100") if r[:2] == (DAY.toordinal(), viewer)}
    assert lines == {
        p: (one.harm, one.n_crimes, one.n_victims, one.days_since) for p, one in v100(own, DAY).items()
    }
    assert lines


def test_a_force_is_shown_what_it_may_see_and_nothing_else(archive: Archive, whole: Path) -> None:
    seen = {(row[0], row[5]) for row in held(whole, "bridge_people_seen") if row[4] == "intel_party"}
    known, expected = agreements(), set()
    present = {(row[0], row[2]) for row in held(whole, "bridge_people_seen")}
    for row in archive.rows["intel_party"]:
        person = archive.people[mention(row["force_code"], "intel_party", row["source_record_id"], "subject")]
        for viewer in FORCES:
            if (viewer, person) in present and is_visible(
                viewer, row["force_code"], "intel_party", row["handling"], None, known
            ):
                expected.add((viewer, row["source_record_id"]))
    assert seen == expected and 0 < len(expected) < 3 * len(archive.rows["intel_party"])


def test_what_was_taken_back_counts_no_more(archive: Archive, tmp_path: Path) -> None:
    """One crime, known on day 2, cancelled on day 30: it counts in between, and not before or after."""
    crime = next(r for r in archive.rows["crime"] if r["cjs_code"] == RAPE)
    start = datetime(2025, 3, 1, 12)
    row = {
        **crime,
        "source_record_id": "x",
        "occurred_from": start,
        "is_domestic_abuse": True,
        "status": "recorded",
        "recorded_at": start + timedelta(2),
        "known_at": start + timedelta(2),
        "force_code": "northmoor",
        "owner_force": "northmoor",
    }
    later = {
        **row,
        "recorded_at": start + timedelta(30),
        "known_at": start + timedelta(30),
        "status": "cancelled",
    }
    party = next(r for r in archive.rows["crime_party"] if r["role"] == "suspect")
    sides = [
        {
            **party,
            **{k: row[k] for k in ("occurred_from", "recorded_at", "known_at", "force_code", "owner_force")},
            "source_record_id": f"x-{kind}",
            "crime_ref": "x",
            "role": kind,
            "sex": "F",
            "is_current": True,
            "suspect_status": None,
        }
        for kind in ("suspect", "victim")
    ]
    people = {
        mention("northmoor", "crime_party", f"x-{kind}", kind): f"P10{n}"
        for n, kind in enumerate(("suspect", "victim"))
    }
    alone = Archive({"crime": [row, later], "crime_party": sides}, people)
    days = [date(2025, 3, 2), date(2025, 3, 10), date(2025, 4, 10)]
    generation = build(alone, moments_to_learn_from(days), tmp_path / "one")
    assert [(r[0], r[4]) for r in held(generation, "feat_vawg_suspect")] == [(days[1].toordinal(), "P100")]
    assert [(r[0], r[4]) for r in held(generation, "feat_vawg_victim")] == [(days[1].toordinal(), "P101")]


def test_a_night_looks_ahead_and_back() -> None:
    told = {m.purpose: m for m in moments_of_night(DAY)}
    assert told["tonight"].as_at == datetime(2026, 1, 15) == told["ahead_30"].known_before
    assert told["ahead_30"].as_at == datetime(2026, 2, 14)
    late = told["before_late"]
    assert (late.as_at, late.occurred_before, late.known_before) == (
        datetime(2026, 1, 8),
        datetime(2026, 1, 8),
        datetime(2026, 1, 15),
    )
    assert moments_of_night(date(2026, 7, 1))[0].as_at == datetime(
        2026, 6, 30, 23
    )  # midnight in London, in UTC

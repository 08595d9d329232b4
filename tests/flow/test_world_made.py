"""A whole small world of nine forces: every file reads clean, nights follow on, nobody real is in it, truth is true."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data_contracts.checks import read_row
from data_contracts.registry import Registry
from synthetic_world.make import make
from synthetic_world.writers.clock import second_of
from tests.drama_numbers import DRAMA
from tests.flow.world_reading import NINE, feeds_of, rows_of

FORCES = (
    "northmoor", "calderwick", "eastmarch", "saltways", "highfell", "marlbrook", "thornsea", "wendale", "carrick-vale",
)  # fmt: skip
MOST = 400  # rows read of each feed in each file


def files(world: Path, force: str = "*") -> list[Path]:
    return sorted(path for path in (world / "landing").glob(f"{force}/**/*") if path.is_file())


def book(world: Path, name: str) -> str:
    return f"read_parquet('{(world / 'truth' / f'truth_{name}').as_posix()}/*.parquet')"


@pytest.mark.parametrize("force", FORCES)
def test_every_row_of_every_file_is_accepted(registry: Registry, nine: Path, force: str) -> None:
    feeds = set()
    for path in files(nine, force):
        found = feeds_of(registry, nine / "landing", path)
        assert found, f"no contract reads {path}"
        for match in found:
            feeds.add(match.contract.feed)
            for number, row in zip(range(MOST), rows_of(match, path), strict=False):
                said = read_row(match.contract, row, period=match.period)
                assert said.reason_code is None and not said.noted, (path, number, said)
                assert row.get("synthetic") == "true", path
                assert real_things(said.values) == [], path
    assert feeds == {one.feed for one in registry.contracts if one.force_code == force}


def real_things(values: dict[str, Any]) -> list[str]:
    """What could belong to somebody: telephones not kept for drama, e-mails, postcodes that may have been issued."""
    numbers = [values.get("phone"), values.get("value") if values.get("kind") == "phone" else None]
    texts = " ".join(str(value) for name, value in values.items() if name.endswith("text"))
    numbers += re.findall(r"\b0[0-9]{9,10}\b", texts)
    digits = [re.sub(r"[^0-9]", "", str(number)) for number in numbers if number]
    found = [one for one in digits if not DRAMA.fullmatch("0" + re.sub(r"^(?:44|0)", "", one))]
    found += [one for one in re.findall(r"[\w.]+@[\w.]+\w", texts) if not one.endswith(".example")]
    email, postcode = str(values.get("email") or ".example"), str(values.get("postcode") or "Q")
    return found + [email] * (not email.endswith(".example")) + [postcode] * (postcode[0] not in "QVX")


def test_every_street_level_row_carries_the_watermark(nine: Path) -> None:
    paths = sorted((nine / "landing").glob("20??-??/*-street.csv"))
    assert {path.name[8:-11] for path in paths} == set(FORCES)
    for path in paths:
        rows = path.read_text(encoding="utf-8").splitlines()[1:]
        assert all("synthetic" in row for row in rows), path


def test_nights_follow_on_from_the_history_without_gap_or_overlap(registry: Registry, nine: Path) -> None:
    seen: dict[tuple[str, datetime], str] = {}
    for path in files(nine, "northmoor"):
        for match in feeds_of(registry, nine / "landing", path):
            if match.contract.feed != "crime_party" or match.mode == "full":
                continue
            day = datetime.fromisoformat(match.period)
            for row in rows_of(match, path):
                values = read_row(match.contract, row, period=match.period).values
                key, when = str(values["source_record_id"]), values["recorded_at"]
                assert isinstance(when, datetime) and (key, when) not in seen
                seen[key, when] = match.period
                assert when < day + timedelta(days=1)
                assert match.mode == "history" or when >= day - timedelta(days=1)
    assert len(set(seen.values())) > 8


def test_nobody_real_is_in_it(nine: Path) -> None:
    """Telephone numbers kept for drama, addresses under .example, postcodes that were never issued."""
    for path in files(nine, "northmoor"):
        text = path.read_text(encoding="utf-8")
        assert not [found for found in re.findall(r"\b0[0-9]{9,10}\b", text) if not DRAMA.fullmatch(found)]
        assert not [found for found in re.findall(r"[\w.]+@[\w.]+\w", text) if not found.endswith(".example")]
        postcodes = re.findall(r"(?<![\w/-])[A-Z]{1,2}[0-9]{1,2} [0-9][A-Z]{2}\b", text)
        assert not [found for found in postcodes if found[0] not in "QVX"]


def test_the_answer_book_knows_every_row_that_names_somebody(registry: Registry, nine: Path) -> None:
    with duckdb.connect() as con:
        told = con.execute(
            f"select feed, source_record_id from {book(nine, 'mention')} where force_code = 'marlbrook'"
        ).fetchall()
        people = con.execute(
            f"select person_ref from {book(nine, 'nominal')} where force_code = 'marlbrook'"
        ).fetchall()
    known, nominals = set(told), {ref for (ref,) in people}
    for path in files(nine, "marlbrook"):
        for match in feeds_of(registry, nine / "landing", path):
            for row in rows_of(match, path):
                values = read_row(match.contract, row, period=match.period).values
                ref = (
                    values["source_record_id"]
                    if match.contract.feed == "person"
                    else values.get("person_ref")
                )
                assert ref is None or ref in nominals, path
                if values.get("surname") and match.contract.feed != "person":
                    assert (match.contract.feed, values["source_record_id"]) in known, path


def test_a_mention_that_only_copies_shows_what_its_nominal_held(nine: Path) -> None:
    with duckdb.connect() as con:
        (copied, as_before) = con.execute(f"""
            select count(*), count(*) filter (exists (
                select 1 from {book(nine, 'mention')} e
                where e.force_code = m.force_code and e.nominal = m.nominal and not e.is_copied
                  and e.recorded_at <= m.recorded_at and e.forename = m.forename and e.surname = m.surname))
            from {book(nine, 'mention')} m where is_copied""").fetchone() or (0, 0)  # fmt: skip
    assert copied > 500 and as_before == copied


def test_one_force_alone_gives_the_same_files(nine: Path, tmp_path: Path) -> None:
    """Adding a force changes no other force's files; nor does the number of processes."""
    make(tmp_path / "alone", replace(NINE, forces=("highfell",)))
    make(tmp_path / "pair", replace(NINE, forces=("highfell", "calderwick"), processes=2))
    for world in (tmp_path / "alone", tmp_path / "pair"):
        mine = {path.relative_to(world): path.read_bytes() for path in files(world, "highfell")}
        theirs = {path.relative_to(nine): path.read_bytes() for path in files(nine, "highfell")}
        assert mine == theirs and len(mine) > 100
    theirs = {path.relative_to(nine): path.read_bytes() for path in files(nine, "calderwick")}
    pair = tmp_path / "pair"
    assert {path.relative_to(pair): path.read_bytes() for path in files(pair, "calderwick")} == theirs


def test_another_seed_gives_other_files(nine: Path, tmp_path: Path) -> None:
    make(tmp_path / "other", replace(NINE, seed=2, forces=("highfell",)))
    name = "landing/highfell/crime-history-20261017.csv"
    assert (tmp_path / "other" / name).read_bytes() != (nine / name).read_bytes()


def test_the_records_system_of_wendale_was_replaced(registry: Registry, nine: Path) -> None:
    kinds = []
    for path in files(nine, "wendale"):
        for match in feeds_of(registry, nine / "landing", path):
            if match.contract.feed == "person" and match.mode == "history":
                rows = [
                    read_row(match.contract, row, period=match.period).values for row in rows_of(match, path)
                ]
                kinds.append(
                    (match.contract.path.name, {str(row["source_record_id"])[:3] for row in rows}, rows)
                )
    (old, before, _), (new, after, rows) = sorted(kinds, key=lambda one: one[0], reverse=True)
    assert (old, new) == ("person.odcs.yaml", "person-2.odcs.yaml")
    assert "54-" not in before and "54-" in after
    moved = [row for row in rows if row["op"] == "merge" and str(row["merged_into_ref"]).startswith("54-")]
    assert len(moved) > 50


@pytest.mark.parametrize("force", ["northmoor", "wendale"])
def test_an_extract_holds_the_last_word_on_each_row(registry: Registry, nine: Path, force: str) -> None:
    extracts = 0
    for path in files(nine, force):
        for match in feeds_of(registry, nine / "landing", path):
            if match.mode == "full":
                extracts += 1
                ids = [
                    read_row(match.contract, row, period=match.period).values["source_record_id"]
                    for row in rows_of(match, path)
                ]
                assert len(ids) == len(set(ids)), path
    assert extracts >= 3


def test_carrick_vale_keeps_suspects_in_free_text(registry: Registry, nine: Path) -> None:
    roles, texts = set(), []
    for path in files(nine, "carrick-vale"):
        for match in feeds_of(registry, nine / "landing", path):
            rows = [read_row(match.contract, row, period=match.period).values for row in rows_of(match, path)]
            if match.contract.feed == "crime_party":
                roles |= {row["role"] for row in rows}
            if match.contract.feed == "crime":
                texts += [row["suspects_text"] for row in rows if row["suspects_text"]]
    assert roles == {"victim", "witness"}
    assert len(texts) > 100 and not [text for text in texts if "{" in str(text)]


def test_the_card_says_what_was_asked_and_obtained(nine: Path) -> None:
    card = json.loads((nine / "truth" / "card.json").read_text(encoding="utf-8"))
    assert [one["force"] for one in card["forces"]] == list(FORCES) and len(card["rates"]) > 100
    assert all(one["source"] and one["confidence"] for one in card["rates"])
    for one in card["errors"]:
        if not one["is_conditional"] and one["mentions"] > 2_000:
            assert abs(one["found"] - one["asked"]) < 0.015 + 0.15 * one["asked"], one
    assert second_of(20_757, "Europe/London") == 20_757 * 86_400

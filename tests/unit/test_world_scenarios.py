"""The seeded scenarios: that every demo world holds them, that they tell their stories, and what a bad file says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from data_contracts.model import ContractError
from synthetic_world.model import RECORD_COLUMNS
from synthetic_world.population.atlas import make_world
from synthetic_world.risks.risk_shapes import SHAPES, SPINE
from synthetic_world.scenarios.scenario_files import read_scenario, scenarios
from synthetic_world.scenarios.scenario_people import staged
from synthetic_world.scenarios.scenario_rows import rows_of
from synthetic_world.scenarios.scenarios import Seeded, scenario_grounds, seeded

DEMO = {"northmoor", "calderwick", "eastmarch"}
NAMES = (
    "account_web", "brothel_network", "county_line", "labour_documents", "nickname_only", "nobodys_radar",
    "three_phones", "three_towns", "twins", "unnotified_address",
)  # fmt: skip
QUOTED = {  # by feed: the text columns, and the columns that say whom their placeholders stand for
    "intel_report": (("text",), {"{person}": "person_uid", "{other}": "other_person_uid", "{phone}": "quoted_phone",
                                 "{vehicle}": "quoted_vehicle"}),
    "incident": (("summary_text",), {"{person}": "subject_uid", "{other}": "victim_uid"}),
    "missing_episode": (("found_with_text",), {"{other}": "other_person_uid"}),
    "return_interview": (("disclosure_text",), {"{other}": "other_person_uid"}),
    "managed_visit": (("note_text",), {"{person}": "person_uid"}),
    "crime": (("method_text", "suspects_text"), {"{person}": "text_person_uid", "{other}": "text_other_uid"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def ten() -> dict[str, Seeded]:
    return {one.ground.block.scenario: one for one in seeded(make_world("ci", 1, 2))}


def rows(one: Seeded) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Force code, feed and row of every record."""
    for number, feeds in one.happening.records.items():
        for feed, table in feeds.items():
            for row in table.to_pylist():
                yield one.ground.places[number].force.force_code, feed, row


def test_the_ten_are_there_and_stay_in_the_demo_forces(ten: dict[str, Seeded]) -> None:
    assert tuple(ten) == NAMES
    for one in ten.values():
        assert {places.force.force_code for places in one.ground.places.values()} <= DEMO
        assert {force for force, _, _ in rows(one)} <= DEMO and len({force for force, _, _ in rows(one)}) > 1
    assert [
        ground.block.scenario for ground in scenario_grounds(make_world("ci9", 5, 1, ["calderwick"]))
    ] == list(NAMES)
    assert scenario_grounds(make_world("ci9", 5, 1, ["wendale"])) == ()


def test_records_have_the_shape_of_drawn_ones(ten: dict[str, Seeded]) -> None:
    for one in ten.values():
        base, end = one.ground.block.number << 32, one.ground.world.end
        for feeds in one.happening.records.values():
            for feed, table in feeds.items():
                assert table.column_names == [*SPINE, *SHAPES[feed]]
                assert table.column_names[: len(RECORD_COLUMNS)] == list(RECORD_COLUMNS)
                days = table["recorded_at"].cast(pa.int64()).to_numpy() // 86_400
                assert (days <= end).all() and (table["key"].to_numpy() >= base).all()
                assert table.select(["key", "version"]).to_pandas().duplicated().sum() == 0


def test_everybody_quoted_is_named(ten: dict[str, Seeded]) -> None:
    for one in ten.values():
        for _, feed, row in rows(one):
            texts, columns = QUOTED.get(feed, ((), {}))
            for text in filter(None, (row[name] for name in texts)):
                for placeholder, column in columns.items():
                    assert placeholder not in text or row[column] is not None, (
                        one.ground.block.scenario,
                        text,
                    )


def test_numbers_come_from_the_range_kept_for_scenarios(ten: dict[str, Seeded]) -> None:
    for one in ten.values():
        phones = {int(phone) for phone in one.ground.people.phone if phone}
        for _, _, row in rows(one):
            phones |= {row["quoted_phone"]} if row.get("quoted_phone") else set()
            phones |= {int(row["value"])} if row.get("kind") == "phone" else set()
        assert all(7_700_900_900 <= phone <= 7_700_900_999 for phone in phones)


def test_the_answer_book_says_who_must_be_found(ten: dict[str, Seeded]) -> None:
    for name, one in ten.items():
        book = one.happening.truth.tables["scenario"].to_pandas()
        assert set(book["scenario"]) == {name} and book["is_to_be_found"].any()
        assert (book["find"].str.len() > 30).all() and (book["why"].str.len() > 30).all()
        listed = one.happening.truth.tables["scenario_record"]
        assert listed.num_rows == len({(feed, row["key"]) for _, feed, row in rows(one)})
        wanted = set(book.loc[book["is_to_be_found"], "person_uid"])
        seen = {
            force for force, _, row in rows(one) if wanted & {v for k, v in row.items() if k.endswith("_uid")}
        }
        assert len(seen) > (name != "nickname_only"), f"{name}: those to be found stand in one force only"


def test_the_same_seed_gives_the_same_scenarios_whoever_asks(ten: dict[str, Seeded]) -> None:
    again = {one.ground.block.scenario: one for one in seeded(make_world("ci", 1, 2, ["eastmarch"]))}
    for name, one in again.items():
        for number, feeds in one.happening.records.items():
            assert all(
                table.equals(ten[name].happening.records[number][feed]) for feed, table in feeds.items()
            )
        assert (one.ground.people.forename == ten[name].ground.people.forename).all()


def test_twins_share_all_but_the_forename(ten: dict[str, Seeded]) -> None:
    people = ten["twins"].ground.people
    one, other = 0, int(people.twin_of[0])
    assert people.twin_of[other] == one and people.forename[one] != people.forename[other]
    for name in ("surname", "birth_day", "address", "household"):
        assert getattr(people, name)[one] == getattr(people, name)[other], name


def test_the_account_web_hangs_together_across_forces_only(ten: dict[str, Seeded]) -> None:
    adverts = [(force, row) for force, feed, row in rows(ten["account_web"]) if feed == "advert_referral"]
    kept = [row for _, feed, row in rows(ten["account_web"]) if feed == "identifier"]
    emails, payers = ({row[name] for _, row in adverts} - {None} for name in ("email", "payer_ref"))
    phones = {row["phone"] for _, row in adverts} | {row["value"] for row in kept if row["kind"] == "phone"}
    assert (len(adverts), len(emails), len(phones), len(payers)) == (10, 8, 13, 4)
    for force in DEMO:
        for name in ("phone", "email", "payer_ref", "account_name"):
            own = [row[name] for other, row in adverts if other == force and row[name]]
            assert len(own) == len(set(own)), f"{force} could join two adverts by {name}"
    shared = [{row["phone"], row["email"], row["payer_ref"]} - {None} for _, row in adverts]
    shared += [{row["person_uid"], row["value"]} for row in kept]
    reports = (row for _, feed, row in rows(ten["account_web"]) if feed == "intel_report")
    shared += [{f"0{row['quoted_phone']}", row["person_uid"]} for row in reports]
    whole = shared[0]
    while (grown := whole.union(*(one for one in shared if one & whole))) != whole:
        whole = grown
    assert {row["phone"] for _, row in adverts} <= whole


def test_nobody_knows_the_name_behind_the_nickname_in_northmoor(ten: dict[str, Seeded]) -> None:
    story = ten["nickname_only"]
    magpie = story.ground.people.uid[0]
    named = {force for force, feed, row in rows(story) if feed != "crime" and row.get("person_uid") == magpie}
    assert named == {"eastmarch"}
    told = [row["alias_names"] for _, feed, row in rows(story) if feed == "intel_party"]
    assert "Magpie; The Magpie" in told


def test_the_unnotified_address_is_in_the_other_force_only(ten: dict[str, Seeded]) -> None:
    story = ten["unnotified_address"]
    lines = {
        force: {row.get("address_line") for other, _, row in rows(story) if other == force} - {None}
        for force in ("northmoor", "calderwick")
    }
    assert lines["northmoor"] and lines["calderwick"] and not lines["northmoor"] & lines["calderwick"]


BAD = {
    "place": ("at: mill", "at: moon", "moon"),
    "field": ("team: Brackenholt CID", "colour: red", "crime has no field colour"),
    "person": (
        "{person: woman_d, role: victim",
        "{person: nobody, role: victim",
        "'nobody', but nobody of that name",
    ),
    "row": ("crime: assault,", "crime: attack,", "'attack', but the scenario has no such row"),
    "day": ("day: -133", "day: 133", "days count back"),
    "time": ('time: "00:50"', 'time: "25:00"', "write it as 23:10"),
    "feed": ("feed: custody", "feed: prison", "prison"),
    "kind": ("is_alcohol: true", "is_alcohol: perhaps", "is_alcohol of crime cannot be"),
    "twice": ("id: stalking", "id: assault", "is there twice"),
    "culture": ("culture: hindu", "culture: martian", "martian"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_one_sentence_with_its_line(case: str, tmp_path: Path) -> None:
    right, wrong, says = BAD[case]
    source = Path(read_scenario.__globals__["FOLDER"]) / "three_towns.yml"
    text = source.read_text(encoding="utf-8")
    assert text.count(right) >= 1
    path = tmp_path / "bad.yml"
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(ContractError, match=r"bad\.yml, line \d+: ") as caught:
        rows_of(staged(make_world("ci", 1, 1), read_scenario(path), 0))
    assert says in str(caught.value) and "\n" not in str(caught.value)


def test_every_file_is_read_once() -> None:
    assert [one.name for one in scenarios()] == list(NAMES)
    assert scenarios() is scenarios()

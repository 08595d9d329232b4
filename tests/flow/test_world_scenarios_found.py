"""Each seeded scenario can be found in what forces sent: read from the landing folder, judged by the answer book.

Not here: that the stories themselves are whole (unit/test_world_scenarios), whether profiles find them.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from data_contracts.registry import Registry
from tests.flow.world_stories import FORCES, Story, joins

FEEDS = ("advert_referral", "identifier", "intel_report")


@pytest.fixture(scope="module")
def story(registry: Registry, nine: Path) -> Story:
    return Story.read(registry, nine)


NAMES = (
    "account_web", "brothel_network", "county_line", "labour_documents", "nickname_only", "nobodys_radar",
    "three_phones", "three_towns", "twins", "unnotified_address",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_scenario_was_sent(story: Story, name: str) -> None:
    sent = {(row.force, row.feed, str(row.values["source_record_id"])) for row in story.rows[name]}
    assert story.listed[name] and story.listed[name] <= sent


def test_account_web(story: Story) -> None:
    """From any advert to all others, by telephone, e-mail, payer, and the people who hold or answer a number."""
    name = "account_web"
    assert joins(story, name, "controller", "calderwick", "eastmarch")
    assert joins(story, name, "partner", "calderwick", "northmoor")
    rows = {feed: [row for row in story.rows[name] if row.feed == feed] for feed in FEEDS}
    adverts = [
        {row.values.get(key) for key in ("phone", "email", "payer_ref")} - {None}
        for row in rows["advert_referral"]
    ]
    held = [{*row.people, row.values["value"]} for row in rows["identifier"]]
    told = [{*row.people, *re.findall(r"\b0[0-9]{10}\b", row.values["text"])} for row in rows["intel_report"]]
    whole = _whole([*adverts, *held, *told])
    assert len(adverts) >= 10 and {"controller", "partner", "woman_1", "woman_2", "woman_3"} <= whole
    assert all(link <= whole for link in adverts)


def _whole(links: list[set[Any]]) -> set[Any]:
    whole = set(links[0])
    while grown := {one for link in links if link & whole for one in link} - whole:
        whole |= grown
    return whole


def test_brothel_network(story: Story) -> None:
    name = "brothel_network"
    assert story.forces_saying(name, "QK68 BRN") == {"calderwick", "eastmarch"}
    assert story.forces_saying(name, "7700900930") == set(FORCES)
    assert story.forces_saying(name, "PAY5530871") == {"northmoor", "eastmarch"}
    assert joins(story, name, "driver", "northmoor", "eastmarch") and joins(
        story, name, "woman_2", "northmoor", "eastmarch"
    )


def test_county_line(story: Story) -> None:
    name = "county_line"
    assert story.forces_saying(name, "7700900940") >= {"eastmarch", "calderwick"}
    assert story.forces_saying(name, "Biggs") == {"eastmarch", "calderwick"}
    assert story.forces_saying(name, "QA74 HRE") == {"northmoor", "eastmarch"}
    assert joins(story, name, "child_1", "northmoor", "eastmarch") and joins(
        story, name, "child_4", "calderwick", "eastmarch"
    )


def test_labour_documents(story: Story) -> None:
    name = "labour_documents"
    assert joins(story, name, "worker_1", "calderwick", "northmoor")
    assert joins(story, name, "worker_4", "calderwick", "eastmarch")
    assert joins(story, name, "gangmaster", "calderwick", "eastmarch")


def test_nickname_only(story: Story) -> None:
    name = "nickname_only"
    assert story.forces_saying(name, "Magpie") == {"northmoor", "eastmarch"}
    assert story.forces_saying(name, "limp") == set(FORCES)
    assert set(story.forces_naming(name, "magpie")) == {"eastmarch"}


def test_nobodys_radar(story: Story) -> None:
    name = "nobodys_radar"
    assert story.forces_saying(name, "QC19 VXN") == {"northmoor", "eastmarch"}
    assert joins(story, name, "girl", "calderwick", "eastmarch") and joins(
        story, name, "man", "northmoor", "eastmarch"
    )


def test_three_phones(story: Story) -> None:
    name = "three_phones"
    assert story.forces_saying(name, "7700900921") == {"northmoor", "calderwick"}
    assert story.forces_saying(name, "7700900922") == {"calderwick", "eastmarch"}
    assert story.forces_saying(name, "7700900925") >= {"calderwick", "eastmarch"}
    assert joins(story, name, "caller", "northmoor", "calderwick", "eastmarch")


def test_three_towns(story: Story) -> None:
    name = "three_towns"
    assert story.forces_saying(name, "scar through the") == {"northmoor", "calderwick"}
    assert joins(story, name, "target", "northmoor", "calderwick")
    cases = [row.values for row in story.rows[name] if row.feed == "crime"]
    assert len(cases) == 5 and len({case["team"] for case in cases}) == 5


def test_twins(story: Story) -> None:
    """Alike but for the forename: either is found across the border, and neither joins the other."""
    name = "twins"
    assert joins(story, name, "offender", "northmoor", "calderwick") and joins(
        story, name, "brother", "northmoor", "calderwick"
    )
    born = {
        person: {
            row["birth_date"]
            for row in story.forces_naming(name, person)["northmoor"]
            if row.get("birth_date")
        }
        for person in ("offender", "brother")
    }
    assert born["offender"] & born["brother"]
    one, other = (story.forces_naming(name, person)["northmoor"] for person in born)
    assert {row["surname"] for row in one} & {row["surname"] for row in other}
    assert not {row["forename"] for row in one} & {row["forename"] for row in other}


def test_unnotified_address(story: Story) -> None:
    name = "unnotified_address"
    assert joins(story, name, "offender", "northmoor", "calderwick")
    lines = {
        force: {
            row.values["address_line"]
            for row in story.rows[name]
            if row.force == force and row.values.get("address_line")
        }
        for force in ("northmoor", "calderwick")
    }
    assert lines["northmoor"] and lines["calderwick"] - lines["northmoor"]

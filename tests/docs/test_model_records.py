"""The records in docs/models are those that the definitions, the register and the bundles make today."""

from pathlib import Path

import pytest

from profiles.definitions.heads import HEADS, load_head
from profiles.scoring.cards.data_card import FEEDS
from profiles.scoring.cards.records import out_of_date, told_here
from tests.conftest import Nights

FOLDER = Path(__file__).resolve().parents[2] / "docs/models"


def test_no_record_is_out_of_date() -> None:
    assert out_of_date(FOLDER, told_here()) == [], "run `.venv/bin/force-profiles score records`"


@pytest.mark.parametrize("name", HEADS)
def test_every_variable_and_feed_of_a_head_is_listed(name: str) -> None:
    variables, card = ((FOLDER / name / page).read_text("utf-8") for page in ("variables.md", "data-card.md"))
    for feature in load_head(name).features:
        assert f"`{feature.name}`" in variables
        assert all(feed in FEEDS and f"`{feed}`" in card for feed in feature.feeds)


def test_the_command_says_what_is_out_of_date_and_mends_it(tmp_path: Path) -> None:
    checked = Nights.command("score", "records", tmp_path, "--check", "--json")
    assert checked.exit_code == 1 and len(checked.summary["out_of_date"]) == 4 * len(HEADS)
    assert not list(tmp_path.iterdir())
    assert Nights.command("score", "records", tmp_path, "--json").exit_code == 0
    again = Nights.command("score", "records", tmp_path, "--check")
    assert again.exit_code == 0 and "as it should be" in again.stdout

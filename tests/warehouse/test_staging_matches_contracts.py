"""Staging and canonical contracts agree, in both directions: a field on one side alone is drift."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
CANONICAL = ROOT / "data_contracts" / "canonical"
STAGING = ROOT / "dbt_project" / "models" / "staging" / "people"
SPINE = [
    "force_code", "source_record_id", "delivery_id", "line_number", "occurred_from", "occurred_to", "recorded_at",
    "known_at", "record_version", "owner_force", "handling", "sensitivity", "retention_group",
]  # fmt: skip
FEEDS = sorted(
    path.name.removesuffix(".odcs.yaml")
    for path in CANONICAL.glob("*.odcs.yaml")
    if path.name not in ("decision.odcs.yaml", "street_crime.odcs.yaml")
)


def models() -> dict[str, list[str]]:
    """Selected columns by the feed a model reads."""
    found = {}
    for path in STAGING.glob("stg_*.sql"):
        sql = path.read_text()
        match = re.search(r"source\('landed', '(\w+)'\)", sql)
        assert match, path.name
        chosen = re.search(r"select\n(.*?)\nfrom", sql, re.DOTALL)
        assert chosen, path.name
        found[match[1]] = [line.strip().rstrip(",") for line in chosen[1].splitlines()]
    return found


def fields(feed: str) -> list[str]:
    document = yaml.safe_load((CANONICAL / f"{feed}.odcs.yaml").read_text())
    return [item["name"] for item in document["schema"][0]["properties"]]


def test_every_person_level_feed_has_one_model() -> None:
    assert sorted(models()) == FEEDS


@pytest.mark.parametrize("feed", FEEDS)
def test_a_model_selects_the_spine_its_key_and_every_field(feed: str) -> None:
    columns = models()[feed]
    (key,) = [c for c in columns if c.startswith("source_record_id as ")]
    assert [c for c in columns if c != key] == SPINE + fields(feed)


def test_only_what_stands_is_staged() -> None:
    for path in STAGING.glob("stg_*.sql"):
        assert re.search(
            r"where is_current and not is_closed and op (= 'upsert'|<> 'delete')\n$", path.read_text()
        ), path.name

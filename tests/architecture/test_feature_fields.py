"""The deny-list of the contracts holds in the feature models: a denied field without a purpose stops the build."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from data_contracts.registry import Registry
from orchestration.dbt import DbtProject, dbt_cache
from orchestration.feature_fields import breaches, denied_fields
from orchestration.settings import REPOSITORY, Settings

DENIED = denied_fields(Registry.load())


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    settings = Settings(out=tmp_path_factory.mktemp("out"))
    return DbtProject(REPOSITORY / "dbt_project", dbt_cache(settings)).manifest()


def spoilt(manifest: Mapping[str, Any], model: str, old: str, new: str) -> Mapping[str, Any]:
    found = deepcopy(dict(manifest))
    node = found["nodes"][f"model.force_profiles.{model}"]
    assert old in node["raw_code"]
    node["raw_code"] = node["raw_code"].replace(old, new, 1)
    return found


def test_no_denied_field_reaches_a_feature(manifest: Mapping[str, Any]) -> None:
    assert breaches(manifest, DENIED) == []


SPOILT = [
    (
        "stg_crime_parties_known",
        "'relationship',",
        "'relationship',\n    'ethnicity_officer',",
        "ethnicity_officer",
    ),
    (
        "stg_missing_episodes_known",
        "'harm',",
        "'harm',\n    'has_mental_health_marker',",
        "has_mental_health_marker",
    ),
    ("feat_vawg_suspect", "select\n", "select\n    max(crimes.ethnicity_self) as x,\n", "ethnicity_self"),
    ("feat_crimes_at", "min(team)", "min(risk_initial)", "risk_initial"),
]


@pytest.mark.parametrize(("model", "old", "new", "field"), SPOILT)
def test_a_denied_field_is_caught(
    manifest: Mapping[str, Any], model: str, old: str, new: str, field: str
) -> None:
    (said,) = breaches(spoilt(manifest, model, old, new), DENIED)
    assert said.startswith(f"{model} names {field}, which the contract of ")


def test_protected_attributes_have_no_purpose_in_features(manifest: Mapping[str, Any]) -> None:
    """Sex may say what a crime was, in the staging of parties; in features it and its like may say nothing."""
    for node in manifest["nodes"].values():
        if str(node.get("path", "")).startswith("marts/features/"):
            told = set(node["config"].get("meta", {}).get("only_for", {}))
            assert not told & {
                "sex",
                "ethnicity_self",
                "ethnicity_officer",
                "nationality",
                "language",
                "forename",
                "surname",
            }


def test_a_feature_made_of_what_is_only_printed_is_caught(manifest: Mapping[str, Any]) -> None:
    """Tables beside a score may name anybody's name and sex; a feature made of one would smuggle that in."""
    found = deepcopy(dict(manifest))
    found["nodes"]["model.force_profiles.feat_vawg_suspect"]["depends_on"]["nodes"].append(
        "model.force_profiles.feat_people__identities"
    )
    (said,) = breaches(found, DENIED)
    assert said.startswith("feat_vawg_suspect is made of feat_people__identities, which is only printed")

"""Law 5, read from dbt's own manifest: which layer may read which.

source() only in staging, for links in conflation and for scores in the profile marts; conflation ← staging;
core ← conflation; features ← core; scores ← what scoring found; profile marts ← core, features and scores.
"""

from collections.abc import Mapping
from typing import Any

import pytest

from orchestration.dbt import DbtProject, dbt_cache
from orchestration.settings import REPOSITORY, Settings

MAY_READ = {
    "staging": {"sources", "staging"},
    "conflation": {"staging", "conflation", "linked", "seeds"},
    "core": {"staging", "conflation", "core", "seeds"},
    "features": {"staging", "core", "features", "seeds"},
    "labels": {"staging", "core"},
    "scores": {"scored"},
    "profiles": {"staging", "core", "features", "scores", "profiles", "scored", "seeds"},
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    settings = Settings(out=tmp_path_factory.mktemp("out"))
    return DbtProject(REPOSITORY / "dbt_project", dbt_cache(settings)).manifest()


def layer_of(node: Mapping[str, Any]) -> str:
    if node["resource_type"] == "seed":
        return "seeds"
    if node["resource_type"] == "source":
        return node["source_name"] if node["source_name"] in ("scored", "linked") else "sources"
    folders = node["path"].split("/")
    return folders[1] if folders[0] == "marts" else folders[0]


def breaches(manifest: Mapping[str, Any]) -> list[str]:
    nodes = {**manifest["nodes"], **manifest["sources"]}
    models = (n for n in manifest["nodes"].values() if n["resource_type"] == "model")
    return [
        f"{node['name']} ({layer_of(node)}) reads {nodes[parent]['name']} ({layer_of(nodes[parent])})"
        for node in models
        for parent in node["depends_on"]["nodes"]
        if layer_of(nodes[parent]) not in MAY_READ[layer_of(node)]
    ]


def test_each_layer_reads_only_what_it_may(manifest: Mapping[str, Any]) -> None:
    assert breaches(manifest) == []


def test_a_mart_that_reads_a_source_is_caught(manifest: Mapping[str, Any]) -> None:
    spoilt = {**manifest, "nodes": {**manifest["nodes"]}}
    name = "model.force_profiles.dim_forces"
    spoilt["nodes"][name] = {
        **manifest["nodes"][name],
        "depends_on": {"nodes": ["source.force_profiles.landed.forces"]},
    }
    assert breaches(spoilt) == ["dim_forces (core) reads forces (sources)"]

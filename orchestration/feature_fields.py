"""Which fields of the feeds may reach a feature: the deny-list of the contracts, enforced on the dbt models.

Fields come in by one door, the staging models of versions (staging/known), and each has a contract that says whether it
may be a feature (isFeatureAllowed). A field that may not may still say whose a record is or what counts as what; then
the model that names it says so in its metadata (`only_for: {field: purpose}`). Anything else stops the build. What is
only printed beside a score (features/people) may name any field, and for that no feature may be made of it. Not here:
columns of tables without a contract (profiles/scoring/table/denied).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from data_contracts.registry import Registry

PROJECT: Final = "force_profiles"
_DOOR: Final = "staging/known/"
_FEATURES: Final = "marts/features/"
_PRINTED: Final = "marts/features/people/"
_OF_PLACES: Final = "feat_strategic__"  # counts of places and months; nobody is in them
_COMMENT: Final = re.compile(r"--[^\n]*|\{#.*?#\}", re.DOTALL)
_CALL: Final = re.compile(r"known_versions\(\s*'(\w+)'\s*,\s*\[(.*?)\]", re.DOTALL)


def denied_fields(registry: Registry) -> Mapping[str, frozenset[str]]:
    """For each feed the fields that may not be features."""
    return {
        feed: frozenset(field.name for field in canonical.fields if not field.is_feature_allowed)
        for feed, canonical in registry.canonicals.items()
    }


def breaches(manifest: Mapping[str, Any], denied: Mapping[str, frozenset[str]]) -> Sequence[str]:
    """One sentence for each denied field that a model names without saying what it is for."""
    found = list(_made_of_print(manifest))
    for node in sorted(manifest["nodes"].values(), key=lambda one: str(one["name"])):
        if node["resource_type"] == "model":
            found += [
                f"{node['name']} names {field}, which the contract of {feed} keeps out of features; take it out, or "
                "say in its metadata what it is only_for."
                for feed, field in _named(node, manifest, denied)
                if field not in node["config"].get("meta", {}).get("only_for", {})
            ]
    return found


def _made_of_print(manifest: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each feature that is made of a table which is only printed."""
    nodes = manifest["nodes"]
    for node in sorted(nodes.values(), key=lambda one: str(one["name"])):
        if _is_feature(node):
            for parent in node["depends_on"].get("nodes", ()):
                if str(nodes.get(parent, {}).get("path", "")).startswith(_PRINTED):
                    yield (
                        f"{node['name']} is made of {nodes[parent]['name']}, which is only printed beside scores and "
                        "may not become a feature; read what lies below it instead."
                    )


def _is_feature(node: Mapping[str, Any]) -> bool:
    path = str(node.get("path", ""))
    is_of_people = path.startswith(_FEATURES) and not path.startswith(_PRINTED)
    return is_of_people and not node["name"].startswith(_OF_PLACES)


def _named(
    node: Mapping[str, Any], manifest: Mapping[str, Any], denied: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Denied fields that a model takes in, or that a feature model speaks of, with a feed that denies them."""
    path = str(node["path"])
    if path.startswith(_DOOR):
        for feed, columns in _CALL.findall(_COMMENT.sub("", node["raw_code"])):
            yield from ((feed, name) for name in re.findall(r"'(\w+)'", columns) if name in denied[feed])
    elif _is_feature(node):
        spoken = set(re.findall(r"[a-z_]+", _text(node, manifest)))
        everywhere = {name: feed for feed in sorted(_taken_in(manifest)) for name in denied[feed]}
        yield from ((everywhere[name], name) for name in sorted(spoken & everywhere.keys()))


def _taken_in(manifest: Mapping[str, Any]) -> set[str]:
    """The feeds that come in by the door."""
    doors = (node for node in manifest["nodes"].values() if str(node.get("path", "")).startswith(_DOOR))
    return {feed for node in doors for feed, _ in _CALL.findall(node["raw_code"])}


def _text(node: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """A model's SQL with that of the project's own macros it uses, without comments."""
    texts, waiting, seen = [str(node["raw_code"])], list(node["depends_on"]["macros"]), set[str]()
    while waiting:
        name = waiting.pop()
        macro = manifest["macros"].get(name)
        if macro is None or name in seen or macro["package_name"] != PROJECT:
            continue
        seen.add(name)
        texts.append(str(macro["macro_sql"]))
        waiting += macro["depends_on"]["macros"]
    return _COMMENT.sub("", "\n".join(texts))

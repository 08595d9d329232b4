"""A force's contract that extends that of the system it has: a few lines that say what differs.

    customProperties: [{property: extends, value: connected_suite/crime}]

takes data_contracts/sources/connected_suite/crime.odcs.yaml and lays the force's own words over it: keys over keys, and
in lists that have names (properties and quality by `name`, customProperties and slaProperties by `property`) each entry
over the entry of that name. Other lists are replaced whole. Not here: what the words mean (odcs).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from data_contracts import yaml_reader
from data_contracts.model import IDENTIFIER, ContractError
from data_contracts.yaml_reader import Document, Value

WORD = "extends"
_NAMED = {
    "properties": "name",
    "quality": "name",
    "customProperties": "property",
    "slaProperties": "property",
}


def base_of(document: Document, sources: Path) -> Path | None:
    """The contract that a file says it extends, None where it says so of none; ContractError where there is none."""
    for at, item in enumerate(_listed(document.value, "customProperties")):
        if item.get("property") == WORD:
            said = item.get("value")
            parts = said.split("/") if isinstance(said, str) else []
            path = sources / f"{'/'.join(parts)}.odcs.yaml"
            is_named = len(parts) == 2 and all(IDENTIFIER.fullmatch(part) for part in parts)
            if not is_named or not path.is_file():
                raise document.error(
                    ("customProperties", at),
                    "extends must name a contract of a source, SYSTEM/FEED, as in sources/SYSTEM/FEED.odcs.yaml",
                )
            return path
    return None


def laid_over(document: Document, base: Path) -> Document:
    """The base with the document's own words over it. Lines are not known any more; sentences name the file."""
    under = yaml_reader.read(base)
    if base_of(under, base.parents[1]) is not None:
        raise ContractError(
            f"{base}: a contract that others extend must not extend another itself; write it out"
        )
    value = cast(dict[str, Value], _merged(under.value, document.value))
    own = [item for item in _listed(value, "customProperties") if item.get("property") != WORD]
    schema = value.get("schema")
    if isinstance(schema, list) and len(schema) == 2 and len(_listed(document.value, "schema")) == 1:
        value["schema"] = [_merged(schema[0], schema[1])]
    return Document(document.path, {**value, "customProperties": cast(Value, own)}, "")


def _merged(under: Value, over: Value, name: str = "") -> Value:
    if isinstance(under, dict) and isinstance(over, dict):
        return {
            key: _merged(under[key], over[key], key)
            if key in under and key in over
            else {**under, **over}[key]
            for key in [*under, *(key for key in over if key not in under)]
        }
    if isinstance(under, list) and isinstance(over, list):
        if name == "schema":
            return [*under, *over]
        if key := _NAMED.get(name):
            return _by_name(under, over, key)
    return over


def _by_name(under: list[Value], over: list[Value], key: str) -> Value:
    """Entries of one name laid over each other, the others after them."""
    found: dict[object, Value] = {}
    for at, item in enumerate([*under, *over]):
        name = item.get(key) if isinstance(item, dict) else None
        mark = at if name is None else str(name)
        found[mark] = _merged(found[mark], item) if mark in found else item
    return list(found.values())


def _listed(value: Value, name: str) -> list[Mapping[str, Value]]:
    """The mappings of a list; none where there is no list of them."""
    found = value.get(name) if isinstance(value, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []

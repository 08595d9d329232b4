"""Where a contract departs from the Open Data Contract Standard, by the standard's own JSON schema.

Not here: what our own keys mean (odcs), whether a contract is wise (lint).
"""

import importlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from data_contracts.model import ContractError
from data_contracts.yaml_reader import Document, Place

_BRANCHES = ("allOf", "anyOf", "oneOf")
_CONDITIONS = ("if", "then", "else")


def departures(document: Document) -> list[str]:
    """Every departure of a file, one sentence each."""
    found = _departures(json.dumps(document.value))
    return [str(document.error(place, f"not as the standard asks: {what}")) for place, what in found]


def schema() -> dict[str, Any]:
    """JSON Schema of the standard, from the installed package; its Python models are not imported."""
    spec = importlib.util.find_spec("open_data_contract_standard")
    if spec is None or not spec.submodule_search_locations:
        raise ContractError("the package open-data-contract-standard is not installed; install it")
    text = (Path(spec.submodule_search_locations[0]) / "schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache(maxsize=1024)
def _departures(value: str) -> tuple[tuple[Place, str], ...]:
    """(place, sentence) of each; remembered, because the schema is slow to ask."""
    errors = _validator().iter_errors(json.loads(value))
    return tuple((tuple(error.absolute_path), error.message[:200]) for error in errors)


@cache
def _validator() -> Any:
    """The schema's validator, except that a key is known where any branch knows it.

    The library asks every branch again for every key, which takes three quarters of the time. A key that stands
    in the wrong branch is then not named here; it does not load either.
    """
    jsonschema: Any = importlib.import_module("jsonschema")
    extend = importlib.import_module("jsonschema.validators").extend
    root = schema()
    known: dict[int, set[str]] = {}

    def only_known(_: Any, wanted: object, instance: object, part: Mapping[str, Any]) -> Iterator[Any]:
        if wanted is False and isinstance(instance, dict):
            names = known.setdefault(id(part), set(_names(part, root)))
            for name in sorted(instance.keys() - names):
                yield jsonschema.ValidationError(f"the key {name[:60]!r} is not known here")

    return extend(jsonschema.Draft201909Validator, {"unevaluatedProperties": only_known})(root)


def _names(part: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[str]:
    """Every key that a part of the schema, or a part that it refers to, has a word for."""
    yield from part.get("properties", ())
    if "$ref" in part:
        yield from _names(root["$defs"][part["$ref"].rpartition("/")[2]], root)
    branches = [branch for key in _BRANCHES for branch in part.get(key, ())]
    for branch in (*branches, *(part[key] for key in _CONDITIONS if key in part)):
        yield from _names(branch, root)

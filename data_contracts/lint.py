"""Is a contract good, beyond readable? `python -m data_contracts.lint` prints problems and exits 1 if any.

Not here: the rules for names (names) and patterns (patterns), reading (odcs), drift of the dictionary
(dictionary).
"""

import codecs
import importlib.util
import json
import sys
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from data_contracts import names, odcs, patterns, yaml_reader
from data_contracts.model import Canonical, ContractError, FeedContract, Field, Rule, RuleKind
from data_contracts.registry import HERE, Registry, canonical_paths, contract_paths
from data_contracts.yaml_node import Node

CLASSIFICATIONS = ("public", "official", "official-sensitive")
RETENTION_GROUPS = ("not_personal", "mopi_1", "mopi_2", "mopi_3", "mopi_4", "audit")
HANDLING = ("P", "C")
SENSITIVITIES = ("none", "restricted", "witness", "sealed", "human_rights", "informant_derived")
_SHORTEST_REASON = 20  # characters: a number without a reason is a guess


def check(root: Path = HERE) -> list[str]:
    """Every problem of the contracts under `root`, one sentence each; empty if there is none."""
    problems = [
        problem for path in (*canonical_paths(root), *contract_paths(root)) for problem in _standard(path)
    ]
    canonicals: dict[str, Canonical] = {}
    for path in canonical_paths(root):
        try:
            canonical = odcs.read_canonical(yaml_reader.read(path))
        except ContractError as problem:
            problems.append(str(problem))
            continue
        canonicals[f"{canonical.feed}/{canonical.version}"] = canonical
        problems += [f"{path}: {problem}" for problem in _canonical_problems(canonical)]
    for path in contract_paths(root):
        try:
            contract = odcs.read_contract(yaml_reader.read(path), canonicals)
        except ContractError as problem:
            problems.append(str(problem))
            continue
        problems += [f"{path}: {problem}" for problem in _contract_problems(contract)]
    return sorted({*problems, *_registry_problems(root)})


def _standard(path: Path) -> Iterator[str]:
    """Where the file departs from the Open Data Contract Standard."""
    try:
        document = yaml_reader.read(path)
    except ContractError as problem:
        yield str(problem)
        return
    for error in _validator().iter_errors(document.value):
        yield str(
            document.error(tuple(error.absolute_path), f"not as the standard asks: {error.message[:200]}")
        )


@cache
def _validator() -> Any:
    import jsonschema

    return jsonschema.Draft201909Validator(standard_schema())


def standard_schema() -> dict[str, Any]:
    """JSON Schema of the standard, from the installed package; its Python models are not imported."""
    spec = importlib.util.find_spec("open_data_contract_standard")
    if spec is None or not spec.submodule_search_locations:
        raise ContractError("the package open-data-contract-standard is not installed; install it")
    text = (Path(spec.submodule_search_locations[0]) / "schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def _canonical_problems(canonical: Canonical) -> Iterator[str]:
    if problem := names.problem_of(canonical.feed):
        yield f"the feed name {canonical.feed!r} {problem}"
    for name in _twice(field.name for field in canonical.fields):
        yield f"the field {name} is declared twice"
    for field in canonical.fields:
        yield from (f"the field {field.name!r} {problem}" for problem in _field_problems(field))
    for item in Node.root(yaml_reader.read(canonical.path)).get("schema").items():
        for column in item.get("properties").items():
            if column.mapping().get("enum") == []:
                yield f"the code list of {column.get('name').text()} is empty; list codes or leave enum out"


def _field_problems(field: Field) -> Iterator[str]:
    if problem := names.problem_of(field.name):
        yield problem
    if len(field.description) < _SHORTEST_REASON:
        yield "has no meaning; describe it in a sentence"
    if field.classification not in CLASSIFICATIONS:
        yield f"has the classification {field.classification!r}; allowed are {', '.join(CLASSIFICATIONS)}"
    if field.retention_group not in RETENTION_GROUPS:
        yield f"has the retention group {field.retention_group!r}; allowed are {', '.join(RETENTION_GROUPS)}"
    if field.is_feature_allowed and names.is_protected(field.name):
        yield "is a protected attribute or stands in for one; it may never be a model feature"
    for code in _twice(field.code_list):
        yield f"lists the code {code!r} twice"


def _contract_problems(contract: FeedContract) -> Iterator[str]:
    known = {field.name for field in contract.canonical.fields}
    mapped = [name for _, name in contract.headings]
    for heading in _twice(heading for heading, _ in contract.headings):
        yield f"the heading {heading!r} is declared twice"
    for name in _twice(mapped):
        yield f"two headings are mapped to {name}; keep one"
    for name in sorted(set(mapped) - known):
        yield f"a heading is mapped to {name!r}, which {contract.canonical.feed} does not have"
    for field in contract.canonical.fields:
        is_checked = any(
            rule.field == field.name and rule.kind is RuleKind.REQUIRED for rule in contract.rules
        )
        if field.required and not (field.name in mapped and is_checked):
            yield f"{field.name} is required, so it needs a heading and a nullValues check"
    for code in _twice(rule.code for rule in contract.rules):
        yield f"two rules have the code {code}"
    for rule in contract.rules:
        yield from (
            f"the rule {rule.code} {problem}" for problem in _rule_problems(rule, known & set(mapped))
        )
    yield from _setting_problems(contract, known)


def _rule_problems(rule: Rule, fields: set[str]) -> Iterator[str]:
    if not rule.code.isupper() or not rule.code.replace("_", "").isalnum() or not rule.code.isascii():
        yield "must have a code in capital letters, digits and _"
    if rule.field not in fields:
        yield f"looks at {rule.field!r}, which has no heading here"
    if len(rule.reason) < _SHORTEST_REASON - 5:
        yield "gives no reason that a reader would understand"
    if rule.kind is RuleKind.IN_SET and not rule.args.values:
        yield "has an empty code list"
    if rule.kind is RuleKind.NUMBER_BETWEEN and not rule.args.low < rule.args.high:
        yield "has a low end that is not below its high end"
    if rule.kind is RuleKind.PRESENT_WITH and rule.args.other not in fields:
        yield f"compares with {rule.args.other!r}, which has no heading here"
    if rule.kind is RuleKind.REGEX and (
        problem := patterns.problem_of(rule.args.pattern, is_for_values=True)
    ):
        yield f"has a pattern that {problem}"


def _setting_problems(contract: FeedContract, known: set[str]) -> Iterator[str]:
    floor, ceiling, volume = contract.row_floor, contract.row_ceiling, contract.volume
    if not 1 <= floor.rows <= ceiling.rows:
        yield "the floor of rows must be at least 1 and not above the ceiling"
    if min(len(floor.reason), len(ceiling.reason)) < _SHORTEST_REASON:
        yield "the floor and the ceiling of rows each need a reason in plain words"
    if not (0 <= volume.low < 1 < volume.high and volume.window >= 3):
        yield "volume needs low below 1, high above 1 and a window of at least 3 deliveries"
    if contract.freshness_days < 1:
        yield "freshness must be at least one day"
    if contract.handling not in HANDLING or contract.sensitivity not in SENSITIVITIES:
        allowed = f"{', '.join(HANDLING)} and {', '.join(SENSITIVITIES)}"
        yield f"handling and sensitivity must be one of {allowed}"
    if contract.retention_group not in RETENTION_GROUPS:
        yield f"the retention group must be one of {', '.join(RETENTION_GROUPS)}"
    for name in sorted({contract.times.month_field, *contract.identity} - known):
        yield f"times or identity name {name!r}, which {contract.canonical.feed} does not have"
    if contract.timezone not in zoneinfo.available_timezones():
        yield f"the time zone {contract.timezone!r} is not known"
    if not _is_encoding(contract.dialect.encoding):
        yield f"the encoding {contract.dialect.encoding!r} is not known"
    if problem := patterns.problem_of(contract.file_pattern.pattern, is_for_values=False):
        yield f"filePattern {problem}"


def _registry_problems(root: Path) -> Iterator[str]:
    """What only shows when everything is read together."""
    try:
        registry = Registry.load(root)
    except ContractError as problem:
        yield str(problem)
        return
    declared = [feed.feed for feed in registry.declared_feeds]
    for feed in _twice(declared):
        yield f"{root / 'canonical' / 'feeds.yml'}: the feed {feed} is declared twice"
    for contract in registry.contracts:
        if contract.feed not in declared:
            yield f"{contract.path}: the feed {contract.feed} is not declared in canonical/feeds.yml"
    for pattern, _ in registry.skipped:
        if wrong := patterns.problem_of(pattern.pattern, is_for_values=False):
            yield f"skipped.yml: the pattern {pattern.pattern!r} {wrong}"


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _twice(items: Iterable[str]) -> list[str]:
    return sorted(item for item, n in Counter(items).items() if n > 1)


def main(write: Callable[[str], object] = print) -> int:
    """Print the problems; 1 if there are any."""
    problems = check()
    for problem in problems:
        write(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

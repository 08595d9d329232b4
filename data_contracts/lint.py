"""Is a contract good, beyond readable? `python -m data_contracts.lint` prints problems and exits 1 if any.

Here: every file in turn, and what only shows when all are read together. Not here: departures from the standard
(standard), advice about one canonical feed (lint_canonical) or one contract (lint_contract, lint_columns), reading
(odcs), drift of the dictionary (dictionary).
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from data_contracts import (
    confirmation,
    lint_canonical,
    lint_columns,
    lint_contract,
    odcs,
    patterns,
    released,
    yaml_reader,
)
from data_contracts.model import Canonical, ContractError
from data_contracts.registry import (
    HERE,
    Registry,
    canonical_paths,
    contract_paths,
    is_open_draft,
    read_contract,
)
from data_contracts.standard import departures


def check(root: Path = HERE) -> list[str]:
    """Every problem of the contracts under `root`, one sentence each; empty if there is none."""
    problems: list[str] = []
    canonicals: dict[str, Canonical] = {}
    for path in canonical_paths(root):
        try:
            document = yaml_reader.read(path)
            problems += departures(document)
            canonical = odcs.read_canonical(document)
        except ContractError as problem:
            problems.append(str(problem))
            continue
        canonicals[f"{canonical.feed}/{canonical.version}"] = canonical
        problems += [f"{path}: {problem}" for problem in lint_canonical.problems_of(canonical, document)]
    defaults: dict[Path, odcs.Defaults] = {}
    for path in contract_paths(root):
        if is_open_draft(path):
            continue  # no night reads it; `feed check` says what it lacks
        try:
            problems += departures(yaml_reader.read(path))
            contract = read_contract(path, canonicals, defaults)
        except ContractError as problem:
            problems.append(str(problem))
            continue
        problems += [f"{path}: {problem}" for problem in lint_contract.problems_of(contract)]
        problems += [f"{path}: {problem}" for problem in confirmation.problems_of(path)]
    return sorted({*problems, *_registry_problems(root)})


def _registry_problems(root: Path) -> Iterator[str]:
    """What only shows when everything is read together."""
    try:
        registry = Registry.load(root)
    except ContractError as problem:
        yield str(problem)
        return
    declared = [feed.feed for feed in registry.declared_feeds]
    for feed in sorted(feed for feed, n in Counter(declared).items() if n > 1):
        yield f"{root / 'canonical' / 'feeds.yml'}: the feed {feed} is declared twice"
    for contract in registry.contracts:
        if contract.feed not in declared:
            yield f"{contract.path}: the feed {contract.feed} is not declared in canonical/feeds.yml"
    for pattern, _ in registry.skipped:
        if wrong := patterns.problem_of(pattern.pattern, is_for_values=False):
            yield f"skipped.yml: the pattern {pattern.pattern!r} {wrong}"
    yield from lint_columns.overlaps(registry.contracts)
    yield from released.problems(registry)


def main(write: Callable[[str], object] = print) -> int:
    """Print the problems; 1 if there are any."""
    problems = check()
    for problem in problems:
        write(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

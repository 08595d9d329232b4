"""Advice about any contract that reads: its headings, rules and settings, one sentence for each problem.

Not here: columns and files of person-level contracts (lint_columns), canonical feeds (lint_canonical), the standard
and everything together (lint).
"""

import codecs
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from data_contracts import lint_columns, patterns
from data_contracts.columns import BINDABLE, HANDLING, SENSITIVITIES
from data_contracts.derived import SCI_NOTATION
from data_contracts.lint_canonical import RETENTION_GROUPS, SHORTEST_REASON
from data_contracts.model import FeedContract, Rule, RuleKind


def problems_of(contract: FeedContract) -> Iterator[str]:
    """Every problem of a contract, without the name of its file."""
    known = {field.name for field in contract.canonical.fields}
    mapped = {column.name for column in contract.columns if not column.is_ignored}
    for code in _twice(rule.code for rule in contract.rules):
        if code != SCI_NOTATION:
            yield f"two rules have the code {code}"
    for rule in contract.rules:
        fields = mapped if contract.is_typed else known & mapped
        yield from (f"the rule {rule.code} {problem}" for problem in _rule_problems(rule, fields))
    yield from lint_columns.problems_of(contract) if contract.is_typed else _monthly_problems(contract, known)
    yield from _setting_problems(contract, known | BINDABLE.keys() if contract.is_typed else known)


def _monthly_problems(contract: FeedContract, known: set[str]) -> Iterator[str]:
    """Headings of a contract whose rows land as text."""
    mapped = [name for _, name in contract.headings]
    for heading in _twice(heading for heading, _ in contract.headings):
        yield f"the heading {heading!r} is declared twice"
    for name in _twice(mapped):
        yield f"two headings are mapped to {name}; keep one"
    for name in sorted(set(mapped) - known):
        yield f"a heading is mapped to {name!r}, which {contract.canonical.feed} does not have"
    for field in contract.canonical.fields:
        is_checked = any(r.field == field.name and r.kind is RuleKind.REQUIRED for r in contract.rules)
        if field.required and not (field.name in mapped and is_checked):
            yield f"{field.name} is required, so it needs a heading and a nullValues check"
    if not _is_encoding(contract.dialect.encoding):
        yield f"the encoding {contract.dialect.encoding!r} is not known"
    if problem := patterns.problem_of(contract.file_pattern.pattern, is_for_values=False):
        yield f"filePattern {problem}"


def _rule_problems(rule: Rule, fields: set[str]) -> Iterator[str]:
    if not rule.code.isupper() or not rule.code.replace("_", "").isalnum() or not rule.code.isascii():
        yield "must have a code in capital letters, digits and _"
    if rule.field not in fields:
        yield f"looks at {rule.field!r}, which has no heading here"
    if len(rule.reason) < SHORTEST_REASON - 5:
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
    fewest = 0 if contract.is_typed else 1  # a night without news is rightly empty, a month is not
    if not fewest <= floor.rows <= ceiling.rows:
        yield f"the floor of rows must be at least {fewest} and not above the ceiling"
    if min(len(floor.reason), len(ceiling.reason)) < SHORTEST_REASON:
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
    for name in sorted({contract.times.month_field, *contract.identity} - known - {""}):
        yield f"times or identity name {name!r}, which {contract.canonical.feed} does not have"
    if contract.timezone not in _time_zones():
        yield f"the time zone {contract.timezone!r} is not known"


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _twice(items: Iterable[str]) -> list[str]:
    return sorted(item for item, n in Counter(items).items() if n > 1)

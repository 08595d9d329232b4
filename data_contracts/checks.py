"""What a rule means, row by row: the plain Python reading that every faster one must agree with.

Not here: the bulk check over a delivery (SQL, orchestration/landing), Great Expectations (expectations).
Both are derived from the same Rule records, and tests hold them against this module.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from data_contracts.model import NUMBER_PATTERN, FeedContract, Rule, RuleKind, Severity

Row = Mapping[str, str | None]  # canonical name to the text received; an empty field is None or ""


@lru_cache(maxsize=256)
def exact(pattern: str) -> re.Pattern[str]:
    """The pattern, anchored so that `$` is the end of the text, as in RE2, not "before a last newline"."""
    return re.compile(rf"\A(?:{pattern.removeprefix('^').removesuffix('$')})\Z")


def is_broken(rule: Rule, row: Row, period: str) -> bool:
    """Whether the row breaks the rule. `period` is YYYY-MM, as named by the file."""
    text = row.get(rule.field) or None
    if rule.kind is RuleKind.REQUIRED:
        return text is None
    if rule.kind is RuleKind.PRESENT_WITH:
        return (text is None) != (not row.get(rule.args.other))
    if text is None:
        return False
    if rule.kind is RuleKind.IN_SET:
        return text not in rule.args.values
    if rule.kind is RuleKind.REGEX:
        return not exact(rule.args.pattern).match(text)
    if rule.kind is RuleKind.EQUALS_PERIOD:
        return text != period
    return not _is_number_between(text, rule.args.low, rule.args.high)


def broken_rules(rules: Iterable[Rule], row: Row, period: str) -> tuple[Rule, ...]:
    """The rules that the row breaks, in the contract's order."""
    return tuple(rule for rule in rules if is_broken(rule, row, period))


def refusal(contract: FeedContract, row: Row, period: str) -> Rule | None:
    """The first quarantine rule that the row breaks: the reason of its refusal. None if accepted."""
    broken = broken_rules(contract.rules, row, period)
    return next((rule for rule in broken if rule.severity is Severity.QUARANTINE), None)


def _is_number_between(text: str, low: float, high: float) -> bool:
    if not exact(NUMBER_PATTERN).match(text):
        return False
    number = float(text)
    return math.isfinite(number) and low <= number <= high

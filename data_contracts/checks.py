"""What a rule means, row by row: the plain Python reading that every faster one must agree with.

Not here: what one cell means as a value (values), the bulk check over a delivery (SQL, orchestration/landing), Great
Expectations (expectations). All are derived from the same records, and tests hold them against this module.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data_contracts.model import FeedContract, Rule, RuleKind, Severity
from data_contracts.values import NUMBER_PATTERN, Problem, Value, exact, read_value

__all__ = [
    "Problem", "Reading", "Row", "broken_rules", "exact", "is_broken", "read_row", "read_value", "refusal",
]  # fmt: skip

Row = Mapping[str, str | None]  # canonical name to the text received; an empty field is None or ""
_PROBLEMS = {
    RuleKind.NOT_SCIENTIFIC: Problem.SCIENTIFIC,
    RuleKind.OF_TYPE: Problem.TYPE,
    RuleKind.IN_CODES: Problem.CODE,
}


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
    if rule.kind is RuleKind.NUMBER_BETWEEN:
        return not _is_number_between(text, rule.args.low, rule.args.high)
    raise ValueError(f"{rule.code} is about what a cell means; ask read_row")


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a row of a person-level file says. `values` by canonical or spine name, as bound; None where unreadable."""

    values: Mapping[str, Value]
    reason_code: str | None  # of the first rule that refuses the row
    noted: tuple[str, ...]  # codes of the broken rules that are notes, in the contract's order, if accepted


def read_row(contract: FeedContract, row: Mapping[str, str | None], *, period: str) -> Reading:
    """Read a row, given by heading as the contract writes it. `period` is YYYY-MM-DD, the date of the file."""
    read = {
        column.name: read_value(column, row.get(column.physical), zone=contract.timezone, period=period)
        for column in contract.columns
        if not column.is_ignored
    }
    problems = {name: found for name, found in read.items() if isinstance(found, Problem)}
    values = {name: None if isinstance(found, Problem) else found for name, found in read.items()}
    broken = [rule for rule in contract.rules if _breaks(rule, values, problems)]
    refusing = next((rule.code for rule in broken if rule.severity is not Severity.NOTE), None)
    noted = dict.fromkeys(rule.code for rule in broken if rule.severity is Severity.NOTE)
    return Reading(values, refusing, () if refusing else tuple(noted))


def _breaks(rule: Rule, values: Mapping[str, Value], problems: Mapping[str, Problem]) -> bool:
    """Whether the values break the rule; rules that a contract writes itself are about values, not texts."""
    if rule.kind in _PROBLEMS:
        return problems.get(rule.field) is _PROBLEMS[rule.kind]
    value = values.get(rule.field)
    if rule.kind is RuleKind.REQUIRED:
        return value is None
    if rule.kind is RuleKind.PRESENT_WITH:
        return (value is None) != (values.get(rule.args.other) is None)
    if value is None:
        return False
    if rule.kind is RuleKind.NUMBER_BETWEEN:
        return not (isinstance(value, int | float) and rule.args.low <= value <= rule.args.high)
    return is_broken(rule, {rule.field: str(value)}, "")

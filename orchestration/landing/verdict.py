"""The SQL of a verdict on one row: the first refusing rule that it breaks, whatever shape its values have.

Not here: rules that only text or only typed values have a SQL for (conform, typed).
"""

from collections.abc import Callable

from data_contracts.model import FeedContract, Rule, RuleKind, Severity
from orchestration.landing.quoting import literal, literals


def refusing_rules(contract: FeedContract) -> tuple[Rule, ...]:
    """The rules that refuse a row or a delivery; notes refuse nothing."""
    return tuple(rule for rule in contract.rules if rule.severity is not Severity.NOTE)


def reason_sql(
    contract: FeedContract, breaks: Callable[[Rule], str], surely_kept: Callable[[Rule], str] | None = None
) -> str:
    """SQL giving the code of the first rule a row breaks, else NULL. breaks: SQL that is true for such a row.

    surely_kept: cheaper SQL that is true for most rows that keep a rule and for none that breaks it; a row for which it
    is true of every rule is looked at no further.
    """
    rules = refusing_rules(contract)
    if not rules:
        return "cast(null as varchar)"
    quick = f"when {' and '.join(map(surely_kept, rules))} then null " if surely_kept else ""
    arms = " ".join(f"when {breaks(rule)} then {literal(rule.code)}" for rule in rules)
    return f"case {quick}{arms} end"


def breaks_sql(rule: Rule, value_of: Callable[[str], str]) -> str:
    """SQL that is true for a row that breaks a rule on values of any kind. value_of: SQL of a field's value."""
    value, args = value_of(rule.field), rule.args
    match rule.kind:
        case RuleKind.REQUIRED:
            return f"{value} is null"
        case RuleKind.IN_SET:
            return f"{value} not in ({literals(args.values)})"
        case RuleKind.REGEX:
            return f"not regexp_full_match({value}, {literal(args.pattern)})"
        case RuleKind.EQUALS_PERIOD:
            return f"{value} is distinct from r.period"
        case RuleKind.PRESENT_WITH:
            return f"({value} is null) <> ({value_of(args.other)} is null)"
        case _:
            raise ValueError(f"{rule.code} is about typed values; the contract has none")

"""The quality rules that a contract writes, as Rule records.

Not here: rules that follow from the columns (derived), what a rule means (checks), reading the rest of a contract
(odcs).
"""

import re

from data_contracts.model import Canonical, Rule, RuleArgs, RuleKind, Severity
from data_contracts.yaml_node import Node


def written_rules(column: Node, canonical: Canonical) -> tuple[Rule, ...]:
    """The rules under `quality` of a property, in order."""
    listed = column.find("quality")
    name = column.get("name").text() if listed else ""
    return tuple(_rule(name, item, canonical) for item in listed.items()) if listed else ()


def pattern(node: Node) -> re.Pattern[str]:
    """A regular expression; one that does not compile is refused."""
    try:
        return re.compile(node.text())
    except re.error as problem:
        raise node.error(f"{node.label} is not a regular expression ({problem}); mend it") from None


def _rule(name: str, item: Node, canonical: Canonical) -> Rule:
    kind, args = _check(name, item, canonical)
    severity = Severity(item.get("severity").choice(Severity))
    return Rule(name, kind, args, severity, item.get("name").text(), item.get("description").flat())


def _check(name: str, item: Node, canonical: Canonical) -> tuple[RuleKind, RuleArgs]:
    """The standard's own metrics where it has one, else a check of the engine `force-profiles`."""
    metric = item.find("metric")
    if metric is None:
        return _own_check(item.get("implementation"))
    if metric.choice(("nullValues", "invalidValues")) == "nullValues":
        return RuleKind.REQUIRED, RuleArgs()
    arguments = item.get("arguments")
    arguments.only(("pattern", "validValues", "codeList"))
    if regex := arguments.find("pattern"):
        return RuleKind.REGEX, RuleArgs(pattern=pattern(regex).pattern)
    if values := arguments.find("validValues"):
        return RuleKind.IN_SET, RuleArgs(values=values.texts())
    arguments.get("codeList").choice(("canonical",))
    codes = [field.code_list for field in canonical.fields if field.name == name]
    return RuleKind.IN_SET, RuleArgs(values=codes[0] if codes else ())


def _own_check(node: Node) -> tuple[RuleKind, RuleArgs]:
    own = (RuleKind.NUMBER_BETWEEN, RuleKind.EQUALS_PERIOD, RuleKind.PRESENT_WITH)
    kind = RuleKind(node.get("kind").choice(own))
    if kind is RuleKind.NUMBER_BETWEEN:
        node.only(("kind", "low", "high"))
        return kind, RuleArgs(low=node.get("low").number(), high=node.get("high").number())
    if kind is RuleKind.PRESENT_WITH:
        node.only(("kind", "other"))
        return kind, RuleArgs(other=node.get("other").text())
    node.only(("kind",))
    return kind, RuleArgs()

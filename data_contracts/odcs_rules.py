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
        return _own_check(name, item.get("implementation"), canonical)
    if metric.choice(("nullValues", "invalidValues")) == "nullValues":
        return RuleKind.REQUIRED, RuleArgs()
    arguments = item.get("arguments")
    arguments.only(("pattern", "validValues"))
    if regex := arguments.find("pattern"):
        return RuleKind.REGEX, RuleArgs(pattern=pattern(regex).pattern)
    return RuleKind.IN_SET, RuleArgs(values=arguments.get("validValues").texts())


def _own_check(name: str, node: Node, canonical: Canonical) -> tuple[RuleKind, RuleArgs]:
    """What the standard has no metric for; `in_set` asks for one of the canonical codes, which stand there once."""
    own = (RuleKind.NUMBER_BETWEEN, RuleKind.EQUALS_PERIOD, RuleKind.PRESENT_WITH, RuleKind.IN_SET)
    kind = RuleKind(node.get("kind").choice(own))
    if kind is RuleKind.NUMBER_BETWEEN:
        node.only(("kind", "low", "high"))
        return kind, RuleArgs(low=node.get("low").number(), high=node.get("high").number())
    if kind is RuleKind.PRESENT_WITH:
        node.only(("kind", "other"))
        return kind, RuleArgs(other=node.get("other").text())
    node.only(("kind",))
    if kind is RuleKind.IN_SET:
        return kind, RuleArgs(values=next((f.code_list for f in canonical.fields if f.name == name), ()))
    return kind, RuleArgs()

"""From an Open Data Contract Standard file to the records of model.py.

What the standard has no word for lives in its `customProperties`; the words allowed there are listed here.
Not here: reading YAML (yaml_reader), finding files (registry), advice about a contract that reads well but is
poor (lint).
"""

import re
from collections.abc import Mapping

from data_contracts.model import (
    LOGICAL_TYPES,
    Canonical,
    Dialect,
    FeedContract,
    Field,
    RowLimit,
    Rule,
    RuleArgs,
    RuleKind,
    Severity,
    Times,
    TimeSource,
    Volume,
    VolumeAction,
)
from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import Document

FIELD_PROPERTIES = ("unit", "source", "retentionGroup", "isFeatureAllowed")
CONTRACT_PROPERTIES = (
    "canonical", "system", "filePattern", "dialect", "identity", "isBackfill", "timezone", "times", "volume",
    "handling", "sensitivity", "retentionGroup",
)  # fmt: skip


def read_canonical(document: Document) -> Canonical:
    """A canonical feed from its ODCS document."""
    root = Node.root(document)
    schema = _one_schema(root)
    return Canonical(
        feed=root.get("id").text(),
        title=root.get("name").text(),
        version=root.get("version").text(),
        description=_flat(root.get("description").get("purpose")),
        fields=tuple(_field(item) for item in schema.get("properties").items()),
        path=document.path,
    )


def read_contract(document: Document, canonicals: Mapping[str, Canonical]) -> FeedContract:
    """A source's or force's contract. `canonicals` is keyed "feed/version"."""
    root = Node.root(document)
    schema = _one_schema(root)
    given = root.custom(CONTRACT_PROPERTIES)
    custom = {name: root.need(given, name) for name in CONTRACT_PROPERTIES}
    canonical = canonicals.get(custom["canonical"].text())
    if canonical is None:
        raise custom["canonical"].error(f"canonical must be one of {', '.join(canonicals)}")
    columns = list(schema.get("properties").items())
    floor, ceiling = _row_limits(schema)
    return FeedContract(
        feed=canonical.feed,
        system=custom["system"].text(),
        version=root.get("version").text(),
        canonical=canonical,
        file_pattern=_file_pattern(custom["filePattern"]),
        dialect=_dialect(custom["dialect"]),
        headings=tuple((column.get("physicalName").text(), column.get("name").text()) for column in columns),
        optional_headings=frozenset(_optional(columns)),
        rules=tuple(rule for column in columns for rule in _rules(column, canonical)),
        volume=_volume(custom["volume"]),
        row_floor=floor,
        row_ceiling=ceiling,
        freshness_days=_freshness(root),
        identity=_identity(custom["identity"]),
        is_backfill=custom["isBackfill"].flag(),
        timezone=custom["timezone"].text(),
        times=_times(custom["times"]),
        handling=custom["handling"].text(),
        sensitivity=custom["sensitivity"].text(),
        retention_group=custom["retentionGroup"].text(),
        path=document.path,
    )


def pattern(node: Node) -> re.Pattern[str]:
    """A regular expression; one that does not compile is refused."""
    try:
        return re.compile(node.text())
    except re.error as problem:
        raise node.error(f"{node.label} is not a regular expression ({problem}); mend it") from None


def _flat(node: Node) -> str:
    return " ".join(node.text().split())


def _one_schema(root: Node) -> Node:
    schemas = list(root.get("schema").items())
    if len(schemas) != 1:
        raise root.get("schema").error("schema must hold exactly one object; a feed is one table")
    return schemas[0]


def _field(item: Node) -> Field:
    custom = item.custom(FIELD_PROPERTIES)
    codes, is_required = item.find("enum"), item.find("required")
    return Field(
        name=item.get("name").text(),
        logical_type=_logical_type(item),
        description=_flat(item.get("description")),
        required=is_required.flag() if is_required else False,
        unit=item.need(custom, "unit").text(),
        source=_flat(item.need(custom, "source")),
        classification=item.get("classification").text(),
        retention_group=item.need(custom, "retentionGroup").text(),
        is_feature_allowed=item.need(custom, "isFeatureAllowed").flag(),
        code_list=tuple(code.get("value").text() for code in codes.items()) if codes else (),
    )


def _logical_type(item: Node) -> str:
    """The standard has no month: a date written yyyy-MM is one."""
    word = item.get("logicalType").choice([name for name in LOGICAL_TYPES if name != "month"])
    options = item.find("logicalTypeOptions")
    written = options.find("format") if options else None
    return "month" if word == "date" and written and written.text() == "yyyy-MM" else word


def _file_pattern(node: Node) -> re.Pattern[str]:
    compiled = pattern(node)
    if not {"period", "force"} <= compiled.groupindex.keys():
        raise node.error("filePattern must name the groups period and force")
    return compiled


def _dialect(node: Node) -> Dialect:
    node.only(("delimiter", "quote", "escape", "encoding", "hasHeader"))
    signs = {key: node.get(key).raw_text() for key in ("delimiter", "quote", "escape")}
    for key, sign in signs.items():
        if len(sign) != 1:
            raise node.get(key).error(f"{key} must be one character in quotes")
    return Dialect(**signs, encoding=node.get("encoding").text(), has_header=node.get("hasHeader").flag())


def _optional(columns: list[Node]) -> list[str]:
    custom = ((column, column.custom(("isOptionalHeading",))) for column in columns)
    return [
        column.get("physicalName").text()
        for column, properties in custom
        if "isOptionalHeading" in properties and properties["isOptionalHeading"].flag()
    ]


def _rules(column: Node, canonical: Canonical) -> list[Rule]:
    listed = column.find("quality")
    return [_rule(column.get("name").text(), item, canonical) for item in listed.items()] if listed else []


def _rule(name: str, item: Node, canonical: Canonical) -> Rule:
    kind, args = _check(name, item, canonical)
    severity = Severity(item.get("severity").choice(Severity))
    return Rule(name, kind, args, severity, item.get("name").text(), _flat(item.get("description")))


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


def _row_limits(schema: Node) -> tuple[RowLimit, RowLimit]:
    """Floor and ceiling from the two rowCount checks; a feed without them does not load."""
    found: dict[str, RowLimit] = {}
    listed = schema.find("quality")
    for item in listed.items() if listed else ():
        item.get("metric").choice(("rowCount",))
        for operator in ("mustBeGreaterOrEqualTo", "mustBeLessOrEqualTo"):
            if limit := item.find(operator):
                found[operator] = RowLimit(limit.whole(), _flat(item.get("description")))
    if len(found) != 2:
        raise schema.error(
            f"{schema.get('name').text()} needs a floor and a ceiling of rows: two rowCount checks,"
            " mustBeGreaterOrEqualTo and mustBeLessOrEqualTo, each with its reason as description"
        )
    return found["mustBeGreaterOrEqualTo"], found["mustBeLessOrEqualTo"]


def _freshness(root: Node) -> int:
    for item in root.get("slaProperties").items():
        if item.get("property").text() == "freshness":
            item.get("unit").choice(("d",))
            return item.get("value").whole()
    raise root.get("slaProperties").error("freshness is missing; add it, in days")


def _identity(node: Node) -> tuple[str, ...]:
    return () if node.value == "file_line" else node.texts()


def _times(node: Node) -> Times:
    names = ("occurredFrom", "occurredTo", "recordedAt", "knownAt")
    node.only(("monthField", *names))
    sources = [TimeSource(node.get(name).choice(TimeSource)) for name in names]
    return Times(node.get("monthField").text(), *sources)


def _volume(node: Node) -> Volume:
    node.only(("low", "high", "window", "action"))
    action = VolumeAction(node.get("action").choice(VolumeAction))
    return Volume(node.get("low").number(), node.get("high").number(), node.get("window").whole(), action)

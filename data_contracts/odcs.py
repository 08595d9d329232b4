"""From an Open Data Contract Standard file to the records of model.py.

What the standard has no word for lives in its `customProperties`; the words allowed there are listed here. A contract
with `files` is person-level: its rows land typed, and its force may have said settings once for all (force.yaml,
`defaults`). Not here: reading YAML (yaml_reader), columns, files, limits and rules (odcs_*), finding files (registry),
advice about a contract that reads well but is poor (lint).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data_contracts import derived
from data_contracts.columns import ROLE, Column, Role
from data_contracts.extending import base_of, laid_over
from data_contracts.model import (
    LOGICAL_TYPES,
    STATUSES,
    Canonical,
    FeedContract,
    Field,
    Rule,
    Times,
    TimeSource,
)
from data_contracts.odcs_columns import text_column, typed_column, words
from data_contracts.odcs_files import dated_files, monthly_file
from data_contracts.odcs_limits import freshness, row_limits, tolerance, volume
from data_contracts.odcs_rules import written_rules
from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import Document

FIELD_PROPERTIES = ("unit", "source", "retentionGroup", "isFeatureAllowed")
NEEDED = ("system", "timezone", "volume", "handling", "sensitivity", "retentionGroup")
_MONTHLY = ("canonical", "filePattern", "dialect", "identity", "isBackfill", "times", *NEEDED)
_TYPED_ONLY = ("files", "valid", "nullWords", "tolerance", "roles")
MOST_ROLES = 200  # on one row
FORCE_DEFAULTS = ("nullWords", "times", "identity", "isBackfill", "tolerance", *NEEDED)
_KNOWN = (TimeSource.RECORDED_AT, TimeSource.DELIVERY_AS_OF)
_STATED = tuple(source for source in TimeSource if source is not TimeSource.ROW)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a force says once for all its person-level contracts."""

    force_code: str
    document: Document
    settings: Mapping[str, Node] = field(default_factory=dict)


def read_canonical(document: Document) -> Canonical:
    """A canonical feed from its ODCS document."""
    root = Node.root(document)
    schema = _one_schema(root)
    return Canonical(
        feed=root.get("id").text(),
        title=root.get("name").text(),
        version=root.get("version").text(),
        description=root.get("description").get("purpose").flat(),
        fields=tuple(_field(item) for item in schema.get("properties").items()),
        path=document.path,
    )


def read_contract(
    document: Document,
    canonicals: Mapping[str, Canonical],
    defaults: Defaults | None = None,
    sources: Path | None = None,
) -> FeedContract:
    """A source's or force's contract. `canonicals` is keyed "feed/version"; `defaults` are those of its force.

    sources: the folder of the contracts that one of a force may extend.
    """
    base = base_of(document, sources) if sources else None
    root = Node.root(laid_over(document, base) if base else document)
    schema = _one_schema(root)
    own = root.custom((*_MONTHLY, *_TYPED_ONLY))
    is_typed = "files" in own
    unwanted = ("filePattern", "dialect") if is_typed else _TYPED_ONLY
    for name in (name for name in unwanted if name in own):
        other = "files" if is_typed else "filePattern"
        raise own[name].error(f"{name} does not go with {other}; keep one of them")
    named = root.need(own, "canonical")
    canonical = canonicals.get(named.text())
    if canonical is None:
        raise named.error(f"canonical must be one of {', '.join(canonicals)}")
    given = {**(defaults.settings if defaults and is_typed else {}), **own}
    settings = {name: root.need(given, name) for name in (NEEDED if is_typed else _MONTHLY)}
    beneath = [defaults.document.path] if defaults and is_typed else []
    paths = [canonical.path, *beneath, *([base] if base else []), document.path]
    floor, ceiling = row_limits(schema)
    read = _typed_parts if is_typed else _monthly_parts
    return FeedContract(
        feed=canonical.feed,
        system=settings["system"].text(),
        version=root.get("version").text(),
        canonical=canonical,
        is_typed=is_typed,
        volume=volume(settings["volume"]),
        tolerance=tolerance(given.get("tolerance")) if is_typed else None,
        row_floor=floor,
        row_ceiling=ceiling,
        freshness_days=freshness(root),
        timezone=settings["timezone"].text(),
        handling=settings["handling"].text(),
        sensitivity=settings["sensitivity"].text(),
        retention_group=settings["retentionGroup"].text(),
        path=document.path,
        status=root.get("status").choice(STATUSES),
        made_of=tuple(paths),
        force_code=defaults.force_code if defaults else "",
        **read(list(schema.get("properties").items()), given, canonical, is_of_force=defaults is not None),
    )


def read_defaults(node: Node | None, force_code: str, document: Document) -> Defaults:
    """The `defaults` of a force.yaml, None where it has none. A setting's value is read where it is used."""
    if node is None:
        return Defaults(force_code, document)
    node.only(FORCE_DEFAULTS)
    return Defaults(force_code, document, {name: node.get(name) for name in node.mapping()})


def _monthly_parts(
    items: list[Node], given: Mapping[str, Node], canonical: Canonical, *, is_of_force: bool
) -> dict[str, Any]:
    """The parts of a contract whose rows land as text and whose files cover a month."""
    return {
        "files": (monthly_file(given["filePattern"], given["dialect"]),),
        "columns": tuple(text_column(item, canonical) for item in items),
        "rules": tuple(rule for item in items for rule in written_rules(item, canonical)),
        "identity": () if given["identity"].value == "file_line" else given["identity"].texts(),
        "is_backfill": given["isBackfill"].flag(),
        "times": _monthly_times(given["times"]),
    }


def _typed_parts(
    items: list[Node], given: Mapping[str, Node], canonical: Canonical, *, is_of_force: bool
) -> dict[str, Any]:
    """The parts of a person-level contract."""
    null_words = words(given["nullWords"]) if "nullWords" in given else ()
    pairs = [(item, typed_column(item, canonical, null_words)) for item in items]
    first, last = _valid(given.get("valid"))
    return {
        "files": dated_files(given["files"], is_of_force=is_of_force),
        "columns": tuple(column for _, column in pairs),
        "rules": tuple(rule for item, column in pairs for rule in _rules(item, column, canonical)),
        "identity": given["identity"].texts() if "identity" in given else ("source_record_id",),
        "is_backfill": given["isBackfill"].flag() if "isBackfill" in given else False,
        "times": _row_times(given.get("times")),
        "valid_from": first,
        "valid_to": last,
        "roles": _roles(given.get("roles"), pairs),
    }


def _roles(node: Node | None, pairs: list[tuple[Node, Column]]) -> tuple[Role, ...]:
    """The people that a wide row may name. Both the list and the headings that it fills are needed."""
    if node is None:
        for item, column in pairs:
            if ROLE in column.cell:
                raise item.error(
                    f"{column.name} asks for {ROLE}, and the contract has no list of roles; add it"
                )
        return ()
    if not any(column.is_per_role for _, column in pairs):
        raise node.error(f"no heading has {ROLE} in it, so the roles name nobody; leave them out")
    found = []
    for item in node.items():
        item.only(("heading", "says"))
        found.append(Role(item.get("heading").text(), item.get("says").text()))
    if not 0 < len({role.heading for role in found}) == len(found) <= MOST_ROLES:
        raise node.error(f"roles need one entry for each heading, and at most {MOST_ROLES}; list each once")
    return tuple(found)


def _rules(item: Node, column: Column, canonical: Canonical) -> tuple[Rule, ...]:
    return (*derived.rules_of(column), *written_rules(item, canonical))


def _valid(node: Node | None) -> tuple[date | None, date | None]:
    if node is None:
        return None, None
    node.only(("from", "to"))
    first, last = node.find("from"), node.find("to")
    if not node.mapping():
        raise node.error("valid says neither from nor to; leave it out")
    days = first.day() if first else None, last.day() if last else None
    if days[0] and days[1] and days[0] > days[1]:
        raise node.error("valid ends before it begins; mend the dates")
    return days


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
        description=item.get("description").flat(),
        required=is_required.flag() if is_required else False,
        unit=item.need(custom, "unit").text(),
        source=item.need(custom, "source").flat(),
        classification=item.get("classification").text(),
        retention_group=item.need(custom, "retentionGroup").text(),
        is_feature_allowed=item.need(custom, "isFeatureAllowed").flag(),
        code_list=tuple(code.get("value").code() for code in codes.items()) if codes else (),
    )


def _logical_type(item: Node) -> str:
    """The standard has no month: a date written yyyy-MM is one."""
    word = item.get("logicalType").choice([name for name in LOGICAL_TYPES if name != "month"])
    options = item.find("logicalTypeOptions")
    written = options.find("format") if options else None
    return "month" if word == "date" and written and written.text() == "yyyy-MM" else word


def _monthly_times(node: Node) -> Times:
    names = ("occurredFrom", "occurredTo", "recordedAt", "knownAt")
    node.only(("monthField", *names))
    sources = [TimeSource(node.get(name).choice(_STATED)) for name in names]
    return Times(node.get("monthField").text(), *sources)


def _row_times(node: Node | None) -> Times:
    """Rows say when things happened and were recorded; when they were known is the file's day, unless told."""
    known = TimeSource.DELIVERY_AS_OF
    if node is not None:
        node.only(("knownAt",))
        known = TimeSource(node.get("knownAt").choice(_KNOWN))
    return Times("", TimeSource.ROW, TimeSource.ROW, TimeSource.ROW, known)

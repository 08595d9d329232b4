"""Advice about a canonical feed, one sentence for each problem.

Not here: the rules for names (names), contracts of sources and forces (lint_contract).
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from data_contracts import names
from data_contracts.model import IDENTIFIER, Canonical, Field
from data_contracts.values import INTEGER_PATTERN, exact, folded
from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import Document

CLASSIFICATIONS = ("public", "official", "official-sensitive")
RETENTION_GROUPS = ("not_personal", "mopi_1", "mopi_2", "mopi_3", "mopi_4", "audit")
SHORTEST_REASON = 20  # characters: a number without a reason is a guess


def problems_of(canonical: Canonical, document: Document) -> Iterator[str]:
    """Every problem of a canonical feed, without the name of its file."""
    if not IDENTIFIER.fullmatch(canonical.feed):  # it may be a reserved word: SQL writes it in quotes
        yield f"the feed name {canonical.feed!r} {names.problem_of(canonical.feed)}"
    for name in _twice(field.name for field in canonical.fields):
        yield f"the field {name} is declared twice"
    for field in canonical.fields:
        yield from (f"the field {field.name!r} {problem}" for problem in _field_problems(field))
    for item in Node.root(document).get("schema").items():
        for column in item.get("properties").items():
            if column.mapping().get("enum") == []:
                yield f"the code list of {column.get('name').text()} is empty; list codes or leave enum out"


def _field_problems(field: Field) -> Iterator[str]:
    if problem := names.problem_of(field.name):
        yield problem
    if len(field.description) < SHORTEST_REASON:
        yield "has no meaning; describe it in a sentence"
    if field.classification not in CLASSIFICATIONS:
        yield f"has the classification {field.classification!r}; allowed are {', '.join(CLASSIFICATIONS)}"
    if field.retention_group not in RETENTION_GROUPS:
        yield f"has the retention group {field.retention_group!r}; allowed are {', '.join(RETENTION_GROUPS)}"
    if field.is_feature_allowed and names.is_protected(field.name):
        yield "is a protected attribute or stands in for one; it may never be a model feature"
    for code in _twice(folded(code) for code in field.code_list):
        written = next(item for item in field.code_list if folded(item) == code)
        yield f"lists the code {written!r} twice"
    if field.code_list and field.logical_type not in ("string", "integer"):
        yield f"has a code list, but its type is {field.logical_type}; only texts and whole numbers have one"
    if field.logical_type == "integer" and not all(map(exact(INTEGER_PATTERN).match, field.code_list)):
        yield "is a whole number and lists a code that is none"


def _twice(items: Iterable[str]) -> list[str]:
    return sorted(item for item, n in Counter(items).items() if n > 1)

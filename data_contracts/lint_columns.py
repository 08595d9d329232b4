"""Advice about the columns and files of a person-level contract, one sentence for each problem.

Not here: what does not even load (odcs_*), advice that holds for every contract (lint_contract).
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from data_contracts import names, patterns
from data_contracts.columns import ALWAYS_BOUND, Column, FileFormat, Unmapped
from data_contracts.model import FeedContract, Rule, RuleKind
from data_contracts.values import Problem, folded, null_words, read_value

_OCCURRED = "occurred_from"
_ON_TEXT = (RuleKind.IN_SET, RuleKind.REGEX)
_ON_NUMBERS = ("integer", "number")


def problems_of(contract: FeedContract) -> Iterator[str]:
    """Every problem of the columns and files."""
    read = tuple(column for column in contract.columns if not column.is_ignored)
    yield from _binding_problems(contract, read)
    for column in read:
        problems = (*_code_problems(column), *_empty_problems(column), *_constant_problems(column, contract))
        yield from (f"{column.name} {problem}" for problem in problems)
    for rule in contract.rules:
        yield from _rule_problems(rule, {column.name: column for column in read})
    for file in contract.files:
        yield from (
            f"the file {file.pattern.pattern!r} {problem}" for problem in _file_problems(file, contract)
        )


def _binding_problems(contract: FeedContract, read: tuple[Column, ...]) -> Iterator[str]:
    """Whether every heading and every field stands where it should, and only there."""
    bound = [column.name for column in read]
    for name in sorted(names.SPINE & {field.name for field in contract.canonical.fields}):
        yield f"{contract.feed} has a field {name}, the name of a column that landing gives to every feed"
    for name in _twice(bound):
        yield f"{name} is bound twice; keep one property"
    for field in contract.canonical.fields:
        if field.required and field.name not in bound:
            yield f"{field.name} is required and bound to no heading; bind it or give a constant"
    for name in (*ALWAYS_BOUND, _OCCURRED):
        if name not in bound:
            yield f"{name} is bound to no heading, and every row needs it"
    left_out = {column.physical for column in contract.columns if column.is_ignored}
    for physical in sorted(left_out & {column.physical for column in read}):
        yield f"the heading {physical!r} is both bound and left out on purpose; keep one"
    for heading in _twice(
        unicodedata.normalize("NFKC", name).strip().casefold() for name in contract.physicals
    ):
        yield f"two headings are the same but for capitals or blanks ({heading!r}); a file cannot tell them apart"
    for heading in _twice(
        name for c in contract.columns if c.is_per_role for name in contract.headings_of(c)
    ):
        yield f"two columns are read from the heading {heading!r} of one role; name each once"
    if contract.roles and not any(c.with_role for c in read if c.name == "source_record_id"):
        yield "source_record_id is the same for all roles of a row; give it `withRole: true`"
    if contract.identity != ("source_record_id",):
        yield "identity must be [source_record_id]; versions of a row are told by it"


def _code_problems(column: Column) -> Iterator[str]:
    """Whether code map and code list fit each other."""
    known = ("true", "false") if column.logical_type == "boolean" else column.codes
    for written, code in column.code_map:
        if known and code not in known:
            yield f"maps {written!r} to {code!r}, which is none of its codes ({', '.join(known)})"
    meanings: dict[str, str] = {}
    for written, code in column.code_map:
        if meanings.setdefault(folded(written), code) != code:
            yield f"maps {written!r} twice, to different codes; capitals do not count"
    if column.code_map and column.logical_type not in ("string", "boolean") and not column.is_coded:
        yield f"has a codeMap, but its type is {column.logical_type}; map only texts, codes, true and false"
    if column.unmapped is Unmapped.NOTE and not column.is_coded:
        yield "says what becomes of unmapped codes, but has no code list"
    if column.unmapped is Unmapped.NOTE and column.required:
        yield "is required, so an unmapped code must refuse the row; leave `unmapped: note` out"


def _empty_problems(column: Column) -> Iterator[str]:
    """Whether a word for "empty" would swallow a code."""
    for word in sorted({folded(code) for code in column.codes} & set(null_words(column))):
        yield f"has the code {word!r}, which nullWords takes for empty; map it or give the column its own nullWords"


def _constant_problems(column: Column, contract: FeedContract) -> Iterator[str]:
    if column.constant is None:
        return
    if column.name in ALWAYS_BOUND:
        yield "is a constant; it must come from the row"
    value = read_value(column, None, zone=contract.timezone, period="2000-01-01")
    if isinstance(value, Problem):
        yield f"has the constant {column.constant!r}, which is no value of it"


def _rule_problems(rule: Rule, columns: dict[str, Column]) -> Iterator[str]:
    """Whether a rule that the contract writes itself can be asked of the value it looks at."""
    column = columns.get(rule.field)
    if column is None:
        return  # lint_contract says so
    if rule.kind is RuleKind.EQUALS_PERIOD:
        yield f"the rule {rule.code} asks for the month of a file, which files with a date do not have"
    if rule.kind in _ON_TEXT and column.logical_type != "string":
        yield f"the rule {rule.code} looks at the text of {rule.field}, whose type is {column.logical_type}"
    if rule.kind is RuleKind.NUMBER_BETWEEN and column.logical_type not in _ON_NUMBERS:
        yield f"the rule {rule.code} looks for a number in {rule.field}, whose type is {column.logical_type}"


def _file_problems(file: FileFormat, contract: FeedContract) -> Iterator[str]:
    if problem := patterns.problem_of(file.pattern.pattern, is_for_values=False):
        yield problem
    if contract.force_code and not file.pattern.pattern.startswith(f"^{contract.force_code}/"):
        yield f"must begin with ^{contract.force_code}/, the folder of its force"
    for name, pattern in (("trailer", file.trailer), ("member", file.member)):
        text = f"^{pattern.pattern.removeprefix('^').removesuffix('$')}$" if pattern else "^$"
        if problem := patterns.problem_of(text, is_for_values=False):
            yield f"has a pattern for its {name} that {problem}"
    if file.dialect and len({file.dialect.delimiter, file.dialect.quote, "\n", "\r"}) < 4:
        yield "has a delimiter that is also its quotation mark or a line end"


def overlaps(contracts: Iterable[FeedContract]) -> Iterator[str]:
    """Contracts of one force and feed that would both read the files of one day."""
    by_feed: dict[tuple[str, str], list[FeedContract]] = {}
    for contract in contracts:
        if contract.is_typed and contract.force_code:
            by_feed.setdefault((contract.force_code, contract.feed), []).append(contract)
    for several in by_feed.values():
        ordered = sorted(several, key=lambda c: (c.valid_from is not None, c.valid_from, c.path))
        for earlier, later in pairwise(ordered):
            if later.valid_from is None or earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield (
                    f"{later.path}: it and {earlier.path.name} are both valid on some day;"
                    " give one an end (valid: to) before the other begins (valid: from)"
                )


def _twice(items: Iterable[str]) -> list[str]:
    return sorted(item for item, n in Counter(items).items() if n > 1)

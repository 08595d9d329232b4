"""The data dictionary: every canonical field in words, as Markdown made from the contracts.

`python -m data_contracts.dictionary PATH` writes it; a test proves that the committed file is current.
Not here: any fact about a field (canonical/*.odcs.yaml).
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from data_contracts.columns import BINDABLE
from data_contracts.derived import rules_of
from data_contracts.model import Canonical, FeedContract, Field, Rule
from data_contracts.registry import Registry

_INTRODUCTION = """# Data dictionary

Made from the contracts by `make dictionary`; do not edit. A field's meaning is the same for every force.
*Feature* says whether a model may ever use the field.

Rows of person-level feeds also carry `source_record_id`, `occurred_from`, `occurred_to`, `recorded_at`, `op`,
`handling` and `sensitivity`; times are UTC. A row of theirs is refused with one reason, the first that applies:
`SCI_NOTATION` (a spreadsheet wrote an identifier as 7.7E+09), `…_UNKNOWN` (not in the code list), `…_TYPE` (not a
value of its type, or not written as agreed), `…_MISSING` (empty, and needed), then what a contract adds.
"""
_NO_HEADING = "–"
_EFFECTS = {"block": "the file is refused", "quarantine": "the row is refused", "note": "noted in the pack"}


def write(registry: Registry, path: Path) -> None:
    """Write the dictionary of all canonical feeds to `path` as Markdown."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(registry), encoding="utf-8", newline="\n")


def render(registry: Registry) -> str:
    """The dictionary as one text."""
    parts = [_INTRODUCTION]
    for feed in sorted(registry.canonicals):
        contracts = [contract for contract in registry.contracts if contract.feed == feed]
        parts += _feed(registry.canonicals[feed], contracts)
    return "\n".join(parts).rstrip() + "\n"


def _feed(canonical: Canonical, contracts: list[FeedContract]) -> Iterator[str]:
    yield f"## {canonical.title} (`{canonical.feed}`, version {canonical.version})\n"
    yield f"{canonical.description}\n"
    yield "| Field | Type | Required | Unit | Meaning | Source | Classification | Retention | Feature |"
    yield "|---|---|---|---|---|---|---|---|---|"
    yield from (_row(field) for field in canonical.fields)
    yield ""
    for field in (field for field in canonical.fields if field.code_list):
        yield f"**Codes of `{field.name}`:** {'; '.join(_cell(code) for code in field.code_list)}.\n"
    if not contracts:
        yield "No source delivers this feed yet.\n"
    for contract in (contract for contract in contracts if not contract.is_typed):
        yield from _source(contract)
    typed = sorted(
        (c for c in contracts if c.is_typed), key=lambda c: (c.force_code, c.valid_from or date.min)
    )
    if typed:
        yield from _headings(canonical, typed)
        yield from (line for contract in typed for line in _files(contract))


def _row(field: Field) -> str:
    cells = (
        f"`{field.name}`",
        field.logical_type,
        _yes(field.required),
        field.unit,
        field.description,
        field.source,
        field.classification,
        field.retention_group,
        _yes(field.is_feature_allowed),
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _source(contract: FeedContract) -> Iterator[str]:
    """How one system writes the feed, and what is checked."""
    mapped = ", ".join(f"{heading} → `{name}`" for heading, name in contract.headings)
    floor, ceiling = contract.row_floor, contract.row_ceiling
    yield f"### From `{contract.system}` (contract version {contract.version})\n"
    yield f"Headings: {mapped}.\n"
    yield f"Rows in a file: at least {floor.rows:,}, because {floor.reason};"
    yield f"at most {ceiling.rows:,}, because {ceiling.reason}.\n"
    yield "| Check | Field | If broken | Reason given |"
    yield "|---|---|---|---|"
    yield from (_check(rule) for rule in contract.rules)
    yield ""


def _headings(canonical: Canonical, contracts: list[FeedContract]) -> Iterator[str]:
    """A table of how each force writes each field."""
    yield "### How forces write it\n"
    yield f"| Field | {' | '.join(who(contract) for contract in contracts)} |"
    yield f"|---|{'---|' * len(contracts)}"
    for name in (*BINDABLE, *(field.name for field in canonical.fields)):
        cells = [heading_of(contract, name) for contract in contracts]
        if set(cells) != {_NO_HEADING}:
            yield f"| `{name}` | {' | '.join(_cell(cell) for cell in cells)} |"
    yield ""


def who(contract: FeedContract) -> str:
    """The force (or system), with the days for which the contract holds if it does not always."""
    days = [f"from {contract.valid_from}"] if contract.valid_from else []
    days += [f"to {contract.valid_to}"] if contract.valid_to else []
    return " ".join([contract.force_code or contract.system, *days])


def heading_of(contract: FeedContract, name: str) -> str:
    """What a contract binds a field to, with its format; a dash for nothing."""
    column = next((c for c in contract.columns if c.name == name and not c.is_ignored), None)
    if column is None:
        return _NO_HEADING
    if column.constant is not None:
        return f"always {column.constant}"
    return f"{column.physical} ({column.format})" if column.format else column.physical


def _files(contract: FeedContract) -> Iterator[str]:
    """The files of a person-level contract, their limits, and the checks that it adds."""
    floor, ceiling = contract.row_floor, contract.row_ceiling
    kinds = "; ".join(f"`{file.pattern.pattern}` ({file.reader})" for file in contract.files)
    yield f"- {who(contract)} (`{contract.system}`, contract version {contract.version}): {kinds}."
    yield f"  Rows: at least {floor.rows:,}, because {floor.reason};"
    yield f"  at most {ceiling.rows:,}, because {ceiling.reason}."
    if contract.roles:
        people = ", ".join(f"{role.heading} ({role.says})" for role in contract.roles)
        yield f"  One row names up to {len(contract.roles)} people; {{role}} in a heading is one of: {people}."
    derived = {rule for column in contract.columns for rule in rules_of(column)}
    for rule in (rule for rule in contract.rules if rule not in derived):
        yield f"  {rule.code} on `{rule.field}`: {rule.reason} ({_EFFECTS[rule.severity]})."
    yield ""


def _check(rule: Rule) -> str:
    return f"| {rule.code} | `{rule.field}` | {_EFFECTS[rule.severity]} | {_cell(rule.reason)} |"


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write(Registry.load(), Path(sys.argv[1]))

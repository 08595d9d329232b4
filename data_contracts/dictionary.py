"""The data dictionary: every canonical field in words, as Markdown made from the contracts.

`python -m data_contracts.dictionary PATH` writes it; a test proves that the committed file is current.
Not here: any fact about a field (canonical/*.odcs.yaml).
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from data_contracts.model import Canonical, FeedContract, Field, Rule
from data_contracts.registry import Registry

_INTRODUCTION = """# Data dictionary

Made from the contracts by `make dictionary`; do not edit. A field's meaning is the same for every force.
*Feature* says whether a model may ever use the field.
"""


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
    for contract in contracts:
        yield from _source(contract)


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


def _check(rule: Rule) -> str:
    effect = {"block": "the file is refused", "quarantine": "the row is refused", "note": "noted in the pack"}
    return f"| {rule.code} | `{rule.field}` | {effect[rule.severity]} | {_cell(rule.reason)} |"


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    write(Registry.load(), Path(sys.argv[1]))

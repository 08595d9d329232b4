"""The data dictionary as one page: every feed, field and code, and how each force writes it.

Made from the same records as the Markdown. Not here: facts about fields (data_contracts/canonical), the Markdown
(data_contracts/dictionary), the look (templates).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data_contracts.columns import BINDABLE
from data_contracts.dictionary import heading_of, who
from data_contracts.model import Canonical, FeedContract
from data_contracts.registry import Registry
from orchestration.pages.parts import Head, Table, cells, code, heads, render

INTRODUCTION = (
    "Made from the contracts. A field's meaning is the same for every force. Rows of person-level feeds also carry "
    "source_record_id, occurred_from, occurred_to, recorded_at, op, handling and sensitivity; times are UTC."
)


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed on the page."""

    id: str
    title: str
    version: str
    description: str
    fields: Table
    codes: Table
    headings: Table
    files: Table


def dictionary_page(registry: Registry) -> str:
    """The page."""
    feeds = [_feed(registry.canonicals[name], registry) for name in sorted(registry.canonicals)]
    n_fields = sum(len(canonical.fields) for canonical in registry.canonicals.values())
    lines = [f"{len(feeds)} feeds, {n_fields} fields, {len(registry.contracts)} contracts in force"]
    return render(
        "dictionary", title="Data dictionary – Force Profiles", heading="Data dictionary", lines=lines,
        introduction=INTRODUCTION, feeds=feeds,
    )  # fmt: skip


def write_dictionary_page(registry: Registry, path: Path) -> None:
    """Write the page to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dictionary_page(registry), encoding="utf-8", newline="\n")


def _feed(canonical: Canonical, registry: Registry) -> _Feed:
    contracts = [contract for contract in registry.contracts if contract.feed == canonical.feed]
    ordered = sorted(contracts, key=lambda c: (c.force_code, c.valid_from or date.min))
    return _Feed(
        id=canonical.feed, title=canonical.title, version=canonical.version, description=canonical.description,
        fields=_fields(canonical), codes=_codes(canonical), headings=_headings(canonical, ordered),
        files=_files(ordered),
    )  # fmt: skip


def _fields(canonical: Canonical) -> Table:
    rows = [
        cells(
            code(f.name), f.logical_type, f.required, f.description, f.unit, f.source, f.classification,
            f.retention_group, f.is_feature_allowed,
        )
        for f in canonical.fields
    ]  # fmt: skip
    names = (
        "Field",
        "Type",
        "Required",
        "Meaning",
        "Unit",
        "Source",
        "Classification",
        "Retention",
        "May be a feature",
    )
    return Table(f"Fields of {canonical.title.lower()}", heads(*names), rows)


def _codes(canonical: Canonical) -> Table:
    rows = [cells(code(f.name), ", ".join(f.code_list)) for f in canonical.fields if f.code_list]
    return Table("Code lists", heads("Field", "Codes"), rows)


def _headings(canonical: Canonical, contracts: list[FeedContract]) -> Table:
    names = (*BINDABLE, *(field.name for field in canonical.fields))
    found = {name: [heading_of(contract, name) for contract in contracts] for name in names}
    rows = [cells(code(name), *written) for name, written in found.items() if set(written) != {"–"}]
    return Table("How each force writes it", [Head("Field"), *(Head(who(c)) for c in contracts)], rows)


def _files(contracts: list[FeedContract]) -> Table:
    rows = [
        cells(who(c), c.version, code("; ".join(file.pattern.pattern for file in c.files)), c.row_floor.rows,
              c.row_ceiling.rows, c.freshness_days)
        for c in contracts
    ]  # fmt: skip
    return Table("Files", heads("Force", "Contract", "Name", "#Rows from", "#Rows to", "#Days fresh"), rows)

"""dbt's words on person-level feeds, made from the canonical contracts: sources, and models with columns and tests.

`python -m orchestration.staging_words` (`make generated`) writes both files; a test proves that they are current, and
another that the SQL has every field and no other. Not here: the SQL (dbt_project), the contracts (data_contracts).
"""

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

from data_contracts.drafting.yaml_words import scalar
from data_contracts.model import Canonical, Field
from data_contracts.registry import HERE, read_canonicals
from orchestration.catalogue import landed_feeds
from orchestration.settings import REPOSITORY

PEOPLE = REPOSITORY / "dbt_project" / "models" / "staging" / "people"
SOURCES, MODELS = PEOPLE / "_people_sources.yml", PEOPLE / "_people.yml"
MONTHLY = ("street_crime",)  # lands as text, and has words of its own
_HEAD = "# Made from data_contracts/canonical by `make generated`; do not edit.\n"
_SOURCE = re.compile(r"source\('landed', '(\w+)'\)")
_KEY = re.compile(r"source_record_id as (\w+)")
_SPINE = ("force_code", "occurred_from", "occurred_to", "recorded_at", "known_at")


def feeds() -> list[Canonical]:
    """The person-level feeds that land, by name."""
    known = read_canonicals(HERE)
    return [known[feed] for feed in landed_feeds(known) if feed not in MONTHLY]


def sources_text() -> str:
    """The source `landed` as far as it is person-level."""
    lines = [
        _HEAD + "version: 2",
        "sources:",
        "- name: landed",
        "  database: inputs",
        "  schema: landed",
        "  tables:",
    ]
    for canonical in feeds():
        lines += [f"  - name: {canonical.feed}", *words_under("    description", _source_words(canonical))]
    return "\n".join(lines) + "\n"


def _source_words(canonical: Canonical) -> str:
    return (
        f"{canonical.title}, all versions as landed, typed; is_current marks the one that stands, is_closed one that "
        "whole extracts lack."
    )


def models_text() -> str:
    """The staging models of person-level feeds."""
    read = {_found(_SOURCE, path): path for path in sorted(PEOPLE.glob("stg_*.sql"))}
    lines = [_HEAD + "version: 2", "models:"]
    for canonical in feeds():
        path = read[canonical.feed]
        lines += _model(canonical, path.stem, _found(_KEY, path))
    return "\n".join(lines) + "\n"


def _found(pattern: re.Pattern[str], path: Path) -> str:
    found = pattern.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path} has no {pattern.pattern}")
    return found[1]


def _model(canonical: Canonical, model: str, key: str) -> Iterator[str]:
    thing = model.removeprefix("stg_")
    needed = [key, *_SPINE, *(field.name for field in canonical.fields if field.required)]
    coded = [field for field in canonical.fields if field.code_list]
    yield f"- name: {model}"
    yield from words_under("  description", canonical.description)
    yield from (
        "  data_tests:",
        "  - unique_together:",
        "      arguments:",
        "        columns: [force_code, source_record_id]",
    )
    yield from ("  - complete:", f"      name: {thing}_are_complete", "      arguments:")
    yield from _listed("        columns", needed)
    if coded:
        yield from (
            "  - coded:",
            f"      name: {thing}_have_known_codes",
            "      arguments:",
            "        codes:",
        )
        yield from (line for field in coded for line in _listed(f"          {field.name}", field.code_list))
    yield from ("  columns:", f"  - name: {key}", "    description: The force's own key of the record.")
    for field in canonical.fields:
        yield from _column(field)


def _column(field: Field) -> Iterator[str]:
    yield f"  - name: {field.name}"
    yield from words_under("    description", field.description)


def words_under(key: str, text: str) -> Iterator[str]:
    """A text under a key, folded where it is long."""
    written = f"{key}: {scalar(text)}"
    if len(written) <= 118:
        yield written
        return
    margin = " " * (len(key) - len(key.lstrip()) + 2)
    yield f"{key}: >-"
    yield from textwrap.wrap(
        text, 118, initial_indent=margin, subsequent_indent=margin, break_long_words=False
    )


def _listed(key: str, items: list[str] | tuple[str, ...]) -> list[str]:
    margin = " " * (len(key) - len(key.lstrip()) + 2)
    text = f"{key}: [{', '.join(map(scalar, items))}]"
    return textwrap.wrap(text, 118, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    SOURCES.write_text(sources_text(), encoding="utf-8", newline="\n")
    MODELS.write_text(models_text(), encoding="utf-8", newline="\n")

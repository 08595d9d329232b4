"""The pack as data: ProfilePack › Section › Table | Figure | Note, frozen and serialisable.

Here: sections, the head, and the canonical JSON that names a pack. Not here: the blocks of a page (blocks.py), what a
page says (profiles/pack/<profile>/), how it is drawn (profiles/publish/, report_templates/).
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, Field

from profiles.pack.blocks import (
    Card,
    Decision,
    DecisionBox,
    Figure,
    Kpi,
    Option,
    Panel,
    Reason,
    Sentence,
    Table,
)
from profiles.pack.cite import Frozen, Run, Text, Words
from profiles.pack.figures import Drawn

SCHEMA = "pack/1"


class PackError(RuntimeError):
    """A pack that must not be published: one sentence saying which page and why."""


class PageOverflow(PackError):  # noqa: N818 - the name says what is the case
    """A page holds more than its sheet."""


class Section(Frozen):
    """One page. `kind` names its template where several pages share one; `may_leave` says that it holds nothing
    about a person and may be shown outside the force; `may_continue` that its last table may run over sheets."""

    section_id: str
    kind: str = ""
    label: str
    title: Text
    question: Words
    may_leave: bool = False
    may_continue: bool = False
    is_detachable: bool = False
    figures: dict[str, tuple[Figure, ...]] = Field(default_factory=dict)
    tables: dict[str, Table] = Field(default_factory=dict)
    notes: dict[str, Words] = Field(default_factory=dict)
    panels: dict[str, Panel] = Field(default_factory=dict)
    sentences: tuple[Sentence, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    decisions: tuple[Decision, ...] = ()
    cards: tuple[Card, ...] = ()
    reasons: tuple[Reason, ...] = ()
    options: tuple[Option, ...] = ()
    box: DecisionBox | None = None


class PackHead(Frozen):
    """What stands on every page and at the top of the cover."""

    profile: str
    file_name: str
    profile_code: str
    force_code: str
    force_name: str
    is_fictional: bool
    heading: str
    subheading: str
    short_title: str
    audience: str
    marking: str
    state: Literal["DRAFT", "RELEASED"]
    handling_short: str
    handling: str
    as_of: str
    data_as_at: Text
    data_as_at_long: Text
    previous: Text
    released_by: str
    feeds_line: Text
    contract_versions: tuple[str, ...]


class Evidence(Frozen):
    """One source record behind the pack, as the ledger lists it and `trace` finds it."""

    tag: str
    subject: str
    number: str
    force: str
    feed: str
    record: str
    delivery_id: str
    contract_version: str
    known: str


class ProfilePack(Frozen):
    """A whole pack. Two packs with the same content have the same id; nothing about the run is in the
    content."""

    schema_version: Literal["pack/1"] = "pack/1"
    head: PackHead
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...] = ()

    def content(self) -> dict[str, Any]:
        """Plain content without the id; what has its usual value is left out."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @cached_property
    def pack_id(self) -> str:
        """`<PROFILE>-<first 12 hex of the sha256 of the canonical content>`."""
        digest = hashlib.sha256(self.content_json().encode("utf-8")).hexdigest()
        return f"{self.head.profile_code}-{digest[:12]}"

    def content_json(self) -> str:
        """Canonical JSON of the content (sorted keys, no NaN, one trailing newline)."""
        return self._canonical

    @cached_property
    def _canonical(self) -> str:
        return canonical_json(self.content())


Part = Run | Text | Drawn
"""What carries a tag."""


def parts_of(node: object) -> Iterator[Part]:
    """Every run, sentence and chart below a part of a pack, in the order of its fields."""
    if isinstance(node, Run | Text | Drawn):
        yield node
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from parts_of(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from parts_of(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from parts_of(item)


def canonical_json(content: Any) -> str:
    """One JSON text for one content: sorted keys, no spaces, UTF-8, no NaN."""
    return (
        json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
    )

"""Finds the contracts and answers for them: which forces, which feeds, which contract reads this file.

Not here: the meaning of a contract's keys (odcs), its quality (lint), reading deliveries
(orchestration/landing), the forces (force_list).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from data_contracts import odcs, yaml_reader
from data_contracts.columns import MODES
from data_contracts.force_list import read_forces, unlisted
from data_contracts.model import ACTIVE, Canonical, ContractError, FeedContract, FileMatch, Force, Skipped
from data_contracts.odcs_rules import pattern
from data_contracts.yaml_node import Node

HERE = Path(__file__).resolve().parent
MAX_PATH = 400  # longer names are nobody's convention, and no pattern is asked about them
_DRAFT = re.compile("^status: *draft\\b", re.MULTILINE)
_DAY = re.compile("([0-9]{4})(-?)([0-9]{2})\\2([0-9]{2})")


class DeclaredFeed(NamedTuple):
    """A feed that a pack could use, and the sentence a page prints while it is not held."""

    feed: str
    title: str
    held_sentence: str


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything that is declared under data_contracts/, read once."""

    root: Path
    forces: Mapping[str, Force]
    canonicals: Mapping[str, Canonical]  # by feed
    contracts: tuple[FeedContract, ...]  # those in force
    declared_feeds: tuple[DeclaredFeed, ...]
    skipped: tuple[tuple[re.Pattern[str], str], ...]
    drafts: tuple[FeedContract, ...] = ()  # those that no night reads yet

    @classmethod
    def load(cls, root: Path = HERE, forces: Path | None = None) -> "Registry":
        """Read all contracts under `root`. Raises ContractError, one sentence, on the first that is wrong.

        forces: the folder of the forces' folders, where it is not the one under `root`. A draft that does not read is
        no error here: nothing depends on it (`feed check` says what is wrong with it).
        """
        canonicals = read_canonicals(root)
        by_version = versions_of(canonicals)
        defaults: dict[Path, odcs.Defaults] = {}
        paths = contract_paths(root, forces)
        read = [read_contract(path, by_version, defaults) for path in paths if not is_open_draft(path)]
        drafts = [
            draft for path in paths if is_open_draft(path) and (draft := _draft(path, by_version, defaults))
        ]
        return cls(
            root=root,
            forces=MappingProxyType(read_forces(root, forces)),
            canonicals=MappingProxyType(canonicals),
            contracts=tuple(contract for contract in read if contract.status == ACTIVE),
            declared_feeds=_declared_feeds(root),
            skipped=tuple(_skipped(root)),
            drafts=tuple(drafts),
        )

    def force(self, force_code: str) -> Force:
        """The force; one that nobody listed gets a name made from its code and an unknown population."""
        return self.forces.get(force_code) or unlisted(force_code)

    def matches(self, relative_path: PurePosixPath) -> tuple[FileMatch, ...]:
        """Every contract that reads a landed file (a workbook or nested file brings several feeds), in order."""
        text = str(relative_path)
        if len(text) > MAX_PATH:
            return ()
        return tuple(match for contract in self.contracts if (match := _matched(contract, text)))

    def match(self, relative_path: PurePosixPath) -> FileMatch | Skipped | None:
        """What a landed file is: read by a contract (the first), left alone on purpose, or (None) not recognised."""
        if matches := self.matches(relative_path):
            return matches[0]
        text = str(relative_path)
        if len(text) <= MAX_PATH:
            for skipped, reason in self.skipped:
                if skipped.fullmatch(text):
                    return Skipped(reason)
        return None

    def with_drafts(self) -> "Registry":
        """The registry as it will be once every draft is active: what a rehearsal reads by."""
        taken = {(draft.force_code, draft.path.name) for draft in self.drafts}
        kept = (
            contract for contract in self.contracts if (contract.force_code, contract.path.name) not in taken
        )
        return replace(self, contracts=(*self.drafts, *kept), drafts=())

    def is_typed(self, feed: str) -> bool:
        """Whether rows of the feed land as typed values; False where a contract lands them as text."""
        return all(contract.is_typed for contract in self.contracts if contract.feed == feed)


def _matched(contract: FeedContract, text: str) -> FileMatch | None:
    """The match, if the contract reads files of that name and is valid on their date."""
    tried = ((file, file.pattern.fullmatch(text)) for file in contract.files)
    file, found = next((pair for pair in tried if pair[1]), (None, None))
    if file is None or found is None:
        return None
    if not contract.is_typed:
        return FileMatch(contract, found["force"], found["period"], file, file.mode)
    said = found.groupdict()
    day, mode = day_of(said["date"] or ""), file.mode or said.get("mode") or ""
    if day is None or mode not in MODES:
        return None
    if not (contract.valid_from or date.min) <= day <= (contract.valid_to or date.max):
        return None
    return FileMatch(contract, contract.force_code or said["force"], day.isoformat(), file, mode)


def day_of(text: str) -> date | None:
    """The day that a file's name says as YYYYMMDD or YYYY-MM-DD; None if it is none."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None


def is_open_draft(path: Path) -> bool:
    """Whether a file says, at the beginning of a line, that it is a draft: then it is nobody's business yet."""
    return bool(_DRAFT.search(path.read_text(encoding="utf-8", errors="replace")))


def _draft(
    path: Path, canonicals: Mapping[str, Canonical], defaults: dict[Path, odcs.Defaults]
) -> FeedContract | None:
    try:
        return read_contract(path, canonicals, defaults)
    except ContractError:
        return None


def read_contract(
    path: Path, canonicals: Mapping[str, Canonical], defaults: dict[Path, odcs.Defaults]
) -> FeedContract:
    """One contract file; `canonicals` is keyed "feed/version".

    One in a force's folder takes the defaults of its force, which are read once and kept in `defaults`.
    """
    document = yaml_reader.read(path)
    if path.parents[1].name == "sources":
        return odcs.read_contract(document, canonicals)
    own = path.with_name("force.yaml")
    if own not in defaults:
        said = yaml_reader.read(own)
        defaults[own] = odcs.read_defaults(Node.root(said).find("defaults"), path.parent.name, said)
    beside = path.parents[2] / "sources"
    sources = beside if beside.is_dir() else HERE / "sources"
    return odcs.read_contract(document, canonicals, defaults[own], sources)


def canonical_paths(root: Path) -> list[Path]:
    """The canonical contracts, in order of name."""
    return sorted((root / "canonical").glob("*.odcs.yaml"))


def contract_paths(root: Path, forces: Path | None = None) -> list[Path]:
    """The contracts of forces, then of sources, each by name: the narrower is asked first."""
    own = sorted((forces or root / "forces").glob("*/*.odcs.yaml"))
    return own + sorted((root / "sources").glob("*/*.odcs.yaml"))


def versions_of(canonicals: Mapping[str, Canonical]) -> dict[str, Canonical]:
    """The canonical feeds as contracts name them: "feed/version"."""
    return {f"{item.feed}/{item.version}": item for item in canonicals.values()}


def read_canonicals(root: Path = HERE) -> dict[str, Canonical]:
    """The canonical feeds by name."""
    read = [odcs.read_canonical(yaml_reader.read(path)) for path in canonical_paths(root)]
    found = {item.feed: item for item in read}
    if len(found) != len(read):
        raise ContractError(f"{root / 'canonical'}: two files declare the same feed; give each its own id")
    return found


def _declared_feeds(root: Path) -> tuple[DeclaredFeed, ...]:
    node = Node.root(yaml_reader.read(root / "canonical" / "feeds.yml"))
    feeds = list(node.get("feeds").items())
    for feed in feeds:
        feed.only(("feed", "title", "held"))
    return tuple(
        DeclaredFeed(feed.get("feed").text(), feed.get("title").text(), feed.get("held").text())
        for feed in feeds
    )


def _skipped(root: Path) -> Iterator[tuple[re.Pattern[str], str]]:
    for path in sorted((root / "sources").glob("*/skipped.yml")):
        for item in Node.root(yaml_reader.read(path)).get("skipped").items():
            item.only(("filePattern", "reason"))
            yield pattern(item.get("filePattern")), item.get("reason").text()

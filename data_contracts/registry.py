"""Finds the contracts and answers for them: which forces, which feeds, which contract reads this file.

Not here: the meaning of a contract's keys (odcs), its quality (lint), reading deliveries
(orchestration/landing).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from data_contracts import odcs, yaml_reader
from data_contracts.columns import MODES
from data_contracts.model import FORCE_CODE, Canonical, ContractError, FeedContract, FileMatch, Force, Skipped
from data_contracts.odcs_rules import pattern
from data_contracts.yaml_node import Node

HERE = Path(__file__).resolve().parent
MAX_PATH = 400  # longer names are nobody's convention, and no pattern is asked about them
_FORCE_COLUMNS = ("force_code", "name", "pnc", "gss", "population", "n_lsoas")
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
    contracts: tuple[FeedContract, ...]
    declared_feeds: tuple[DeclaredFeed, ...]
    skipped: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def load(cls, root: Path = HERE) -> "Registry":
        """Read all contracts under `root`. Raises ContractError, one sentence, on the first that is wrong."""
        canonicals = _canonicals(root)
        by_version = {f"{item.feed}/{item.version}": item for item in canonicals.values()}
        defaults: dict[Path, odcs.Defaults] = {}
        return cls(
            root=root,
            forces=MappingProxyType(_forces(root)),
            canonicals=MappingProxyType(canonicals),
            contracts=tuple(read_contract(path, by_version, defaults) for path in contract_paths(root)),
            declared_feeds=_declared_feeds(root),
            skipped=tuple(_skipped(root)),
        )

    def force(self, force_code: str) -> Force:
        """The force; one that nobody listed gets a name made from its code and an unknown population."""
        listed = self.forces.get(force_code)
        if listed is not None:
            return listed
        name = force_code.replace("-", " ").title()
        return Force(
            force_code, name, is_fictional=False, population=None, n_lsoas=None, pnc_code=None, gss_code=None
        )

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


def read_contract(
    path: Path, canonicals: Mapping[str, Canonical], defaults: dict[Path, odcs.Defaults]
) -> FeedContract:
    """One contract file; `canonicals` is keyed "feed/version".

    One in a force's folder takes the defaults of its force, which are read once and kept in `defaults`.
    """
    document = yaml_reader.read(path)
    if path.parents[1].name != "forces":
        return odcs.read_contract(document, canonicals)
    own = path.with_name("force.yaml")
    if own not in defaults:
        said = yaml_reader.read(own)
        defaults[own] = odcs.read_defaults(Node.root(said).find("defaults"), path.parent.name, said)
    return odcs.read_contract(document, canonicals, defaults[own])


def canonical_paths(root: Path) -> list[Path]:
    """The canonical contracts, in order of name."""
    return sorted((root / "canonical").glob("*.odcs.yaml"))


def contract_paths(root: Path) -> list[Path]:
    """The contracts of forces, then of sources, each by name: the narrower is asked first."""
    return sorted((root / "forces").glob("*/*.odcs.yaml")) + sorted((root / "sources").glob("*/*.odcs.yaml"))


def _canonicals(root: Path) -> dict[str, Canonical]:
    read = [odcs.read_canonical(yaml_reader.read(path)) for path in canonical_paths(root)]
    found = {item.feed: item for item in read}
    if len(found) != len(read):
        raise ContractError(f"{root / 'canonical'}: two files declare the same feed; give each its own id")
    return found


def _forces(root: Path) -> dict[str, Force]:
    listed = [
        force for path in sorted((root / "sources").glob("*/forces.csv")) for force in _listed_forces(path)
    ]
    own = [_own_force(path) for path in sorted((root / "forces").glob("*/force.yaml"))]
    return {force.force_code: force for force in (*listed, *own)}


def _listed_forces(path: Path) -> Iterator[Force]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        if tuple(next(rows, ())) != _FORCE_COLUMNS:
            raise ContractError(f"{path}, line 1: the heading must be {','.join(_FORCE_COLUMNS)}")
        for row in rows:
            if len(row) != len(_FORCE_COLUMNS) or not FORCE_CODE.fullmatch(row[0]):
                raise ContractError(
                    f"{path}, line {rows.line_num}: is not a force; write {','.join(_FORCE_COLUMNS)}"
                )
            code, name, pnc, gss, *counts = row
            if any(not re.fullmatch("[0-9]{1,9}", count) for count in counts):
                raise ContractError(
                    f"{path}, line {rows.line_num}: population and n_lsoas must be whole numbers"
                )
            yield Force(code, name, False, int(counts[0]), int(counts[1]), pnc, gss)


def _own_force(path: Path) -> Force:
    node = Node.root(yaml_reader.read(path))
    node.only(("force_code", "name", "fictional", "population", "n_lsoas", "pnc", "gss", "defaults"))
    code = node.get("force_code")
    if code.text() != path.parent.name or not FORCE_CODE.fullmatch(code.text()):
        raise code.error(
            f"force_code must be {path.parent.name}, the name of its folder, in small letters and hyphens"
        )
    population, n_lsoas, pnc, gss = (node.find(key) for key in ("population", "n_lsoas", "pnc", "gss"))
    return Force(
        force_code=code.text(),
        name=node.get("name").text(),
        is_fictional=node.get("fictional").flag(),
        population=population.whole() if population else None,
        n_lsoas=n_lsoas.whole() if n_lsoas else None,
        pnc_code=pnc.text() if pnc else None,
        gss_code=gss.text() if gss else None,
    )


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

"""Finds the contracts and answers for them: which forces, which feeds, which contract reads this file.

Not here: the meaning of a contract's keys (odcs), its quality (lint), reading deliveries
(orchestration/landing).
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from data_contracts import odcs, yaml_reader
from data_contracts.model import (
    FORCE_CODE,
    Canonical,
    ContractError,
    DeclaredFeed,
    FeedContract,
    FileMatch,
    Force,
    Skipped,
)
from data_contracts.yaml_node import Node

HERE = Path(__file__).resolve().parent
MAX_PATH = 400  # longer names are nobody's convention, and no pattern is asked about them
_FORCE_COLUMNS = ("force_code", "name", "pnc", "gss", "population", "n_lsoas")


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
        contracts = [odcs.read_contract(yaml_reader.read(path), by_version) for path in contract_paths(root)]
        return cls(
            root=root,
            forces=MappingProxyType(_forces(root)),
            canonicals=MappingProxyType(canonicals),
            contracts=tuple(contracts),
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

    def match(self, relative_path: PurePosixPath) -> FileMatch | Skipped | None:
        """What a landed file is: read by a contract, left alone on purpose, or (None) not recognised."""
        text = str(relative_path)
        if len(text) > MAX_PATH:
            return None
        for contract in self.contracts:
            if found := contract.file_pattern.fullmatch(text):
                return FileMatch(contract, found["force"], found["period"])
        for pattern, reason in self.skipped:
            if pattern.fullmatch(text):
                return Skipped(reason)
        return None


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
    node.only(("force_code", "name", "fictional", "population", "n_lsoas", "pnc", "gss"))
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
            yield odcs.pattern(item.get("filePattern")), item.get("reason").text()

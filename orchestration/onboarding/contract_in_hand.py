"""The contracts of one force and feed, read apart from all others, drafts among them; and what is wrong with them.

Not here: everything together (data_contracts/lint), the registry of a night (data_contracts/registry).
"""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from data_contracts import lint_contract, registry, yaml_reader
from data_contracts.confirmation import Mark, marks_in
from data_contracts.drafting.sample import DraftError
from data_contracts.force_list import read_forces
from data_contracts.model import ContractError, FeedContract, Force
from data_contracts.registry import Registry
from data_contracts.standard import departures


@dataclass(frozen=True, slots=True)
class InHand:
    """One feed of one force. problems: sentences; marks: what nobody has confirmed yet, the force's file included."""

    force_code: str
    feed: str
    paths: tuple[Path, ...]
    contracts: tuple[FeedContract, ...]
    problems: tuple[str, ...]
    marks: tuple[tuple[Path, Mark], ...]
    registry: Registry  # these contracts and no others


def take_in_hand(forces: Path, force_code: str, feed: str) -> InHand:
    """Read the contracts; DraftError where there are none."""
    folder = forces / force_code
    paths = tuple(path for path in sorted(folder.glob("*.odcs.yaml")) if _is_of(path, feed))
    if not paths:
        raise DraftError(f"{folder} holds no contract for {feed}; draft one with `feed draft`")
    canonicals = registry.read_canonicals()
    found: list[FeedContract] = []
    problems: list[str] = []
    for path in paths:
        try:
            problems += departures(yaml_reader.read(path))
            contract = registry.read_contract(path, registry.versions_of(canonicals), {})
        except ContractError as problem:
            problems.append(str(problem))
            continue
        found.append(contract)
        problems += [f"{path}: {problem}" for problem in lint_contract.problems_of(contract)]
    files = (*paths, folder / "force.yaml")
    marks = tuple((path, mark) for path in files if path.is_file() for mark in marks_in(path))
    own = Registry(
        registry.HERE, MappingProxyType(_forces(forces)), MappingProxyType(canonicals), tuple(found), (), ()
    )
    return InHand(force_code, feed, paths, tuple(found), tuple(dict.fromkeys(problems)), marks, own)


def _forces(forces: Path) -> dict[str, Force]:
    try:
        return read_forces(registry.HERE, forces)
    except ContractError:
        return {}


def _is_of(path: Path, feed: str) -> bool:
    """Whether a file is for the feed: by its name, as all are (`crime.odcs.yaml`, `crime-2.odcs.yaml`)."""
    stem = path.name.removesuffix(".odcs.yaml")
    return stem == feed or (stem.startswith(f"{feed}-") and stem[len(feed) + 1 :].isdigit())

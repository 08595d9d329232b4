"""The contracts that one force's files are written by: of each feed one, or several with their dates.

Only that force's files are read, not the whole registry, so that a small world is quick. Not here: what a contract
says (data_contracts).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from data_contracts import odcs, registry, yaml_reader
from data_contracts.model import Canonical, FeedContract
from data_contracts.yaml_node import Node


@dataclass(frozen=True, slots=True)
class Contracts:
    """The contracts of one force, by feed, each feed's in order of their dates."""

    by_feed: Mapping[str, tuple[FeedContract, ...]]
    canonicals: Mapping[str, Canonical]
    zone: str

    @classmethod
    def of(cls, force_code: str) -> "Contracts":
        """Read them. Raises ContractError for one that is wrong."""
        known = canonicals()
        by_version = {f"{one.feed}/{one.version}": one for one in known.values()}
        folder = registry.HERE / "forces" / force_code
        defaults: dict[Path, odcs.Defaults] = {}
        found: dict[str, list[FeedContract]] = {}
        for path in registry.contract_paths(registry.HERE):
            if path.parent == folder:
                contract = registry.read_contract(path, by_version, defaults)
                found.setdefault(contract.feed, []).append(contract)
        by_feed = {
            feed: tuple(sorted(versions, key=lambda one: one.valid_from or date.min))
            for feed, versions in found.items()
        }
        return cls(by_feed, known, next(iter(by_feed.values()))[0].timezone)


@lru_cache(maxsize=1)
def canonicals() -> Mapping[str, Canonical]:
    """The canonical feeds."""
    read = [odcs.read_canonical(yaml_reader.read(path)) for path in registry.canonical_paths(registry.HERE)]
    return {one.feed: one for one in read}


def street_contract() -> FeedContract:
    """The contract of the open street-level data."""
    by_version = {f"{one.feed}/{one.version}": one for one in canonicals().values()}
    path = registry.HERE / "sources" / "police_uk" / "street_crime.odcs.yaml"
    return registry.read_contract(path, by_version, {})


@lru_cache(maxsize=64)
def force_name(force_code: str) -> str:
    """What a fictional force calls itself. Raises ContractError for one that has no contracts."""
    return (
        Node.root(yaml_reader.read(registry.HERE / "forces" / force_code / "force.yaml")).get("name").text()
    )

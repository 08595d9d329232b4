"""Two contracts compared: which changes break whom, which only add, and whether only words differ.

Not here: what each piece means (promises), the last release (released).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from data_contracts import odcs, registry, yaml_reader
from data_contracts.model import DRAFT, Canonical, ContractError, FeedContract
from data_contracts.promises import (
    DELIVERIES,
    READERS,
    Promise,
    Weight,
    limits_of,
    promises_of,
    promises_of_canonical,
)
from data_contracts.registry import Registry
from data_contracts.yaml_node import Node

COSMETIC = "cosmetic"
_RENAMED = 0.55  # likeness of names from which a field that went and one that came may be the same


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. weight: breaking, additive or cosmetic; whom: who feels it, most general first."""

    weight: str
    sentence: str
    whom: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences of two contracts, breaking ones first. is_promised: False where the older is only a draft."""

    changes: tuple[Change, ...]
    old_version: str
    new_version: str
    is_promised: bool = True

    @property
    def is_breaking(self) -> bool:
        """Whether anything breaks."""
        return any(change.weight == Weight.BREAKING for change in self.changes)

    @property
    def is_bumped(self) -> bool:
        """Whether the newer has a higher version."""
        return version_key(self.new_version) > version_key(self.old_version)

    @property
    def holds(self) -> bool:
        """False where something that was promised breaks and the version does not say so."""
        return self.is_bumped or not self.is_promised or not self.is_breaking


def version_key(version: str) -> tuple[int, ...]:
    """A version for comparing: numbers by value; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def compare_files(old: Path, new: Path, known: Registry | None = None) -> Difference:
    """Compare two contract files of the same kind; ContractError where one does not read or they are of two kinds.

    known: the contracts in force, from which follows who stands on a canonical feed.
    """
    before, after = _read(old, new), _read(new, old)
    is_promised = isinstance(before, Canonical) or before.status != DRAFT
    if isinstance(before, Canonical) and isinstance(after, Canonical):
        pairs = _compare(promises_of_canonical(before), promises_of_canonical(after))
        found = [_with_forces(change, promise, known, after.feed) for change, promise in pairs]
        versions = before.version, after.version
    elif isinstance(before, FeedContract) and isinstance(after, FeedContract):
        found = [change for change, _ in _compare(promises_of(before), promises_of(after))]
        found += _compare_limits(before, after)
        versions = before.version, after.version
    else:
        raise ContractError(
            f"{old} and {new} are of two kinds: one is a canonical feed, the other a contract for one"
        )
    if not found and _words(old) != _words(new):
        found = [Change(COSMETIC, "only names, descriptions or comments differ")]
    order = (Weight.BREAKING, Weight.ADDITIVE, COSMETIC)
    return Difference(
        tuple(sorted(found, key=lambda c: (order.index(c.weight), c.sentence))), *versions, is_promised
    )


def _words(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _read(path: Path, beside: Path) -> Canonical | FeedContract:
    """A contract file wherever it lies: a canonical feed, or a contract with the defaults of its force beside it."""
    document = yaml_reader.read(path)
    own = document.value.get("customProperties") if isinstance(document.value, dict) else None
    if not own:
        return odcs.read_canonical(document)
    versions = registry.versions_of(registry.read_canonicals())
    home = next((p.parent for p in (path, beside) if p.with_name("force.yaml").is_file()), None)
    if home is None:
        return odcs.read_contract(document, versions)
    said = yaml_reader.read(home / "force.yaml")
    node = Node.root(said)
    return odcs.read_contract(
        document,
        versions,
        odcs.read_defaults(node.find("defaults"), node.get("force_code").text(), said),
        registry.HERE / "sources",
    )


def _compare(old: Iterable[Promise], new: Iterable[Promise]) -> Iterator[tuple[Change, Promise]]:
    before, after = {p.key: p for p in old}, {p.key: p for p in new}
    gone = [p for key, p in before.items() if key not in after]
    come = [p for key, p in after.items() if key not in before]
    for promise in gone:
        sentence = f"the {_called(promise)} is gone{_renamed(promise, come)}"
        yield Change(promise.kind.removed, sentence, (promise.kind.whom,)), promise
    for promise in come:
        value = f": {promise.value}" if promise.value else ""
        yield (
            Change(promise.kind.added, f"the {_called(promise)} is new{value}", (promise.kind.whom,)),
            promise,
        )
    for key, promise in after.items():
        if key in before and before[key].value != promise.value:
            was, now = before[key].value or "nothing", promise.value or "nothing"
            sentence = f"the {_called(promise)} was {was} and is {now}"
            yield Change(promise.kind.changed, sentence, (promise.kind.whom,)), promise


def _called(promise: Promise) -> str:
    return f"{promise.kind.called} {promise.name}"


def _renamed(gone: Promise, come: Iterable[Promise]) -> str:
    """The new piece of the same kind that may be the old one under another name."""
    scored = [
        (SequenceMatcher(None, gone.name, one.name).ratio(), one.name)
        for one in come
        if one.kind is gone.kind and one.value == gone.value
    ]
    best = max(scored, default=(0.0, ""))
    return f" (renamed {best[1]}?)" if best[0] >= _RENAMED else ""


def _compare_limits(old: FeedContract, new: FeedContract) -> Iterator[Change]:
    before, after = limits_of(old), limits_of(new)
    for name, is_tighter in tighter(before._asdict(), after._asdict()).items():
        weight = Weight.BREAKING if is_tighter else Weight.ADDITIVE
        was, now = getattr(before, name), getattr(after, name)
        whom = READERS if name == "freshness_days" else DELIVERIES
        yield Change(weight, f"{name.replace('_', ' ')} was {was} and is {now}", (whom,))


def tighter(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, bool]:
    """The limits that differ, and whether the new one lets less through. Other days of validity count as tighter."""
    signs = {
        "floor": 1,
        **dict.fromkeys(("ceiling", "freshness_days", "tolerated_rows", "tolerated_keys"), -1),
    }
    return {
        name: (new[name] - old[name]) * signs[name] > 0 if name in signs else True
        for name in new
        if new[name] != old.get(name, new[name])  # an older release may not have told it
    }


def _with_forces(change: Change, promise: Promise, known: Registry | None, feed: str) -> Change:
    """A break of a canonical feed, with the forces whose contracts stand on it by name."""
    if known is None or change.weight != Weight.BREAKING:
        return change
    name, _, code = promise.name.partition("=")
    standing = [
        c
        for c in known.contracts
        if c.feed == feed and _stands_on(c, name, code, is_new="is new" in change.sentence)
    ]
    forces = sorted({c.force_code or c.system for c in standing})
    return Change(change.weight, change.sentence, (*change.whom, *forces))


def _stands_on(contract: FeedContract, name: str, code: str, *, is_new: bool) -> bool:
    """Whether a contract binds a field (or writes a code of it); for one newly required, whether it does not."""
    column = next((c for c in contract.columns if c.name == name and not c.is_ignored), None)
    if is_new:
        return column is None
    return column is not None and (not code or not column.code_map or code in dict(column.code_map).values())

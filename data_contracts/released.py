"""The contracts as last released, as fingerprints: a break without a higher version does not pass `make check`.

`python -m data_contracts.released` (`make released`) writes released.json anew. Of each contract it holds the version,
the limits, and three letters for every promise; not what was promised (`contract diff` says that). Not here: what a
promise is (promises).
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from data_contracts.diff import tighter, version_key
from data_contracts.model import Canonical, FeedContract
from data_contracts.promises import Promise, Weight, limits_of, promises_of, promises_of_canonical
from data_contracts.registry import HERE, Registry

NAME = "released.json"
_LETTERS = 3


def mark(promise: Promise) -> str:
    """Three letters for a promise as it stands."""
    said = "\x1f".join((promise.kind.called, promise.name, promise.value))
    return base64.urlsafe_b64encode(hashlib.sha256(said.encode()).digest())[:_LETTERS].decode()


def fingerprints(registry: Registry) -> dict[str, dict[str, Any]]:
    """Of every contract in force and every canonical feed, by path."""
    found = {
        _name(c.path, registry): _fingerprint(c.version, promises_of_canonical(c))
        for c in registry.canonicals.values()
    }
    for contract in registry.contracts:
        entry = _fingerprint(contract.version, promises_of(contract))
        found[_name(contract.path, registry)] = {**entry, "limits": limits_of(contract)._asdict()}
    return dict(sorted(found.items()))


def _name(path: Path, registry: Registry) -> str:
    return path.relative_to(registry.root).as_posix().removesuffix(".odcs.yaml")


def _fingerprint(version: str, promises: Iterable[Promise]) -> dict[str, Any]:
    """kept: promises whose loss or change breaks something; asked: demands, of which a new one breaks something."""
    kept, asked = set[str](), set[str]()
    for promise in promises:
        if promise.kind.added is Weight.BREAKING:
            asked.add(mark(promise))
        elif promise.kind.changed is Weight.BREAKING:
            kept.add(mark(promise))
    return {"version": version, "kept": "".join(sorted(kept)), "asked": "".join(sorted(asked))}


def write(registry: Registry) -> Path:
    """Write released.json: one line a contract."""
    path = registry.root / NAME
    lines = (f" {json.dumps(name)}: {json.dumps(entry)}" for name, entry in fingerprints(registry).items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    return path


def problems(registry: Registry) -> Iterator[str]:
    """Every contract that breaks what was released under its version, one sentence each."""
    path = registry.root / NAME
    if not path.is_file():
        return
    released = json.loads(path.read_text(encoding="utf-8"))
    standing: dict[str, FeedContract | Canonical] = {
        _name(c.path, registry): c for c in registry.canonicals.values()
    }
    standing |= {_name(contract.path, registry): contract for contract in registry.contracts}
    for name, entry in released.items():
        if name not in standing:
            if (registry.root / f"{name}.odcs.yaml").is_file():
                continue  # retired, or taken back to a draft, and still there to read old nights by
            yield f"{registry.root / name}.odcs.yaml: was released and is gone; say status: retired in it instead"
        elif said := _broken(entry, standing[name]):
            yield (
                f"{standing[name].path}: breaks what version {entry['version']} promised ({said}); give it a higher "
                "version, or take the change back (`contract diff OLD NEW` says what it breaks)"
            )


def _broken(entry: dict[str, Any], now: FeedContract | Canonical) -> str:
    """What is broken, as far as marks tell; empty for nothing, and where the version is higher."""
    if version_key(now.version) > version_key(entry["version"]):
        return ""
    promises = list(promises_of_canonical(now) if isinstance(now, Canonical) else promises_of(now))
    asked = _marks(entry["asked"])
    lost = _marks(entry["kept"]) - {mark(p) for p in promises}
    new = [p for p in promises if p.kind.added is Weight.BREAKING and mark(p) not in asked]
    said = [f"{len(lost)} promise{'' if len(lost) == 1 else 's'} gone or changed"] if lost else []
    said += [f"the {p.kind.called} {p.name} is new" for p in new[:3]]
    if isinstance(now, FeedContract):
        limits = tighter(entry["limits"], limits_of(now)._asdict())
        said += [f"{name.replace('_', ' ')} is tighter" for name, is_tighter in limits.items() if is_tighter]
    return "; ".join(said)


def _marks(text: str) -> set[str]:
    return {text[at : at + _LETTERS] for at in range(0, len(text), _LETTERS)}


if __name__ == "__main__":
    write(Registry.load(HERE))

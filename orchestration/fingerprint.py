"""Hashes that name things: the code a night ran with, and the night's whole input.

Not here: identity of a delivery (landing/outcome) or of a pack (profiles/pack).
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

CODE = ("orchestration", "data_contracts", "conflation", "profiles", "governance", "synthetic_world",
        "dbt_project", "report_templates")  # fmt: skip
SKIP = {"__pycache__", "target", "logs"}


def _files(folder: Path) -> Iterable[Path]:
    return (
        p for p in sorted(folder.rglob("*")) if p.is_file() and not SKIP & set(p.parts) and p.suffix != ".pyc"
    )


def digest_of_files(folders: Iterable[Path]) -> str:
    """sha256 over names and bytes of all files below the folders, in a stable order."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in _files(folder):
            digest.update(str(path.relative_to(folder.parent)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def code_hash(repository: Path) -> str:
    """sha256 over the code and templates that a night runs with."""
    return digest_of_files(repository / name for name in CODE)


def inputs_hash(as_of: date, delivery_ids: Iterable[str], others: Iterable[str]) -> str:
    """sha256 over everything a generation is a function of: as-of, deliveries, code, decisions, fitted artefacts."""
    return hashlib.sha256("\n".join([as_of.isoformat(), *delivery_ids, "--", *others]).encode()).hexdigest()

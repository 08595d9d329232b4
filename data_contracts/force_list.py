"""Which forces there are: those that a source lists, and those that have a folder of their own with a force.yaml.

Not here: what all feeds of a force share (odcs, `defaults`), its contracts (registry).
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from data_contracts import yaml_reader
from data_contracts.model import FORCE_CODE, ContractError, Force
from data_contracts.yaml_node import Node

_FORCE_COLUMNS = ("force_code", "name", "pnc", "gss", "population", "n_lsoas")


def read_forces(root: Path, forces: Path | None = None) -> dict[str, Force]:
    """The forces that a source lists or that have a folder, by code."""
    listed = [
        force for path in sorted((root / "sources").glob("*/forces.csv")) for force in _listed_forces(path)
    ]
    own = [_own_force(path) for path in sorted((forces or root / "forces").glob("*/force.yaml"))]
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


def unlisted(force_code: str) -> Force:
    """A force that nobody listed: its name is made from its code."""
    name = force_code.replace("-", " ").title()
    return Force(
        force_code, name, is_fictional=False, population=None, n_lsoas=None, pnc_code=None, gss_code=None
    )

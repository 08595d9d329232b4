"""What a world may be asked beyond its size: rates turned by hand (bias, drift), and a log of people who were tasked.

A knob file is YAML: under the name of a file of rates, the name of a number and what it shall be. A tasking log is CSV
with the columns person_uid, from_date, to_date. Not here: the numbers (rates), what tasking does (crimes/hawkes,
crimes/detection).
"""

import csv
from datetime import date
from pathlib import Path
from typing import Final

from data_contracts.model import ContractError
from data_contracts.yaml_node import Node
from data_contracts.yaml_reader import read
from synthetic_world.model import EPOCH
from synthetic_world.population.atlas import WorldError
from synthetic_world.rates import Knobs, Value, rates

TURNABLE: Final = (
    "harm",
    "safeguarding",
    "noise",
)  # the rest shapes the population, which two worlds should share
Tasking = tuple[tuple[int, int, int], ...]  # person_uid, first and last day
_COLUMNS: Final = ("person_uid", "from_date", "to_date")


def read_knobs(path: Path) -> Knobs:
    """The knobs of a file. Raises WorldError, one sentence, for a file or a knob that cannot be used."""
    try:
        root = Node.root(read(path))
        return tuple(
            (name, key, _checked(name, key, root.get(name).get(key)))
            for name in root.mapping()
            for key in root.get(name).mapping()
        )
    except ContractError as problem:
        raise WorldError(f"{problem}.") from None


def _checked(name: str, key: str, node: Node) -> Value:
    if name not in TURNABLE:
        raise WorldError(f"Knobs are of {', '.join(TURNABLE)}, not of '{name}'.")
    known = rates(name)
    if key not in known.by_key:
        raise WorldError(f"There is no knob {name}.{key}; `world card` lists all numbers behind a world.")
    value: Value = (
        tuple(float(item.number()) for item in node.items())
        if isinstance(node.value, list)
        else float(node.number())
    )
    usual = known[key]
    if isinstance(value, tuple) != isinstance(usual, tuple) or len(known.numbers(key)) != len(
        _numbers(value)
    ):
        raise WorldError(f"{name}.{key} is {len(known.numbers(key))} numbers, not {len(_numbers(value))}.")
    return value


def _numbers(value: Value) -> tuple[float, ...]:
    return value if isinstance(value, tuple) else (value,)


def read_tasking(path: Path) -> Tasking:
    """The spells in which people were tasked. Raises WorldError, one sentence, for a log that cannot be used."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            if not set(_COLUMNS) <= set(reader.fieldnames or ()):
                raise WorldError(f"A tasking log has the columns {', '.join(_COLUMNS)}; {path} has not.")
            return tuple(sorted(_spell(path, row, number) for number, row in enumerate(reader, start=2)))
    except (OSError, UnicodeError) as problem:
        raise WorldError(f"The tasking log {path} cannot be read ({problem}).") from None


def _spell(path: Path, row: dict[str, str], line: int) -> tuple[int, int, int]:
    try:
        first, last = ((date.fromisoformat(row[name]) - EPOCH).days for name in _COLUMNS[1:])
        person = int(row["person_uid"])
    except (ValueError, TypeError):
        raise WorldError(
            f"{path}, line {line}: a person_uid and two days written YYYY-MM-DD are needed."
        ) from None
    if last < first or person < 0:
        raise WorldError(f"{path}, line {line}: the spell ends before it begins, or the person is none.")
    return person, first, last

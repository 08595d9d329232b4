"""JSON Lines: an object a record, paths with dots as objects within it, records of other feeds as lists within it.

Not here: what stands in a cell (values), which rows go together in a night (sender).
"""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from data_contracts.columns import Column
from data_contracts.formats import EPOCH_MS
from synthetic_world.writers.cells import Cells, Row

PARENT: Final = "^."
Step = tuple[int, tuple[str, ...], str, Callable[[str], Any] | None]
_DUMP: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def lines(parent: Cells, children: Sequence[tuple[str, Cells]], key: str) -> bytes:
    """One line a record of `parent`; each child record stands in the list of the last line of its parent."""
    last: dict[str, dict[str, Any]] = {}
    objects = []
    at = parent.place(key)
    plan = _plan(parent)
    for row in parent.rows:
        made = _object(plan, row) | {name: [] for name, _ in children}
        objects.append(made)
        last[row[at] or ""] = made
    for name, cells in children:
        upward, plan = cells.place(PARENT + key), _plan(cells)
        for row in cells.rows:
            last[row[upward] or ""][name].append(_object(plan, row))
    if not objects:
        return b"\n"  # a file of no bytes would look like one that was lost
    return b"".join(_DUMP(made).encode() + b"\n" for made in objects)


def keys_upward(cells: Cells, key: str) -> list[str]:
    """The parent that each record names."""
    place = cells.place(PARENT + key)
    return [row[place] or "" for row in cells.rows]


def _object(plan: Sequence[Step], row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for place, path, last, change in plan:
        text = row[place]
        if text:
            below = made
            for step in path:
                below = below.setdefault(step, {})
            below[last] = change(text) if change else text
    return made


def _plan(cells: Cells) -> list[Step]:
    """Of each column its place in a row, the objects that lead to it, its name, and what makes its value."""
    steps = []
    for place, column in enumerate(cells.columns):
        if not column.physical.startswith(PARENT):
            *path, last = column.physical.split(".")
            steps.append((place, tuple(path), last, _change(column)))
    return steps


def _change(column: Column) -> Callable[[str], Any] | None:
    """True, false and numbers as JSON has them, unless the force has words of its own for them."""
    if column.code_map:
        return None
    if column.logical_type == "boolean":
        return lambda text: text == "true"
    if column.logical_type == "integer" or column.format == EPOCH_MS:
        return int
    return _decimal if column.logical_type == "number" else None


def _decimal(text: str) -> float | str:
    """A number; one that would need an exponent stays a text."""
    number = float(text)
    return number if _NUMBER.fullmatch(repr(number)) else text

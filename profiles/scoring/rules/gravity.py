"""Harm weights of offences, by either index, from dbt_project/seeds/offence_gravity.csv or a force's own file like it.

Here: which line of the table weighs an offence. First its CJS code (a suffix for attempt, aiding or conspiracy is
cut if the whole code is unknown), then the recorded-crime class (its least line: a class alone says no more), then
any other offence. Not here: how weights are summed (rfgv, v100). All weights are provisional; the table says how far
each can be trusted.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

Index = Literal["css", "cchi_days"]
CONFIDENCES: Final = ("published", "aligned", "proposed")
COLUMNS: Final = (
    "offence_key", "key_kind", "rc_class", "ho_class", "offence", "category", "css", "css_confidence", "cchi_days",
    "cchi_confidence", "force_override", "source", "vintage",
)  # fmt: skip
_SUFFIXES: Final = "ABC"


class GravityError(ValueError):
    """A table of weights that cannot be used: one sentence."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One line of the table; None where an index has no weight for it."""

    offence_key: str
    key_kind: str
    rc_class: str
    css: float | None
    cchi_days: float | None
    force_override: float | None

    def by(self, index: Index) -> float:
        """The force's own weight, or the index's, or the other index's where this one is silent."""
        first, second = (self.css, self.cchi_days) if index == "css" else (self.cchi_days, self.css)
        return next(weight for weight in (self.force_override, first, second, 0.0) if weight is not None)


@dataclass(frozen=True)
class Gravity:
    """The whole table, looked up by code and class."""

    by_code: Mapping[str, Weight]
    by_class: Mapping[str, tuple[Weight, ...]]
    other: Weight
    silent: Mapping[Index, int] = field(
        default_factory=dict
    )  # lines for which an index has no weight of its own

    def weight(self, cjs_code: str | None, rc_class: str | None, index: Index) -> float:
        """Days (or severity points) of one offence."""
        code = (cjs_code or "").strip().upper()
        for known in (code, code[:-1] if code[-1:] in _SUFFIXES else ""):
            if known in self.by_code:
                return self.by_code[known].by(index)
        lines = self.by_class.get((rc_class or "").strip().upper(), ())
        return min(line.by(index) for line in lines) if lines else self.other.by(index)


def read_gravity(path: Path) -> Gravity:
    """Read a table. Raises GravityError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise GravityError(
                    f"{path.name} has no column {missing[0]!r}; copy the headings of offence_gravity.csv."
                )
            return _gravity([_line(row, number, path) for number, row in enumerate(reader, start=2)], path)
    except OSError as problem:
        raise GravityError(f"{path} cannot be read ({problem.strerror}).") from None


def _gravity(lines: Iterable[Weight], path: Path) -> Gravity:
    held = list(lines)
    keys = [line.offence_key for line in held]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise GravityError(f"{path.name} weighs {twice[0]!r} twice.")
    others = [line for line in held if line.key_kind == "default"]
    if len(others) != 1:
        raise GravityError(
            f"{path.name} needs one line of the kind `default`, for any other offence; it has {len(others)}."
        )
    classes: dict[str, list[Weight]] = {}
    for line in held:
        if line.rc_class and line.key_kind != "default":
            classes.setdefault(line.rc_class.upper(), []).append(line)
    return Gravity(
        {line.offence_key.upper(): line for line in held if line.key_kind == "cjs_code"},
        {rc_class: tuple(found) for rc_class, found in classes.items()},
        others[0],
        {
            "css": sum(line.css is None for line in held),
            "cchi_days": sum(line.cchi_days is None for line in held),
        },
    )


def _line(row: Mapping[str, str], number: int, path: Path) -> Weight:
    for name in ("css_confidence", "cchi_confidence"):
        if row[name] and row[name] not in CONFIDENCES:
            raise GravityError(
                f"{path.name}, line {number}: {name} is {row[name]!r}; use {', '.join(CONFIDENCES)}."
            )
    css, cchi, own = (
        _number(row[name], name, number, path) for name in ("css", "cchi_days", "force_override")
    )
    if css is None and cchi is None and own is None:
        raise GravityError(f"{path.name}, line {number}: {row['offence_key']!r} has no weight at all.")
    return Weight(row["offence_key"], row["key_kind"], row["rc_class"], css, cchi, own)


def _number(cell: str, name: str, number: int, path: Path) -> float | None:
    if not cell.strip():
        return None
    try:
        weight = float(cell)
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= 100_000:
        raise GravityError(
            f"{path.name}, line {number}: {name} is {cell!r}; a weight is a number from 0 to 100,000."
        )
    return weight

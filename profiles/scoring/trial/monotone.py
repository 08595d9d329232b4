"""Reads which columns may only raise a score and which may only lower it.

Here: a YAML map of column to sign. Not here: how a sign binds a model (learn/encoding, learn/trees).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import yaml

from profiles.scoring.table.columns import Column
from profiles.scoring.table.source import TableError

_UP: Final = frozenset({"1", "+1", "+", "up", "increasing", "increase", "raises", "positive"})
_DOWN: Final = frozenset({"-1", "-", "−", "down", "decreasing", "decrease", "lowers", "negative"})
_FREE: Final = frozenset({"0", "free", "none", "null", ""})


def read_signs(path: Path, known: Sequence[str]) -> Mapping[str, int]:
    """Column → +1, −1 or 0. Raises TableError for what is not a map of known columns to signs."""
    if not path.is_file():
        raise TableError(f"There is no file {path} for --monotone.")
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeError, OSError) as problem:
        raise TableError(f"{path.name} is not YAML ({str(problem).splitlines()[0]}).") from None
    if isinstance(found, dict) and set(found) == {"monotone"}:
        found = found["monotone"]
    if not isinstance(found, dict):
        raise TableError(f"{path.name} must map columns to signs, for example `n_crimes: +1`.")
    signs = {}
    for name, value in found.items():
        if str(name) not in known:
            raise TableError(f"{path.name} names the column {str(name)!r}, which the table does not have.")
        signs[str(name)] = _sign(str(value).strip().casefold(), str(name), path)
    return signs


def check_signs(signs: Mapping[str, int], features: Sequence[Column]) -> None:
    """Refuse a sign for words, which have no more and no less."""
    for column in features:
        if column.kind == "words" and signs.get(column.name):
            raise TableError(
                f"{column.name!r} holds words, so it cannot have a sign; take it out of --monotone."
            )


def _sign(word: str, name: str, path: Path) -> int:
    for words, sign in ((_UP, 1), (_DOWN, -1), (_FREE, 0)):
        if word in words:
            return sign
    raise TableError(f"{path.name}: the sign of {name!r} is {word!r}; use +1, -1 or 0.")

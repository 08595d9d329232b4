"""A name that a contract's pattern takes, for a sample that is called otherwise.

Not here: patterns themselves (data_contracts/patterns), drafting them (data_contracts/drafting/file_names).
"""

import importlib
import re
from datetime import date
from typing import Any

from data_contracts.columns import MODES, FileFormat

_parser: Any = importlib.import_module("re._parser")


def name_of(file: FileFormat, day: date, mode: str = "") -> str:
    """The shortest path of that day and mode; empty where the pattern cannot be filled in."""
    parsed = _parser.parse(file.pattern.pattern)
    groups = {number: name for name, number in parsed.state.groupdict.items()}
    for written in (f"{day:%Y%m%d}", day.isoformat()):
        said = {"date": written, "mode": mode or file.mode or MODES[0]}
        name = "".join(_text(item, groups, said) for item in parsed)
        if file.pattern.fullmatch(name):
            return name
    return ""


def _text(item: tuple[Any, Any], groups: dict[int, str], said: dict[str, str]) -> str:
    """The shortest text of one element of a parsed pattern."""
    kind, argument = str(item[0]), item[1]
    match kind:
        case "LITERAL":
            return chr(argument)
        case "IN":
            first = argument[0]
            return chr(first[1] if str(first[0]) == "LITERAL" else first[1][0])
        case "MAX_REPEAT" | "MIN_REPEAT":
            return "".join(_text(part, groups, said) for part in argument[2]) * int(argument[0])
        case "SUBPATTERN":
            named = said.get(groups.get(argument[0], ""))
            return named if named is not None else "".join(_text(part, groups, said) for part in argument[3])
        case "BRANCH":
            return "".join(_text(part, groups, said) for part in argument[1][0])
    return ""


def masked(raw: str) -> str:
    """A line with every letter and digit replaced: its shape shows, its content does not."""
    return re.sub("[^\\W\\d_]", "x", re.sub("[0-9]", "9", raw))

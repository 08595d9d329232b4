"""The path of a file, from the pattern by which a contract knows it: the pattern with its groups filled in.

Not here: what is in the file.
"""

import re
from datetime import date

from data_contracts.columns import FileFormat

_GROUP = re.compile(r"\(\?P<(date|mode)>((?:[^()\\]|\\.)*)\)")
_ESCAPED = re.compile(r"\[(.)\]|\\(.)")


class NamingError(ValueError):
    """A pattern that says too little or too much for a name to be made from it."""


def path_of(file: FileFormat, day: date, mode: str) -> str:
    """The relative path of a file of that day and mode."""
    pattern = file.pattern.pattern.removeprefix("^").removesuffix("$")
    filled = _GROUP.sub(lambda found: _value(found[1], found[2], day, mode), pattern)
    path = _ESCAPED.sub(lambda found: found[1] or found[2], filled)
    if file.pattern.fullmatch(path) is None:
        raise NamingError(f"no path can be made from the pattern {file.pattern.pattern}")
    return path


def _value(group: str, shape: str, day: date, mode: str) -> str:
    if group == "mode":
        return mode
    return day.isoformat() if "-" in shape.replace("0-9", "") else day.strftime("%Y%m%d")
